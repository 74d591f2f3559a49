"""One partition of dossiers, from steps to charged spells. A dossier's steps are all in one partition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from cchc.ledger.charging import charge, sums
from cchc.ledger.clock import NEVER, Clock, WorkingCalendar
from cchc.ledger.holders import Gap, holders_of, units_of_dossiers
from cchc.ledger.measuring import Minutes, as_ints, measure
from cchc.ledger.ownership import Ints, Stretches, clipped, stretches
from cchc.ledger.schema import DEFINITION, DOSSIERS_OUT, SPELLS_OUT, UTC_STAMP

SPELLS_MORE: Final = ("position", "at")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The two tables everything else is counted from: `schema.DOSSIERS_OUT` and `schema.SPELLS_OUT`.

    `spells` also carries SPELLS_MORE: `position` (the row of its dossier in `dossiers`) and `at` (its end in UTC
    minutes).
    """

    dossiers: pl.DataFrame
    spells: pl.DataFrame


def compute(dossiers: pl.DataFrame, steps: pl.DataFrame, calendar: WorkingCalendar, gap: Gap = "official") -> Ledger:
    """Spells and charges of all dossiers of the partition.

    `dossiers` and `steps` as in `schema.DOSSIERS_IN` and `schema.STEPS_IN`. `gap` says who holds a dossier while no
    step runs: the `official` of the step it leads to, or the `unit`.
    """
    spans = clipped(
        *(as_ints(steps[name]) for name in ("dossier", "start", "end")),
        *(as_ints(dossiers[name]) for name in ("received_at", "judged_at")),
    )
    cut = stretches(spans)
    holders = holders_of(steps, cut, gap)
    minutes = measure(dossiers, steps, spans, cut, holders["holder_kind"], Clock(calendar))
    charges = charge(cut.dossier, minutes.over_limit, minutes.late, dossiers.height)
    has_one_due = minutes.late_first is minutes.late
    first = charges if has_one_due else charge(cut.dossier, minutes.over_limit, minutes.late_first, dossiers.height)
    counted = {
        "working_minutes": minutes.working,
        "limit_minutes": minutes.limit,
        "overrun_minutes": minutes.overrun,
        "late_minutes": charges.late,
        "late_overrun": charges.overrun,
        "late_holder": charges.holder,
        "late_first_overrun": first.overrun,
        "late_first_holder": first.holder,
    }
    units = units_of_dossiers(holders["unit"], pl.Series(minutes.working), pl.Series(cut.dossier), dossiers.height)
    return Ledger(
        _dossier_table(dossiers, units, cut, minutes),
        _spell_table(dossiers["dossier"], units, holders, cut, counted),
    )


def _dossier_table(dossiers: pl.DataFrame, units: pl.Series, cut: Stretches, minutes: Minutes) -> pl.DataFrame:
    late = pl.Series(sums(cut.dossier, minutes.late.all, dossiers.height))
    return dossiers.select(
        "dossier",
        "procedure",
        units.alias("unit"),
        *(_stamp(pl.col(name)) for name in ("received_at", "first_due_at", "due_at", "finished_at")),
        open=pl.col("finished_at").is_null(),
        late=pl.col("judged_at") > pl.col("due_at"),
        late_minutes=late,
        late_first_minutes=pl.Series(sums(cut.dossier, minutes.late_first.all, dossiers.height)),
        definition=pl.lit(DEFINITION),
        field="field",
        evidenced_at=pl.lit(None, UTC_STAMP),
        late_evidenced_minutes=late,
    ).select(DOSSIERS_OUT.names())


def _spell_table(
    names: pl.Series, units: pl.Series, holders: pl.DataFrame, cut: Stretches, counted: dict[str, Ints]
) -> pl.DataFrame:
    by_unit = pl.col("holder_kind").is_in(["queue", "system"])
    by_name = pl.col("holder_kind") == "official"
    return (
        holders.with_columns(
            unit=pl.coalesce("unit", units.gather(cut.dossier)),
            dossier=names.gather(cut.dossier),
            from_at=_stamps(cut.start),
            to_at=_stamps(cut.end),
            **{name: pl.Series(minutes) for name, minutes in counted.items()},
            kind=pl.lit("unverified"),
            position=pl.Series(cut.dossier),
            is_event=pl.Series(~cut.is_gap),
            at=pl.Series(cut.end, dtype=pl.Int32),
        )
        .with_columns(
            limit_minutes=pl.when(pl.col("limit_minutes") != NEVER).then("limit_minutes"),
            holder=pl.when(by_unit).then("unit").when(by_name).then("official"),
            rule=pl.when(pl.col("late_overrun") > 0).then(pl.lit("overrun")).otherwise(pl.lit("holder_after_due")),
        )
        .select(*SPELLS_OUT.names(), *SPELLS_MORE)
    )


def _stamps(minutes: Ints) -> pl.Series:
    return pl.Series(minutes * 60_000_000).cast(UTC_STAMP)


def _stamp(minutes: pl.Expr) -> pl.Expr:
    return (minutes.cast(pl.Int64) * 60_000_000).cast(UTC_STAMP)
