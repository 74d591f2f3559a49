"""The days on which units are visited: in which order, what cannot be, what somebody ought to look at again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cchc.assessments.models import Phase, Sheet, Visit
from cchc.records.errors import Problem, problem
from cchc.worktime.calendar import Calendar

FIELD: Final = "field"
"""The phase of the timetable within which units are visited."""

_IN_ORDER: Final = ("morning", "", "afternoon")


@dataclass(frozen=True, slots=True)
class Planned:
    """When and where the unit of a sheet is to be visited; `expected_version` is 0 where no day stood there."""

    sheet: Sheet
    visit_on: date
    half: str = ""
    place: str = ""
    note: str = ""
    expected_version: int = 0


def standing(sheet: Sheet) -> Visit | None:
    """The visit of a sheet, unless there is none or it was taken back."""
    found: Visit | None = getattr(sheet, "visit", None)
    return None if found is None or found.taken_back_at is not None else found


def in_order(visits: Iterable[Visit]) -> list[Visit]:
    """By day, half and place in the round; each with its sheet."""
    return sorted(visits, key=lambda one: (one.visit_on, _IN_ORDER.index(one.half), one.sheet.place))


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Whether the unit that works by this calendar is open on the day; beyond the years it knows nothing is said."""
    return not calendar.first <= day <= calendar.last or bool(calendar.windows_on(day))


def wrong_with(unit: str, day: date, phase: Phase, assessed_from: date, calendar: Calendar) -> Problem | None:
    """Why the unit is not visited on that day; None where nothing speaks against it."""
    if not phase.starts_on <= day <= phase.ends_on:
        return problem("assessments.visit_outside", unit=unit, day=day, start=phase.starts_on, end=phase.ends_on)
    if day < assessed_from:
        return problem("assessments.visit_before", unit=unit, day=day, start=assessed_from)
    if not is_working_day(calendar, day):
        return problem("assessments.visit_day_off", unit=unit, day=day)
    return None


def meeting(visits: Sequence[Visit]) -> Mapping[int, Sequence[str]]:
    """By visit's key the names of other units to which the team comes at the same time; a whole day meets both halves.
    Without those that meet nobody.
    """
    by_day: dict[date, list[Visit]] = defaultdict(list)
    for one in visits:
        by_day[one.visit_on].append(one)
    found = {
        one.pk: [other.sheet.name for other in by_day[one.visit_on] if other != one and _meet(one.half, other.half)]
        for one in visits
    }
    return {key: names for key, names in found.items() if names}


def _meet(one: str, other: str) -> bool:
    return one == other or "" in (one, other)
