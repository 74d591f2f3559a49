"""What signals and hints find: one row per question, and the reason of each in words."""

from __future__ import annotations

from collections.abc import Sequence
from string import Formatter
from typing import Final

import polars as pl

from cchc.ledger.schema import UTC_STAMP
from cchc.records.text import Language
from cchc.records.words import sentences, show

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
    """`FOUND` for a question: what `columns` names, nulls for the rest. Its dossier may still be a position."""
    known = {name: pl.col(value) if isinstance(value, str) else value for name, value in columns.items()}
    return rows.select(
        pl.lit(id).alias("id"),
        known["dossier"].alias("dossier"),
        *(
            known.get(name, pl.lit(None)).cast(FOUND[name]).alias(name)
            for name in FOUND
            if name not in ("id", "dossier")
        ),
    )


def together(parts: Sequence[pl.LazyFrame], names: pl.Series | None = None) -> pl.DataFrame:
    """All that was found, in a fixed order; with `names`, dossiers are positions in these."""
    rows = pl.concat(parts).collect()
    named = rows if names is None else rows.with_columns(dossier=names.gather(rows["dossier"]))
    return named.sort(FOUND.names(), nulls_last=True)


def in_words(rows: pl.DataFrame, kind: str, time_zone: str, language: Language = "vi") -> pl.DataFrame:
    """`schema.SIGNALS_OUT` (`kind` signal) or `schema.HINTS_OUT` (`kind` hint) of rows as in `FOUND`."""
    shown = rows.select(
        pl.col("id"),
        *(_shown(rows[name], language) for name in ("official", "step", "count")),
        at=_civil_text("at", time_zone),
        other=_civil_text("other_at", time_zone).fill_null(show(None, language)),
    )
    return rows.select(
        pl.col("id").alias(kind),
        "dossier",
        "official",
        (pl.col("at").cast(pl.Int64) * 60_000_000).cast(UTC_STAMP),
        sentences_of(shown, "id", f"ledger.{kind}_", language),
    )


def sentences_of(rows: pl.DataFrame, key: str, prefix: str, language: Language) -> pl.Series:
    """`reason`: of each row the sentence of the code that `prefix` and its key make, with its columns put in."""
    said = {id: _filled(f"{prefix}{id}", language) for id in rows[key].unique(maintain_order=True)}
    texts = (pl.when(pl.col(key) == id).then(text) for id, text in said.items())
    return rows.with_columns(reason=pl.coalesce(pl.lit(None, pl.String), *texts))["reason"]


def _shown(values: pl.Series, language: Language) -> pl.Series:
    """What a sentence shows of each value; few values stand in many rows."""
    distinct = values.unique()
    texts = pl.Series([show(value, language) for value in distinct], dtype=pl.String)
    return values.replace_strict(distinct, texts, return_dtype=pl.String)


def _filled(code: str, language: Language) -> pl.Expr:
    """The sentence of a code with the columns of its names put in."""
    sentence = sentences("ledger")[code].text.in_language(language)
    parts = Formatter().parse(sentence)
    return pl.concat_str(
        piece for text, name, _, _ in parts for piece in (pl.lit(text), *([pl.col(name)] if name else []))
    )


def _civil_text(minute: str, time_zone: str) -> pl.Expr:
    moment = (pl.col(minute).cast(pl.Int64) * 60_000_000).cast(UTC_STAMP)
    return moment.dt.convert_time_zone(time_zone).dt.strftime("%d/%m/%Y %H:%M")
