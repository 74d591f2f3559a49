"""A calendar that others take turns in: by one until a day, by another from that day on.

The hours of a day, and the intake rule for what is received on it, are those of the calendar whose turn it is. So an
answer depends on each calendar only for the days on which it holds.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Final, Self

from cchc.records.dates import format_date
from cchc.records.sources import Validity
from cchc.records.text import LocalText
from cchc.worktime import deadlines
from cchc.worktime.calendar import Beyond, Calendar
from cchc.worktime.full_rules import FullRules
from cchc.worktime.rules import CalendarRules, DayException, Intake, Week

_MARK: Final = "+"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """From `starts_on` on, something holds: a calendar, or its id."""

    starts_on: date
    id: str


def turns_of(id_: str) -> tuple[str, tuple[Turn, ...]]:
    """`vn+2026-12-05+xa-mot`: the calendar that comes first, and who takes turns after it. An id alone has none."""
    first, *rest = id_.split(_MARK)
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return first, tuple(Turn(date.fromisoformat(day), then) for day, then in pairs)


def id_of(first: str, turns: Sequence[Turn]) -> str:
    """What `turns_of` reads; a turn that changes nothing is left out."""
    parts, before = [first], first
    for turn in turns:
        if turn.id != before:
            parts += [turn.starts_on.isoformat(), turn.id]
        before = turn.id
    return _MARK.join(parts)


class SplicedCalendar(Calendar):
    """Calendars of one time zone, one after the other. Where one does not reach to the day of the next, or the next
    does not hold on its first day, the whole ends there.
    """

    def __init__(self, first: Calendar, later: Sequence[tuple[date, Calendar]]) -> None:
        """Raises `ValueError` for another time zone, or days that do not follow each other."""
        days = [day for day, _ in later]
        if days != sorted(set(days)) or {one.time_zone for _, one in later} - {first.time_zone}:
            raise ValueError(f"{first.id}: {days} in {first.time_zone}")
        self._parts = (first, tuple(later))
        super().__init__([_laid_end_to_end(first, later)])
        self._starts = days
        self._intakes = (first.rules.intake, *(one.rules.intake for _, one in later))

    def __reduce__(self) -> tuple[type[Self], Any]:
        """To other processes it travels as its parts."""
        return type(self), self._parts

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the parts and the days of their turns."""
        first, later = self._parts
        said = [first.hash, *(f"{day.isoformat()} {one.hash}" for day, one in later)]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    def counting_start(self, received: Any, *, beyond: Beyond = "refuse") -> Any:
        """See `Calendar.counting_start`; by the intake rule of the day of reception."""
        if isinstance(received, datetime):
            minute = self.minute_of(received)
            intake = self._intakes[bisect_right(self._starts, self.civil(received).date())]
            return self._moved(received, minute, deadlines.counting_start(self.timetable, minute, intake))
        import numpy as np  # as `Calendar` does

        moments = np.asarray(received, "datetime64[m]")
        turn = np.searchsorted(np.array(self._starts, "datetime64[D]"), moments.astype("datetime64[D]"), side="right")
        ends = np.full(moments.shape, np.datetime64("NaT"), "datetime64[m]")
        for place, intake in enumerate(self._intakes):
            chosen = turn == place
            ends[chosen] = self._counted_in_bulk(moments[chosen], intake, beyond)
        return ends

    def _counted_in_bulk(self, moments: Any, intake: Intake, beyond: Beyond) -> Any:
        return self._moved_in_bulk(lambda bulk: bulk.counting_start(moments, intake), moments, beyond)


def _laid_end_to_end(first: Calendar, later: Sequence[tuple[date, Calendar]]) -> CalendarRules:
    weeks, exceptions = list[Week](), list[DayException]()
    last = first.first
    for starts_on, ends_on, rules in _stretches(first, later):
        weeks += _weeks(rules, starts_on, ends_on)
        exceptions += [one for day, one in sorted(rules.exceptions.items()) if starts_on <= day <= ends_on]
        last = ends_on
    return CalendarRules(
        id=id_of(first.id, [Turn(day, one.id) for day, one in later]), title=_title(first, later),
        time_zone=first.time_zone, validity=Validity(first.first, last), weeks=tuple(weeks),
        exceptions=tuple(exceptions),
    )  # fmt: skip


def _stretches(first: Calendar, later: Sequence[tuple[date, Calendar]]) -> Iterator[tuple[date, date, FullRules]]:
    """From when to when each holds, while they follow each other without a gap."""
    turns = [(first.first, first), *later]
    for place, (starts_on, calendar) in enumerate(turns):
        until = turns[place + 1][0] - _DAY if place + 1 < len(turns) else calendar.last
        if not calendar.first <= starts_on <= calendar.last:
            return
        yield starts_on, min(until, calendar.last), calendar.rules
        if calendar.last < until:
            return


def _weeks(rules: FullRules, starts_on: date, ends_on: date) -> Iterator[Week]:
    yield replace(rules.week_on(starts_on), start=starts_on)
    yield from (week for week in rules.weeks if starts_on < week.start <= ends_on)


def _title(first: Calendar, later: Sequence[tuple[date, Calendar]]) -> LocalText:
    vi, en = first.title.vi, first.title.in_language("en")
    for day, one in later:
        vi += f"; từ {format_date(day)}: {one.title.vi}"
        en += f"; from {format_date(day, 'en')} on: {one.title.in_language('en')}"
    return LocalText(vi, en)
