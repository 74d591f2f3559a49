"""Integrity signals: patterns in a log that ask a question, with the rows behind it. None is a verdict.

Most read one dossier (`signals_of_dossiers`, a partition of dossiers). Batch closing looks across dossiers: `batches`
reads the `closings` of all partitions, or all of them in some minutes.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from cchc.ledger.findings import found, together
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

# A step ended by an official: what questions across dossiers are asked of.
CLOSINGS: Final = pl.Schema({"official": pl.String(), "at": pl.Int32(), "dossier": pl.String()})


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
    taken = _ended(steps, dossiers)
    changes = DUE_CHANGES_IN.to_frame() if due_changes is None else due_changes
    chain = questions.threshold("same_minute_chain", "steps", as_of)
    parts = [
        *_impossible(dossiers, taken),
        _zero_length(taken),
        _same_minute_chain(taken, chain),
        _due_moved(changes),
        _back_dated(taken, questions.threshold("back_dated", "minutes", as_of)),
    ]
    return together(parts, dossiers["dossier"])


def closings(dossiers: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    """`CLOSINGS` of one partition of dossiers: every step that an official ended."""
    closed = _ended(steps, dossiers).filter(pl.col("holder_kind") == "official")
    return closed.select("official", pl.col("end").alias("at"), dossiers["dossier"].gather(closed["dossier"]))


def batches(closed: pl.DataFrame, questions: Questions, as_of: date) -> pl.DataFrame:
    """`findings.FOUND` of batch closing, a row per dossier; `closed` are all `CLOSINGS` of some minutes."""
    least = questions.threshold("batch_closing", "dossiers", as_of)
    by_minute = ["official", "at"]
    ended = closed.lazy()
    often = ended.group_by(by_minute).agg(pl.len()).filter(pl.col("len") >= least)
    rows = ended.join(often, on=by_minute, how="semi").unique([*by_minute, "dossier"])
    counted = rows.group_by(by_minute).agg(count=pl.len()).filter(pl.col("count") >= least)
    rows = rows.join(counted, on=by_minute)
    return together([found("batch_closing", rows, dossier="dossier", official="official", at="at", count="count")])


def last_events(taken: pl.LazyFrame) -> pl.LazyFrame:
    """`dossier, last_at, official, step` of each dossier's last event; of several at one moment the last in order."""
    return (
        taken.sort("end", maintain_order=True)
        .group_by("dossier")
        .agg(pl.col("end").last().alias("last_at"), pl.col("official", "step").last())
    )


def _ended(steps: pl.DataFrame, dossiers: pl.DataFrame) -> pl.DataFrame:
    """Without the steps that still run in an open dossier: the moment of judgement ended them, nobody else."""
    open_until = dossiers["judged_at"].set(dossiers["finished_at"].is_not_null(), None)
    return steps.filter(pl.col("end").ne_missing(open_until.gather(steps["dossier"])))


def _impossible(dossiers: pl.DataFrame, taken: pl.DataFrame) -> list[pl.LazyFrame]:
    """Ends and due dates that cannot be, or that were set back."""
    received, due, ended, last = (pl.col(name) for name in ("received_at", "due_at", "finished_at", "last_at"))
    known = dossiers.lazy().with_row_index("position")
    after_end = taken.filter(pl.col("end") > dossiers["finished_at"].gather(taken["dossier"]))
    worked_on = known.join(last_events(after_end.lazy()), left_on="position", right_on="dossier")
    head, event = {"dossier": "position"}, {"dossier": "position", "official": "official", "step": "step"}
    return [
        found("end_before_receipt", known.filter(ended < received), **head, at=ended, other_at=received),
        found("due_before_receipt", known.filter(due < received), **head, at=due, other_at=received),
        found("end_before_last_event", worked_on, **event, at=ended, other_at=last),
        found("reset", worked_on.filter(ended == due), **event, at=ended, other_at=last),
    ]


def _zero_length(taken: pl.DataFrame) -> pl.LazyFrame:
    """Steps of officials that began and ended in one minute, a dossier's first step apart: it may be the receipt."""
    is_later = pl.col("dossier") == pl.col("dossier").shift(1)
    of_officials = taken.filter(is_later, pl.col("holder_kind") == "official", pl.col("start") == pl.col("end"))
    return found("zero_length", of_officials.lazy(), dossier="dossier", official="official", at="end", step="step")


def _same_minute_chain(taken: pl.DataFrame, least: int) -> pl.LazyFrame:
    """Several steps of one dossier that officials ended in one minute; one official is named, several are not."""
    minute = ["dossier", "end"]
    of_officials = taken.lazy().filter(pl.col("holder_kind") == "official")
    counted = of_officials.group_by(minute).agg(count=pl.len()).filter(pl.col("count") >= least)
    only = pl.when(pl.col("official").n_unique() == 1).then(pl.col("official").first())
    chains = of_officials.join(counted, on=minute).group_by(*minute, "count").agg(only.alias("official"))
    return found("same_minute_chain", chains, dossier="dossier", official="official", at="end", count="count")


def _due_moved(changes: pl.DataFrame) -> pl.LazyFrame:
    """Appointments put off after they had passed."""
    moved = changes.lazy().filter(
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


def _back_dated(taken: pl.DataFrame, more_than: int) -> pl.LazyFrame:
    """Events that the system wrote long after the time they state; `count` in minutes."""
    late = (
        taken.lazy()
        .with_columns(count=pl.col("recorded_at").cast(pl.Int64) - pl.col("end"))
        .filter(pl.col("count") > more_than)
    )
    return found(
        "back_dated", late, dossier="dossier", official="official", at="end", step="step", count="count",
        other_at="recorded_at",
    )  # fmt: skip
