"""When a task is due, and by when its owner must be heard: from days to moments of a working calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from cchc.followups.rules import Rules
from cchc.records.errors import refuse
from cchc.worktime import Calendar

_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_LONGEST: Final = 1_000  # working days: no task waits four years


@dataclass(frozen=True, slots=True)
class Deadline:
    """Either a day, which ends at 24:00, or so many working days counted from the day after `counted_from`.

    With `due_time` it ends at that hour of the day on which it would end without.

    Raises `followups.not_one_deadline`, `followups.deadline_before_start`, `followups.not_a_limit`.
    """

    counted_from: date
    due_on: date | None = None
    working_days: int | None = None
    due_time: time | None = None

    def __post_init__(self) -> None:
        if (self.due_on is None) == (self.working_days is None):
            raise refuse("followups.not_one_deadline")
        if self.due_on is not None and self.due_on < self.counted_from:
            raise refuse("followups.deadline_before_start", day=self.due_on, start=self.counted_from)
        if self.working_days is not None and not 1 <= self.working_days <= _LONGEST:
            raise refuse("followups.not_a_limit", most=_LONGEST)

    @property
    def hour(self) -> str:
        """`10:30`; empty without one."""
        return "" if self.due_time is None else f"{self.due_time:%H:%M}"

    def starts_at(self, calendar: Calendar) -> datetime:
        """The end of the day it is counted from: that day itself does not count."""
        return calendar.end_of(self.counted_from)

    def due_at(self, calendar: Calendar, rules: Rules) -> datetime:
        """Raises `worktime.outside_span`, `worktime.ends_outside_span` beyond the calendar."""
        if self.due_time is not None:
            return datetime.combine(self.last_day(calendar, rules), self.due_time, calendar.zone)
        if self.working_days is not None:
            return calendar.due_in_working_days(self.starts_at(calendar), self.working_days)
        return calendar.end_of(self.last_day(calendar, rules))

    def last_day(self, calendar: Calendar, rules: Rules) -> date:
        """The last of the working days; or the day given, or the next working day where the rules say so and it is
        none.
        """
        if self.working_days is not None:
            end = calendar.due_in_working_days(self.starts_at(calendar), self.working_days)
            return calendar.civil(end - _MINUTE).date()
        assert self.due_on is not None
        day = self.due_on
        calendar.end_of(day)  # refuses a day outside the calendar
        while rules.deadline_moves_off_days and not calendar.windows_on(day):
            day += _DAY
        return day


def heard_by(calendar: Calendar, now: datetime, working_days: int) -> datetime:
    """By when somebody must be heard who has so many working days from now on."""
    return calendar.due_in_working_days(now, working_days)
