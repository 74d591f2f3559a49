"""Random calendars and moments, every answer judged by counting minutes one by one.

For each case, a calendar, two moments and a limit, the elapsed minutes and the ends of a limit in minutes, in
working days and in calendar days are asked twice: one by one and in arrays. The judge has one byte per minute, made
from plain hours; it counts them and uses neither sums nor tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cchc.bench.worktime_sample import Hours
from cchc.records.errors import DomainError
from cchc.worktime import Calendar
from cchc.worktime.reading import read_rules
from cchc.worktime.windows import Window

CASES: Final = 1_000_000
SEED: Final = 2026
_CASES_PER_CALENDAR: Final = 10_000
_DAY: Final = 24 * 60
_FIRST: Final = date(2026, 1, 1)
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OFFSET: Final = timedelta(hours=7)
_ONE_MINUTE: Final = timedelta(minutes=1)
_TEMPLATES: Final[tuple[Hours, ...]] = (
    ((450, 690), (780, 1020)), ((450, 690), (810, 1020)), ((420, 690),), (), ((0, _DAY),), ((1320, _DAY),),
)  # fmt: skip
Chance = np.random.Generator


@dataclass(frozen=True)
class Judge:
    """A calendar of plain hours, one entry per day, and the text that says the same."""

    days: Sequence[Hours]
    text: str

    @cached_property
    def is_open(self) -> bytes:
        """One byte per minute, 1 when open."""
        one = {hours: bytes(any(s <= m < e for s, e in hours) for m in range(_DAY)) for hours in set(self.days)}
        return b"".join(one[hours] for hours in self.days)

    @cached_property
    def open_days(self) -> list[int]:
        """The days with an open minute."""
        return [day for day in range(len(self.days)) if self.is_open.find(1, day * _DAY, (day + 1) * _DAY) >= 0]

    def count(self, start: int, end: int) -> int:
        """Open minutes from start to end, negative backwards."""
        if end < start:
            return -self.count(end, start)
        return int(np.count_nonzero(self._flags[start:end]))

    @cached_property
    def _flags(self) -> npt.NDArray[np.bool_]:
        """The same bytes, for counting faster than bytes do."""
        return np.frombuffer(self.is_open, dtype=np.bool_)

    def is_due(self, start: int, minutes: int, end: int | None) -> bool:
        """Whether `end` is the earliest minute with so many open ones behind; None: there are not that many."""
        if end is None:
            return self.count(start, len(self.is_open)) < minutes
        if minutes == 0:
            return end == start
        return end > start and self.count(start, end) == minutes and self.is_open[end - 1] == 1

    def is_due_in_working_days(self, start: int, days: int, end: int | None) -> bool:
        """From an opening the close of the last day, else the same position so many open days later."""
        begin = self.is_open.find(1, start)
        if days == 0:
            return end == start
        if begin < 0:
            return end is None
        day = begin // _DAY
        position = self.count(day * _DAY, begin)
        last = self.open_days.index(day) + (days if position else days - 1)
        if last >= len(self.open_days):
            return end is None
        midnight = self.open_days[last] * _DAY
        total = self.count(midnight, midnight + _DAY)
        return self.is_due(midnight, min(position, total) if position else total, end)

    def is_due_in_calendar_days(self, start: int, days: int, end: int | None) -> bool:
        """The same clock time, or the next opening when that is closed and closes nothing."""
        minute = start + days * _DAY
        if minute > len(self.is_open):
            return end is None
        if days == 0 or (minute and self.is_open[minute - 1]):
            return end == minute
        opening = self.is_open.find(1, minute)
        return end == (None if opening < 0 else opening)


@dataclass(slots=True)
class Checked:
    """How many cases were judged, and the wrong answers by what was asked."""

    cases: int = 0
    answers: int = 0
    wrong: Counter[str] = field(default_factory=Counter)


def run(cases: int = CASES, seed: int = SEED, tell: Callable[[str], None] = lambda _: None) -> Checked:
    """Judge so many cases. `tell` hears how many are done."""
    chance = np.random.default_rng(seed)
    checked = Checked()
    while checked.cases < cases:
        judge = make_judge(chance)
        calendar = Calendar([read_rules(judge.text, "check")])
        _judge_cases(calendar, judge, min(_CASES_PER_CALENDAR, cases - checked.cases), chance, checked)
        tell(f"{checked.cases:,}")
    return checked


def make_judge(chance: Chance) -> Judge:
    """A calendar of 100 to 400 days: two weeks, one exception in eight days."""
    length = int(chance.integers(100, 400))
    later = int(chance.integers(1, length))
    weeks = {0: _week(chance), later: _week(chance)}
    exceptions = {int(day): _hours(chance) for day in np.flatnonzero(chance.random(length) < 1 / 8)}
    swaps = {day: int(chance.integers(7)) for day in list(exceptions)[::3]}
    days = []
    for day in range(length):
        week = weeks[later if day >= later else 0]
        weekday = swaps.get(day, (_FIRST + timedelta(days=day)).weekday())
        days.append(week[weekday] if day in swaps or day not in exceptions else exceptions[day])
    return Judge(days, "\n".join(_lines(length, weeks, exceptions, swaps)))


def _lines(
    length: int, weeks: dict[int, list[Hours]], exceptions: dict[int, Hours], swaps: dict[int, int]
) -> Iterator[str]:
    last = _FIRST + timedelta(days=length - 1)
    yield f"id: check\ntitle: {{vi: Kiểm tra}}\ntime_zone: Asia/Ho_Chi_Minh\nvalid: {{from: {_FIRST}, to: {last}}}"
    yield "source: {document: Kiểm tra}\nverified: true\nweeks:"
    for start, hours in weeks.items():
        days = ", ".join(f"{name}: {_written(of_day)}" for name, of_day in zip(_WEEKDAYS, hours, strict=True))
        yield f"  - {{from: {_FIRST + timedelta(days=start)}, {days}}}"
    yield "exceptions:"
    for day, of_day in exceptions.items():
        said = _WEEKDAYS[swaps[day]] if day in swaps else _written(of_day)
        yield f"  - {{on: {_FIRST + timedelta(days=day)}, open: {said}, name: {{vi: Ngày}}}}"


def _written(hours: Hours) -> str:
    return "[" + ", ".join(f'"{Window(start, end)}"' for start, end in hours) + "]"


def _week(chance: Chance) -> list[Hours]:
    if chance.random() < 0.5:
        return [_TEMPLATES[int(chance.integers(2))]] * 5 + [_TEMPLATES[int(chance.integers(2, 4))], ()]
    return [_hours(chance) for _ in _WEEKDAYS]


def _hours(chance: Chance) -> Hours:
    """One of the usual ones, or up to three windows anywhere; some touch."""
    if chance.random() < 0.7:
        return _TEMPLATES[int(chance.integers(len(_TEMPLATES)))]
    cuts = np.unique(chance.integers(0, _DAY + 1, 2 * int(chance.integers(1, 4)))).tolist()
    return tuple(pair for pair in pairwise(cuts) if chance.random() < 0.6)


def _judge_cases(calendar: Calendar, judge: Judge, cases: int, chance: Chance, checked: Checked) -> None:
    starts, ends = _minutes(judge, cases, chance), _minutes(judge, cases, chance)
    limits = {
        "due": np.where(chance.random(cases) < 0.5, chance.integers(0, 600, cases), chance.integers(0, 60_000, cases)),
        "due_in_working_days": chance.integers(0, 40, cases),
        "due_in_calendar_days": chance.integers(0, 60, cases),
    }
    judged = {
        "due": judge.is_due,
        "due_in_working_days": judge.is_due_in_working_days,
        "due_in_calendar_days": judge.is_due_in_calendar_days,
    }
    origin = np.datetime64(_FIRST, "m")
    civil = origin + starts.astype("m8[m]")
    begins, finishes = starts.tolist(), ends.tolist()
    moments = [_moment(minute) for minute in begins]
    in_bulk = calendar.elapsed_minutes(civil, origin + ends.astype("m8[m]")).tolist()
    for begin, finish, moment, bulk in zip(begins, finishes, moments, in_bulk, strict=True):
        true = judge.count(begin, finish)
        checked.wrong["elapsed"] += calendar.elapsed_minutes(moment, _moment(finish)) != true
        checked.wrong["elapsed in bulk"] += bulk != true
    for name, is_right in judged.items():
        ask: Any = getattr(calendar, name)
        found = (ask(civil, limits[name], beyond="nat") - origin).astype(object)
        in_bulk = [None if minute is None else minute // _ONE_MINUTE for minute in found]
        for begin, moment, limit, bulk in zip(begins, moments, limits[name].tolist(), in_bulk, strict=True):
            checked.wrong[f"{name} in bulk"] += not is_right(begin, limit, bulk)
            checked.wrong[name] += _asked(ask, moment, limit) != bulk
    checked.cases += cases
    checked.answers += 8 * cases


def _minutes(judge: Judge, cases: int, chance: Chance) -> npt.NDArray[np.int64]:
    """Half anywhere in the calendar, half at an opening, a close or a midnight, or a minute beside."""
    is_open = np.frombuffer(judge.is_open, dtype=np.int8)
    edges = np.concatenate([np.flatnonzero(np.diff(is_open)) + 1, np.arange(0, len(is_open) + 1, _DAY)])
    near = chance.choice(edges, cases) + chance.integers(-1, 2, cases)
    anywhere = chance.integers(0, len(is_open) + 1, cases)
    return np.clip(np.where(chance.random(cases) < 0.5, anywhere, near), 0, len(is_open))


def _moment(minute: int) -> datetime:
    """In UTC: Asia/Ho_Chi_Minh has kept +07:00 since 1975."""
    return datetime(_FIRST.year, _FIRST.month, _FIRST.day, tzinfo=UTC) - _OFFSET + timedelta(minutes=minute)


def _asked(ask: Callable[[datetime, int], datetime], moment: datetime, limit: int) -> int | None:
    """The minute of the answer; None when it lies after the calendar."""
    try:
        return (ask(moment, limit) - _moment(0)) // _ONE_MINUTE
    except DomainError as error:
        if error.code != "worktime.ends_outside_span":
            raise
        return None
