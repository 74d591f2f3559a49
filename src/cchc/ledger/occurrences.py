"""Occurrences of steps: from events that tell completions, starts, or both."""

from __future__ import annotations

from typing import Final

import polars as pl

# One row per occurrence, ordered by dossier, start and the order of events. `is_after_gap` marks one whose start nobody
# noted: it is counted from the event before. `is_running` one that has not ended. `recorded_at` is when the system
# wrote its end.
OCCURRENCES: Final = (
    "dossier", "step", "start", "end", "official", "role", "unit", "is_after_gap", "is_running",
    "recorded_at",
)  # fmt: skip
_TOLD_TWICE: Final = ("official", "role", "unit")
_GROUP: Final = ("dossier", "key")


def completed(events: pl.DataFrame) -> pl.DataFrame:
    """Each event ends a step that began with the event before, the first one at its own moment.

    `events` have `dossier` (its number), `minute`, `step`, `official`, `role`, `unit`, `recorded` and come in order.
    """
    return events.with_columns(
        start=_before(), end="minute", is_after_gap=pl.lit(True), is_running=pl.lit(False), recorded_at="recorded"
    ).select(OCCURRENCES)


def started(events: pl.DataFrame) -> pl.DataFrame:
    """Each event begins a step that lasts until the next event; the last one has no length."""
    following = pl.when(pl.col("dossier") == pl.col("dossier").shift(-1)).then(pl.col("minute").shift(-1))
    return events.with_columns(
        start="minute",
        end=following.fill_null(pl.col("minute")),
        is_after_gap=pl.lit(False),
        is_running=pl.lit(False),
        recorded_at=pl.lit(None, pl.Int32),  # what was recorded is its start
    ).select(OCCURRENCES)


def paired(events: pl.DataFrame, running_until: str | None = None) -> pl.DataFrame:
    """Starts and completions of the same `key` paired first in, first out within each dossier.

    A completion without a start is counted from the event before. A start without a completion is running: until the
    dossier's last event, after which no event shows a person working, or until the moment in column `running_until`.
    """
    ordered = events.with_row_index("order").with_columns(
        before=_before(), last=pl.col("minute").last().over("dossier"), is_lone=_completes_nothing()
    )
    rank = pl.int_range(pl.len()).over(_GROUP).alias("rank")
    starts = ordered.filter("is_start").with_columns(rank)
    ends = ordered.filter(~pl.col("is_start") & ~pl.col("is_lone")).with_columns(rank)
    both = starts.join(ends, on=[*_GROUP, "rank"], how="left", suffix="_of_end").with_columns(
        *(pl.coalesce(f"{name}_of_end", name).alias(name) for name in _TOLD_TWICE),
        start="minute",
        end=pl.coalesce("minute_of_end", running_until or "last"),
        is_after_gap=pl.lit(False),
        is_running=pl.col("minute_of_end").is_null(),
        recorded_at="recorded_of_end",
    )
    lone = ordered.filter("is_lone").with_columns(
        start="before", end="minute", is_after_gap=pl.lit(True), is_running=pl.lit(False), recorded_at="recorded"
    )
    columns = (*OCCURRENCES, "order")
    together = pl.concat([both.select(columns), lone.select(columns)])
    return together.sort("dossier", "start", "order").select(OCCURRENCES)


def _before() -> pl.Expr:
    """The moment of the dossier's event before; of the first one its own."""
    previous = pl.when(pl.col("dossier") == pl.col("dossier").shift(1)).then(pl.col("minute").shift(1))
    return previous.fill_null(pl.col("minute"))


def _completes_nothing() -> pl.Expr:
    """Completions that find no start waiting: where starts less completions fall to a new low under zero."""
    level = pl.when("is_start").then(1).otherwise(-1).cum_sum().over(_GROUP)
    low = pl.min_horizontal(level.cum_min().over(_GROUP), pl.lit(0))
    return ~pl.col("is_start") & (level < low.shift(1).over(_GROUP).fill_null(0))
