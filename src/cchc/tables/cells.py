"""One cell of a workbook, as the parsing library gives it, turned into what is shown and what is stored."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from cchc.records.errors import Message
from cchc.records.text import nfc
from cchc.tables.grid import Cell
from cchc.tables.number_formats import shown_number

EMPTY: Final = Cell("")
_ESCAPE: Final = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)|_x000D_")


def cell_of(value: Any, data_type: str, number_format: str) -> Cell:
    """A cell from the library's value (a float only here), its type letter and its format code."""
    if value is None:
        return EMPTY
    if data_type == "e":
        return Cell("", None, Message("tables.error_value", {"shown": str(value)}))
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE", value)
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, date | time | timedelta):
        return _moment(value)
    return text_cell(str(value))


def text_cell(text: str) -> Cell:
    """A cell of text, the format's own escapes undone: `_x005F_` for an underline, `_x000D_` for a carriage return."""
    stored = nfc(_ESCAPE.sub(lambda match: "_" if match[0] == "_x005F_" else "", text))
    return Cell(stored.strip(), stored)


def _number(value: int | float, number_format: str) -> Cell:
    """The shortest decimal that means this binary number is the one that was typed."""
    exact = value if isinstance(value, int) else Decimal(repr(value))
    if isinstance(exact, Decimal) and not exact.is_finite():
        return Cell("", None, Message("tables.error_value", {"shown": str(value)}))
    if isinstance(exact, Decimal) and exact == exact.to_integral_value():
        exact = int(exact)
    return Cell(shown_number(exact, number_format), exact)


def _moment(value: date | time | timedelta) -> Cell:
    if isinstance(value, timedelta):
        shown = _clock(value)
        return Cell(shown, shown)
    if isinstance(value, time):
        shown = _clock(_since_midnight(value))
        return Cell(shown, shown)
    day = f"{value.day:02}/{value.month:02}/{value.year:04}"
    if not isinstance(value, datetime):
        return Cell(day, value)
    since_midnight = _since_midnight(value)
    return Cell(f"{day} {_clock(since_midnight)}", value) if since_midnight else Cell(day, value.date())


def _since_midnight(value: time | datetime) -> timedelta:
    return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)


def _clock(duration: timedelta) -> str:
    """`07:30`, with seconds when there are any; hours may pass 24."""
    seconds = round(duration.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    sign = "-" if seconds < 0 else ""
    return f"{sign}{hours:02}:{rest // 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")
