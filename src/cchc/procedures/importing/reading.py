"""From a sheet to rows. Everything wrong is told at once, each with its row and column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cchc.organizations.importing.cells import read_cell, read_cells
from cchc.organizations.importing.layout import ImportColumn
from cchc.procedures.importing.cells import read_choice, read_fee, read_limit, read_paper, read_step
from cchc.procedures.importing.layout import LINES, SHEET
from cchc.procedures.versions import LEVELS, MECHANISMS, ONLINE
from cchc.records.errors import DomainError, Place, Problem, problem, refuse, unreadable
from cchc.records.numbers import parse_count
from cchc.records.search import fold
from cchc.records.text import visible
from cchc.tables.grid import Cell, Grid
from cchc.tables.headings import find_headings
from cchc.tables.reading import read_tables
from cchc.worktime.appointments import EFFECTS

MOST_ROWS: Final = 1_000
"""Versions in one file: so many are written in a quarter of a minute, while somebody waits."""
_LINES: Final[Mapping[str, Callable[[str], Any]]] = {
    "steps": read_step, "papers": read_paper, "fees": read_fee, "bases": str,
}  # fmt: skip
_CHOICES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "level": ("level", LEVELS), "mechanism": ("mechanism", MECHANISMS), "online": ("online", ONLINE),
    "on_supplement": ("on", EFFECTS),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """One version as a row has it: what each column that is not empty says, by its key."""

    place: Place
    said: Mapping[str, Any]


def read_rows(content: bytes, file: str) -> tuple[Sequence[ProcedureRow], Sequence[Problem]]:
    """The rows of an XLSX or CSV file, and what is wrong with the others.

    Raises what `tables.read_tables` raises, `Unreadable` for a file without the headings, and
    `procedures.import_too_long`.
    """
    grid = _sheet(read_tables(content, file), file)
    headings = find_headings(grid, SHEET.roles, SHEET.required)
    if len(headings.rows) > MOST_ROWS:
        raise refuse("procedures.import_too_long", Place(file), most=MOST_ROWS)
    columns = [(column, headings.columns[column.key]) for column in SHEET.columns if column.key in headings.columns]
    rows: list[ProcedureRow] = []
    problems = [
        problem("procedures.import_other_column", grid.place(headings.row), name=name) for name in headings.unknown
    ]
    for row in headings.rows:
        said, faults = read_cells(grid, row, columns, _value)
        if faults:
            problems += faults
        elif said:
            rows.append(ProcedureRow(grid.place(row), said))
    return rows, problems


def _sheet(grids: Sequence[Grid], file: str) -> Grid:
    """The sheet of our name, or the only one that there is."""
    shown = [grid for grid in grids if not grid.hidden and grid.rows]
    named = [grid for grid in shown if fold(grid.sheet or "") == fold(SHEET.name)]
    if len(named) != 1 and len(shown) != 1:
        raise unreadable("procedures.import_no_sheet", Place(file), name=SHEET.name)
    return (named or shown)[0]


def _value(column: ImportColumn, cell: Cell) -> Any:
    """What a cell that is not empty says. Raises `DomainError` without a place."""
    if column.key in LINES:
        return _lines(column, cell)
    said = read_cell(column, cell, ())
    if not isinstance(said, str):
        return said
    if column.key in _CHOICES:
        return read_choice(*_CHOICES[column.key], said)
    if column.key == "limit":
        return read_limit(said)
    return parse_count(said) if column.key == "extensions" else said


def _lines(column: ImportColumn, cell: Cell) -> tuple[Any, ...]:
    if cell.fault is not None:
        raise DomainError(Problem(cell.fault))
    text = visible(cell.text)
    if len(text) > column.longest:
        raise refuse("organizations.import_too_long", limit=column.longest)
    return tuple(_LINES[column.key](" ".join(line.split())) for line in text.splitlines() if line.strip())
