"""Working time as the ledger needs it: how many working minutes have passed up to each of many moments."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from cchc.ledger.ownership import Ints

Moments = npt.NDArray[np.datetime64]


class WorkingCalendar(Protocol):
    """What the ledger asks of a calendar; `cchc.worktime.Calendar` gives it. Arrays are civil `datetime64[m]`."""

    time_zone: str

    def minutes_until(self, moments: Moments) -> Ints:
        """Open minutes from the calendar's first day to each moment. Raises for moments outside its span."""

    def due_in_working_days(self, starts: Moments, days: Ints) -> Moments:
        """Where a limit of so many working days ends."""

    def due_in_calendar_days(self, starts: Moments, days: Ints) -> Moments:
        """Where a limit of so many calendar days ends."""


class Clock:
    """Turns UTC minutes into working minutes of one calendar."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self._calendar = calendar

    def civil(self, minutes: Ints) -> Moments:
        """UTC minutes as civil moments of the calendar's time zone."""
        stamps = pl.Series(minutes.astype("datetime64[m]").astype("datetime64[ms]")).dt.replace_time_zone("UTC")
        local = stamps.dt.convert_time_zone(self._calendar.time_zone).dt.replace_time_zone(None)
        return local.to_numpy().astype("datetime64[m]")

    def worked(self, minutes: Ints) -> Ints:
        """Working minutes passed up to each UTC minute."""
        return self._calendar.minutes_until(self.civil(minutes)).astype(np.int64)

    def limits_at(self, starts: Ints, kinds: npt.NDArray[np.str_], limits: Ints) -> Ints:
        """The working minute at which each limit is used up; `kinds` as in `schema.LIMIT_KINDS`."""
        civil = self.civil(starts)
        used_up = self._calendar.minutes_until(civil).astype(np.int64)
        used_up = np.where(kinds == "working_minutes", used_up + limits, used_up)
        for kind, ends in (
            ("working_days", self._calendar.due_in_working_days),
            ("calendar_days", self._calendar.due_in_calendar_days),
        ):
            of_kind = kinds == kind
            if of_kind.any():
                used_up[of_kind] = self._calendar.minutes_until(ends(civil[of_kind], limits[of_kind]))
        return used_up
