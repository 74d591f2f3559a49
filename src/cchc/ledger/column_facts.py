"""What a sample of a log shows of each column: how full, how varied, moments, names, numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from cchc.ledger.columns import ROW, TORN
from cchc.ledger.stamps import read_stamps

_ZONE: Final = "UTC"  # whether something is a moment does not depend on it
_LOOKED_AT: Final = 1_000
_EXAMPLES: Final = 3
_NAME: Final = r"^\p{Lu}[\p{L}.']*(?: \p{Lu}[\p{L}.']*){1,5}$"
# What exports write instead of nothing.
_FILLERS: Final = frozenset({"EMPTY", "NULL", "null", "nil", "None", "N/A", "n/a", "NaN", "-", "--", "(null)", "…"})


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """Of `rows` rows `filled` say something, `distinct` different things; `fillers` stand for nothing.

    Shares of the filled ones, in percent: `moments`, of these `bare` dates and `midnights`; `digits` (has some);
    `names` (two to six capitalised words). `examples` are the first different values.
    """

    name: str
    rows: int
    filled: int
    distinct: int
    moments: int
    bare: int
    midnights: int
    digits: int
    names: int
    fillers: tuple[str, ...]
    examples: tuple[str, ...]


def facts_of(sample: pl.DataFrame) -> tuple[ColumnFacts, ...]:
    """The facts of every column of a frame that a `reading.RawLog` gave."""
    return tuple(_facts(sample[name]) for name in sample.columns if name not in {ROW, TORN})


def texts_of(column: pl.Series) -> pl.Series:
    """A column as texts, null where it says nothing."""
    texts = column.cast(pl.String).str.strip_chars()
    return texts.set(texts.is_in(["", *_FILLERS]), None)


def _facts(column: pl.Series) -> ColumnFacts:
    written = column.cast(pl.String).str.strip_chars()
    texts = texts_of(column)
    known = texts.drop_nulls()
    few = column.filter(texts.is_not_null()).head(_LOOKED_AT)
    stamps = read_stamps(few if few.dtype != pl.String else few.str.strip_chars(), _ZONE)
    midnight = stamps.at.drop_nulls() % 86_400_000_000 == 0
    return ColumnFacts(
        name=column.name,
        rows=len(column),
        filled=len(known),
        distinct=known.n_unique(),
        moments=_percent(len(few) - stamps.at.null_count(), len(few)),
        bare=_percent(int(stamps.is_bare.sum()), len(few)),
        midnights=_percent(int(midnight.sum()), len(few)),
        digits=_percent(int(known.str.contains(r"\d").sum()), len(known)),
        names=_percent(int(known.str.contains(_NAME).sum()), len(known)),
        fillers=tuple(sorted(_FILLERS.intersection(written.unique().to_list()))),
        examples=tuple(known.unique(maintain_order=True).head(_EXAMPLES)),
    )


def _percent(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 0
