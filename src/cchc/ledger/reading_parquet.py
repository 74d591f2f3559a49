"""Logs in Parquet: only the columns asked for are decoded.

The decoding library meets damage inside a file with a panic that it prints itself. So a first pass in another process,
`decoding_parquet`, finds out in silence whether the file can be read.
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
from cchc.ledger.decoding_parquet import decode
from cchc.records.errors import Place, refuse, unreadable

_BATCH: Final = 125_000


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
        for before, piece in decode(self._path, list(plain.values())):
            named = piece.rename({spelling: name for name, spelling in plain.items()})
            yield from _numbered(named, before).iter_slices(_BATCH)


def _numbered(piece: pl.DataFrame, before: int) -> pl.DataFrame:
    numbers = pl.int_range(before + 1, before + 1 + pl.len(), dtype=pl.Int64)
    return piece.select(numbers.alias(ROW), pl.lit(value=False).alias(TORN), pl.all())


def _is_plain(dtype: pl.DataType) -> bool:
    return not (dtype.is_nested() or dtype in (pl.Binary, pl.Object, pl.Time, pl.Duration))


def _can_be_read(path: Path, columns: Sequence[str]) -> bool:
    """Whether another process gets through the file."""
    command = [sys.executable, "-P", "-m", "cchc.ledger.decoding_parquet", str(path), *columns]
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    environment = kept | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(  # noqa: S603 - a fixed command, no shell
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return done.returncode == 0
