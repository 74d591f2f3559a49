"""From the sheets of a file to rows. Everything wrong is told at once, each with its sheet, row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final

from cchc.organizations.importing.cells import Said, read_cell, read_cells
from cchc.organizations.importing.layout import (
    GUIDE_SHEET,
    ImportColumn,
    ImportSheet,
    beside_sheet,
    official_sheet,
    unit_sheet,
)
from cchc.organizations.importing.rows import BesideRow, OfficialRow, Rows, UnitRow
from cchc.organizations.kinds import unit_kinds
from cchc.organizations.roles import roles_over_units
from cchc.organizations.usernames import as_username
from cchc.records.errors import DomainError, Place, Problem, problem, refuse, unreadable
from cchc.records.search import fold
from cchc.tables.grid import Cell, Grid, Row
from cchc.tables.headings import find_headings
from cchc.tables.limits import DEFAULT_LIMITS
from cchc.tables.reading import read_tables

LIMITS: Final = replace(DEFAULT_LIMITS, cells=800_000, child_cpu_seconds=60, child_wall_seconds=300)
"""A register of the country's size with a second post, an account and a role for everybody has 560,000 cells: seven
seconds of computing, 130 MB. In a job, or at the command line, nobody waits for a page meanwhile."""
_CODE: Final = re.compile(r"[-a-zA-Z0-9_]+")
_LISTED: Final = re.compile(r"[,()]")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_EMPTIED: Final = frozenset({"parent", "symbol", "name_en", "email", "phone"})


def read_rows(content: bytes, file: str) -> Rows:
    """The rows of a file. Raises what `tables.read_tables` and `rows_of` raise."""
    return rows_of(read_tables(content, file, LIMITS))


def rows_of(grids: Sequence[Grid]) -> Rows:
    """The rows of a workbook with the sheets `Đơn vị`, `Cán bộ` and `Kiêm nhiệm`, some or all, or of one as CSV.

    Raises `Unreadable` when the file has none, `DomainError` or `Unreadable` for a sheet without its headings.
    """
    found = list(_sheets(grids))
    if not found:
        raise unreadable("organizations.import_no_sheet", Place(grids[0].file if grids else None))
    readers = {unit_sheet().name: _Reader(UnitRow), official_sheet().name: _Reader(OfficialRow)}
    readers[beside_sheet().name] = _Reader(BesideRow)
    units, officials, besides = readers.values()
    remarks = [_unread(grid) for grid in _others(grids, [grid for grid, _ in found])]
    for grid, sheet in found:
        readers[sheet.name].read(grid, sheet)
    all_of = (units, officials, besides)
    return Rows(
        tuple(units.rows),
        tuple(officials.rows),
        frozenset(units.broken | officials.broken),
        tuple(found for reader in all_of for found in reader.problems),
        (*remarks, *(found for reader in all_of for found in reader.remarks)),
        tuple(besides.rows),
    )


def _sheets(grids: Sequence[Grid]) -> Iterator[tuple[Grid, ImportSheet]]:
    """The grids that are one of our sheets: by its name, a CSV file by its headings."""
    known = (unit_sheet(), beside_sheet(), official_sheet())
    for grid in grids:
        if grid.sheet is None:
            yield grid, _by_headings(grid, known)
        elif not grid.hidden:
            yield from ((grid, sheet) for sheet in known if fold(sheet.name) == fold(grid.sheet))


def _by_headings(grid: Grid, known: Sequence[ImportSheet]) -> ImportSheet:
    for sheet in known:
        try:
            find_headings(grid, sheet.roles, sheet.required[:1])
        except DomainError:
            continue
        return sheet
    raise unreadable("organizations.import_no_sheet", Place(grid.file))


def _others(grids: Sequence[Grid], read: Sequence[Grid]) -> Iterator[Grid]:
    for grid in grids:
        if grid not in read and not grid.hidden and grid.rows and fold(grid.sheet or "") != fold(GUIDE_SHEET):
            yield grid


def _unread(grid: Grid) -> Problem:
    return problem("organizations.import_other_sheet", Place(grid.file, sheet=grid.sheet), name=grid.sheet)


class _Reader:
    """Reads the rows of one sheet."""

    def __init__(self, kind: type[UnitRow] | type[OfficialRow] | type[BesideRow]) -> None:
        self._kind = kind
        self._first: dict[str, int] = {}  # where each code stood first
        self.rows: list[Any] = []
        self.broken: set[str] = set()
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []

    def read(self, grid: Grid, sheet: ImportSheet) -> None:
        """Add the rows of a grid."""
        headings = find_headings(grid, sheet.roles, sheet.required)
        self.remarks += [
            problem("organizations.import_other_column", grid.place(headings.row), name=name)
            for name in headings.unknown
        ]
        columns = [(column, headings.columns[column.key]) for column in sheet.columns if column.key in headings.columns]
        for row in headings.rows:
            self._read_row(grid, row, columns)

    def _read_row(self, grid: Grid, row: Row, columns: Sequence[tuple[ImportColumn, int]]) -> None:
        said, faults = read_cells(grid, row, columns, _value)
        if not said and not faults:
            return
        code = said.get("code", "")
        faults += self._code_faults(grid, row, said, faults)
        if faults:
            self.problems += faults
            self.broken.add(code)
        else:
            self.rows.append(self._kind(grid.place(row), **said))

    def _code_faults(self, grid: Grid, row: Row, said: Mapping[str, Any], faults: Sequence[Problem]) -> list[Problem]:
        """A row without a code, or with one that stood above; posts beside a main one: with one and the same unit."""
        code = said.get("code", "")
        if self._kind is BesideRow and code:
            code = f"{code} {said.get('unit', '')}".strip()
        if not code:
            return [] if faults else [problem("organizations.import_no_code", grid.place(row))]
        if (first := self._first.setdefault(code, row.number)) != row.number:
            return [problem("organizations.import_code_twice", grid.place(row), code=code, row=first)]
        return []


def _value(column: ImportColumn, cell: Cell) -> Said:
    """What a cell that is not empty says. Raises `DomainError` without a place."""
    said = read_cell(column, cell, _EMPTIED)
    if not isinstance(said, str) or not said:
        return said
    if column.kind == "code" and not _CODE.fullmatch(said):
        raise refuse("organizations.import_not_a_code", text=said)
    if column.key == "username":
        return as_username(said)
    if column.key == "role":
        return _role(said)
    if column.key == "email" and not _EMAIL.fullmatch(said):
        raise refuse("organizations.import_not_an_address", text=said)
    return _kind(said) if column.key == "kind" else said


def _kind(text: str) -> str:
    """The id of a kind, from its id, its name in either language or one of the names that its name lists. Who wrote
    only how some begin is offered these.
    """
    said = fold(text)
    if (id_ := _kind_names().get(said)) is None:
        names = [dated.value.name for dated in unit_kinds().values()]
        meant = tuple(name for name in names if fold(name.vi).startswith(said))
        raise refuse("organizations.unknown_kind", kind=text, known=meant or tuple(names))
    return id_


def _role(text: str) -> str:
    """The id of a role, from its id or its name in either language."""
    if (id_ := _role_names().get(fold(text))) is None:
        raise refuse("organizations.unknown_role", role=text, known=tuple(role.name for role in roles_over_units()))
    return id_


@cache
def _role_names() -> Mapping[str, str]:
    return {
        fold(name): role.id for role in roles_over_units() for name in (role.id, role.name.vi, role.name.en or role.id)
    }


@cache
def _kind_names() -> Mapping[str, str]:
    """`Văn phòng, phòng, đơn vị trực thuộc` is also meant by `Văn phòng`; what two kinds list, by none."""
    whole: dict[str, str] = {}
    listed: dict[str, set[str]] = {}
    for id_, dated in unit_kinds().items():
        whole |= {fold(name): id_ for name in (id_, dated.value.name.vi, dated.value.name.en or id_)}
        for part in _LISTED.split(dated.value.name.vi):
            listed.setdefault(fold(part), set()).add(id_)
    return {name: min(ids) for name, ids in listed.items() if name and len(ids) == 1} | whole
