"""What the cells of a row say, by their columns: texts, dates, yes or no."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any, Final

from cchc.organizations.importing.layout import NOTHING, ImportColumn
from cchc.records.dates import parse_date
from cchc.records.errors import DomainError, Problem, refuse
from cchc.records.search import fold
from cchc.records.text import one_line
from cchc.tables.grid import Cell, Grid, Row

Said = str | date | bool
_FLAGS: Final = {"co": True, "x": True, "yes": True, "true": True, "1": True,
                 "khong": False, "no": False, "false": False, "0": False}  # fmt: skip


def read_cells(
    grid: Grid,
    row: Row,
    columns: Sequence[tuple[ImportColumn, int]],
    read: Callable[[ImportColumn, Cell], Said],
) -> tuple[dict[str, Any], list[Problem]]:
    """What each column that is not empty says, by its key, and what is wrong with the others, each with its place.

    `columns` with where they stand in the row; `read` raises `DomainError` without a place.
    """
    said: dict[str, Any] = {}
    faults: list[Problem] = []
    for column, at in columns:
        cell = row.cell(at)
        if cell.is_empty:
            continue
        try:
            said[column.key] = read(column, cell)
        except DomainError as error:
            faults += [Problem(one.message, grid.place(row, at)) for one in error.problems]
    return said, faults


def read_cell(column: ImportColumn, cell: Cell, emptied: Collection[str]) -> Said:
    """What a cell that is not empty says; an empty text where it empties a field, which columns with keys of `emptied`
    may. Raises `DomainError` without a place.
    """
    if cell.fault is not None:
        raise DomainError(Problem(cell.fault))
    text = one_line(cell.text)
    if len(text) > column.longest:
        raise refuse("organizations.import_too_long", limit=column.longest)
    if text in NOTHING and column.key in emptied:
        return ""
    if column.kind == "date":
        return parse_date(text)
    return _flag(text) if column.kind == "flag" else text


def _flag(text: str) -> bool:
    if (known := _FLAGS.get(fold(text))) is None:
        raise refuse("organizations.import_not_a_flag", text=text)
    return known
