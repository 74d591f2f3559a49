"""A table as it was read: rows of cells that remember what was shown and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cchc.records.errors import Message, Place

CellValue = str | int | Decimal | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `text` is what a person sees (NFC, stripped, by the number format); `value` what is stored.

    A stored moment has no time zone, since spreadsheets know none.
    `fault` says why a cell cannot be relied on, such as a formula without a saved value.
    """

    text: str
    value: CellValue = None
    fault: Message | None = None

    @property
    def is_empty(self) -> bool:
        """Whether a person sees nothing here and nothing is wrong."""
        return not self.text and self.fault is None


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its number in the file, counting from 1."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, index: int) -> Cell:
        """The cell at `index` from 0; an empty one past the end."""
        return self.cells[index] if index < len(self.cells) else Cell("")


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet of a workbook, or one CSV file (`sheet` None). Fully empty rows are left out, numbers kept.

    `hidden` sheets are read like others; who looks for the one table a person meant passes them by.
    """

    file: str
    sheet: str | None
    rows: tuple[Row, ...]
    hidden: bool = False

    def place(self, row: Row, index: int | None = None) -> Place:
        """Where a row, or its cell at `index`, stands: column as letters (A, B … AA)."""
        return Place(self.file, None, self.sheet, row.number, None if index is None else column_letters(index))


def column_letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
