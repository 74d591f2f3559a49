"""Logs in Parquet: only the columns asked for are decoded.

The decoding library meets damage inside a file with a panic that it prints itself. So a first pass in another process,
`python -m cchc.ledger.reading_parquet FILE COLUMN…`, finds out in silence whether the file can be read.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from cchc.ledger.columns import ROW, TORN, by_name
from cchc.records.errors import Place, refuse, unreadable

_BATCH: Final = 125_000
_DECODED: Final = 2 * _BATCH  # at once: read as a stream, far more lies ready before anybody asks for it


class ParquetLog:
    """A `reading.RawLog` of a Parquet file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._place = Place(str(path))

    def batches(self, wanted: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
        """See `RawLog`. Raises `ledger.parquet_damaged` and `ledger.column_not_plain` besides."""
        try:
            schema = pl.scan_parquet(self._path, glob=False).collect_schema()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise unreadable("ledger.parquet_damaged", self._place) from error
        spelled = by_name(schema.names(), wanted, self._place)
        plain = {name: spelling for name, spelling in spelled.items() if _is_plain(schema[spelling])}
        if wanted is not None and len(plain) < len(spelled):
            raise refuse("ledger.column_not_plain", self._place, names=[name for name in spelled if name not in plain])
        if not _can_be_read(self._path, list(plain.values())):
            raise unreadable("ledger.parquet_damaged", self._place)
        for frame in _frames(self._path, list(plain.values())):
            yield frame.rename({spelling: name for name, spelling in plain.items()})


def _frames(path: Path, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
    log = pl.scan_parquet(path, glob=False)
    schema = log.collect_schema()
    rows = log.select(_text_or_moment(column, schema[column]) for column in columns).with_row_index(ROW, 1)
    numbered = rows.select(pl.col(ROW).cast(pl.Int64), pl.lit(False).alias(TORN), *columns)
    height = log.select(pl.len()).collect().item()
    for first in range(0, height, _DECODED):
        yield from numbered.slice(first, _DECODED).collect().iter_slices(_BATCH)


def _is_plain(dtype: pl.DataType) -> bool:
    return not (dtype.is_nested() or dtype in (pl.Binary, pl.Object, pl.Time, pl.Duration))


def _text_or_moment(column: str, dtype: pl.DataType) -> pl.Expr:
    return pl.col(column) if isinstance(dtype, pl.Datetime | pl.Date) else pl.col(column).cast(pl.String)


def _can_be_read(path: Path, columns: Sequence[str]) -> bool:
    """Whether another process gets through the file."""
    command = [sys.executable, "-P", "-m", "cchc.ledger.reading_parquet", str(path), *columns]
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    environment = kept | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(  # noqa: S603 - a fixed command, no shell
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return done.returncode == 0


if __name__ == "__main__":
    for _ in _frames(Path(sys.argv[1]), sys.argv[2:]):
        pass
