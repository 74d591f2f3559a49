"""What differs between two calendars, day by day: opened, closed, other hours, another name, source or verification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from cchc.records.errors import refuse
from cchc.records.sources import Source, Validity, Verification
from cchc.records.text import LocalText
from cchc.worktime.full_rules import FullRules
from cchc.worktime.windows import Windows

Difference = Literal["opened", "closed", "hours", "name", "source", "verified"]
WholeDifference = Literal["span", "time_zone", "intake"]
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayState:
    """One day in one calendar: its hours and what they rest on. `name` is None on an ordinary day of the week."""

    windows: Windows
    name: LocalText | None
    source: Source | None
    verification: Verification | None

    @property
    def minutes(self) -> int:
        """Open minutes of the day."""
        return sum(window.end - window.start for window in self.windows)


@dataclass(frozen=True, slots=True)
class DayDifference:
    """A day that is not the same in both: in what, and how it is in each."""

    day: date
    what: tuple[Difference, ...]
    before: DayState
    after: DayState

    @property
    def is_ordinary(self) -> bool:
        """Whether neither calendar has an exception on that day: it is the weeks that differ."""
        return self.before.name is None and self.after.name is None


@dataclass(frozen=True, slots=True)
class Totals:
    """Open days and open minutes of one calendar on the days compared."""

    working_days: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two calendars on the days from `first` to `last`; `whole` is what differs beside the days."""

    first: date
    last: date
    whole: tuple[WholeDifference, ...]
    days: tuple[DayDifference, ...]
    before: Totals
    after: Totals

    @property
    def are_same(self) -> bool:
        """Whether nothing differs."""
        return not self.whole and not self.days

    def alike(self) -> tuple[tuple[DayDifference, ...], ...]:
        """The days in groups to be told in one line: each exceptional day, and ordinary days that changed alike."""
        groups: dict[object, list[DayDifference]] = {}
        for difference in self.days:
            key = (difference.before, difference.after) if difference.is_ordinary else difference.day
            groups.setdefault(key, []).append(difference)
        return tuple(map(tuple, groups.values()))


def compare(before: FullRules, after: FullRules, first: date | None = None, last: date | None = None) -> Comparison:
    """The differences on the days that both calendars cover, or only on those from `first` to `last`.

    Their spans count as a difference only when no days are asked for. Raises `worktime.no_day_in_both`,
    `worktime.not_in_both` for a day asked for that one of them lacks, and `records.ends_before_start`.
    """
    stretch = _stretch(before, after, first, last)
    assert stretch.end is not None
    days = [stretch.start + offset * _DAY for offset in range((stretch.end - stretch.start).days + 1)]
    states = [(day, _state(before, day), _state(after, day)) for day in days]
    return Comparison(
        stretch.start,
        stretch.end,
        tuple(_whole(before, after, is_span_free=first is None and last is None)),
        tuple(DayDifference(day, what, old, new) for day, old, new in states if (what := tuple(_what(old, new)))),
        _totals(old for _, old, _ in states),
        _totals(new for _, _, new in states),
    )


def _stretch(before: FullRules, after: FullRules, first: date | None, last: date | None) -> Validity:
    """The days compared."""
    start, end = max(before.first, after.first), min(before.last, after.last)
    if end < start:
        raise refuse("worktime.no_day_in_both", first=end, last=start)
    shared = Validity(start, end)
    for day in (first, last):
        if day is not None and not shared.holds_on(day):
            raise refuse("worktime.not_in_both", day=day, first=start, last=end)
    return Validity(first or start, last or end)


def _whole(before: FullRules, after: FullRules, *, is_span_free: bool) -> Iterator[WholeDifference]:
    if is_span_free and (before.first, before.last) != (after.first, after.last):
        yield "span"
    if before.time_zone != after.time_zone:
        yield "time_zone"
    if before.intake != after.intake:
        yield "intake"


def _state(rules: FullRules, day: date) -> DayState:
    exception = rules.exceptions.get(day)
    windows = rules.windows_on(day)
    if exception is not None:
        return DayState(windows, exception.name, exception.source, exception.verification)
    week = rules.week_on(day)
    return DayState(windows, None, week.source, week.verification)


def _what(before: DayState, after: DayState) -> Iterator[Difference]:
    if before.windows != after.windows:
        yield "hours" if before.windows and after.windows else "opened" if after.windows else "closed"
    if before.name != after.name:
        yield "name"
    if before.source != after.source:
        yield "source"
    if before.verification != after.verification:
        yield "verified"


def _totals(states: Iterable[DayState]) -> Totals:
    minutes = [state.minutes for state in states]
    return Totals(sum(map(bool, minutes)), sum(minutes))
