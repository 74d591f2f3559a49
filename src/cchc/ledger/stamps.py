"""Moments as logs write them: ISO with and without zone, Vietnamese day/month/year, spreadsheet numbers, mixed.

Day and month always come in that order. What is no moment is null: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Final

import polars as pl

from cchc.ledger.clock import to_utc
from cchc.records.errors import refuse

_DAY_FIRST: Final = r"(?P<day>[0-9]{1,2})(?P<sign>[/.-])(?P<month>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4})"
_YEAR_FIRST: Final = r"(?P<year>[0-9]{4})(?P<sign>[/.-])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})"
_CLOCK: Final = (
    r"(?P<hour>[0-9]{1,2})(?::|h)(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r"(?: ?(?P<half>AM|PM|SA|CH))?(?: ?(?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?))?"
)
_SHAPES: Final = tuple(
    re.compile(shape, re.IGNORECASE)
    for day in (_YEAR_FIRST, _DAY_FIRST)
    for shape in (rf"{day}(?:(?:T|,? | - ){_CLOCK})?", rf"{_CLOCK}(?:,? | - ){day}")
)
_SERIAL: Final = re.compile(r"[2-7][0-9]{4}(?:[.,][0-9]{1,12})?")  # days since 1899-12-30: the years 1954 to 2119
_SERIAL_ORIGIN: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - civil time
_EARLIEST: Final = 1000  # a year of fewer digits was cut off
# What most logs write, read in bulk: how a text looks, and its form. `parse_stamp` reads the rest and is the measure of
# these; the look comes first because the form alone lets much pass.
_YEAR_DAY: Final = r"^\d{4}-\d{2}-\d{2}"
_DAY_YEAR: Final = r"^\d{1,2}/\d{1,2}/\d{4}"
_SECONDS: Final = r"\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?"
_FORMS: Final = (
    (rf"{_YEAR_DAY} {_SECONDS}(?:Z|[+-]\d{{2}}:?\d{{2}})$", "%Y-%m-%d %H:%M:%S%.f%#z"),
    (rf"{_YEAR_DAY}T{_SECONDS}(?:Z|[+-]\d{{2}}:?\d{{2}})$", "%Y-%m-%dT%H:%M:%S%.f%#z"),
    (rf"{_YEAR_DAY} {_SECONDS}$", "%Y-%m-%d %H:%M:%S%.f"),
    (rf"{_YEAR_DAY}T{_SECONDS}$", "%Y-%m-%dT%H:%M:%S%.f"),
    (rf"{_YEAR_DAY} \d{{2}}:\d{{2}}$", "%Y-%m-%d %H:%M"),
    (rf"{_DAY_YEAR} \d{{1,2}}:\d{{2}}:\d{{2}}$", "%d/%m/%Y %H:%M:%S"),
    (rf"{_DAY_YEAR} \d{{1,2}}:\d{{2}}$", "%d/%m/%Y %H:%M"),
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment; `is_bare` when it is a date without a time, and then at 00:00. Without `tzinfo` it is civil time."""

    moment: datetime
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class Stamps:
    """A column of moments: microseconds since 1970 in UTC (`Int64`, null where nothing could be read), and which of
    them are dates without a time.
    """

    at: pl.Series
    is_bare: pl.Series


def read_moment(text: str) -> datetime:
    """One moment. Raises `ledger.not_a_moment`."""
    stamp = parse_stamp(text)
    if stamp is None:
        raise refuse("ledger.not_a_moment", text=text)
    return stamp.moment


def parse_stamp(text: str) -> Stamp | None:
    """One moment as a log may write it, None when it is none."""
    stripped = " ".join(text.split())
    if _SERIAL.fullmatch(stripped):
        return _serial(stripped)
    match = next((match for shape in _SHAPES if (match := shape.fullmatch(stripped))), None)
    try:
        return None if match is None else _stamp(match)
    except (ValueError, OverflowError):  # the 31st of February, 25 o'clock
        return None


def _stamp(match: re.Match[str]) -> Stamp:
    part = match.groupdict()
    day = datetime(int(part["year"]), int(part["month"]), int(part["day"]))  # noqa: DTZ001 - civil time
    if day.year < _EARLIEST:
        raise ValueError("no year of our time")
    if part["hour"] is None:
        return Stamp(day, True)
    hour = _hour(int(part["hour"]), (part["half"] or "").upper())
    micro = int((part["fraction"] or "0").ljust(6, "0")[:6])
    second = int(part["second"] or 0)
    is_leap = second == 60
    moment = day.replace(hour=hour, minute=int(part["minute"]), second=second - is_leap, microsecond=micro)
    moment = moment.replace(tzinfo=_zone(part["zone"])) + timedelta(seconds=is_leap)
    return Stamp(moment.astimezone(UTC) if moment.tzinfo else moment)


def _hour(hour: int, half: str) -> int:
    """The hour of 24; SA is before noon, CH after it."""
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError("no hour of twelve")
    return hour % 12 + (12 if half in {"PM", "CH"} else 0)


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text in {"Z", "z"}:
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _serial(text: str) -> Stamp:
    """A spreadsheet's number, to the nearest second: what it shows of it carries no more."""
    days = Decimal(text.replace(",", "."))
    seconds = int((days * 86_400).to_integral_value())
    return Stamp(_SERIAL_ORIGIN + timedelta(seconds=seconds), days == days.to_integral_value())


def read_stamps(column: pl.Series, zone: str) -> Stamps:
    """The moments in a column of texts, dates or datetimes; those without a time zone are civil time in `zone`.

    Any other kind of column is read by its text.
    """
    if isinstance(column.dtype, pl.Datetime):
        return Stamps(_microseconds(column, zone), _flags(column, False))
    if column.dtype == pl.Date:
        return Stamps(_microseconds(column.cast(pl.Datetime("us")), zone), _flags(column, True))
    return _read_texts(column.cast(pl.String, strict=False), zone)


def _read_texts(texts: pl.Series, zone: str) -> Stamps:
    at = pl.Series("at", [None], dtype=pl.Int64).new_from_index(0, len(texts))
    for look, form in _FORMS:
        places = (at.is_null() & texts.str.contains(look)).arg_true()
        if len(places):
            at = at.scatter(places, _in_form(texts.gather(places), form, zone))
        if at.null_count() == texts.null_count():
            return Stamps(at, _flags(texts, False))
    return _read_one_by_one(at, texts, zone)


def _in_form(texts: pl.Series, form: str, zone: str) -> pl.Series:
    time_zone = "UTC" if form.endswith("z") else None
    moments = texts.str.to_datetime(form, time_unit="us", time_zone=time_zone, strict=False, cache=False)
    return _microseconds(moments.set(moments.dt.year() < _EARLIEST, None), zone)


def _read_one_by_one(at: pl.Series, texts: pl.Series, zone: str) -> Stamps:
    """What no usual form fits, each spelling once."""
    left = (at.is_null() & texts.is_not_null()).arg_true()
    spellings = texts.gather(left)
    distinct = spellings.unique()
    parsed = [parse_stamp(text) for text in distinct]
    moments = _in_utc([stamp.moment if stamp else None for stamp in parsed], zone)
    bare = pl.Series([stamp is not None and stamp.is_bare for stamp in parsed], dtype=pl.Boolean)
    read = spellings.replace_strict(distinct, moments, return_dtype=pl.Int64)
    read_bare = spellings.replace_strict(distinct, bare, return_dtype=pl.Boolean)
    return Stamps(at.scatter(left, read), _flags(texts, False).scatter(left, read_bare))


def utc_microseconds(moment: datetime, zone: str) -> int:
    """A moment as microseconds since 1970 in UTC; one without `tzinfo` is civil time in `zone`."""
    return int(_in_utc([moment], zone)[0])


def _in_utc(moments: Sequence[datetime | None], zone: str) -> pl.Series:
    civil = [moment if moment and not moment.tzinfo else None for moment in moments]
    aware = [moment.astimezone(UTC).replace(tzinfo=None) if moment and moment.tzinfo else None for moment in moments]
    of_civil, of_aware = (pl.Series(part, dtype=pl.Datetime("us")) for part in (civil, aware))
    return _microseconds(of_civil, zone).zip_with(of_civil.is_not_null(), _microseconds(of_aware, "UTC"))


def _microseconds(moments: pl.Series, zone: str) -> pl.Series:
    in_utc = moments if getattr(moments.dtype, "time_zone", None) else to_utc(moments, zone)
    return in_utc.dt.cast_time_unit("us").cast(pl.Int64)


def _flags(column: pl.Series, value: bool) -> pl.Series:
    return pl.Series([value], dtype=pl.Boolean).new_from_index(0, len(column))
