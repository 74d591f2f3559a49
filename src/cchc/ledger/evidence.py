"""Lateness by the system's dates beside lateness by the evidenced ones: proposals, until somebody has verified them.

A result that was there before the system shows the end is evidence that the work was done and only the click came late
(quá hạn do quên thao tác). Whatever the system says stays as it is; here stands what it would be if the dossier had
ended with its result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from cchc.ledger.clock import WorkingCalendar
from cchc.ledger.compute import Ledger, compute
from cchc.ledger.hints import EVIDENCE_IN, is_evidence, with_evidenced_ends
from cchc.ledger.holders import Gap
from cchc.ledger.preparing import Prepared
from cchc.ledger.schema import STEP_DATES_OUT, UTC_STAMP

PERSON: Final = ("official", "unit")
# What officials are charged on dossiers with evidence: by the system's dates, and by the evidenced ones.
_CHARGED: Final = ("late_minutes", "late_overrun")
CHARGES: Final = (*(f"system_{name}" for name in _CHARGED), *(f"evidenced_{name}" for name in _CHARGED))


@dataclass(frozen=True, slots=True)
class Evidenced:
    """`dossiers` as `schema.DOSSIERS_OUT` with their evidenced figures; `people`: CHARGES per PERSON, which add up."""

    dossiers: pl.DataFrame
    people: pl.DataFrame


def with_evidence(prepared: Prepared, ledger: Ledger, calendar: WorkingCalendar, gap: Gap) -> Evidenced:
    """One partition: the late dossiers whose result was there earlier are charged once more, as if they ended then."""
    heads, results = prepared.dossiers, prepared.results
    known = heads.with_columns(result_at=results, late=ledger.dossiers["late"]).with_row_index("position")
    late = known.filter(pl.col("late").fill_null(value=False) & is_evidence())
    if late.is_empty():
        return Evidenced(ledger.dossiers, _charges(ledger.spells.head(0), ledger.spells.head(0)))
    position = late["position"]
    evidence = late.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("dossier"), "result_at").cast(EVIDENCE_IN)
    ended = with_evidenced_ends(heads[position], evidence)
    again = compute(ended, _steps_of(prepared.steps, position, ledger.dossiers["unit"]), calendar, gap)
    before = ledger.spells.filter(pl.col("position").is_in(position.implode()))
    return Evidenced(
        ledger.dossiers.with_columns(
            evidenced_at=ledger.dossiers["evidenced_at"].scatter(position, _stamps(late["result_at"])),
            late_evidenced_minutes=ledger.dossiers["late_minutes"].scatter(position, again.dossiers["late_minutes"]),
        ),
        _charges(before, again.spells),
    )


def beside_the_system(people: pl.DataFrame, charges: pl.DataFrame) -> pl.DataFrame:
    """Each official and unit with `late_evidenced_minutes` and `late_evidenced_overrun` beside what the system shows.

    `charges` are CHARGES per PERSON, of all partitions. Where no result was there earlier both figures are the same.
    """
    joined = people.join(charges, on=PERSON, how="left", nulls_equal=True, maintain_order="left")
    moved = {name: (pl.col(f"evidenced_{name}") - pl.col(f"system_{name}")).fill_null(0) for name in _CHARGED}
    return joined.with_columns(
        late_evidenced_minutes=pl.col("late_minutes") + moved["late_minutes"],
        late_evidenced_overrun=pl.col("late_overrun") + moved["late_overrun"],
    ).drop(CHARGES)


def step_dates(partitions: Iterator[tuple[pl.DataFrame, pl.DataFrame]]) -> pl.DataFrame:
    """`schema.STEP_DATES_OUT` of late dossiers; `partitions` of these with their steps, as `asking.ask_late` has them.

    A result is the second date of the step that was running when it came to be: of steps before it, it says nothing,
    and those after it only show that the click came late.
    """
    tables = (_two_dates(dossiers, steps) for dossiers, steps in partitions)
    dated = pl.concat([STEP_DATES_OUT.to_frame(), *tables])
    return dated.sort("dossier", "from_at", "to_at", "step", "official", "unit", nulls_last=True)


def _two_dates(dossiers: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    came_to_be = (pl.col("result_at") > pl.col("start")) & (pl.col("result_at") < pl.col("end"))
    told = steps.with_columns(evidenced=pl.when(came_to_be).then("result_at")).filter(
        pl.any_horizontal(pl.col("evidenced", "recorded_at").is_not_null())
    )
    return told.select(
        dossiers["dossier"].gather(told["dossier"]),
        "step",
        "official",
        "unit",
        from_at=_stamp("start"),
        to_at=_stamp("end"),
        recorded_at=_stamp("recorded_at"),
        evidenced_at=_stamp("evidenced"),
    )


def _steps_of(steps: pl.DataFrame, position: pl.Series, units: pl.Series) -> pl.DataFrame:
    """The steps of these dossiers under new positions; one without a unit has that of its dossier, as the system sees
    it, so that both figures of an official stand in the same unit.
    """
    places = pl.DataFrame({"dossier": position, "place": pl.int_range(len(position), eager=True, dtype=pl.UInt32)})
    own = steps.join(places, on="dossier", maintain_order="left")
    units_of_own = units.gather(own["dossier"])
    return own.with_columns(unit=pl.coalesce("unit", units_of_own), dossier="place").select(steps.columns)


def _charges(system: pl.DataFrame, evidenced: pl.DataFrame) -> pl.DataFrame:
    """CHARGES per PERSON of the spells of both figures."""
    sides = (
        spells.lazy()
        .filter(pl.col("holder_kind") == "official")
        .select(
            pl.col("holder").alias("official"),
            "unit",
            *(pl.col(name).alias(f"{side}_{name}") for name in _CHARGED),
            *(pl.lit(0, pl.Int64).alias(f"{other}_{name}") for name in _CHARGED),
        )
        .select(*PERSON, *CHARGES)
        for side, other, spells in (("system", "evidenced", system), ("evidenced", "system", evidenced))
    )
    return pl.concat(list(sides)).group_by(PERSON).agg(pl.col(CHARGES).sum()).collect()


def _stamps(minutes: pl.Series) -> pl.Series:
    return (minutes.cast(pl.Int64) * 60_000_000).cast(UTC_STAMP)


def _stamp(minutes: str) -> pl.Expr:
    return (pl.col(minutes).cast(pl.Int64) * 60_000_000).cast(UTC_STAMP)
