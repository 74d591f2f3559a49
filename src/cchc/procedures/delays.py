"""Until when a procedure has to stand open, and how many working days later it did."""

from __future__ import annotations

from datetime import date, timedelta

from cchc.worktime import Calendar

_DAY = timedelta(days=1)


def nth_working_day(calendar: Calendar, day: date, number: int) -> date:
    """The day behind which so many working days have passed since `day`, which itself does not count; `day` for none.

    Raises `worktime.outside_span`.
    """
    for _ in range(number):
        day += _DAY
        while not calendar.windows_on(day):
            day += _DAY
    return day


def working_days_between(calendar: Calendar, start: date, end: date) -> int:
    """How many working days lie behind `start` until `end`, that one included; 0 where it does not come later.

    Raises `worktime.outside_span`.
    """
    return sum(bool(calendar.windows_on(start + number * _DAY)) for number in range(1, (end - start).days + 1))
