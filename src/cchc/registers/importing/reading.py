"""From a sheet to rows. Everything wrong is told at once, each with its row and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cchc.organizations.importing.layout import NOTHING
from cchc.records.dates import parse_date
from cchc.records.errors import DomainError, Place, Problem, problem, refuse, unreadable
from cchc.records.numbers import parse_count
from cchc.records.search import fold
from cchc.records.text import nfc
from cchc.registers.importing.layout import PASSED_OVER, required, roles
from cchc.registers.kinds import CHOICE, DATE, NUMBER, UNIT, Column, RegisterKind
from cchc.registers.values import Value
from cchc.tables.grid import Cell, Grid, Row
from cchc.tables.headings import Headings, find_headings
from cchc.tables.reading import read_tables

MOST_ROWS: Final = 2_000


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry as a row has it: the unit concerned as typed (empty without one), and what each column that is not
    empty says; None where a field is emptied. Units in columns are as typed.
    """

    place: Place
    unit: str
    said: Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class EntryRows:
    """All that a file says; a row with a problem is left out."""

    rows: tuple[EntryRow, ...] = ()
    problems: tuple[Problem, ...] = ()

    def units(self, kind: RegisterKind) -> set[str]:
        """Everything that stands where a unit is named."""
        columns = [column.id for column in kind.columns if column.type == UNIT]
        told = {str(row.said[id_]) for row in self.rows for id_ in columns if row.said.get(id_)}
        return told | {row.unit for row in self.rows if row.unit}


def read_entries(kind: RegisterKind, content: bytes, file: str) -> EntryRows:
    """The rows of an XLSX or CSV file.

    Raises what `tables.read_tables` raises, `Unreadable` for a file without the headings, `registers.import_no_sheet`,
    `registers.import_too_long`.
    """
    grid = _sheet(read_tables(content, file), file)
    headings = find_headings(grid, roles(kind), required(kind))
    if len(headings.rows) > MOST_ROWS:
        raise refuse("registers.import_too_long", Place(file), most=MOST_ROWS)
    rows: list[EntryRow] = []
    problems = [
        problem("registers.import_other_column", grid.place(headings.row), name=name) for name in headings.unknown
    ]
    for row in headings.rows:
        read, faults = _row(kind, grid, headings, row)
        problems += faults
        if read is not None:
            rows.append(read)
    return EntryRows(tuple(rows), tuple(problems))


def _sheet(grids: Sequence[Grid], file: str) -> Grid:
    """The only sheet that there is to see."""
    shown = [grid for grid in grids if not grid.hidden and grid.rows]
    if len(shown) != 1:
        raise unreadable("registers.import_no_sheet", Place(file))
    return shown[0]


def _row(kind: RegisterKind, grid: Grid, headings: Headings, row: Row) -> tuple[EntryRow | None, list[Problem]]:
    """What the row says; None for one with a fault, or with nothing in our columns."""
    said: dict[str, Value | None] = {}
    faults: list[Problem] = []
    for id_, at in headings.columns.items():
        cell = row.cell(at)
        if cell.is_empty or id_.startswith(PASSED_OVER):
            continue
        try:
            said[id_] = _said(None if id_ == UNIT else kind.column(id_), cell)
        except DomainError as error:
            faults += [Problem(one.message, grid.place(row, at)) for one in error.problems]
    if faults or not said:
        return None, faults
    return EntryRow(grid.place(row), str(said.pop(UNIT, "") or ""), said), []


def _said(column: Column | None, cell: Cell) -> Value | None:
    """What a cell that is not empty says; None where it empties the field. Raises `DomainError` without a place."""
    if cell.fault is not None:
        raise DomainError(Problem(cell.fault))
    text = nfc(cell.text).strip()
    if text in NOTHING:
        return None
    if column is None or column.type == UNIT:
        return " ".join(text.split())
    if column.type == DATE:
        return parse_date(text)
    if column.type == NUMBER:
        return parse_count(text)
    return _choice(column, text) if column.type == CHOICE else text


def _choice(column: Column, text: str) -> str:
    """The id of a choice, from its id or its name in either language."""
    for id_, name in column.choices.items():
        if fold(text) in {fold(id_), fold(name.vi), fold(name.en or id_)}:
            return id_
    raise refuse(
        "registers.not_a_choice", column=column.name, known=tuple(name.vi for name in column.choices.values())
    )  # fmt: skip
