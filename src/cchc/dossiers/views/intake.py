"""The counter: which unit, which procedure, then everything on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.dossiers.actions.intake import receive as receive_now
from cchc.dossiers.actions.intake import refuse_intake
from cchc.dossiers.addresses import asked_text, intake_crumbs
from cchc.dossiers.forms.intake import intake_form
from cchc.dossiers.permissions import RECEIVERS, may_receive, may_see_dossiers
from cchc.dossiers.queries.dossiers import units_received_at
from cchc.dossiers.shown import to_slip
from cchc.dossiers.shown_intake import promise_of
from cchc.dossiers.views.answering import answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.errors import current_language
from cchc.interface.shapes import Link
from cchc.interface.together import read_together
from cchc.organizations.queries.units import get_unit
from cchc.procedures.queries.catalogue import procedures_in_force, with_words
from cchc.procedures.queries.versions import versions_held
from cchc.records.errors import refuse

_MOST_LISTED = 50


@require_safe
@needs(may_see_dossiers)
def counters(request: HttpRequest) -> HttpResponse:
    """At the counter of which unit; straight to it where there is one."""
    may_see_dossiers(request.viewer).require()
    units = units_received_at(request.viewer, *RECEIVERS)
    if len(units) == 1:
        return redirect("dossiers:intake", units[0].code)
    return render(request, "dossiers/counters.html", {"units": units, "crumbs": [Link(_("Receive"))]})


@require_safe
@needs(may_receive)
def procedures(request: HttpRequest, unit: str) -> HttpResponse:
    """Find the procedure by name or code, without tone marks; the only one found is opened at once."""
    counter, text = get_unit(unit), asked_text(request)
    may_receive(request.viewer, counter).require()
    found = with_words(procedures_in_force(request.viewer, counter, request.viewer.day), text)
    listed = list(found[: _MOST_LISTED + 1])
    if text and len(listed) == 1:
        return redirect("dossiers:receive", counter.code, listed[0].code)
    language = current_language()
    context = {
        "unit": counter,
        "text": text,
        "procedures": [
            (one, one.name.in_language(language), one.field.in_language(language)) for one in listed[:_MOST_LISTED]
        ],
        "has_more": len(listed) > _MOST_LISTED,
        "crumbs": intake_crumbs(counter),
    }
    return render(request, "dossiers/procedures.html", context)


@form_page
@needs(may_receive)
def receive(request: HttpRequest, unit: str, code: str) -> HttpResponse:
    """Everything about what is handed in on one page: received, with its slip to print, or refused."""
    counter, viewer = get_unit(unit), request.viewer
    may_receive(viewer, counter).require()
    found, held = procedures_in_force(viewer, counter, viewer.day).filter(code=code), versions_held(code, viewer.day)
    read_together(found, held)
    procedure, version = next(iter(found), None), next(iter(held), None)
    if procedure is None or version is None:
        raise refuse("dossiers.procedure_not_found")
    form = intake_form(request, version.value)

    def save() -> str:
        given = {**by(request), "unit": counter, "procedure": procedure, "intake": form.intake}
        if request.POST.get("lam") == "refuse":
            why = form.cleaned_data
            made = refuse_intake(**given, reason_code=why["refuse_code"], reason=why["refuse_reason"])
        else:
            made = receive_now(**given, receiver=viewer.acting)
        return to_slip(made)

    title = procedure.name.in_language(current_language())
    promised = promise_of(viewer, procedure, version, counter, timezone.now())
    return answer_form(
        request, form, save, title, [*intake_crumbs(counter), Link(title)], template="dossiers/receive.html",
        procedure=procedure, unit=counter, promised=promised, submit=_("Receive, print slip"), said=_("Saved."),
    )  # fmt: skip
