"""From a table to rows. Everything wrong is told at once, each with its row and column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cchc.assessments.importing.layout import CRITERION, HEADINGS, INPUT, PASSED_OVER, UNIT, VALUE
from cchc.organizations.importing.layout import NOTHING
from cchc.records.errors import Place, Problem, problem, refuse, unreadable
from cchc.records.text import nfc
from cchc.tables.grid import Grid, Row
from cchc.tables.headings import Headings, find_headings
from cchc.tables.reading import read_tables

MOST_ROWS: Final = 10_000


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What one row says; `value` is empty where it empties what stands there, `unit` in a unit's own file."""

    place: Place
    unit: str
    criterion: str
    input: str
    value: str


@dataclass(frozen=True, slots=True)
class AnswerRows:
    """All that a file says; rows without a value say nothing and are left out, as are those with a problem."""

    rows: tuple[AnswerRow, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_answers(content: bytes, file: str, *, of_all_units: bool) -> AnswerRows:
    """The rows of an XLSX or CSV file; `of_all_units` asks for the column of the unit.

    Raises what `tables.read_tables` raises, `Unreadable` for a file without the headings,
    `assessments.import_no_sheet`, `assessments.import_too_long`.
    """
    grid = _sheet(read_tables(content, file), file)
    needed = (*((UNIT,) if of_all_units else ()), CRITERION, INPUT, VALUE)
    headings = find_headings(grid, HEADINGS, needed)
    if len(headings.rows) > MOST_ROWS:
        raise refuse("assessments.import_too_long", Place(file), most=MOST_ROWS)
    problems = [
        problem("assessments.import_other_column", grid.place(headings.row), name=name) for name in headings.unknown
    ]
    rows: list[AnswerRow] = []
    for row in headings.rows:
        faults = _faults(grid, headings, row)
        problems += faults
        if not faults and not headings.cell(row, VALUE).is_empty:
            rows.append(_row(grid, headings, row))
    return AnswerRows(tuple(rows), tuple(problems))


def _sheet(grids: Sequence[Grid], file: str) -> Grid:
    shown = [grid for grid in grids if not grid.hidden and grid.rows]
    if len(shown) != 1:
        raise unreadable("assessments.import_no_sheet", Place(file))
    return shown[0]


def _faults(grid: Grid, headings: Headings, row: Row) -> list[Problem]:
    return [
        Problem(fault, grid.place(row, at))
        for role, at in headings.columns.items()
        if not role.startswith(PASSED_OVER) and (fault := row.cell(at).fault) is not None
    ]


def _row(grid: Grid, headings: Headings, row: Row) -> AnswerRow:
    unit = _text(headings, row, UNIT) if UNIT in headings.columns else ""
    value = nfc(headings.cell(row, VALUE).text).strip()
    return AnswerRow(
        grid.place(row), unit, _text(headings, row, CRITERION), _text(headings, row, INPUT),
        "" if value in NOTHING else value,
    )  # fmt: skip


def _text(headings: Headings, row: Row, role: str) -> str:
    return " ".join(nfc(headings.cell(row, role).text).split())
