"""Workbooks that an answer hands out, as rows of text."""

from __future__ import annotations

from typing import Any

from cchc.tables.reading import read_tables

Rows = list[list[str]]
_FIRST_COLUMN = "STT"


def rows_of(answer: Any, sheet: str = "") -> Rows:
    """The rows of that sheet, or of the only one."""
    assert answer.status_code == 200, answer.content[:300]
    grids = {grid.sheet: grid for grid in read_tables(answer.content, "bang.xlsx")}
    grid = grids[sheet] if sheet else next(iter(grids.values()))
    assert sheet or len(grids) == 1, sorted(map(str, grids))
    return [[cell.text for cell in row.cells] for row in grid.rows]


def below_heading(rows: Rows) -> Rows:
    """What the table holds."""
    return rows[_heading(rows) + 1 :]


def above_heading(answer: Any) -> list[str]:
    """What stands above the table: what it is, what narrows it, as of when."""
    rows = rows_of(answer)
    return [row[0] for row in rows[: _heading(rows)]]


def _heading(rows: Rows) -> int:
    return next(place for place, row in enumerate(rows) if row[0] == _FIRST_COLUMN)
