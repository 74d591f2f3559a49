"""Pages on which the log of another system is brought in: handed in, mapped, tried, loaded."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc.files.queries import sender_of
from cchc.files.uploading import takes_uploads_of
from cchc.interface import answering
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.errors import in_words, status_of
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all, made_of, number_of
from cchc.ledger.mapping_writing import mapping_text
from cchc.oversight.actions import logs as actions
from cchc.oversight.forms_logs import LoadForm, LogForm, MappingForm, MappingTextForm, SourceForm
from cchc.oversight.logs.places import rejects_of
from cchc.oversight.logs.receiving import MOST_MEGABYTES, log_received
from cchc.oversight.logs.working import mapping_of
from cchc.oversight.models import LogImport, Meant
from cchc.oversight.permissions_logs import may_keep_source, may_see_sources
from cchc.oversight.queries.logs import get_log, get_source, last_loads, logs_of, visible_sources
from cchc.oversight.shown_logs import calendars_for, log_context, source_crumbs, state_name, unit_names
from cchc.records.errors import DomainError, refuse

FRAME = "oversight/base.html"
_MOST_SOURCES = 200
_MOST_LOGS = 50
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(may_see_sources)
def sources(request: HttpRequest) -> HttpResponse:
    """The sources that the viewer keeps, each with what was last loaded."""
    may_see_sources(request.viewer).require()
    found = list(visible_sources(request.viewer)[:_MOST_SOURCES])
    loads = {one.source_id: one for one in last_loads(found)}
    units = unit_names(one.unit_id for one in found if one.unit_id)
    rows = [{"source": one, "load": loads.get(one.pk), "unit": units.get(one.unit_id or 0, "")} for one in found]
    return render(request, "oversight/log_sources.html", {"rows": rows, "crumbs": source_crumbs()})


@form_page
@needs(may_see_sources)
def add_source(request: HttpRequest) -> HttpResponse:
    """A new source."""
    may_see_sources(request.viewer).require()
    form = SourceForm(request.POST or None)

    def save() -> str:
        given = form.cleaned_data
        may_keep_source(request.viewer, given["unit"]).require()
        made = actions.add_log_source(**by(request), name=given["name"], unit=given["unit"])
        return reverse("oversight:log-new", args=[made.pk])

    title = _("Read the logs of another one-stop software")
    return answering.answer_form(request, form, save, title, source_crumbs(Link(title)), frame=FRAME)


@require_safe
@needs(may_keep_source)
def source_page(request: HttpRequest, number: int) -> HttpResponse:
    """What is kept of a source, and the logs handed in for it."""
    source = get_source(number)
    may_keep_source(request.viewer, source.unit).require()
    asked = (made_of(logs_of(source)[:_MOST_LOGS], list), made_of(last_loads([source]), list))
    found, loads, dossiers, open_names = answer_all(
        *asked, number_of(source.dossiers.all()), number_of(source.names.filter(meant=Meant.OPEN))
    )
    context = {
        "source": source,
        "rows": [{"made": one, "state": state_name(one)} for one in found],
        "load": next(iter(loads), None),
        "dossiers": dossiers,
        "open_names": open_names,
        "crumbs": source_crumbs(Link(source.name)),
    }
    return render(request, "oversight/log_source.html", context)


@takes_uploads_of(MOST_MEGABYTES)
@form_page
@needs(may_keep_source)
def hand_in(request: HttpRequest, number: int) -> HttpResponse:
    """The form for a log."""
    source = get_source(number)
    may_keep_source(request.viewer, source.unit).require()
    form = LogForm(request.POST, request.FILES) if request.method == "POST" else LogForm()

    def save() -> str:
        with log_received(form.sent, form.sent.name or "") as upload:
            made = actions.hand_in_log(
                **by(request), source=source, upload=upload, sender=sender_of(request.viewer),
                denies_state_secret=form.cleaned_data["denies_state_secret"],
            )  # fmt: skip
        return reverse("oversight:log", args=[made.pk])

    title = _("Hand in a log")
    crumbs = source_crumbs(Link(source.name, reverse("oversight:source", args=[number])), Link(title))
    more = {"template": "oversight/log_new.html", "most": MOST_MEGABYTES, "submit": _("Upload and look at it")}
    return answering.answer_form(request, form, save, title, crumbs, frame=FRAME, said=_("Uploaded."), **more)


@require_safe
@needs(may_keep_source)
def log_page(request: HttpRequest, number: int) -> HttpResponse:
    """Where a log stands: first rows, mapping, what a trial came to, what was written."""
    made = get_log(number)
    may_keep_source(request.viewer, made.source.unit).require()
    return _page(request, made)


def _page(request: HttpRequest, made: LogImport, error: DomainError | None = None) -> HttpResponse:
    refusals = [] if error is None else [in_words(one) for one in error.problems]
    crumbs = _crumbs(made)
    context = log_context(made) | {"refusals": refusals, "form": LoadForm(), "crumbs": crumbs}
    return render(request, "oversight/log.html", context, status=200 if error is None else status_of(error))


def _crumbs(made: LogImport, *more: Link) -> list[Link]:
    there = reverse("oversight:log", args=[made.pk]) if more else ""
    source = Link(made.source.name, reverse("oversight:source", args=[made.source_id]))
    return source_crumbs(source, Link(made.file.name, there), *more)


@form_page
@needs(may_keep_source)
def map_columns(request: HttpRequest, number: int) -> HttpResponse:
    """What each column means, chosen from those that the log has."""
    made = get_log(number)
    may_keep_source(request.viewer, made.source.unit).require()
    if not made.looked:
        raise refuse("oversight.log_is_elsewhere", state=state_name(made))
    calendars = calendars_for(made.source.unit, request.viewer.day, _calendar_of(made))
    given = {"looked": made.looked, "text": made.mapping, "calendars": calendars, "version": made.version}
    form = MappingForm(request.POST or None, **given)
    save = partial(_save_mapping, request, made, lambda: mapping_text(form.mapping), form)
    title = _("What the columns mean")
    return _mapping_answer(request, made, form, save, title)


@form_page
@needs(may_keep_source)
def map_text(request: HttpRequest, number: int) -> HttpResponse:
    """The same as YAML: what the form has no field for is written here."""
    made = get_log(number)
    may_keep_source(request.viewer, made.source.unit).require()
    form = MappingTextForm(request.POST or None, initial={"mapping": made.mapping, "version": made.version})
    save = partial(_save_mapping, request, made, lambda: form.cleaned_data["mapping"], form)
    return _mapping_answer(request, made, form, save, _("The mapping as YAML"))


def _mapping_answer(
    request: HttpRequest, made: LogImport, form: MappingForm | MappingTextForm, save: Callable[[], str], title: str
) -> HttpResponse:
    return answering.answer_form(
        request, form, save, title, _crumbs(made, Link(title)), frame=FRAME, said=_("Saved. Try it next."),
        now_seen=lambda: {"version": get_log(made.pk).version},
    )  # fmt: skip


def _save_mapping(
    request: HttpRequest, made: LogImport, text: Callable[[], str], form: MappingForm | MappingTextForm
) -> str:  # fmt: skip
    written = text()
    made.mapping = written
    mapping_of(made)  # refused with the line where it is none
    actions.map_log(**by(request), number=made.pk, mapping=written, version=form.cleaned_data["version"])
    return reverse("oversight:log", args=[made.pk])


def _calendar_of(made: LogImport) -> str:
    try:
        return mapping_of(made).calendar
    except DomainError:
        return ""


def _acted(request: HttpRequest, number: int, act: Callable[[LogImport], object], said: str) -> HttpResponse:
    made = get_log(number)
    may_keep_source(request.viewer, made.source.unit).require()
    try:
        act(made)
    except DomainError as error:
        return _page(request, get_log(number), error)
    if said:
        messages.success(request, said)
    return redirect("oversight:log", number)


@require_POST
@needs(may_keep_source)
def try_it(request: HttpRequest, number: int) -> HttpResponse:
    """Compute the whole log; nothing is written."""
    return _acted(request, number, lambda made: actions.ask_for_trial(**by(request), number=made.pk), "")


@require_POST
@needs(may_keep_source)
def load(request: HttpRequest, number: int) -> HttpResponse:
    """Write it into the kept ledger."""
    drops = "drops_gone" in request.POST
    return _acted(
        request, number, lambda made: actions.ask_for_load(**by(request), number=made.pk, drops_gone=drops), ""
    )


@require_POST
@needs(may_keep_source)
def give_up(request: HttpRequest, number: int) -> HttpResponse:
    """Leave what is written, read no more of it."""
    said = _("Stopped. What was written stays.")
    return _acted(request, number, lambda made: actions.give_up_load(**by(request), number=made.pk), said)


@require_POST
@needs(may_keep_source)
def set_aside(request: HttpRequest, number: int) -> HttpResponse:
    """Do not load it."""
    said = _("The file is laid aside; nothing was changed.")
    return _acted(request, number, lambda made: actions.set_log_aside(**by(request), number=made.pk), said)


@require_safe
@needs(may_keep_source)
def rejects(request: HttpRequest, number: int) -> HttpResponseBase:
    """The rows that could not be used, and why, as CSV."""
    made = get_log(number)
    may_keep_source(request.viewer, made.source.unit).require()
    path = rejects_of(made.pk)
    if not path.exists():
        raise refuse("oversight.rejects_not_found")
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=f"dong-loi-{number}.csv", content_type="text/csv"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
