"""Civil dates: ISO or dd/mm/yyyy in, the official Vietnamese forms out. Hours of a day as people write them."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Final

from cchc.records.errors import refuse
from cchc.records.text import Language, nfc

_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_VIETNAMESE: Final = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})")
_CLOCK: Final = re.compile(r"([0-9]{1,2})\s*(?:(?::|h|g|giờ)\s*([0-9]{2})?\s*(?:phút|p)?)?", re.IGNORECASE)
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2200
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def parse_date(text: str) -> date:
    """`2026-11-23`, `23/11/2026` or `23-11-2026`. Raises `records.not_a_date`."""
    stripped = text.strip()
    if match := _ISO.fullmatch(stripped):
        year, month, day = match.groups()
    elif match := _VIETNAMESE.fullmatch(stripped):
        day, _, month, year = match.groups()
    else:
        raise refuse("records.not_a_date", text=text)
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise refuse("records.not_a_date", text=text) from error


def parse_near_date(text: str) -> date:
    """A day typed on a page. Raises `records.not_a_date`, `records.far_date` for a year before 1900 or after 2200: a
    slip of the hand, and the first and the last day of the calendar have no neighbours to reckon with.
    """
    found = parse_date(text)
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise refuse("records.far_date", text=text, first=str(_FIRST_YEAR), last=str(_LAST_YEAR))
    return found


def parse_clock(text: str) -> time:
    """`10:30`, `10h30`, `10 giờ 30`, `10 giờ`, `10`. Raises `records.not_a_clock_time`, for `24:00` too."""
    match = _CLOCK.fullmatch(nfc(text).strip())
    if match is None:
        raise refuse("records.not_a_clock_time", text=text)
    try:
        return time(int(match[1]), int(match[2] or 0))
    except ValueError as error:
        raise refuse("records.not_a_clock_time", text=text) from error


def format_date(value: date, language: Language = "vi") -> str:
    """`23/11/2026` in Vietnamese, `23 November 2026` in English (no order of day and month to guess)."""
    if language == "en":
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def format_official_date(value: date) -> str:
    """`ngày 01 tháng 12 năm 2022`: days under 10 and months 1–2 take a leading zero (Nghị định 30/2020)."""
    month = f"{value.month:02}" if value.month <= 2 else str(value.month)
    return f"ngày {value.day:02} tháng {month} năm {value.year}"
