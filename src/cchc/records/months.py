"""Months, each said by its first day: those around one, its last day, when it begins and ends in civil time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_YEAR: Final = 12


def months_on(month: date, number: int) -> date:
    """The first day of the month so many months after this one; before it where the number is negative."""
    year, place = divmod(month.year * _YEAR + month.month - 1 + number, _YEAR)
    return date(year, place + 1, 1)


def following(month: date) -> date:
    """The first day of the next month."""
    return months_on(month, 1)


def last_day(month: date) -> date:
    """The last day of a month."""
    return following(month) - timedelta(days=1)


def bounds(month: date, time_zone: str) -> tuple[datetime, datetime]:
    """When a month begins and when the next one does, in civil time."""
    zone = ZoneInfo(time_zone)
    begins, ends = (datetime.combine(day, time(), zone) for day in (months_on(month, 0), following(month)))
    return begins, ends
