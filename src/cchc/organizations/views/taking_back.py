"""Names, places and calendars of units that are taken back before they begin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.interface.access import needs
from cchc.interface.shapes import Link
from cchc.organizations.actions.taking_back import take_back_calendar, take_back_placement
from cchc.organizations.addresses import unit_crumbs
from cchc.organizations.confirmations import of_calendar, of_placement
from cchc.organizations.models import Unit
from cchc.organizations.permissions import may_change_unit, may_found_unit
from cchc.organizations.posting_forms import TakingBackForm
from cchc.organizations.queries import units
from cchc.organizations.views.answering import answer_confirmation, by

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
@needs(may_change_unit)
def calendar(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A calendar that was chosen from a day to come will not apply."""
    unit = units.get_unit(code)
    may_change_unit(request.viewer, unit).require()
    use = units.get_calendar_use(unit, number)

    def act(reason: str) -> str:
        take_back_calendar(**by(request), use=use, reason=reason)
        return reverse("organizations:unit", args=[unit.code])

    return answer_confirmation(request, of_calendar(use), act, _crumbs(request, unit), said=_("Saved."))


@_form_page
@needs(may_change_unit)
def placement(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A name, kind or place to come will not be, or is from another day on. Of a unit that is not there yet those
    decide who could have founded it.
    """
    unit = units.get_unit(code)
    given = units.get_placement(unit, number)
    is_there = units.has_begun(unit, request.viewer.day)
    (may_change_unit(request.viewer, unit) if is_there else may_found_unit(request.viewer, given.parent)).require()
    form = TakingBackForm(request.POST or None)

    def act(reason: str) -> str:
        take_back_placement(
            **by(request), placement=given, reason=reason, instead_from=form.cleaned_data["instead_from"]
        )  # fmt: skip
        return reverse("organizations:unit", args=[unit.code])

    return answer_confirmation(request, of_placement(given), act, _crumbs(request, unit), said=_("Saved."), form=form)


def _crumbs(request: HttpRequest, unit: Unit) -> list[Link]:
    return unit_crumbs(units.path(unit, request.viewer.day))
