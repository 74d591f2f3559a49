"""How far a log reaches, seen against one calendar, and whether it is written in that calendar's time zone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import polars as pl

from cchc.ledger.clock import MINUTE, CivilCalendar, end_of_civil_day
from cchc.ledger.column_facts import texts_of
from cchc.ledger.stamps import Stamps, read_stamps
from cchc.worktime import Calendar

_MOSTLY: Final = 0.9
# Behind a time, so that no date looks like it.
_OFFSET: Final = r"(:\d{2}(?:[.,]\d+)?) ?(?:[zZ]|[+-]\d{2}(?::?\d{2})?)$"


@dataclass(frozen=True, slots=True)
class Extent:
    """A whole log against a calendar: `is_covered` when it has no moment outside the calendar's days; `is_ended` when
    every row has its moments of the end; `latest` is the last of these inside the calendar.
    """

    is_covered: bool
    is_ended: bool
    latest: datetime | None


def extent_of(
    frames: Iterable[pl.DataFrame], moments: Sequence[str], ends: Sequence[str], calendar: Calendar
) -> Extent:
    """Read `moments`, all columns with moments, of all frames of a log; `ends` are those of them that say when a step
    or a dossier ended.
    """
    first, last = (at * MINUTE for at in CivilCalendar(calendar, calendar.time_zone).span)
    is_covered = is_ended = True
    latest: datetime | None = None
    for frame in frames:
        for name in moments:
            column = texts_of(frame[name]) if frame[name].dtype == pl.String else frame[name]
            at = _until_end_of_day(read_stamps(column, calendar.time_zone), calendar.time_zone)
            inside = at.filter(at.is_between(first, last))
            is_covered &= len(inside) == at.count()
            if name in ends:
                is_ended &= not column.has_nulls()
                latest = max(filter(None, (latest, _last(inside, calendar.zone))), default=None)
    return Extent(is_covered, is_ended, latest)


def _last(at: pl.Series, zone: ZoneInfo) -> datetime | None:
    moment = at.cast(pl.Datetime("us", "UTC")).max()
    return moment.astimezone(zone) if isinstance(moment, datetime) else None


def _until_end_of_day(stamps: Stamps, zone: str) -> pl.Series:
    """A date without a time is over at 24:00."""
    places = stamps.is_bare.arg_true()
    return stamps.at.scatter(places, end_of_civil_day(stamps.at.gather(places), zone))


def is_written_in(zone: str, moments: pl.Series) -> bool:
    """Whether most moments of a column tell their offset from UTC, and it is that of the zone at that time."""
    if isinstance(moments.dtype, pl.Datetime):
        return moments.dtype.time_zone == zone
    texts = texts_of(moments).drop_nulls()
    told = texts.filter(texts.str.contains(_OFFSET))
    by_offset = read_stamps(told, "UTC").at
    by_zone = read_stamps(told.str.replace(_OFFSET, "${1}"), zone).at
    return bool(len(texts)) and int((by_offset == by_zone).sum()) > _MOSTLY * len(texts)
