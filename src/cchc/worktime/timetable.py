"""A calendar compiled: how many open minutes there are before each minute, as prefix sums over its days.

Minutes are offsets from 00:00 of the first day; the last one is 24:00 of the last day. The prefix sums are the
canonical form; `bulk` unfolds them into a table with one entry per minute.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import Final

from cchc.worktime.windows import MINUTES_OF_A_DAY, Windows

_DAY: Final = MINUTES_OF_A_DAY


class Shape:
    """The hours of one kind of day. `before[m]` counts the open minutes before minute m, for m from 0 to 1440."""

    __slots__ = ("before", "total", "windows")

    def __init__(self, windows: Windows) -> None:
        self.windows = windows
        is_open = bytearray(_DAY)
        for window in windows:
            is_open[window.start : window.end] = b"\1" * (window.end - window.start)
        self.before = tuple(accumulate(is_open, initial=0))
        self.total = self.before[-1]


@lru_cache(maxsize=1_024)
def shape_of(windows: Windows) -> Shape:
    """The one shape of these hours: calendars share it."""
    return Shape(windows)


class Timetable:
    """The hours of every day, in order, from the first one on. Equal when all hours are."""

    __slots__ = ("before", "key", "length", "open_days", "prefix", "rank", "shapes", "total")

    def __init__(self, days: Iterable[Windows]) -> None:
        self.shapes = tuple(map(shape_of, days))
        self.length = len(self.shapes) * _DAY
        self.prefix = list(accumulate((shape.total for shape in self.shapes), initial=0))
        self.total = self.prefix[-1]
        # One more, closed day, so that 24:00 of the last day is a minute like others.
        self.before = [shape.before for shape in (*self.shapes, shape_of(()))]
        # Days with open minutes; `rank[d]` counts those before day d.
        self.open_days = [day for day, shape in enumerate(self.shapes) if shape.total]
        self.rank = list(accumulate((shape.total > 0 for shape in self.shapes), initial=0))
        self.key = hashlib.sha256(repr([shape.windows for shape in self.shapes]).encode()).digest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timetable) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)

    def worked(self, minute: int) -> int:
        """Open minutes from the first day up to `minute`, which lies within 0 … `length`."""
        day, of_day = divmod(minute, _DAY)
        return self.prefix[day] + self.before[day][of_day]

    def reached(self, worked: int) -> int:
        """The earliest minute before which there are `worked` open ones; `worked` lies within 1 … `total`."""
        day = bisect_left(self.prefix, worked) - 1
        return day * _DAY + bisect_left(self.before[day], worked - self.prefix[day])

    def next_open(self, minute: int) -> int | None:
        """The first open minute at or after `minute`; None when there is none any more."""
        worked = self.worked(minute)
        return None if worked == self.total else self.reached(worked + 1) - 1

    def closes_at(self, minute: int) -> bool:
        """Whether the minute before is open: at a close, and anywhere inside a window."""
        return minute > 0 and self.worked(minute) > self.worked(minute - 1)
