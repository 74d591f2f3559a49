"""By which calendar a unit works, and which other unit follows and urges it."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.interface.access import needs
from cchc.interface.errors import status_of
from cchc.interface.hosting.panels import panels_on
from cchc.interface.together import answer, answer_all, made_of, number_of, read_together
from cchc.organizations.actions.units import choose_calendar, end_supervision, give_supervision
from cchc.organizations.addresses import unit_crumbs
from cchc.organizations.calendars import CalendarChoice, kept_for
from cchc.organizations.confirmations import of_supervision
from cchc.organizations.forms import CalendarForm, SupervisionForm
from cchc.organizations.permissions import may_change_unit, may_set_supervision
from cchc.organizations.queries import naming, people, units
from cchc.organizations.viewers import Viewer
from cchc.organizations.views.answering import answer_confirmation, answer_form, by, life_of
from cchc.records.errors import DomainError

_form_page = require_http_methods(["GET", "HEAD", "POST"])
_MOST_SHOWN: Final = 50
_SAVE: Final = "save"
_LONGEST_KEY: Final = 18
_REFUSED: Final = 422


@_form_page
@needs(may_change_unit)
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a working calendar. The first post shows which units it touches, the second one saves."""
    life = life_of(request, code)
    unit, way = life.unit, life.way
    may_change_unit(request.viewer, unit).require()
    over, kept = units.calendars_over(unit, request.viewer.day)[:1], kept_for(unit, request.viewer.day)
    to_come = units.calendars_to_come(unit, request.viewer.day)
    read_together(over, kept, to_come)
    now = over[0] if over else None
    seen = {"calendar": now.calendar if now else None, "version": unit.version}
    form, touched = CalendarForm(request.POST or None, initial=seen, kept=kept), {}
    status = _REFUSED if form.errors else 200
    if request.method == "POST" and form.is_valid():
        if request.POST.get("step") == _SAVE:
            try:
                choose_calendar(**by(request), unit=unit, **_chosen(form))
            except DomainError as error:
                form.add_refusal(error)
                form.see(version=units.get_unit(code).version)
                status = status_of(error)
            else:
                messages.success(request, _("Saved."))
                return redirect("organizations:unit", unit.code)
        after = request.POST.get("sau", "")[:_LONGEST_KEY]
        given = form.cleaned_data
        touched = _touched(request.viewer, CalendarChoice(unit, given["calendar"], given["starts_on"], after))
    context = {"form": form, "unit": unit, "way": way, "crumbs": unit_crumbs(way), "now": now} | touched
    context["to_come"] = to_come
    context["own"] = [one for one in kept if one.unit_id == unit.pk]
    return render(request, "organizations/calendar.html", context, status=status)


@_form_page
@needs(may_set_supervision)
def supervision(request: HttpRequest, code: str) -> HttpResponse:
    """Another unit follows and urges this one."""
    unit = units.get_unit(code)
    may_set_supervision(request.viewer, unit).require()
    form = SupervisionForm(request.POST or None, initial={"starts_on": request.viewer.day})

    def act() -> str:
        given, source = form.cleaned_data, form.source()
        assert source is not None  # the form asks for it
        may_set_supervision(request.viewer, given["supervisor"]).require()
        give_supervision(
            **by(request), supervisor=given["supervisor"], unit=unit, starts_on=given["starts_on"],
            ends_on=given["ends_on"], source=source,
        )  # fmt: skip
        return reverse("organizations:unit", args=[unit.code])

    way = units.path(unit, request.viewer.day)
    title = _("Who follows %(name)s") % {"name": way[-1].name_vi if way else unit.code}
    return answer_form(request, form, act, title, unit_crumbs(way))


@_form_page
@needs(may_set_supervision)
def supervision_end(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """It does so until today and no longer; what has not begun is taken back."""
    unit = units.get_unit(code)
    held = people.get_supervision(unit, number)
    may_set_supervision(request.viewer, unit).require()
    may_set_supervision(request.viewer, held.supervisor).require()
    day, names = request.viewer.day, answer(naming.units([held.supervisor_id, unit.pk]))

    def act(reason: str) -> str:
        end_supervision(**by(request), supervision=held, ends_on=day, reason=reason)
        return reverse("organizations:unit", args=[unit.code])

    ends = _("From tomorrow on that unit no longer follows this one.")
    said = ends if held.starts_on <= day else _("Taken back: it will not begin.")
    return answer_confirmation(
        request, of_supervision(held, names, day), act, unit_crumbs(units.path(unit, day)), said=said
    )


def _chosen(form: CalendarForm) -> dict[str, Any]:
    given = form.cleaned_data
    return {
        "calendar": given["calendar"],
        "starts_on": given["starts_on"],
        "source": form.source(),
        "expected_version": given["version"],
    }


def _touched(viewer: Viewer, choice: CalendarChoice) -> dict[str, Any]:
    """Who works by another calendar when the unit does: the first of them, and how many; what else it moves."""
    found = units.follows_calendar_of(choice.unit, choice.starts_on)
    listed, count, panels = answer_all(
        made_of(found[:_MOST_SHOWN], list), number_of(found), panels_on("organizations.calendar_choice", viewer, choice)
    )
    return {"touched": listed, "count": count, "from_day": choice.starts_on, "choice": choice, "panels": panels}
