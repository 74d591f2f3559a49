"""The questions a log is asked: signals and hints, over partitions of dossiers and then over officials and days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from cchc.ledger.clock import CivilCalendar
from cchc.ledger.findings import FOUND
from cchc.ledger.hints import hints
from cchc.ledger.mapping import LogMapping
from cchc.ledger.preparing import Prepared
from cchc.ledger.questions import shipped
from cchc.ledger.signals import batches, closings, signals_of_dossiers

_RESULT: Final = "result_at"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the questions about single dossiers found (`findings.FOUND`), and what others need: `signals.CLOSINGS`, and
    the dossiers and steps of late ones, about which hints are asked: `late_dossiers` with their `result_at`.
    """

    found: pl.DataFrame
    closings: pl.DataFrame
    late_dossiers: pl.DataFrame
    late_steps: pl.DataFrame


def ask_dossiers(prepared: Prepared, mapping: LogMapping, as_of: date) -> Asked:
    """One partition of dossiers; `as_of` says which thresholds are in force."""
    found = signals_of_dossiers(prepared.dossiers, prepared.steps, shipped(), as_of, prepared.due_changes)
    if mapping.events == "started":
        found = _without_last_steps(found, prepared)
    return Asked(found, closings(prepared.dossiers, prepared.steps), *_late(prepared))


def ask_officials(files: list[Path], as_of: date) -> pl.DataFrame:
    """`findings.FOUND` across dossiers, from the closings of all partitions.

    Only those of minutes in which an official closed enough are held in memory, and eight bytes of every other one.
    """
    by_minute = ["official", "at"]
    minute = pl.struct(by_minute).hash(0)
    least = shipped().threshold("batch_closing", "dossiers", as_of)
    minutes = [pl.read_parquet(file, columns=by_minute).select(minute).to_series() for file in files]
    often = _frequent(pl.concat(minutes), least)
    picked = [pl.read_parquet(file).filter(minute.is_in(often.implode())) for file in files]
    return batches(pl.concat(picked), shipped(), as_of)


def _frequent(values: pl.Series, least: int) -> pl.Series:
    """The values that occur so often."""
    ordered = values.sort()
    return ordered.filter(ordered == ordered.shift(least - 1)).unique()


def ask_late(
    partitions: Iterator[tuple[pl.DataFrame, pl.DataFrame]], calendar: CivilCalendar, closed: pl.DataFrame
) -> pl.DataFrame:
    """`findings.FOUND` of hints; `partitions` of late dossiers with their steps, `closed` of batch closing."""
    found = (
        hints(dossiers.drop(_RESULT), steps, calendar, _evidence(dossiers), closed) for dossiers, steps in partitions
    )
    return pl.concat([FOUND.to_frame(), *found])


def _evidence(dossiers: pl.DataFrame) -> pl.DataFrame:
    """`hints.EVIDENCE_IN` of late dossiers."""
    known = dossiers.with_row_index("dossier_at").drop_nulls(_RESULT)
    return known.select(pl.col("dossier_at").alias("dossier"), _RESULT)


def _without_last_steps(found: pl.DataFrame, prepared: Prepared) -> pl.DataFrame:
    """Where only starts are noted, a dossier's last step has no length because nothing follows it."""
    last = prepared.dossiers.select("dossier", at=prepared.last_events, id=pl.lit("zero_length"))
    return found.join(last, on=["dossier", "at", "id"], how="anti", maintain_order="left")


def _late(prepared: Prepared) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The dossiers that end, or have an event, after their due date, under new positions."""
    dossiers = prepared.dossiers.with_columns(
        prepared.results.alias(_RESULT), last=prepared.last_events
    ).with_row_index("dossier_before")
    late = dossiers.filter(pl.max_horizontal("judged_at", "last") > pl.col("due_at")).with_row_index("position")
    positions = late.select("dossier_before", "position")
    steps = prepared.steps.join(positions, left_on="dossier", right_on="dossier_before", maintain_order="left")
    return (
        late.select(*prepared.dossiers.columns, _RESULT),
        steps.with_columns(dossier="position").select(prepared.steps.columns),
    )
