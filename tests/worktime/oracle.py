"""The slow and obvious second calculation: a calendar written in plain values, and one boolean per minute.

Nothing here comes from `cchc.worktime`: hours are laid over each other day by day, minutes are counted one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property

DAY = 24 * 60
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Hours = tuple[tuple[int, int], ...]


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def written(hours: Hours) -> str:
    return "[" + ", ".join(f'"{clock(start)}-{clock(end)}"' for start, end in hours) + "]"


@cache
def minutes_of(hours: Hours) -> bytes:
    """One byte per minute of a day with these hours: 1 when open."""
    return bytes(any(start <= minute < end for start, end in hours) for minute in range(DAY))


@dataclass(frozen=True)
class Plain:
    """A calendar: weeks by first day, exceptions by day (hours, or the name of a weekday), perhaps a parent."""

    first: date
    last: date
    weeks: dict[date, tuple[Hours, ...]]
    exceptions: dict[date, Hours | str] = field(default_factory=dict)
    parent: Plain | None = None
    cut_off: int | None = None
    day_zero: str = "counted"
    id: str = "test"
    time_zone: str = "Asia/Ho_Chi_Minh"

    def yaml(self) -> str:
        """The file of this calendar alone."""
        lines = [
            f"id: {self.id}",
            f"title: {{vi: {self.id}}}",
            f"time_zone: {self.time_zone}",
            f"valid: {{from: {self.first}, to: {self.last}}}",
        ]
        if self.parent:
            lines.append(f"extends: {self.parent.id}")
        if self.weeks:
            lines.append("weeks:")
        for start, days in self.weeks.items():
            hours = ", ".join(f"{name}: {written(open_)}" for name, open_ in zip(WEEKDAYS, days, strict=True))
            lines.append(f"  - {{from: {start}, {hours}}}")
        if self.cut_off is not None:
            lines.append(f'intake: {{cut_off: "{clock(self.cut_off)}", day_zero: {self.day_zero}}}')
        elif self.day_zero != "counted":
            lines.append(f"intake: {{day_zero: {self.day_zero}}}")
        if self.exceptions:
            lines.append("exceptions:")
        for on, exception in self.exceptions.items():
            said = exception if isinstance(exception, str) else written(exception)
            lines.append(
                f"  - {{on: {on}, open: {said}, name: {{vi: Ngày {on}}}, source: {{document: D}}, verified: true}}"
            )
        return "\n".join(lines) + "\n"

    def usual_hours(self, day: date, weekday: int) -> Hours:
        """By this calendar's weeks once one has started, before that by its parent's."""
        started = [start for start in self.weeks if start <= day]
        if started:
            return self.weeks[max(started)][weekday]
        assert self.parent is not None
        return self.parent.usual_hours(day, weekday)

    def exception_on(self, day: date) -> Hours | str | None:
        """This calendar's, or its parent's."""
        if day in self.exceptions:
            return self.exceptions[day]
        return self.parent.exception_on(day) if self.parent else None

    def hours_on(self, day: date) -> Hours:
        found = self.exception_on(day)
        if found is None:
            return self.usual_hours(day, day.weekday())
        if isinstance(found, str):
            return self.usual_hours(day, WEEKDAYS.index(found))
        return found

    @cached_property
    def is_open(self) -> bytes:
        """One byte per minute, from 00:00 of the first day to 24:00 of the last: 1 when open."""
        minutes = bytearray()
        day = self.first
        while day <= self.last:
            minutes += minutes_of(self.hours_on(day))
            day += timedelta(days=1)
        return bytes(minutes)

    def elapsed(self, start: int, end: int) -> int:
        if end < start:
            return -self.elapsed(end, start)
        return sum(self.is_open[start:end])

    def due(self, start: int, minutes: int) -> int | None:
        """Walk until so many open minutes lie behind."""
        at = start
        while minutes:
            if at == len(self.is_open):
                return None
            minutes -= self.is_open[at]
            at += 1
        return at

    def next_open(self, start: int) -> int | None:
        at = self.is_open.find(1, start)
        return None if at < 0 else at

    def due_in_working_days(self, start: int, days: int) -> int | None:
        """From an opening: the close of the last of the days. Else: the same position, so many open days later."""
        if days == 0:
            return start
        begin = self.next_open(start)
        if begin is None:
            return None
        opens_at = self.next_open(begin // DAY * DAY)
        assert opens_at is not None
        position = sum(self.is_open[opens_at:begin])
        open_days = [day for day in range(begin // DAY, len(self.is_open) // DAY) if self._minutes_of(day)]
        later = days - 1 if position == 0 else days
        if later >= len(open_days):
            return None
        day = open_days[later]
        wanted = self._minutes_of(day) if position == 0 else min(position, self._minutes_of(day))
        return self.due(day * DAY, wanted)

    def due_in_calendar_days(self, start: int, days: int) -> int | None:
        """The same clock time; closed, and nothing closes then: the next opening."""
        at = start + days * DAY
        if at > len(self.is_open):
            return None
        if days == 0 or (at > 0 and self.is_open[at - 1]):
            return at
        return self.next_open(at)

    def counting_start(self, received: int) -> int | None:
        rule = self
        while rule.parent and rule.cut_off is None and rule.day_zero == "counted":
            rule = rule.parent  # the nearest calendar that says something of intake
        day, of_day = divmod(received, DAY)
        waits = rule.day_zero == "not_counted" or (rule.cut_off is not None and of_day >= rule.cut_off + 1)
        if not waits:
            return received
        later = [d for d in range(day + 1, len(self.is_open) // DAY) if self._minutes_of(d)]
        return self.next_open(later[0] * DAY) if later else None

    def _minutes_of(self, day: int) -> int:
        return sum(self.is_open[day * DAY : (day + 1) * DAY])
