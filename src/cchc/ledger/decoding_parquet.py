"""Columns of a Parquet file, piece by piece; run by itself it finds out whether a file can be decoded at all.

`python -m cchc.ledger.decoding_parquet FILE COLUMN…` gets through the file in silence, or fails. It needs nothing but
the library that decodes, so that it starts quickly.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import polars as pl

_DECODED: Final = 250_000  # at once: read as a stream, far more lies ready before anybody asks for it


def decode(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, pl.DataFrame]]:
    """These columns as texts, dates and datetimes, each piece with the number of rows before it.

    Damage inside the file is a panic of the library, which prints itself.
    """
    log = pl.scan_parquet(path, glob=False)
    schema = log.collect_schema()
    read = [_text_or_moment(column, schema[column]) for column in columns]
    height = log.select(pl.len()).collect().item()
    for first in range(0, height, _DECODED):
        # Cut before anything else, so that what lies before it in the file is passed over and not decoded again.
        yield first, log.slice(first, _DECODED).select(read).collect()


def _text_or_moment(column: str, dtype: pl.DataType) -> pl.Expr:
    return pl.col(column) if isinstance(dtype, pl.Datetime | pl.Date) else pl.col(column).cast(pl.String)


if __name__ == "__main__":
    for _ in decode(Path(sys.argv[1]), sys.argv[2:]):
        pass
