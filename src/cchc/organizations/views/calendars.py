"""Bringing a calendar in: a file is looked at beside the calendar in force, then kept."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.interface.access import needs
from cchc.interface.errors import current_language, in_words, place_in_words
from cchc.organizations.actions.calendars import bring_in_calendar
from cchc.organizations.addresses import unit_crumbs
from cchc.organizations.bringing_in import MOST_BYTES, Look, calendar_in, look_at, text_of
from cchc.organizations.calendars import calendars_of
from cchc.organizations.forms import KeptCalendarForm, OwnCalendarForm
from cchc.organizations.models import Unit
from cchc.organizations.permissions import may_change_unit
from cchc.organizations.views.answering import by, life_of
from cchc.records.errors import DomainError, refuse
from cchc.records.sources import Source
from cchc.records.words import say
from cchc.worktime import Calendar

_KEEP: Final = "keep"
_REFUSED: Final = 422


@require_http_methods(["GET", "HEAD", "POST"])
@needs(may_change_unit)
def bring_in(request: HttpRequest, code: str) -> HttpResponse:
    """The first post shows what the calendar in a file changes, the second one keeps it."""
    life = life_of(request, code)
    unit, way = life.unit, life.way
    may_change_unit(request.viewer, unit).require()
    context: dict[str, Any] = {"form": OwnCalendarForm(request.POST or None, request.FILES or None)}
    status = 200
    if request.method == "POST":
        try:
            if request.POST.get("step") == _KEEP:
                return _keep(request, unit)
            context |= _looked(request, unit, context["form"])
        except DomainError as error:
            context["problems"] = [in_words(one) | {"place": place_in_words(one.place)} for one in error.problems]
            status = _REFUSED
        else:
            status = _REFUSED if context["form"].errors else 200
    context |= {"unit": unit, "way": way, "crumbs": unit_crumbs(way)}
    return render(request, "organizations/calendar_in.html", context, status=status)


def _looked(request: HttpRequest, unit: Unit, form: OwnCalendarForm) -> dict[str, Any]:
    """Nothing while the form has errors. Raises all that is wrong with the file."""
    if not form.is_valid():
        return {}
    file: UploadedFile = form.cleaned_data["file"]
    calendar = calendar_in(file.read(MOST_BYTES + 1), file.name or "")
    in_force = calendars_of([unit.pk], request.viewer.day)[unit.pk]
    given = form.cleaned_data
    kept = {
        "content": text_of(calendar),
        "name": file.name,
        "source_document": given["source_document"],
        "source_on": given["source_on"],
    }
    look = look_at(calendar, in_force)
    return {"calendar": calendar, "in_force": in_force, "look": look, "told": _told(look), "kept": kept}


def _told(look: Look) -> list[list[str]]:
    language = current_language()
    return [[say(message, language) for message in lines] for lines in look.told]


def _keep(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Read again as if it had come from a file: what the browser sends is no more trusted than one. Raises as that."""
    form = KeptCalendarForm(request.POST)
    if not form.is_valid():
        raise refuse("organizations.calendar_lost")
    given = form.cleaned_data
    calendar = _again(given["content"], given["name"])
    source = Source(given["source_document"], given["source_on"])
    bring_in_calendar(
        **by(request), unit=unit, calendar=calendar, file=given["name"], source=source, official=request.viewer.official
    )
    messages.success(request, _("The calendar is kept. Choose below from when on it applies."))
    return redirect("organizations:unit-calendar", unit.code)


def _again(content: str, name: str) -> Calendar:
    return calendar_in(content.encode(), f"{name}.yaml")
