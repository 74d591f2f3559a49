"""One partition of a log, from events to everything that is written about it: a pure function.

All events of a dossier are in one partition; what several partitions give adds up. This is what a local run and a
distributed one have in common.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from cchc.ledger.asking import ask_dossiers
from cchc.ledger.clock import CivilCalendar
from cchc.ledger.compute import compute
from cchc.ledger.evidence import with_evidence
from cchc.ledger.mapping import LogMapping
from cchc.ledger.preparing import Preparer
from cchc.ledger.schema import SPELLS_OUT
from cchc.ledger.totals import count_all
from cchc.ledger.verdicts import verdicts


@dataclass(frozen=True, slots=True)
class Partition:
    """What one partition came to: `schema.DOSSIERS_OUT`, `SPELLS_OUT`, `events.REJECTS`; as in `asking.Asked` what it
    was asked and what further questions need; `verdicts.DISPUTED`; `sums` and `counts` add up, the sums at the grains
    of `totals.GRAINS`.
    """

    dossiers: pl.DataFrame
    spells: pl.DataFrame
    rejects: pl.DataFrame
    found: pl.DataFrame
    closings: pl.DataFrame
    late_dossiers: pl.DataFrame
    late_steps: pl.DataFrame
    disputed: pl.DataFrame
    sums: Mapping[str, pl.DataFrame]
    counts: Mapping[str, int]


def compute_partition(
    events: pl.DataFrame, mapping: LogMapping, calendar: CivilCalendar, open_until: int | None, as_of: date
) -> Partition:
    """Everything about one partition; `events` as in `events.EVENTS`, `as_of` the day whose thresholds are asked.

    Raises `ledger.open_until_missing`.
    """
    prepared = Preparer(mapping, calendar, open_until).prepare(events)
    del events  # as large as anything made of them
    ledger = compute(prepared.dossiers, prepared.steps, calendar, mapping.gap)
    evidenced = with_evidence(prepared, ledger, calendar, mapping.gap)
    placed = verdicts(prepared, ledger, mapping, calendar, open_until, as_of)
    asked = ask_dossiers(prepared, mapping, as_of)
    return Partition(
        dossiers=evidenced.dossiers,
        spells=ledger.spells.select(SPELLS_OUT.names()),
        rejects=prepared.rejects,
        found=asked.found,
        closings=asked.closings,
        late_dossiers=asked.late_dossiers,
        late_steps=asked.late_steps,
        disputed=placed.disputed,
        sums={**count_all(ledger, calendar.time_zone), "evidenced": evidenced.people, "definitions": placed.counts},
        counts={**prepared.counts, **_lateness(evidenced.dossiers)},
    )


def _lateness(dossiers: pl.DataFrame) -> dict[str, int]:
    late, evidenced = pl.col("late").fill_null(False), pl.col("evidenced_at").is_not_null()
    in_time = (pl.col("evidenced_at") <= pl.col("due_at")).fill_null(False)
    counts = dossiers.select(
        late=late.sum(),
        late_open=(late & pl.col("open")).sum(),
        late_minutes=pl.col("late_minutes").sum(),
        late_first_minutes=pl.col("late_first_minutes").sum(),
        evidenced=evidenced.sum(),
        late_evidenced=(late & ~in_time).sum(),
        late_evidenced_minutes=pl.col("late_evidenced_minutes").sum(),
    )
    return {name: int(value) for name, value in counts.row(0, named=True).items()}
