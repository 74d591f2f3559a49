"""On which days an all-day event begins: once, or each year on the same day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import icalendar

from cchc.records.errors import Place, refuse
from cchc.records.sources import Validity

_REPEATING: Final = ("RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID")


def value_of(event: icalendar.Component, name: str) -> Any:
    """What a property about time holds, as Python knows it; None when it is missing, doubled or damaged."""
    found = event.get(name)
    return found.dt if isinstance(found, icalendar.vDDDTypes | icalendar.vDuration) else None


def day_of(event: icalendar.Component, name: str) -> date | None:
    """The day in a property; None when there is none, or a time of day with it."""
    value = value_of(event, name)
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def starts_of(event: icalendar.Component, within: Validity | None, place: Place) -> tuple[date, ...]:
    """The days on which the event begins; of one that comes every year, those that reach into `within`.

    Raises `worktime.event_cancelled`, `worktime.event_without_day`, `worktime.event_repeats`.
    """
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        raise refuse("worktime.event_cancelled", place)
    start = day_of(event, "DTSTART")
    if start is None:
        raise refuse("worktime.event_without_day", place)
    if not any(name in event for name in _REPEATING):
        return (start,)
    if not _is_yearly(event, start) or within is None or within.end is None:
        raise refuse("worktime.event_repeats", place)
    years = range(max(start.year, within.start.year - 1), within.end.year + 1)
    return tuple(day for year in years if (day := _in_year(start, year)) is not None)


def _is_yearly(event: icalendar.Component, start: date) -> bool:
    """Whether it comes back each year on the same day of the same month, without end and without exceptions."""
    rule: Any = event.get("RRULE")
    if [name for name in _REPEATING if name in event] != ["RRULE"] or not isinstance(rule, icalendar.vRecur):
        return False
    same = {"FREQ": "YEARLY", "INTERVAL": "1", "BYMONTH": str(start.month), "BYMONTHDAY": str(start.day)}
    told = {key: ",".join(map(str, values)) for key, values in rule.items() if key != "WKST"}
    return told.get("FREQ") == "YEARLY" and all(same.get(key) == value for key, value in told.items())


def _in_year(day: date, year: int) -> date | None:
    """The same day in another year; none for 29 February in most."""
    try:
        return day.replace(year=year)
    except ValueError:
        return None
