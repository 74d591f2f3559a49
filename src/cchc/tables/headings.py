"""The heading of a table with one row of names: which column has which role, in any order, under any title rows.

For tables that people fill in or other systems send. Printed result tables, with their two-row headings and maxima
beside points, have their own rules in `cchc.scoring.published_headings`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cchc.records.errors import Place, refuse, unreadable
from cchc.records.search import fold
from cchc.tables.grid import Cell, Grid, Row

_DROPPED: Final = re.compile(r"\([^()]*\)|%|\*|\b(?:nam )?(?:19|20)[0-9]{2}$")
_ROWS_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True)
class Headings:
    """Where each role stands (column from 0), the headings nobody asked for, and the rows below."""

    row: Row
    columns: Mapping[str, int]
    unknown: tuple[str, ...]
    rows: tuple[Row, ...]

    def cell(self, row: Row, role: str) -> Cell:
        """The row's cell of that role; an empty one when the table has no such column."""
        column = self.columns.get(role)
        return Cell("") if column is None else row.cell(column)


def plain_name(text: str) -> str:
    """A heading as it is compared: `Giá trị (%) năm 2022` → `gia tri`."""
    name = " ".join(_DROPPED.sub(" ", fold(text)).split())
    return " ".join(_DROPPED.sub(" ", name).split())  # a year is at the end once `(…)` behind it is gone


def find_headings(grid: Grid, roles: Mapping[str, Sequence[str]], required: Collection[str]) -> Headings:
    """The first row that names all `required` roles; `roles` gives the names of each, in words of any language.

    Names match whole: `Đơn vị` is no heading for `Đơn vị tính`. The first 200 rows are looked at. Raises `Unreadable`
    with `tables.no_heading` when none names any required role, with `tables.heading_missing` when the best one lacks
    some, and `DomainError` with `tables.heading_twice` when two columns have the same role.
    """
    role_of = {plain_name(name): role for role, names in roles.items() for name in names}
    best, found = _best_row(grid, role_of, required)
    missing = [roles[role][0] for role in roles if role in required and role not in found]
    if best is None:
        raise unreadable("tables.no_heading", Place(grid.file, sheet=grid.sheet), names=missing)
    if missing:
        raise unreadable("tables.heading_missing", grid.place(best), names=missing)
    columns = {role: _only(grid, best, places) for role, places in found.items()}
    used = frozenset(columns.values())
    unknown = tuple(cell.text for at, cell in enumerate(best.cells) if cell.text and at not in used)
    below = tuple(row for row in grid.rows if row.number > best.number)
    return Headings(best, columns, unknown, below)


def _best_row(
    grid: Grid, role_of: Mapping[str, str], required: Collection[str]
) -> tuple[Row | None, dict[str, list[int]]]:
    """The first row with the most required roles, and the columns of every role in it."""
    best: Row | None = None
    found: dict[str, list[int]] = {}
    most = 0
    for row in grid.rows[:_ROWS_LOOKED_AT]:
        named = _roles_in(row, role_of)
        score = len(named.keys() & set(required))
        if score > most:
            best, found, most = row, named, score
        if most == len(set(required)):
            break
    return best, found


def _roles_in(row: Row, role_of: Mapping[str, str]) -> dict[str, list[int]]:
    named: dict[str, list[int]] = {}
    for at, cell in enumerate(row.cells):
        role = role_of.get(plain_name(cell.text)) if cell.text else None
        if role is not None:
            named.setdefault(role, []).append(at)
    return named


def _only(grid: Grid, row: Row, places: Sequence[int]) -> int:
    first, *others = places
    if others:
        raise refuse("tables.heading_twice", grid.place(row, others[0]), name=row.cell(first).text)
    return first
