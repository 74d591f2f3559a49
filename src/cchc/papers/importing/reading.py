"""From a sheet to rows. Everything wrong is told at once, each with its row and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cchc.organizations.importing.cells import Said, read_cell, read_cells
from cchc.organizations.importing.layout import ImportColumn
from cchc.papers.importing.layout import EMPTIED, SHEET
from cchc.papers.kinds import BASIS_KINDS
from cchc.records.errors import Place, Problem, problem, refuse, unreadable
from cchc.records.search import fold
from cchc.tables.grid import Cell, Grid
from cchc.tables.headings import find_headings
from cchc.tables.reading import read_tables

MOST_ROWS: Final = 2_000
_KINDS: Final = {fold(name): id_ for id_, one in BASIS_KINDS.items() for name in (id_, one.vi, one.en or id_)}


@dataclass(frozen=True, slots=True)
class BasisRow:
    """One basis as a row has it: what each column that is not empty says, an empty text where a field is emptied."""

    place: Place
    said: Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class BasisRows:
    """All that a file says; a row with a problem is left out."""

    rows: tuple[BasisRow, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_bases(content: bytes, file: str) -> BasisRows:
    """The rows of an XLSX or CSV file.

    Raises what `tables.read_tables` raises, `Unreadable` for a file without the headings, and
    `papers.import_too_long`.
    """
    grid = _sheet(read_tables(content, file), file)
    headings = find_headings(grid, SHEET.roles, SHEET.required)
    if len(headings.rows) > MOST_ROWS:
        raise refuse("papers.import_too_long", Place(file), most=MOST_ROWS)
    columns = [(column, headings.columns[column.key]) for column in SHEET.columns if column.key in headings.columns]
    rows: list[BasisRow] = []
    problems = [problem("papers.import_other_column", grid.place(headings.row), name=name) for name in headings.unknown]
    for row in headings.rows:
        said, faults = read_cells(grid, row, columns, _value)
        if faults:
            problems += faults
        elif said:
            rows.append(BasisRow(grid.place(row), said))
    return BasisRows(tuple(rows), tuple(problems))


def _sheet(grids: Sequence[Grid], file: str) -> Grid:
    """The sheet of our name, or the only one that there is."""
    shown = [grid for grid in grids if not grid.hidden and grid.rows]
    named = [grid for grid in shown if fold(grid.sheet or "") == fold(SHEET.name)]
    if len(named) != 1 and len(shown) != 1:
        raise unreadable("papers.import_no_sheet", Place(file), name=SHEET.name)
    return (named or shown)[0]


def _value(column: ImportColumn, cell: Cell) -> Said:
    """What a cell that is not empty says. Raises `DomainError` without a place."""
    said = read_cell(column, cell, EMPTIED)
    return _kind(said) if column.key == "kind" and isinstance(said, str) else said


def _kind(text: str) -> str:
    """The id of a kind, from its id or its name in either language."""
    if (id_ := _KINDS.get(fold(text))) is None:
        raise refuse("papers.import_unknown_kind", text=text, known=tuple(one.vi for one in BASIS_KINDS.values()))
    return id_
