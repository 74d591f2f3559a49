"""Logs in workbooks, read by the safe reader of `cchc.tables`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from cchc.ledger.columns import ROW, ROWS_LOOKED_AT, TORN, find_heading, places_of
from cchc.ledger.mapping import column_name
from cchc.records.errors import Place, unreadable
from cchc.tables.grid import Cell, Grid, Row
from cchc.tables.limits import DEFAULT_LIMITS
from cchc.tables.reading import read_path

_BATCH: Final = 50_000
_UNUSABLE: Final = "#?"  # a formula without a value: neither empty nor a moment
# A log is longer than a form: as many rows as a sheet can have.
LIMITS: Final = replace(
    DEFAULT_LIMITS,
    file_bytes=100_000_000, rows=1_048_576, cells=4_000_000, characters=100_000_000, expanded_bytes=1_000_000_000,
    child_memory_bytes=1_500_000_000, child_cpu_seconds=300, child_wall_seconds=600, child_output_bytes=1_000_000_000,
)  # fmt: skip


class XlsxLog:
    """A `reading.RawLog` of a workbook: the first visible sheet that names what is wanted."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def batches(self, wanted: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
        """See `RawLog`. Raises what `cchc.tables.reading` raises besides."""
        grid, heading = self._sheet(wanted)
        places = places_of(_texts(heading), wanted, grid.place(heading))
        width = max((at for at, cell in enumerate(heading.cells) if cell.text), default=0) + 1
        below = [row for row in grid.rows if row.number > heading.number]
        for start in range(0, len(below), _BATCH):
            yield _frame(below[start : start + _BATCH], places, heading.number, width)

    def _sheet(self, wanted: Sequence[str] | None) -> tuple[Grid, Row]:
        """The sheet and its heading: the first that has all, else the one that has the most."""
        grids = [grid for grid in read_path(self._path, LIMITS) if grid.rows and not grid.hidden]
        if not grids:
            raise unreadable("tables.empty_file", Place(str(self._path)))
        headed = [(grid, _heading_of(grid, wanted)) for grid in grids]
        names = set(wanted or ())
        return max(headed, key=lambda pair: len(names.intersection(_texts(pair[1]))))


def _heading_of(grid: Grid, wanted: Sequence[str] | None) -> Row:
    first = grid.rows[:ROWS_LOOKED_AT]
    return first[find_heading([_texts(row) for row in first], wanted) or 0]


def _texts(row: Row) -> list[str]:
    return [column_name(cell.text) for cell in row.cells]


def _frame(rows: Sequence[Row], places: dict[str, int], heading: int, width: int) -> pl.DataFrame:
    columns = {name: [_written(row.cell(at)) for row in rows] for name, at in places.items()}
    return pl.DataFrame(
        {
            ROW: pl.Series([row.number - heading for row in rows], dtype=pl.Int64),
            TORN: pl.Series([any(cell.text for cell in row.cells[width:]) for row in rows], dtype=pl.Boolean),
            **{name: pl.Series(values, dtype=pl.String) for name, values in columns.items()},
        }
    )


def _written(cell: Cell) -> str | None:
    """What a cell says, a moment with its seconds."""
    if cell.fault is not None:
        return _UNUSABLE
    if isinstance(cell.value, date):
        return str(cell.value)
    return cell.text or None
