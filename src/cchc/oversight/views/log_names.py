"""Pages on which people say whom the names in logs mean."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface import answering
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.errors import in_words, status_of
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all, made_of
from cchc.organizations.models import Official, Unit
from cchc.oversight.actions.names import confirm_names, decide_name
from cchc.oversight.forms_logs import NameForm
from cchc.oversight.logs.matching import proposed, read_beside
from cchc.oversight.models import DelaySource, Meant, NameKind
from cchc.oversight.permissions_logs import may_keep_source
from cchc.oversight.queries.logs import PAGE_SIZE, counting_names, get_name, get_source, names_of
from cchc.oversight.shown_logs import asked_names, name_tabs, names_shown, source_crumbs
from cchc.oversight.views.logs import FRAME, form_page
from cchc.privacy.disclosing import tell
from cchc.records.errors import DomainError

_BETWEEN = ":"


@form_page
@needs(may_keep_source)
def names(request: HttpRequest, number: int) -> HttpResponse:
    """Names of a list with what may be meant; those that are ticked are confirmed."""
    source = get_source(number)
    may_keep_source(request.viewer, source.unit).require()
    if request.method != "POST":
        return _page(request, source)
    try:
        count = confirm_names(**by(request), source=source, confirmed=_ticked(request))
    except DomainError as error:
        return _page(request, source, error)
    messages.success(request, _("%(count)d names confirmed. What is kept is matched anew.") % {"count": count})
    return redirect("oversight:names", number)


def _page(request: HttpRequest, source: DelaySource, error: DomainError | None = None) -> HttpResponse:
    which = asked_names(request.GET.get("xem", ""))
    beside = read_beside(source, request.viewer.day)
    found, counted, *_units = answer_all(
        made_of(names_of(source, which)[:PAGE_SIZE], list), counting_names(source), made_of(beside.units, list),
        made_of(beside.said, list),
    )  # fmt: skip
    tell(request, people=len(found))
    proposals = proposed(beside, found, request.viewer.day) if which is Meant.OPEN else {}
    context = {
        "source": source,
        "rows": names_shown(found, proposals),
        "may_confirm": bool(proposals),
        "total": counted.get(which, 0),
        "which": which.value,
        "tabs": name_tabs(source.pk, which, counted),
        "refusals": [] if error is None else [in_words(one) for one in error.problems],
        "crumbs": source_crumbs(
            Link(source.name, reverse("oversight:source", args=[source.pk])), Link(_("Names in the log"))
        ),
    }
    return render(request, "oversight/log_names.html", context, status=200 if error is None else status_of(error))


def _ticked(request: HttpRequest) -> dict[int, Official | Unit]:
    """Keys of names with whom the reader saw beside them. Two queries."""
    pairs = [one.split(_BETWEEN) for one in request.POST.getlist("khop")[:PAGE_SIZE]]
    meant = {int(one[0]): (one[1], one[2]) for one in pairs if len(one) == 3 and one[0].isdecimal()}
    codes = {kind: [code for sort, code in meant.values() if sort == kind] for kind in NameKind}
    people = {one.code: one for one in Official.objects.filter(code__in=codes[NameKind.OFFICIAL]).order_by("pk")}
    units = {one.code: one for one in Unit.objects.filter(code__in=codes[NameKind.UNIT]).order_by("pk")}
    chosen = {key: (units if kind == NameKind.UNIT else people).get(code) for key, (kind, code) in meant.items()}
    return {key: one for key, one in chosen.items() if one is not None}


@form_page
@needs(may_keep_source)
def name(request: HttpRequest, number: int) -> HttpResponse:
    """Whom one name means."""
    one = get_name(number)
    may_keep_source(request.viewer, one.source.unit).require()
    whom = {"official": one.official.code if one.official else "", "unit": one.unit.code if one.unit else ""}
    form = NameForm(request.POST or None, name=one, initial={"meant": one.meant, "version": one.version, **whom})

    def save() -> str:
        given = form.cleaned_data
        is_named = given["meant"] == Meant.MATCHED
        named: dict[str, Any] = {key: given.get(key) if is_named else None for key in ("official", "unit")}
        decide_name(**by(request), name=one, meant=given["meant"], version=given["version"], **named)
        return reverse("oversight:names", args=[one.source_id])

    crumbs = source_crumbs(
        Link(one.source.name, reverse("oversight:source", args=[one.source_id])),
        Link(_("Names in the log"), reverse("oversight:names", args=[one.source_id])),
        Link(one.text),
    )
    return answering.answer_form(
        request, form, save, one.text, crumbs, frame=FRAME, effect=one.unit_text,
        now_seen=lambda: {"version": get_name(number).version},
    )  # fmt: skip
