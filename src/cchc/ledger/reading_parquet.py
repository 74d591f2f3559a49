"""Logs in Parquet: only the columns asked for are decoded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from cchc.ledger.columns import ROW, TORN, by_name
from cchc.records.errors import Place, refuse, unreadable

_BATCH: Final = 250_000


class ParquetLog:
    """A `reading.RawLog` of a Parquet file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._place = Place(str(path))

    def batches(self, wanted: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
        """See `RawLog`. Raises `ledger.parquet_damaged` and `ledger.column_not_plain` besides."""
        try:
            yield from self._batches(wanted)
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
            raise unreadable("ledger.parquet_damaged", self._place) from error

    def _batches(self, wanted: Sequence[str] | None) -> Iterator[pl.DataFrame]:
        log = pl.scan_parquet(self._path, glob=False)
        schema = log.collect_schema()
        spelled = by_name(schema.names(), wanted, self._place)
        plain = {name: spelling for name, spelling in spelled.items() if _is_plain(schema[spelling])}
        if wanted is not None and len(plain) < len(spelled):
            raise refuse("ledger.column_not_plain", self._place, names=[name for name in spelled if name not in plain])
        columns = [_text_or_moment(pl.col(spelling), schema[spelling]).alias(name) for name, spelling in plain.items()]
        rows = log.select(*columns).with_row_index(ROW, 1)
        numbered = rows.with_columns(pl.col(ROW).cast(pl.Int64), pl.lit(False).alias(TORN))
        yield from numbered.collect_batches(chunk_size=_BATCH, maintain_order=True)


def _is_plain(dtype: pl.DataType) -> bool:
    return not (dtype.is_nested() or dtype in (pl.Binary, pl.Object, pl.Time, pl.Duration))


def _text_or_moment(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    return column if isinstance(dtype, pl.Datetime | pl.Date) else column.cast(pl.String)
