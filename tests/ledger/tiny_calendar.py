"""A calendar small enough to see through: open windows repeated every day, less the days off.

It answers as `cchc.ledger.clock.WorkingCalendar` asks, minute by minute, so that the ledger's tests need no other room.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

DAY = 24 * 60
ZONE_OFFSET = 7 * 60  # Asia/Ho_Chi_Minh has kept it since 1975


@dataclass(frozen=True)
class TinyCalendar:
    """`windows` are minutes of a day; days are counted from 1970-01-01, civil time."""

    windows: tuple[tuple[int, int], ...] = ((450, 690), (780, 1020))
    days_off: frozenset[int] = frozenset()
    first_day: int = 20_454  # 2026-01-01
    days: int = 60
    time_zone: str = "Asia/Ho_Chi_Minh"

    @cached_property
    def is_open(self) -> list[bool]:
        """For each minute since the first day, whether it counts."""
        day = [any(start <= minute < end for start, end in self.windows) for minute in range(DAY)]
        closed = [False] * DAY
        return [
            minute
            for number in range(self.first_day, self.first_day + self.days)
            for minute in (closed if number in self.days_off else day)
        ]

    @cached_property
    def _passed(self) -> npt.NDArray[np.int64]:
        return np.concatenate(([0], np.cumsum(self.is_open, dtype=np.int64)))

    @property
    def start(self) -> int:
        """The first civil minute."""
        return self.first_day * DAY

    def counts(self, utc_minute: int) -> bool:
        """Whether the minute that begins at this UTC minute is a working one."""
        position = utc_minute + ZONE_OFFSET - self.start
        assert position >= 0
        return self.is_open[position]

    def minutes_until(self, moments: npt.NDArray[np.datetime64]) -> npt.NDArray[np.int64]:
        positions = moments.astype("datetime64[m]").astype(np.int64) - self.start
        assert len(positions) == 0 or (positions.min() >= 0 and positions.max() < len(self._passed))
        return self._passed[positions]

    def due_in_working_days(
        self, starts: npt.NDArray[np.datetime64], days: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.datetime64]:
        return self._each(starts, days, self.after_working_days)

    def due_in_calendar_days(
        self, starts: npt.NDArray[np.datetime64], days: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.datetime64]:
        return self._each(starts, days, lambda start, n: start + n * DAY)  # rolling passes no open minute

    @staticmethod
    def _each(starts: Iterable[object], days: Iterable[int], due: object) -> npt.NDArray[np.datetime64]:
        civil = np.asarray(starts).astype("datetime64[m]").astype(np.int64)
        return np.array(
            [due(int(start), int(n)) for start, n in zip(civil, days, strict=True)],  # type: ignore[operator]
            dtype=np.int64,
        ).astype("datetime64[m]")

    def after_working_days(self, civil: int, days: int) -> int:
        """The same place, counted in open minutes, of the n-th open day after that of the next open minute."""
        if days == 0:
            return civil
        minute = civil
        while not self.is_open[minute - self.start]:
            minute += 1
        day = minute // DAY
        position = sum(self.is_open[m - self.start] for m in range(day * DAY, minute))
        if position == 0:
            days -= 1  # counted from the opening, the n-th day is used up at its close
            position = DAY
        while days:
            day += 1
            days -= (day not in self.days_off) and bool(self.windows)
        minute, passed = day * DAY, 0
        close = minute
        while minute < (day + 1) * DAY and passed < position:
            if self.is_open[minute - self.start]:
                passed += 1
                close = minute + 1
            minute += 1
        return close
