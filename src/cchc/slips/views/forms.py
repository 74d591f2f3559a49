"""Each printed form of a dossier on a page of its own."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.dossiers.addresses import dossier_crumbs, to_dossier
from cchc.dossiers.models import Dossier, DossierEvent
from cchc.dossiers.permissions import may_see_dossiers
from cchc.dossiers.queries.dossiers import Parts, get_dossier, parts_of
from cchc.interface.access import needs
from cchc.interface.hosting.panels import Shown, panels_on
from cchc.interface.shapes import Link
from cchc.interface.together import answer, answer_all
from cchc.slips import shown_forms
from cchc.slips.cases import act_at_counter, act_with_form
from cchc.slips.printing import printed_page


@require_safe
@needs(may_see_dossiers)
def at_counter(request: HttpRequest, number: int) -> HttpResponse:
    """With what the applicant leaves the counter: the receiving slip, or that of the refusal."""
    may_see_dossiers(request.viewer).require()
    dossier = get_dossier(request.viewer, number)
    parts, panels = answer_all(parts_of(dossier), panels_on("slips.at_counter", request.viewer, dossier))
    next_one = Link(_("Receive the next one"), reverse("dossiers:intake", args=[dossier.unit.code]))
    return _of_act(request, dossier, parts, act_at_counter(parts.events), (next_one,), panels)


@require_safe
@needs(may_see_dossiers)
def of_act(request: HttpRequest, number: int, event: int) -> HttpResponse:
    """The form of one act: papers that are missing, a refusal, a stop."""
    may_see_dossiers(request.viewer).require()
    dossier = get_dossier(request.viewer, number)
    parts = answer(parts_of(dossier))
    return _of_act(request, dossier, parts, act_with_form(parts.events, event))


@require_safe
@needs(may_see_dossiers)
def control(request: HttpRequest, number: int) -> HttpResponse:
    """From hand to hand, step by step."""
    may_see_dossiers(request.viewer).require()
    dossier = get_dossier(request.viewer, number)
    make = partial(shown_forms.control_slip, request, dossier, answer(parts_of(dossier)))
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
    request: HttpRequest, dossier: Dossier, parts: Parts, event: DossierEvent, links: tuple[Link, ...] = (),
    panels: Shown = (),
) -> HttpResponse:  # fmt: skip
    make = partial(shown_forms.form_of_act, request, dossier, parts, event, shown_forms.Given())
    return _printed(request, shown_forms.template_of(event), make, dossier, links=links, panels=panels)


def _printed(
    request: HttpRequest, template: str, make: partial, dossier: Dossier, **more: object
) -> HttpResponse:  # fmt: skip
    crumbs = [*dossier_crumbs(dossier), Link(_("Printed form"))]
    return printed_page(request, template, make, crumbs, back=to_dossier(dossier), **more)
