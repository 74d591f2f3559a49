"""The list of dossiers that another calendar would move: what is asked for, and a page of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.http import HttpRequest

from cchc.dossiers.queries.recounting import Recounted
from cchc.interface.paging import is_key, with_key
from cchc.organizations.calendars import CalendarChoice, load_calendar
from cchc.organizations.models import Unit
from cchc.records.errors import DomainError, refuse

PAGE_SIZE: Final = 100


def asked_choice(unit: Unit, calendar: str, day: str) -> CalendarChoice:
    """Which calendar from which day on. Raises `dossiers.choice_not_found` for what makes no sense."""
    try:
        starts_on = date.fromisoformat(day)
        load_calendar(calendar)
    except (ValueError, DomainError) as error:
        raise refuse("dossiers.choice_not_found") from error
    return CalendarChoice(unit, calendar, starts_on)


def shown_rows(request: HttpRequest, found: Sequence[Recounted]) -> tuple[Sequence[Recounted], int, str]:
    """A page behind the dossier of the key `sau`; how many there are; the address of the next page."""
    key = request.GET.get("sau", "")
    keys = [one.dossier.pk for one in found]
    start = keys.index(int(key)) + 1 if is_key(key) and int(key) in keys else 0
    rows = found[start : start + PAGE_SIZE]
    if len(found) <= start + PAGE_SIZE:
        return rows, len(found), ""
    return rows, len(found), with_key(request, rows[-1].dossier.pk)
