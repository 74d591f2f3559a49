"""The same answers for arrays, from a table with one entry per minute.

Arrays are civil `datetime64` of any unit, floored to the minute, of any shape; limits are broadcast against them. The
table is the timetable's prefix sums unfolded: four bytes a minute, twenty years are 42 MB. A few tables are
kept, one per content, so that all units with the same hours share one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from cchc.worktime.rules import Intake
from cchc.worktime.timetable import Timetable
from cchc.worktime.windows import MINUTES_OF_A_DAY

Moments = npt.NDArray[np.datetime64]
Minutes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Table = npt.NDArray[np.int32]
MOMENT: Final = np.dtype("datetime64[m]")
NEVER: Final = np.datetime64("NaT", "m")
# Working arrays of this many rows stay in the processor's cache.
_CHUNK: Final = 65_536
_TABLES_KEPT: Final = 4


class OutsideSpan(Exception):
    """A moment of an array lies outside the timetable: the first one that does."""

    def __init__(self, moment: np.datetime64) -> None:
        super().__init__(moment)
        self.moment = moment


@lru_cache(maxsize=_TABLES_KEPT)
def worked_table(timetable: Timetable) -> Table:
    """`Timetable.worked` of every minute from 0 to its length."""
    shapes = list(dict.fromkeys(timetable.shapes))
    before = np.array([shape.before[:-1] for shape in shapes], dtype=np.int32)
    number = {shape: at for at, shape in enumerate(shapes)}
    kinds = np.array([number[shape] for shape in timetable.shapes])
    table = np.empty(timetable.length + 1, dtype=np.int32)
    days = table[:-1].reshape(-1, MINUTES_OF_A_DAY)
    np.add(before[kinds], np.array(timetable.prefix[:-1], dtype=np.int32)[:, np.newaxis], out=days)
    table[-1] = timetable.total
    table.setflags(write=False)
    return table


@lru_cache(maxsize=_TABLES_KEPT)
def reached_table(timetable: Timetable) -> Table:
    """`Timetable.reached` of every count from 1 to its total, at that index; nothing is at 0."""
    table = np.zeros(timetable.total + 1, dtype=np.int32)
    table[1:] = np.flatnonzero(np.diff(worked_table(timetable))) + 1
    table.setflags(write=False)
    return table


class Bulk:
    """A timetable that begins on `first` (a civil day), asked about arrays."""

    def __init__(self, timetable: Timetable, first: np.datetime64) -> None:
        self._timetable = timetable
        self._first = first.astype(MOMENT)

    def inside(self, moments: npt.ArrayLike) -> Flags:
        """Which moments lie in the span, its last midnight included; NaT does not."""
        minutes = self._unchecked(as_moments(moments))
        return (minutes >= 0) & (minutes <= self._timetable.length)

    def minutes_until(self, moments: npt.ArrayLike) -> Minutes:
        """Open minutes from the first day to each moment. Raises `OutsideSpan`."""
        return worked_table(self._timetable)[self._minutes(as_moments(moments))].astype(np.int64)

    def elapsed(self, starts: npt.ArrayLike, ends: npt.ArrayLike) -> Minutes:
        """Open minutes between each pair, negative when the end lies before the start. Raises `OutsideSpan`."""
        first, second = np.broadcast_arrays(as_moments(starts), as_moments(ends))
        begins, ends = first.reshape(-1), second.reshape(-1)
        elapsed = np.empty(begins.size, dtype=np.int64)
        table = worked_table(self._timetable)
        longest = min(_CHUNK, elapsed.size)
        minutes, before, after = np.empty(longest, np.int64), np.empty(longest, np.int32), np.empty(longest, np.int32)
        for rows in _chunks(elapsed.size):
            width = rows.stop - rows.start
            # The minutes are known to lie inside: `clip` only spares take a second look.
            np.take(table, self._minutes(begins[rows], minutes[:width]), out=before[:width], mode="clip")
            np.take(table, self._minutes(ends[rows], minutes[:width]), out=after[:width], mode="clip")
            np.subtract(after[:width], before[:width], out=elapsed[rows])
        return elapsed.reshape(first.shape)

    def pairs(self, starts: npt.ArrayLike, ends: npt.ArrayLike) -> list[tuple[int, int]]:
        """Each pair as minutes from the first midnight. Raises `OutsideSpan`."""
        first, second = np.broadcast_arrays(self._minutes(as_moments(starts)), self._minutes(as_moments(ends)))
        return list(zip(first.ravel().tolist(), second.ravel().tolist(), strict=True))

    def after_minutes(self, starts: npt.ArrayLike, minutes: npt.ArrayLike) -> Moments:
        """Where limits of working minutes end; NaT after the span. Raises `OutsideSpan` for a start."""
        begin, limits = self._limited(starts, minutes)
        ends = self._reached(worked_table(self._timetable)[begin] + limits)
        return self._moments(np.where(limits == 0, begin, ends))

    def after_working_days(self, starts: npt.ArrayLike, days: npt.ArrayLike) -> Moments:
        """Where limits of working days end; NaT after the span. Raises `OutsideSpan` for a start."""
        start, limits = self._limited(starts, days)
        begin = self._next_open(start)
        day = begin // MINUTES_OF_A_DAY
        position = worked_table(self._timetable)[begin] - worked_table(self._timetable)[day * MINUTES_OF_A_DAY]
        last = self._rank[day] + limits
        known = np.minimum(last, len(self._openings) - 1)
        total = self._totals[known]
        is_there = (begin >= 0) & (last == known) & ((total > 0) | (position == 0))
        ends = self._reached(np.where(is_there, self._openings[known] + np.minimum(position, total), -1))
        return self._moments(np.where(limits == 0, start, ends))

    def after_calendar_days(self, starts: npt.ArrayLike, days: npt.ArrayLike) -> Moments:
        """Where limits of calendar days end; NaT after the span. Raises `OutsideSpan` for a start."""
        start, limits = self._limited(starts, days)
        minute = start + limits * MINUTES_OF_A_DAY
        in_span = np.where(minute <= self._timetable.length, minute, 0)
        table = worked_table(self._timetable)
        is_due = (limits == 0) | ((in_span > 0) & (table[in_span] > table[in_span - 1]))
        ends = np.where(is_due, in_span, self._next_open(in_span))
        return self._moments(np.where(minute <= self._timetable.length, ends, -1))

    @cached_property
    def _rank(self) -> Minutes:
        """How many open days there are before each day."""
        return np.array(self._timetable.rank)

    @cached_property
    def _openings(self) -> Minutes:
        """Open minutes before each open day, and at last before the end of the span, where none is left."""
        return np.array([*(self._timetable.prefix[day] for day in self._timetable.open_days), self._timetable.total])

    @cached_property
    def _totals(self) -> Minutes:
        """Open minutes of each open day; none after the last."""
        return np.append(np.diff(self._openings), 0)

    def counting_start(self, received: npt.ArrayLike, intake: Intake) -> Moments:
        """When counting starts for what is received; NaT after the span. Raises `OutsideSpan`."""
        minutes = self._minutes(as_moments(received))
        day, of_day = np.divmod(minutes, MINUTES_OF_A_DAY)
        is_too_late = of_day > (MINUTES_OF_A_DAY if intake.cut_off is None else intake.cut_off)
        moves = is_too_late | (intake.day_zero != "counted")
        next_midnight = (day + 1) * MINUTES_OF_A_DAY
        is_there = next_midnight <= self._timetable.length
        opening = np.where(is_there, self._next_open(np.where(is_there, next_midnight, 0)), -1)
        return self._moments(np.where(moves, opening, minutes))

    def _next_open(self, minutes: Minutes) -> Minutes:
        """The first open minute at or after each; -1 when there is none any more."""
        reached = self._reached(worked_table(self._timetable)[minutes] + np.int64(1))
        return np.where(reached < 0, -1, reached - 1)

    def _reached(self, worked: Minutes) -> Minutes:
        """The minute at which each count is reached; -1 for counts that are not, or negative."""
        table = reached_table(self._timetable)
        is_reached = (worked >= 0) & (worked <= self._timetable.total)
        return np.where(is_reached, table[np.where(is_reached, worked, 0)], -1)

    def _limited(self, starts: npt.ArrayLike, limits: npt.ArrayLike) -> tuple[Minutes, Minutes]:
        """Starts and limits side by side; a limit longer than the span ends after it, however long it is."""
        amounts = np.minimum(as_amounts(limits), self._timetable.length + 1)
        begins, amounts = np.broadcast_arrays(self._minutes(as_moments(starts)), amounts)
        return begins, amounts

    def _minutes(self, moments: Moments, out: Minutes | None = None) -> Minutes:
        """Minutes from the first midnight, written to `out`. Raises `OutsideSpan`."""
        minutes = self._unchecked(moments, out)
        # As unsigned numbers, those before the span (and NaT) are larger than any inside: one pass sees both ends.
        if minutes.size and minutes.view(np.uint64).max() > self._timetable.length:
            raise OutsideSpan(moments[~self.inside(moments)].flat[0])
        return minutes

    def _unchecked(self, moments: Moments, out: Minutes | None = None) -> Minutes:
        minutes: Minutes = np.subtract(moments.view(np.int64), self._first.astype(np.int64), out=out)
        return minutes

    def _moments(self, minutes: Minutes) -> Moments:
        """Civil moments; NaT for minute -1."""
        moments = minutes.astype("timedelta64[m]") + self._first
        return np.where(minutes < 0, NEVER, moments)


def as_moments(values: npt.ArrayLike) -> Moments:
    """Civil minutes, floored. Raises `TypeError` for what is no `datetime64`: naive datetimes in a list are none."""
    array: npt.NDArray[Any] = np.asarray(values)
    if array.dtype.kind != "M":
        raise TypeError(f"expected datetime64, not {array.dtype}")
    return array.astype(MOMENT, copy=False)


def as_amounts(values: npt.ArrayLike) -> Minutes:
    """Whole numbers. Raises `TypeError` for others: a limit is never cut off."""
    array: npt.NDArray[Any] = np.asarray(values)
    if array.dtype.kind not in "iu":
        raise TypeError(f"expected whole numbers, not {array.dtype}")
    return array.astype(np.int64, copy=False)


def _chunks(rows: int) -> Iterator[slice]:
    return (slice(start, min(start + _CHUNK, rows)) for start in range(0, rows, _CHUNK))
