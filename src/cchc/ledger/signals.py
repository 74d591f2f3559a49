"""Integrity signals: patterns in a log that ask a question, with the rows behind it. None is a verdict.

Most read one dossier (`signals_of_dossiers`, a partition of dossiers). Batch closing looks across dossiers: `closings`
of all partitions are divided anew by official and day, and `batches` reads such a part.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from cchc.ledger.findings import found, together, with_names, with_positions
from cchc.ledger.questions import Questions

# An appointment that was replaced: the moments in UTC minutes, `dossier` its position.
DUE_CHANGES_IN: Final = pl.Schema(
    {
        "dossier": pl.UInt32(),
        "official": pl.String(),
        "changed_at": pl.Int32(),
        "previous_due_at": pl.Int32(),
        "due_at": pl.Int32(),
    }
)

# A step ended by an official: what the second partitioning is made of. `day` is the civil day of `at`.
CLOSINGS: Final = pl.Schema(
    {"official": pl.String(), "day": pl.Date(), "at": pl.Int32(), "dossier": pl.String(), "step": pl.String()}
)


def signals_of_dossiers(
    dossiers: pl.DataFrame,
    steps: pl.DataFrame,
    questions: Questions,
    as_of: date,
    due_changes: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """`findings.FOUND` of one partition of dossiers: all signals but batch closing.

    `dossiers` and `steps` as in `schema.DOSSIERS_IN` and `schema.STEPS_IN`, whose `recorded_at` makes back-dating
    visible; `due_changes` (`DUE_CHANGES_IN`) a due date that was moved after it passed.
    """
    names = with_positions(dossiers.lazy())
    taken = with_names(_ended(steps.lazy(), names), names)
    changes = pl.LazyFrame(schema=DUE_CHANGES_IN) if due_changes is None else due_changes.lazy()
    chain = questions.threshold("same_minute_chain", "steps", as_of)
    parts = [
        *_impossible(names, taken),
        _zero_length(taken),
        _same_minute_chain(taken, chain),
        _due_moved(with_names(changes, names)),
        _back_dated(taken, questions.threshold("back_dated", "minutes", as_of)),
    ]
    return together(parts)


def closings(dossiers: pl.DataFrame, steps: pl.DataFrame, time_zone: str) -> pl.DataFrame:
    """`CLOSINGS` of one partition of dossiers: every step that an official ended."""
    names = with_positions(dossiers.lazy())
    at = (pl.col("end").cast(pl.Int64) * 60_000_000).cast(pl.Datetime("us", "UTC"))
    return (
        with_names(_ended(steps.lazy(), names), names)
        .filter(pl.col("holder_kind") == "official")
        .select(
            "official",
            at.dt.convert_time_zone(time_zone).dt.date().alias("day"),
            pl.col("end").alias("at"),
            "dossier",
            "step",
        )
        .collect()
    )


def batches(closed: pl.DataFrame, questions: Questions, as_of: date) -> pl.DataFrame:
    """`findings.FOUND` of batch closing, a row per dossier; `closed` are all `CLOSINGS` of some officials and days."""
    least = questions.threshold("batch_closing", "dossiers", as_of)
    by_minute = ["official", "at"]
    many = closed.lazy().group_by(by_minute).agg(count=pl.col("dossier").n_unique()).filter(pl.col("count") >= least)
    rows = closed.lazy().unique([*by_minute, "dossier"]).join(many, on=by_minute)
    return together([found("batch_closing", rows, dossier="dossier", official="official", at="at", count="count")])


def last_events(taken: pl.LazyFrame) -> pl.LazyFrame:
    """`dossier, last_at, official, step` of each dossier's last event; of several at one moment the last in order."""
    return (
        taken.sort("end", maintain_order=True)
        .group_by("dossier")
        .agg(pl.col("end").last().alias("last_at"), pl.col("official", "step").last())
    )


def _ended(steps: pl.LazyFrame, dossiers: pl.LazyFrame) -> pl.LazyFrame:
    """Without the steps that still run in an open dossier: the moment of judgement ended them, nobody else."""
    judged = dossiers.select("position", open_until=pl.when(pl.col("finished_at").is_null()).then("judged_at"))
    joined = steps.join(judged, left_on="dossier", right_on="position", how="left", maintain_order="left")
    return joined.filter(pl.col("end").ne_missing(pl.col("open_until"))).drop("open_until")


def _impossible(dossiers: pl.LazyFrame, taken: pl.LazyFrame) -> list[pl.LazyFrame]:
    """Ends and due dates that cannot be, or that were set back."""
    received, due, ended, last = (pl.col(name) for name in ("received_at", "due_at", "finished_at", "last_at"))
    known = dossiers.join(last_events(taken), on="dossier", how="left")
    named = {"dossier": "dossier", "official": "official", "step": "step"}
    return [
        found("end_before_receipt", known.filter(ended < received), dossier="dossier", at=ended, other_at=received),
        found("due_before_receipt", known.filter(due < received), dossier="dossier", at=due, other_at=received),
        found("end_before_last_event", known.filter(ended < last), **named, at=ended, other_at=last),
        found("reset", known.filter(ended == due, last > due), **named, at=ended, other_at=last),
    ]


def _zero_length(taken: pl.LazyFrame) -> pl.LazyFrame:
    """Steps of officials that began and ended in one minute, a dossier's first step apart: it may be the receipt."""
    is_first = pl.int_range(pl.len()).over("dossier") == 0
    of_officials = taken.filter(~is_first & (pl.col("holder_kind") == "official") & (pl.col("start") == pl.col("end")))
    return found("zero_length", of_officials, dossier="dossier", official="official", at="end", step="step")


def _same_minute_chain(taken: pl.LazyFrame, least: int) -> pl.LazyFrame:
    """Several steps of one dossier that officials ended in one minute; one official is named, several are not."""
    only = pl.when(pl.col("official").n_unique() == 1).then(pl.col("official").first())
    chains = (
        taken.filter(pl.col("holder_kind") == "official")
        .group_by("dossier", "end")
        .agg(only.alias("official"), pl.len().alias("count"))
        .filter(pl.col("count") >= least)
    )
    return found("same_minute_chain", chains, dossier="dossier", official="official", at="end", count="count")


def _due_moved(changes: pl.LazyFrame) -> pl.LazyFrame:
    """Appointments put off after they had passed."""
    moved = changes.filter(
        pl.col("changed_at") > pl.col("previous_due_at"), pl.col("due_at") > pl.col("previous_due_at")
    )
    return found(
        "due_moved_after_passing",
        moved,
        dossier="dossier",
        official="official",
        at="changed_at",
        other_at="previous_due_at",
    )


def _back_dated(taken: pl.LazyFrame, more_than: int) -> pl.LazyFrame:
    """Events that the system wrote long after the time they state; `count` in minutes."""
    late = taken.with_columns(count=pl.col("recorded_at").cast(pl.Int64) - pl.col("end")).filter(
        pl.col("count") > more_than
    )
    return found(
        "back_dated", late, dossier="dossier", official="official", at="end", step="step", count="count",
        other_at="recorded_at",
    )  # fmt: skip
