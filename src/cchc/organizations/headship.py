"""One head at a time: what is said where a second one of a unit is refused. Pure."""

from __future__ import annotations

from datetime import date

from cchc.organizations.days import days_said
from cchc.records.errors import Message


def head_taken(unit: str, name: str, start: date, end: date | None) -> Message:
    """`organizations.head_taken`: `name` heads `unit` on these days; `end` is None where no end is known."""
    return Message("organizations.head_taken", {"unit": unit, "name": name, "days": days_said(start, end)})


def overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Whether two runs of days, without a last day where that is None, have a day in common."""
    return _is_before_end(one[0], other[1]) and _is_before_end(other[0], one[1])


def _is_before_end(start: date, end: date | None) -> bool:
    return end is None or start <= end
