"""What every workbook written here shares: options that keep text text, names of sheets, what a cell can hold."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from cchc.records.errors import Place, refuse
from cchc.tables.layout import clean_text

FONT: Final = "Times New Roman"
_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
_FORBIDDEN_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\\n\U00010000-\U0010ffff]")
_LONGEST_NAME: Final = 31
_DIGITS: Final = 15  # significant digits a spreadsheet keeps
_MAX_TEXT: Final = 32_767
_MAX_ROWS: Final = 1_048_576


def new_workbook(target: BytesIO, *, constant_memory: bool, size: int = 12) -> Any:
    """A workbook that never takes text for a formula or a link, the same bytes for the same content."""
    options = {
        "constant_memory": constant_memory,
        "in_memory": not constant_memory,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": FONT, "font_size": size},
    }
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"created": _CREATED})
    return book


class SheetNames:
    """Names as the format allows them: 31 characters, none of its signs, no apostrophe at the ends, each used once."""

    def __init__(self, *taken: str) -> None:
        self._used = {name.casefold() for name in taken}

    def new(self, wanted: str) -> str:
        """The nearest name that is still free."""
        clean = _FORBIDDEN_IN_NAMES.sub("-", clean_text(wanted)).strip(" '") or "1"
        name, count = clean[:_LONGEST_NAME].strip(" '"), 1
        while name.casefold() in self._used:
            count += 1
            ending = f" ({count})"
            name = clean[: _LONGEST_NAME - len(ending)] + ending
        self._used.add(name.casefold())
        return name


def fits_cell(value: int | Decimal | Fraction) -> bool:
    """Whether a spreadsheet can hold the number as it is (a fraction: nearly)."""
    if isinstance(value, Fraction):
        return True
    number = Decimal(value)
    return number.is_finite() and len(number.normalize().as_tuple().digits) <= _DIGITS and abs(number.adjusted()) < 300


def check_written(result: int, page: Any, row: int) -> None:
    """Refuse what the library says it did not write: -1 outside the sheet, -2 too long."""
    place = Place(sheet=page.get_name(), row=row + 1)
    if result == -1:
        raise refuse("tables.too_many_rows", place, limit=_MAX_ROWS)
    if result == -2:
        raise refuse("tables.cell_too_long", place, limit=_MAX_TEXT)


def number_digits(decimals: int) -> str:
    """`0.00`: the format code of a number with so many decimals."""
    return f"0.{'0' * decimals}" if decimals else "0"
