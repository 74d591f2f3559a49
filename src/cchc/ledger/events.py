"""The rows of a log made into events, each with its row; what cannot be used goes to the rejects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from cchc.ledger.clock import MINUTE
from cchc.ledger.mapping import LogMapping
from cchc.ledger.rows import RowReader, whole_minutes
from cchc.ledger.stamps import utc_microseconds

# One row per event, in microseconds since 1970 in UTC: a start or a completion `at` a moment, or where rows tell both a
# step from `start` to `at`, either of which may be null. Other moments are minutes as `rows.RowReader` gives them:
# `recorded` is when the system wrote the row; `procedure` to `result` are what it says of its dossier.
EVENTS: Final = pl.Schema(
    {
        "dossier": pl.String(),
        "row": pl.Int64(),
        "start": pl.Int64(),
        "at": pl.Int64(),
        "is_start": pl.Boolean(),
        "step": pl.String(),
        "official": pl.String(),
        "role": pl.String(),
        "unit": pl.String(),
        "procedure": pl.String(),
        "field": pl.String(),
        "received": pl.Int32(),
        "finished": pl.Int32(),
        "due": pl.Int32(),
        "first_due": pl.Int32(),
        "result": pl.Int32(),
        "recorded": pl.Int32(),
    }
)
REJECTS: Final = pl.Schema({"row": pl.Int64(), "reason": pl.String()})
_NO_VALUE: Final = ""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One batch of `rows` made into `EVENTS` and `REJECTS`.

    `after_open_until` rows are later than the moment of judgement, `ignored` ones have another life-cycle value;
    `reversed` ones end before they start, and their start is not believed.
    """

    events: pl.DataFrame
    rejects: pl.DataFrame
    rows: int
    after_open_until: int
    ignored: Mapping[str, int]
    reversed: int


class Cleaner:
    """Makes events of the rows of one log, by its mapping."""

    def __init__(self, mapping: LogMapping, zone: str) -> None:
        self._mapping = mapping
        self._rows = RowReader(mapping, zone)
        self.open_until = None if mapping.open_until is None else utc_microseconds(mapping.open_until, zone) // MINUTE

    def clean(self, raw: pl.DataFrame) -> Cleaned:
        """The events of one batch of raw rows."""
        rows = self._rows.read(raw).with_columns(reason=_reason())
        good = rows.filter(pl.col("reason").is_null())
        read = self._until(good)
        used, ignored = self._of_lifecycle(read)
        is_reversed = pl.col("start") > pl.col("at")
        believed = used.with_columns(
            start=pl.when(~is_reversed.fill_null(False)).then("start"), recorded=whole_minutes(pl.col("recorded"))
        )
        return Cleaned(
            events=believed.select(EVENTS.names()),
            rejects=rows.filter(pl.col("reason").is_not_null()).select(REJECTS.names()),
            rows=rows.height,
            after_open_until=good.height - read.height,
            ignored=ignored,
            reversed=used.select(is_reversed.sum()).item(),
        )

    def _until(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Nothing after the moment of judgement: what ends later is still open, what begins later is not there yet."""
        if self.open_until is None:
            return rows
        seen = [pl.when(pl.col(name) // MINUTE <= self.open_until).then(name) for name in ("at", "start")]
        ended = pl.when(pl.col("finished") <= self.open_until).then("finished")
        is_there = pl.col("received").fill_null(self.open_until) <= self.open_until
        seen_rows = rows.filter(is_there).with_columns(*seen, ended)
        return seen_rows.filter(pl.any_horizontal(pl.col("at", "start").is_not_null()))

    def _of_lifecycle(self, rows: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, int]]:
        """The rows with a life-cycle value that counts, with `is_start`; the others counted by value."""
        if self._mapping.lifecycle is None:
            return rows.with_columns(is_start=pl.lit(self._mapping.events == "started")), {}
        value = pl.col("lifecycle").str.to_lowercase()
        meanings = {"started": ["start"], "completed": ["complete"], "both": ["start", "complete"]}
        counts = value.is_in(meanings[self._mapping.events]).fill_null(False)
        others = rows.filter(~counts).group_by(pl.col("lifecycle").fill_null(_NO_VALUE)).len()
        return rows.filter(counts).with_columns(is_start=value == "start"), dict(others.iter_rows())


def _reason() -> pl.Expr:
    """Why a row cannot be used; null when it can."""
    has_no_time = pl.all_horizontal(pl.col("at", "start").is_null())
    return (
        pl.when("is_torn").then(pl.lit("torn_row"))
        .when(pl.col("dossier").is_null()).then(pl.lit("no_case"))
        .when(pl.col("step").is_null()).then(pl.lit("no_activity"))
        .when("is_unreadable").then(pl.lit("unreadable_time"))
        .when(has_no_time).then(pl.lit("no_time"))
    )  # fmt: skip
