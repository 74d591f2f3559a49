"""What signals and hints find: one row per question, and the reason of each in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import polars as pl

from cchc.ledger.schema import UTC_STAMP
from cchc.records.errors import Message
from cchc.records.text import Language
from cchc.records.words import say

# `at` and `other_at` are UTC minutes; `step`, `count` and `other_at` are what the reason names, null where it does not.
FOUND: Final = pl.Schema(
    {
        "id": pl.String(),
        "dossier": pl.String(),
        "official": pl.String(),
        "at": pl.Int32(),
        "step": pl.String(),
        "count": pl.Int64(),
        "other_at": pl.Int32(),
    }
)


def found(id: str, rows: pl.LazyFrame, **columns: str | pl.Expr) -> pl.LazyFrame:
    """`FOUND` for a question: what `columns` names, nulls for the rest."""
    known = {name: pl.col(value) if isinstance(value, str) else value for name, value in columns.items()}
    return rows.select(
        pl.lit(id).alias("id"),
        *(known.get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in FOUND.items() if name != "id"),
    )


def with_positions(dossiers: pl.LazyFrame) -> pl.LazyFrame:
    """The table of dossiers with the `position` by which steps know them."""
    return dossiers.with_row_index("position")


def with_names(rows: pl.LazyFrame, dossiers: pl.LazyFrame) -> pl.LazyFrame:
    """Rows that know their dossier by its position, in the same order, with its name instead."""
    names = dossiers.select("position", name="dossier")
    joined = rows.join(names, left_on="dossier", right_on="position", how="left", maintain_order="left")
    return joined.with_columns(dossier="name").drop("name")


def together(parts: Sequence[pl.LazyFrame]) -> pl.DataFrame:
    """All that was found, in a fixed order."""
    return pl.concat(parts).sort(FOUND.names(), nulls_last=True).collect()


def in_words(rows: pl.DataFrame, kind: str, time_zone: str, language: Language = "vi") -> pl.DataFrame:
    """`schema.SIGNALS_OUT` (`kind` signal) or `schema.HINTS_OUT` (`kind` hint) of rows as in `FOUND`."""
    reasons = [say(reason(row, kind, time_zone), language) for row in rows.iter_rows(named=True)]
    return rows.select(
        pl.col("id").alias(kind),
        "dossier",
        "official",
        (pl.col("at").cast(pl.Int64) * 60_000_000).cast(UTC_STAMP),
        pl.Series("reason", reasons, dtype=pl.String),
    )


def reason(row: dict[str, Any], kind: str, time_zone: str) -> Message:
    """Why the question is asked, from a row of `FOUND`: a code and what it names."""
    return Message(
        f"ledger.{kind}_{row['id']}",
        {
            "official": row["official"],
            "step": row["step"],
            "count": row["count"],
            "at": _civil_text(row["at"], time_zone),
            "other": None if row["other_at"] is None else _civil_text(row["other_at"], time_zone),
        },
    )


def _civil_text(minute: int, time_zone: str) -> str:
    moment = datetime.fromtimestamp(minute * 60, UTC).astimezone(ZoneInfo(time_zone))
    return moment.strftime("%d/%m/%Y %H:%M")
