"""What units are to reach in a year: the list, setting it for one or many units, ending it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.dossiers.actions.targets import set_targets, withdraw_target
from cchc.dossiers.forms.targets import TargetForm
from cchc.dossiers.permissions import may_see_dossiers, may_see_targets, may_set_target, may_set_targets
from cchc.dossiers.queries.targets import get_target, targets_of_year, units_of_kind
from cchc.dossiers.shown_targets import asked_year, ending_target, initial_of, shown_targets, target_crumbs, year_links
from cchc.dossiers.targets import ONLINE
from cchc.dossiers.views.answering import FRAME, answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import answer_confirmation, by
from cchc.interface.paging import page_of_all
from cchc.interface.shapes import Link
from cchc.interface.together import answer


@require_safe
@needs(may_see_targets)
def targets(request: HttpRequest) -> HttpResponse:
    """Every unit in one's scope, those without a target first."""
    may_see_targets(request.viewer).require()
    year = asked_year(request)
    found = answer(targets_of_year(request.viewer, year))
    page = page_of_all(request, shown_targets(found, year))
    without = sum(one.held is None for one in found)
    context = {
        "year": year, "years": year_links(request, year), "without": without, "crumbs": target_crumbs(request.viewer),
        "may_set": any(one.may_set for one in found), "may_see_use": bool(may_see_dossiers(request.viewer)),
    }  # fmt: skip
    return render(request, "dossiers/targets.html", page | context)


@form_page
@needs(may_set_targets)
def set_target(request: HttpRequest) -> HttpResponse:
    """For a group, for units named, or both."""
    may_set_targets(request.viewer).require()
    form = TargetForm(request.POST or None, day=request.viewer.day, initial=initial_of(request))

    def save() -> str:
        given = form.cleaned_data
        for unit in given["units"]:
            may_set_target(request.viewer, unit).require()
        of_kind = units_of_kind(request.viewer, given["kind"], request.viewer.day)
        units = list({unit.pk: unit for unit in (*given["units"], *of_kind)}.values())
        set_targets(**by(request), metric=ONLINE, units=units, decided=form.decided(), reason=given["reason"])
        return f"{reverse('dossiers:targets')}?nam={given['year']}"

    crumbs = [*target_crumbs(request.viewer, is_above=True), Link(_("Set a target"))]
    return answer_form(request, form, save, _("Set a target"), crumbs)


@form_page
@needs(may_set_target)
def end_target(request: HttpRequest, number: int) -> HttpResponse:
    """Asked about first, with a reason."""
    found = get_target(request.viewer, number)
    may_set_target(request.viewer, found.unit).require()

    def act(reason: str) -> str:
        withdraw_target(**by(request), target=found, reason=reason)
        return f"{reverse('dossiers:targets')}?nam={found.year}"

    asked = ending_target(found)
    crumbs = [*target_crumbs(request.viewer, is_above=True), Link(_("End a target"))]
    return answer_confirmation(request, asked, act, crumbs, frame=FRAME, said=_("The target is ended."))
