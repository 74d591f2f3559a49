"""Each printed form of a dossier on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.dossiers.addresses import dossier_crumbs, to_dossier
from cchc.dossiers.models import Dossier, DossierEvent
from cchc.dossiers.permissions import may_see_dossiers
from cchc.dossiers.queries.dossiers import Parts, get_dossier, parts_of
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.hosting.panels import panels_on
from cchc.interface.shapes import Link
from cchc.interface.together import answer, answer_all
from cchc.slips import shown_forms
from cchc.slips.actions.numbering import number_form
from cchc.slips.cases import act_at_counter, act_with_form, has_number
from cchc.slips.models import IssuedForm
from cchc.slips.permissions import may_number_form
from cchc.slips.printing import printed_page
from cchc.slips.queries.books import line_of, numbers_of


@require_safe
@needs(may_see_dossiers)
def at_counter(request: HttpRequest, number: int) -> HttpResponse:
    """With what the applicant leaves the counter: the receiving slip, or that of the refusal."""
    may_see_dossiers(request.viewer).require()
    dossier = get_dossier(request.viewer, number)
    reads = parts_of(dossier), numbers_of(dossier), panels_on("slips.at_counter", request.viewer, dossier)
    parts, numbers, panels = answer_all(*reads)
    next_one = Link(_("Receive the next one"), reverse("dossiers:intake", args=[dossier.unit.code]))
    more = {"links": (next_one,), "panels": panels}
    return _of_act(request, dossier, parts, act_at_counter(parts.events), numbers, **more)


@require_safe
@needs(may_see_dossiers)
def of_act(request: HttpRequest, number: int, event: int) -> HttpResponse:
    """The form of one act: papers that are missing, a refusal, a stop."""
    may_see_dossiers(request.viewer).require()
    dossier = get_dossier(request.viewer, number)
    parts, numbers = answer_all(parts_of(dossier), numbers_of(dossier))
    return _of_act(request, dossier, parts, act_with_form(parts.events, event), numbers)


@require_POST
@needs(may_number_form)
def number_it(request: HttpRequest, number: int, event: int) -> HttpResponse:
    """The form of an act gets its number, once; then it is printed."""
    dossier = get_dossier(request.viewer, number)
    may_number_form(request.viewer, dossier).require()
    act = act_with_form(DossierEvent.objects.filter(dossier=dossier, pk=event).order_by("pk"), event)
    act.dossier = dossier
    given = number_form(**by(request), event=act)
    messages.success(request, _("The number is %(number)s.") % {"number": given.said})
    return redirect("slips:of-act", number, event)


@require_safe
@needs(may_see_dossiers)
def control(request: HttpRequest, number: int) -> HttpResponse:
    """From hand to hand, step by step."""
    may_see_dossiers(request.viewer).require()
    dossier = get_dossier(request.viewer, number)
    parts, line = answer_all(parts_of(dossier), line_of(dossier))
    make = partial(shown_forms.control_slip, request, dossier, parts, line)
    return _printed(request, "slips/forms/control.html", make, dossier)


@require_safe
@needs(may_see_dossiers)
def process(request: HttpRequest, number: int) -> HttpResponse:
    """Everything that was done to the dossier."""
    may_see_dossiers(request.viewer).require()
    dossier = get_dossier(request.viewer, number)
    make = partial(shown_forms.process_print, request, dossier, answer(parts_of(dossier)), request.viewer.day)
    return _printed(request, "slips/forms/process.html", make, dossier)


@require_safe
@needs(may_see_dossiers)
def hand_over(request: HttpRequest, number: int) -> HttpResponse:
    """The papers between the one-stop and who settles, in two copies."""
    may_see_dossiers(request.viewer).require()
    dossier = get_dossier(request.viewer, number)
    make = partial(shown_forms.hand_over_slip, request, dossier, answer(parts_of(dossier)))
    return _printed(request, "slips/forms/hand_over.html", make, dossier)


def _of_act(
    request: HttpRequest, dossier: Dossier, parts: Parts, event: DossierEvent, numbers: Mapping[int, IssuedForm],
    **more: object,
) -> HttpResponse:  # fmt: skip
    given = shown_forms.given_of(numbers.get(event.pk))
    make = partial(shown_forms.form_of_act, request, dossier, parts, event, given)
    may_number = not given.number and has_number(event) and may_number_form(request.viewer, dossier)
    issuing = reverse("slips:number", args=[dossier.pk, event.pk]) if may_number else ""
    return _printed(request, shown_forms.template_of(event), make, dossier, issuing=issuing, **more)


def _printed(
    request: HttpRequest, template: str, make: partial, dossier: Dossier, **more: object
) -> HttpResponse:  # fmt: skip
    crumbs = [*dossier_crumbs(dossier), Link(_("Printed form"))]
    return printed_page(request, template, make, crumbs, back=to_dossier(dossier), **more)
