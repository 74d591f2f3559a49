"""Counts of all partitions made into the tables people look at: officials, units, dossiers, steps, hand-overs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import polars as pl

from cchc.ledger import evidence, fairness, process, verdicts
from cchc.ledger.compute import Ledger
from cchc.ledger.counting import count_dossiers, counts_of_spells, sum_up, with_dossiers
from cchc.ledger.officials import with_intervals
from cchc.ledger.schema import OFFICIALS_OUT

_DOSSIERS: Final = ("unit", "field", "procedure", "month")
# What is counted in each partition, by name, and at which grain: the counts of partitions add up.
GRAINS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "minutes": ("holder_kind", "rule"),
        "officials": fairness.PERSON,
        "rules": fairness.PERSON,
        "rules_in_all": fairness.PERSON[:2],
        "units": (*fairness.UNIT, "holder_kind"),
        "dossier_counts": _DOSSIERS,
        "hand_overs": process.HAND_OVER_KEYS,
        "rework": process.STEP_KEYS,
        "returns": process.RETURN_KEYS,
        "bottlenecks": process.BOTTLENECK_KEYS,
        "evidenced": evidence.PERSON,
        "definitions": verdicts.GRAIN,
    }
)
# The tables that `finished` makes of them.
TABLES: Final = (
    "officials", "officials_fairness", "people", "units_fairness", "dossier_counts", "hand_overs", "returns", "steps",
    "bottlenecks", "definitions",
)  # fmt: skip


def count_all(ledger: Ledger, time_zone: str) -> dict[str, pl.DataFrame]:
    """Everything of `GRAINS` about one partition of dossiers, but what `evidence` and `verdicts` count."""
    # What is read several times is made once.
    known = with_dossiers(ledger.spells, ledger.dossiers).lazy()
    events = process.events_of(known).collect().lazy()
    counts = counts_of_spells(known, time_zone).drop("dossier", "role", "field").collect().lazy()
    of_officials = counts.filter(pl.col("official").is_not_null())
    return {
        "minutes": _minutes(known),
        "officials": sum_up(of_officials, GRAINS["officials"]),
        "rules": fairness.count_rules(known, time_zone),
        "rules_in_all": fairness.count_rules(known, time_zone, GRAINS["rules_in_all"]),
        "units": sum_up(counts, GRAINS["units"]),
        "dossier_counts": count_dossiers(ledger.dossiers.lazy(), GRAINS["dossier_counts"], time_zone),
        "hand_overs": process.hand_overs(events),
        "rework": process.rework(events),
        "returns": process.returns(events),
        "bottlenecks": sum_up(counts, GRAINS["bottlenecks"]),
    }


def finished(sums: Callable[[str], pl.DataFrame], as_of: date) -> Iterator[tuple[str, pl.DataFrame]]:
    """`TABLES` by name, one after another. `sums` gives what `count_all` counted, added up; `as_of` is the day whose
    guards hold.
    """
    least = fairness.minimum_volume(as_of)
    officials = sums("officials")
    yield "officials", with_intervals(officials).select(OFFICIALS_OUT.names())
    yield "officials_fairness", fairness.official_records(officials, sums("rules"), least)
    people = fairness.people_records(officials, sums("rules_in_all"), least)
    yield "people", evidence.beside_the_system(people, sums("evidenced"))
    yield "units_fairness", fairness.unit_shares(sums("units"))
    for name in ("dossier_counts", "hand_overs", "returns", "definitions"):
        yield name, sums(name)
    bottlenecks = sums("bottlenecks")
    yield "steps", process.step_records(bottlenecks, sums("rework"))
    yield "bottlenecks", process.with_ranks(bottlenecks)


def _minutes(spells: pl.LazyFrame) -> pl.DataFrame:
    """`holder_kind, rule, spells, working_minutes, late_minutes, late_overrun`."""
    counts = pl.len().cast(pl.Int64).alias("spells")
    minutes = pl.col("working_minutes", "late_minutes", "late_overrun").sum()
    return spells.group_by(GRAINS["minutes"]).agg(counts, minutes).collect()
