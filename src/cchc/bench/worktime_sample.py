"""The calendar and the pairs on which working-time software is compared, and the minutes counted one by one.

Monday to Friday 07:30-11:30 and 13:30-17:00; ten to fifteen days off a year; two bridge days a year, each paid back by
a worked Saturday. Made from fixed seeds: the same on every machine.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from cchc.worktime import Calendar
from cchc.worktime.reading import read_rules

Hours = tuple[tuple[int, int], ...]
Moments = npt.NDArray[np.datetime64]

OFFICE: Final[Hours] = ((450, 690), (810, 1020))
CALENDAR_SEED: Final = 3
PAIRS_SEED: Final = 7
CHECK_SEED: Final = 11
CHECKED_PAIRS: Final = 2_000
MEAN_DAYS: Final = 6
FIRST, LAST = date(2024, 1, 1), date(2029, 12, 31)
# Pairs start within three years in the middle of the calendar's six.
_PAIRS_FROM, _PAIRS_DAYS = date(2025, 1, 1), 3 * 365
_DAY: Final = 24 * 60
_HEAD: Final = """\
id: bench-worktime
title: {{vi: Lịch để đo tốc độ}}
time_zone: Asia/Ho_Chi_Minh
valid: {{from: {first}, to: {last}}}
source: {{document: "Số liệu để đo, không phải văn bản"}}
verified: {{no: Chỉ để đo tốc độ}}
weeks:
  - {{from: {first}, mon: {hours}, tue: {hours}, wed: {hours}, thu: {hours}, fri: {hours}, sat: [], sun: []}}
exceptions:
"""


@dataclass(frozen=True)
class SampleCalendar:
    """Days off and worked Saturdays; all else is an ordinary week."""

    days_off: frozenset[date]
    worked_saturdays: frozenset[date]

    @cached_property
    def calendar(self) -> Calendar:
        """As ours reads it."""
        hours = '["07:30-11:30", "13:30-17:00"]'
        lines = [_HEAD.format(first=FIRST, last=LAST, hours=hours)]
        for days, said in ((self.days_off, "[]"), (self.worked_saturdays, "fri")):
            lines += [f"  - {{on: {day}, open: {said}, name: {{vi: Ngày {day}}}}}\n" for day in sorted(days)]
        return Calendar([read_rules("".join(lines), "bench")])

    @cached_property
    def is_open(self) -> bytes:
        """One byte per minute from 00:00 of the first day, 1 when open: nothing here comes from our calendar."""
        open_day = bytes(any(start <= minute < end for start, end in OFFICE) for minute in range(_DAY))
        closed_day = bytes(_DAY)
        return b"".join(open_day if day in self.working_days else closed_day for day in _all_days())

    @cached_property
    def saturdays_off(self) -> frozenset[date]:
        """Every Saturday that is not worked: how peers without worked Saturdays are told of them."""
        return frozenset(day for day in _all_days() if day.weekday() == 5 and day not in self.working_days)

    @cached_property
    def working_days(self) -> frozenset[date]:
        """Every day on which anybody works."""
        weekdays = {day for day in _all_days() if day.weekday() < 5}
        return frozenset((weekdays - self.days_off) | self.worked_saturdays)

    def count(self, start: np.datetime64, end: np.datetime64) -> int:
        """Open minutes from start to end, counted one by one."""
        return self.is_open.count(1, _minute(start), _minute(end))


def make_calendar() -> SampleCalendar:
    """The calendar of all comparisons."""
    chance = random.Random(CALENDAR_SEED)  # noqa: S311 - a sample, no secret
    days_off: set[date] = set()
    worked: set[date] = set()
    for year in range(FIRST.year, LAST.year + 1):
        weekdays = [day for day in _all_days() if day.year == year and day.weekday() < 5]
        holidays = chance.sample(weekdays, chance.randint(10, 15))
        bridges = chance.sample([day for day in weekdays if day not in holidays and day.month < 12], 2)
        days_off |= {*holidays, *bridges}
        # The second Saturday after each; a week later when another bridge already took it.
        for bridge in sorted(bridges):
            saturday = bridge + timedelta(days=5 - bridge.weekday() + 7)
            worked.add(saturday if saturday not in worked else saturday + timedelta(days=7))
    return SampleCalendar(frozenset(days_off), frozenset(worked))


def make_pairs(count: int, mean_days: int = MEAN_DAYS, seed: int = PAIRS_SEED) -> tuple[Moments, Moments]:
    """Starts spread over three years, lengths exponential with that mean, cut so that they end within the calendar."""
    chance = np.random.default_rng(seed)
    starts = np.datetime64(_PAIRS_FROM, "m") + chance.integers(0, _PAIRS_DAYS * _DAY, count).astype("m8[m]")
    lengths = np.minimum(chance.exponential(mean_days * _DAY, count).astype(np.int64), 365 * _DAY)
    return starts, starts + lengths.astype("m8[m]")


def make_checked_pairs(sample: SampleCalendar) -> tuple[Moments, Moments]:
    """Half at random, half with both ends on edges: bounds of windows, midnights, days off, and a minute beside."""
    chance = np.random.default_rng(CHECK_SEED)
    half = CHECKED_PAIRS // 2
    starts, ends = make_pairs(half, seed=CHECK_SEED)
    years = range(_PAIRS_FROM.year, _PAIRS_FROM.year + 3)
    special = [day for day in sorted(sample.days_off | sample.worked_saturdays) if day.year in years]
    beside = {day + timedelta(days=step) for day in special for step in (-1, 0, 1)}
    days = np.array(sorted(beside), dtype="M8[D]").astype("M8[m]")
    marks = np.array([0, 450, 690, 810, 1020]) + np.array([[-1], [0], [1]])
    edges = np.sort((days[:, np.newaxis] + marks.ravel().astype("m8[m]")).ravel())
    at = chance.integers(0, len(edges), half)
    to = np.minimum(at + chance.integers(0, 45, half), len(edges) - 1)
    return np.concatenate([starts, edges[at]]), np.concatenate([ends, edges[to]])


def _all_days() -> list[date]:
    return [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]


def _minute(moment: np.datetime64) -> int:
    return int((moment - np.datetime64(FIRST, "m")).astype(np.int64))
