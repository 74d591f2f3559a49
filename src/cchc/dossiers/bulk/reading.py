"""From a sheet to rows. Everything wrong is told at once, each with its row and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import make_aware

from cchc.dossiers.bulk.layout import MOMENT, MOST_ROWS, PAPERS, SHEET
from cchc.organizations.importing.cells import read_cell, read_cells
from cchc.organizations.importing.layout import ImportColumn
from cchc.records.dates import parse_clock, parse_near_date
from cchc.records.errors import DomainError, Place, Problem, problem, refuse, unreadable
from cchc.records.search import fold
from cchc.records.text import visible
from cchc.tables.grid import Cell, Grid
from cchc.tables.headings import find_headings
from cchc.tables.reading import read_tables


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One dossier as a row has it: what each column that is not empty says, by its key, as JSON keeps it. `columns`:
    where each column stands, to point at.
    """

    place: int
    said: Mapping[str, Any]
    at: Place
    columns: Mapping[str, Place]


def read_rows(content: bytes, file: str) -> tuple[Sequence[SaidRow], Sequence[Problem]]:
    """The rows of an XLSX or CSV file, and what is wrong with the others.

    Raises what `tables.read_tables` raises, `Unreadable` for a file without the headings, `dossiers.batch_too_long`.
    """
    grid = _sheet(read_tables(content, file), file)
    headings = find_headings(grid, SHEET.roles, SHEET.required)
    if len(headings.rows) > MOST_ROWS:
        raise refuse("dossiers.batch_too_long", Place(file), most=MOST_ROWS)
    columns = [(column, headings.columns[column.key]) for column in SHEET.columns if column.key in headings.columns]
    problems = [
        problem("dossiers.batch_other_column", grid.place(headings.row), name=name) for name in headings.unknown
    ]
    rows: list[SaidRow] = []
    for row in headings.rows:
        said, faults = read_cells(grid, row, columns, _value)
        if faults:
            problems += faults
        elif said:
            places = {column.key: grid.place(row, at) for column, at in columns}
            rows.append(SaidRow(row.number, said, grid.place(row), places))
    return rows, problems


def _sheet(grids: Sequence[Grid], file: str) -> Grid:
    """The sheet of our name, or the only one that there is."""
    shown = [grid for grid in grids if not grid.hidden and grid.rows]
    named = [grid for grid in shown if fold(grid.sheet or "") == fold(SHEET.name)]
    if len(named) != 1 and len(shown) != 1:
        raise unreadable("dossiers.batch_no_sheet", Place(file), name=SHEET.name)
    return (named or shown)[0]


def _value(column: ImportColumn, cell: Cell) -> Any:
    """What a cell that is not empty says. Raises `DomainError` without a place."""
    if column.key == PAPERS:
        return _lines(column, cell)
    said = read_cell(column, cell, ())
    return moment_of(str(said)).isoformat() if column.key == MOMENT else said


def moment_of(text: str) -> datetime:
    """`23/11/2026 08:15`. Raises `dossiers.batch_no_moment`."""
    parts = text.split(maxsplit=1)
    try:
        return make_aware(datetime.combine(parse_near_date(parts[0]), parse_clock(parts[1])))
    except (DomainError, IndexError) as error:
        raise refuse("dossiers.batch_no_moment", text=text) from error


def _lines(column: ImportColumn, cell: Cell) -> list[str]:
    if cell.fault is not None:
        raise DomainError(Problem(cell.fault))
    text = visible(cell.text)
    if len(text) > column.longest:
        raise refuse("organizations.import_too_long", limit=column.longest)
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
