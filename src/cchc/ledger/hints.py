"""Real or forgotten lateness: reasons to think that the work was done in time and only the click came late.

A hint proposes; a verifier decides on evidence, never the late official. Until then both figures stand side by side:
lateness by the system's clock, and by the evidenced date (`with_evidenced_ends`).
"""

from __future__ import annotations

from typing import Final

import polars as pl

from cchc.ledger.clock import Clock, WorkingCalendar
from cchc.ledger.findings import found, together
from cchc.ledger.measuring import as_ints
from cchc.ledger.signals import last_events

# When a dossier's result was really ready, by a paper or file: UTC minutes; `dossier` is its position.
EVIDENCE_IN: Final = pl.Schema({"dossier": pl.UInt32(), "result_at": pl.Int32()})


def hints(
    dossiers: pl.DataFrame,
    steps: pl.DataFrame,
    calendar: WorkingCalendar,
    evidence: pl.DataFrame | None = None,
    batches: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """`findings.FOUND` of one partition: hints about the dossiers that are late by due date or by their last event.

    `dossiers` and `steps` as in `schema.DOSSIERS_IN` and `schema.STEPS_IN`; `evidence` as in `EVIDENCE_IN`; `batches`
    what `signals.batches` found, of any officials and days.
    """
    judged = _with_last_events(dossiers, steps, evidence)
    late = judged.filter(pl.col("judged_at") > pl.col("due_at"))
    # Only an end that is a dossier's last event was clicked; one that a column states may be a date without a time.
    clicked = late.filter(pl.col("finished_at") == pl.col("last_at"))
    named = {"dossier": "position", "official": "official", "step": "step"}
    worked_after = (pl.col("last_at") > pl.col("due_at")) & (pl.col("last_at") > pl.col("finished_at"))
    parts = [
        found(
            "result_before_due",
            late.filter(pl.col("result_at") <= pl.col("due_at"), is_evidence()),
            **named,
            at="judged_at",
            other_at="result_at",
        ),
        found(
            "result_before_end",
            late.filter(pl.col("result_at") > pl.col("due_at"), is_evidence()),
            **named,
            at="judged_at",
            other_at="result_at",
        ),
        found("closed_outside_hours", _outside_hours(clicked, calendar), **named, at="finished_at"),
        found("end_before_last_event", judged.filter(worked_after), **named, at="last_at", other_at="finished_at"),
    ]
    if batches is not None:
        in_batch = clicked.join(
            batches.lazy().select("dossier", "official", "at", "count"),
            left_on=["dossier", "official", "last_at"], right_on=["dossier", "official", "at"],
        )  # fmt: skip
        parts.append(found("closed_with_many", in_batch, **named, at="finished_at", count="count"))
    return together(parts, dossiers["dossier"])


def with_evidenced_ends(dossiers: pl.DataFrame, evidence: pl.DataFrame) -> pl.DataFrame:
    """Dossiers as they would be judged by the evidenced date of their result, where there is one.

    `compute` on these gives real lateness beside that of the system's clock. A result dated after the system's end, or
    before the receipt, changes nothing: evidence may only show that the work was done earlier.
    """
    result, counts = pl.col("result_at"), is_evidence()
    return (
        dossiers.lazy()
        .with_row_index("position")
        .join(_ready(evidence), on="position", how="left", maintain_order="left")
        .with_columns(pl.when(counts).then(result).otherwise(name).alias(name) for name in ("finished_at", "judged_at"))
        .select(dossiers.columns)
        .collect()
    )


def is_evidence() -> pl.Expr:
    """Whether `result_at` shows that the work was done before the system says so: from the receipt, before the end."""
    result = pl.col("result_at")
    return ((result >= pl.col("received_at")) & (result < pl.col("judged_at"))).fill_null(value=False)


def _with_last_events(dossiers: pl.DataFrame, steps: pl.DataFrame, evidence: pl.DataFrame | None) -> pl.LazyFrame:
    """Dossiers with `last_at, official, step` of their last event and `result_at`."""
    known = dossiers.lazy().with_row_index("position")
    ready = _ready(EVIDENCE_IN.to_frame() if evidence is None else evidence)
    last = last_events(steps.lazy()).rename({"dossier": "position"})
    return known.join(last, on="position", how="left").join(ready, on="position", how="left")


def _ready(evidence: pl.DataFrame) -> pl.LazyFrame:
    """`position, result_at`: when the last result of a dossier was there."""
    return evidence.lazy().group_by(position="dossier").agg(pl.col("result_at").max())


def _outside_hours(closed: pl.LazyFrame, calendar: WorkingCalendar) -> pl.LazyFrame:
    """The dossiers whose last minute is no working minute."""
    table = closed.collect()
    minutes, clock = as_ints(table["finished_at"]), Clock(calendar)
    return table.filter(clock.worked(minutes + 1) == clock.worked(minutes)).lazy()
