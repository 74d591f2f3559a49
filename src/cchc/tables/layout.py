"""What is written into tables: columns, sheets, values, and the one form of text that every format can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from cchc.records.dates import format_date
from cchc.records.text import nfc


@dataclass(frozen=True, slots=True)
class Formula:
    """A figure that a workbook computes anew: our own formula, `{row}` standing for the number of its row, beside the
    value that it has now. Other formats write the value.
    """

    text: str
    value: int | Decimal | Fraction


WrittenValue = Formula | str | int | Decimal | Fraction | date | datetime | bool | None
Kind = Literal["text", "number", "percent", "date"]
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    `width` in characters. `decimals` shown for numbers and percents, None as many as there are. A percent's value is
    the share: 0.8711 is shown as 87.11%. `choices` become a drop-down list, `note` a comment on the heading. `locked`
    columns cannot be changed in a protected sheet. `is_figure`: text that is a figure as printed, set to the right like
    a number.
    """

    title: str
    width: int = 14
    kind: Kind = "text"
    decimals: int | None = None
    choices: tuple[str, ...] = ()
    note: str | None = None
    locked: bool = False
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class SheetToWrite:
    """One sheet of a workbook: lines above, the heading, the rows.

    `notes` are comments on cells by (row, column), both from 0 in `rows`; `cell_choices` drop-down lists of single
    cells likewise. `spare_rows` below the last one take the same
    drop-down lists, and with `spare_rows_are_open` can be written in locked columns too. `frozen_columns` stay in sight
    beside the heading. Without any column title there is no heading.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[WrittenValue]] = ()
    lines_above: tuple[str, ...] = ()
    notes: tuple[tuple[int, int, str], ...] = ()
    cell_choices: tuple[tuple[int, int, tuple[str, ...]], ...] = ()
    frozen_columns: int = 0
    spare_rows: int = 0
    spare_rows_are_open: bool = False
    is_protected: bool = False
    is_landscape: bool = True


def date_text(value: date) -> str:
    """dd/mm/yyyy, with hours and minutes for a moment."""
    day = format_date(value)
    return f"{day} {value:%H:%M}" if isinstance(value, datetime) else day


def clean_text(text: str) -> str:
    """NFC, lines ended by LF; what no table format can hold (control characters, lone surrogates) shown as U+FFFD."""
    return _UNWRITABLE.sub("\ufffd", nfc(text.replace("\r\n", "\n").replace("\r", "\n")))
