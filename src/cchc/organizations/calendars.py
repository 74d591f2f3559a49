"""The working calendars that units use, loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from cchc.organizations.models import Unit
from cchc.organizations.queries.units import calendars_used
from cchc.worktime import Calendar

NATIONAL: Final = "vn"
"""By what a unit works for which none was chosen, nor for any above it."""


@dataclass(frozen=True, slots=True)
class CalendarChoice:
    """A unit is to work by `calendar` from a day on: what panels at `organizations.calendar_choice` are asked about.

    `after` is the key behind which a long list goes on, asked for by a button `sau` of the form with the id `form`.
    """

    unit: Unit
    calendar: str
    starts_on: date
    after: str = ""
    form: str = "calendar-choice"


@lru_cache(maxsize=64)
def load_calendar(id_: str) -> Calendar:
    """Raises as `Calendar.load`."""
    return Calendar.load(id_)


def calendars_of(units: Iterable[int], day: date) -> Mapping[int, Calendar]:
    """By which calendar each unit (by key) works on that day. One query, however many there are."""
    wanted = list(units)
    used = calendars_used(wanted, day)
    return {unit: load_calendar(used.get(unit, NATIONAL)) for unit in wanted}
