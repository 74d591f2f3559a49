"""Working time as the ledger needs it: how many working minutes have passed up to each of many moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from cchc.ledger.ownership import Ints
from cchc.worktime import Calendar

Moments = npt.NDArray[np.datetime64]
MINUTE: Final = 60_000_000  # microseconds
_HOUR: Final = 60
NEVER: Final = np.int64(np.iinfo(np.int32).max)  # a working minute that no calendar reaches


class WorkingCalendar(Protocol):
    """What the ledger asks of a calendar. Arrays are civil `datetime64[m]`."""

    @property
    def time_zone(self) -> str:
        """The civil time in which the calendar is read."""

    def minutes_until(self, moments: Moments) -> Ints:
        """Open minutes from the calendar's first day to each moment. Raises for moments outside its span."""

    def due_in_working_days(self, starts: Moments, days: Ints) -> Moments:
        """Where limits of so many working days end; NaT after the calendar's span."""

    def due_in_calendar_days(self, starts: Moments, days: Ints) -> Moments:
        """Where limits of so many calendar days end; NaT after the calendar's span."""


@dataclass(frozen=True, slots=True)
class CivilCalendar:
    """A calendar read in the civil time of a log, whichever its own time zone is. A `WorkingCalendar`."""

    calendar: Calendar
    time_zone: str

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last UTC minute it answers for."""
        ends = pl.Series([self.calendar.first, self.calendar.last + timedelta(days=1)], dtype=pl.Datetime("us"))
        first, last = to_utc(ends, self.time_zone).cast(pl.Int64) // MINUTE
        return first, last

    def minutes_until(self, moments: Moments) -> Ints:
        """See `WorkingCalendar`."""
        return self.calendar.minutes_until(moments)

    def due(self, starts: Moments, minutes: Ints) -> Moments:
        """Where limits of so many working minutes end; NaT after the calendar's span."""
        return self.calendar.due(starts, minutes, beyond="nat")

    def due_in_working_days(self, starts: Moments, days: Ints) -> Moments:
        """See `WorkingCalendar`."""
        return self.calendar.due_in_working_days(starts, days, beyond="nat")

    def due_in_calendar_days(self, starts: Moments, days: Ints) -> Moments:
        """See `WorkingCalendar`."""
        return self.calendar.due_in_calendar_days(starts, days, beyond="nat")


class Clock:
    """Turns UTC minutes into working minutes of one calendar."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self._calendar = calendar

    def worked(self, minutes: Ints) -> Ints:
        """Working minutes passed up to each UTC minute."""
        return self._calendar.minutes_until(to_civil(minutes, self._calendar.time_zone)).astype(np.int64)

    def limits_at(self, starts: Ints, kinds: npt.NDArray[np.str_], limits: Ints) -> Ints:
        """The working minute at which each limit is used up, `NEVER` after the calendar's span; `kinds` as in
        `schema.LIMIT_KINDS`.
        """
        civil = to_civil(starts, self._calendar.time_zone)
        used_up = self._calendar.minutes_until(civil).astype(np.int64)
        used_up = np.where(kinds == "working_minutes", used_up + limits, used_up)
        for kind, ends in (
            ("working_days", self._calendar.due_in_working_days),
            ("calendar_days", self._calendar.due_in_calendar_days),
        ):
            of_kind = np.flatnonzero(kinds == kind)
            if len(of_kind):
                used_up[of_kind] = self._worked_or_never(ends(civil[of_kind], limits[of_kind]))
        return used_up

    def _worked_or_never(self, ends: Moments) -> Ints:
        worked = np.full(len(ends), NEVER)
        inside = ~np.isnat(ends)
        worked[inside] = self._calendar.minutes_until(ends[inside])
        return worked


def to_civil(minutes: Ints, zone: str) -> Moments:
    """UTC minutes as civil moments of a time zone.

    Of many, only the hours between them are converted: but for hours in which clocks change, one shift is good for all
    minutes of an hour.
    """
    hours = minutes // _HOUR
    first, last = (hours.min(), hours.max()) if len(hours) else (0, 0)
    if last - first >= len(minutes):
        return _converted(minutes, zone)
    begins = np.arange(first, last + 2) * _HOUR
    shifts = _converted(begins, zone).astype(np.int64) - begins
    at = hours - first
    civil: Moments = (minutes + shifts[at]).astype("datetime64[m]")
    changing = (shifts[1:] != shifts[:-1])[at]
    civil[changing] = _converted(minutes[changing], zone)
    return civil


def _converted(minutes: Ints, zone: str) -> Moments:
    stamps = pl.Series(minutes.astype("datetime64[m]").astype("datetime64[ms]")).dt.replace_time_zone("UTC")
    local = stamps.dt.convert_time_zone(zone).dt.replace_time_zone(None)
    return local.to_numpy().astype("datetime64[m]")


def to_utc(civil: pl.Series, zone: str) -> pl.Series:
    """Civil moments of a time zone in UTC: the first of an hour that clocks repeat; an hour that they leave out is
    counted on from the hour before.
    """
    kept = _replaced(civil, zone)
    if kept.null_count() == civil.null_count():
        return kept
    hour = timedelta(hours=1)
    return kept.zip_with(kept.is_not_null(), _replaced(civil - hour, zone) + hour)


def _replaced(civil: pl.Series, zone: str) -> pl.Series:
    in_zone = civil.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    return in_zone.dt.convert_time_zone("UTC")


def end_of_civil_day(at: pl.Series, zone: str) -> pl.Series:
    """24:00 of the civil day of each moment, all as microseconds since 1970 in UTC (`Int64`)."""
    civil = at.cast(pl.Datetime("us", "UTC")).dt.convert_time_zone(zone).dt.replace_time_zone(None)
    return to_utc(civil.dt.truncate("1d").dt.offset_by("1d"), zone).cast(pl.Int64)
