"""Occurrences of steps: from events that tell completions, starts, or both."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from cchc.ledger.measuring import as_ints
from cchc.ledger.ownership import Ints
from cchc.ledger.pairing import pair

# One row per occurrence, ordered by dossier, start and the order of events. `is_after_gap` marks one whose start nobody
# noted: it is counted from the event before. `is_running` one that has not ended. `recorded_at` is when the system
# wrote its end, `result_at` the date of the result that its row names.
OCCURRENCES: Final = (
    "dossier", "step", "start", "end", "official", "role", "unit", "is_after_gap", "is_running",
    "recorded_at", "result_at",
)  # fmt: skip
_TOLD_TWICE: Final = ("official", "role", "unit")


def completed(events: pl.DataFrame) -> pl.DataFrame:
    """Each event ends a step that began with the event before, the first one at its own moment.

    `events` have `dossier` (its number), `minute`, `step`, `official`, `role`, `unit`, `recorded` and `result`, and
    come in order.
    """
    return events.with_columns(
        start=_before(), end="minute", is_after_gap=pl.lit(True), is_running=pl.lit(False), recorded_at="recorded",
        result_at="result",
    ).select(OCCURRENCES)  # fmt: skip


def started(events: pl.DataFrame) -> pl.DataFrame:
    """Each event begins a step that lasts until the next event; the last one has no length."""
    following = pl.when(pl.col("dossier") == pl.col("dossier").shift(-1)).then(pl.col("minute").shift(-1))
    return events.with_columns(
        start="minute",
        end=following.fill_null(pl.col("minute")),
        is_after_gap=pl.lit(False),
        is_running=pl.lit(False),
        recorded_at=pl.lit(None, pl.Int32),  # what was recorded is its start
        result_at="result",
    ).select(OCCURRENCES)


def paired(events: pl.DataFrame, key: str = "step", running_until: str | None = None) -> pl.DataFrame:
    """Starts and completions of the same `key` paired first in, first out within each dossier.

    A completion without a start is counted from the event before. A start without a completion is running: until the
    dossier's last event, after which no event shows a person working, or until the moment in column `running_until`.
    """
    until = pl.col("minute").last().over("dossier") if running_until is None else pl.col(running_until)
    told = events.select("dossier", "step", "minute", "recorded", "result", *_TOLD_TWICE, before=_before(), until=until)
    pairs = pair(_groups(events, key), events["is_start"].to_numpy())
    at_end = told.select("minute", "recorded", "result", *_TOLD_TWICE)[pairs.end]
    happened = told[pairs.begin].with_columns(
        *(at_end[name].zip_with(at_end[name].is_not_null(), told[name][pairs.begin]) for name in _TOLD_TWICE),
        start=pl.when(pl.Series(pairs.is_lone)).then("before").otherwise("minute"),
        end=pl.when(pl.Series(pairs.is_running)).then("until").otherwise(at_end["minute"]),
        is_after_gap=pl.Series(pairs.is_lone),
        is_running=pl.Series(pairs.is_running),
        recorded_at=at_end["recorded"].set(pl.Series(pairs.is_running), None),
        result_at=pl.coalesce(at_end["result"], "result"),
    )
    order = np.lexsort((pairs.begin, as_ints(happened["start"]), as_ints(happened["dossier"])))
    return happened[order].select(OCCURRENCES)


def told_whole(rows: pl.DataFrame, running_until: str) -> pl.DataFrame:
    """Each row tells its step from `start` to `at`; a start without an end runs until the moment in `running_until`.

    `rows` come ordered by dossier, the earlier of both moments and `row`. An end without a start is counted from the
    event before.
    """
    if rows["start"].null_count():
        return paired(_events_of(rows), key="row", running_until=running_until)
    return rows.with_columns(
        start="first_minute",
        end=pl.coalesce("minute", running_until),
        is_after_gap=pl.lit(False),
        is_running=pl.col("at").is_null(),
        recorded_at=pl.when(pl.col("at").is_not_null()).then("recorded"),
        result_at="result",
    ).select(OCCURRENCES)


def _events_of(rows: pl.DataFrame) -> pl.DataFrame:
    """Starts and completions as events of their own, in order."""
    starts = rows.with_columns(at="start", minute="first_minute", is_start=pl.lit(True))
    ends = rows.with_columns(is_start=pl.lit(False))
    return pl.concat([starts, ends]).drop_nulls("at").sort("dossier", "at", "row", ~pl.col("is_start"))


def _groups(events: pl.DataFrame, key: str) -> Ints:
    """A number for each dossier and key."""
    keys = events[key]
    if not keys.dtype.is_integer():
        distinct = keys.unique()
        keys = keys.replace_strict(distinct, pl.int_range(len(distinct), eager=True))
    numbers = as_ints(keys)
    groups: Ints = as_ints(events["dossier"]) * (numbers.max(initial=0) + 1) + numbers
    return groups


def _before() -> pl.Expr:
    """The moment of the dossier's event before; of the first one its own."""
    previous = pl.when(pl.col("dossier") == pl.col("dossier").shift(1)).then(pl.col("minute").shift(1))
    return previous.fill_null(pl.col("minute"))
