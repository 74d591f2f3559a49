"""Fairness of lists with names: who is ranked, who is late under every rule, and how much hides behind no name.

`count_rules` and `counting.sum_up` give whole numbers per partition that add up; `official_records` and
`unit_shares` finish the sums. Nobody is left out of a list: a small sample loses its rank, never its row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Final

import polars as pl

from cchc.ledger.counting import add_up, counts_of_spells, sum_up
from cchc.ledger.named import Records, known, read_named
from cchc.ledger.officials import with_intervals
from cchc.records.schema import Fields, as_count, as_local_text, as_text, reading
from cchc.records.text import LocalText
from cchc.records.yaml_text import read_yaml

PERSON: Final = ("official", "unit", "month")
UNIT: Final = ("unit", "month")
# The rules under which a person may be late: charged by the limits or by who held the dossier, each by the current and
# by the first appointment. Late under all of them is what no choice of rule can explain away.
RULES: Final = ("late_overrun", "late_holder", "late_first_overrun", "late_first_holder")
_SHARE: Final = pl.Decimal(5, 4)
_DIGITS: Final = 4
_UNITS: Final = 10**_DIGITS  # of the last digit shown


@dataclass(frozen=True, slots=True)
class Guard:
    """A value that protects people in lists."""

    id: str
    name: LocalText
    rule: LocalText
    value: int


@cache
def shipped_guards() -> Records[Guard]:
    """The guards that come with the product."""
    content = (resources.files("cchc.ledger") / "guards.yaml").read_bytes()
    with reading(read_yaml(content, "cchc/ledger/guards.yaml")) as fields:
        return read_named(fields.need("guards"), _guard)


def _guard(fields: Fields) -> Guard:
    return Guard(
        as_text(fields.need("id")),
        as_local_text(fields.need("name")),
        as_local_text(fields.need("rule")),
        as_count(fields.need("value")),
    )


def minimum_volume(as_of: date) -> int:
    """From how many in a month on a share is compared and ranked: steps, or in the monthly list dossiers."""
    return known(shipped_guards(), "minimum_volume").as_of(as_of).value.value


def count_rules(spells: pl.LazyFrame, time_zone: str, keys: Sequence[str] = PERSON) -> pl.DataFrame:
    """Per person and month, or by other keys: in how many dossiers each of `RULES` charges them (`dossiers_…`), and all
    of them (`dossiers_every_rule`). Whom no rule charges has no row. `spells` are `counting.with_dossiers`. Counts of
    partitions add up, as a dossier lies in one.
    """
    is_charged = pl.any_horizontal(pl.col(rule) > 0 for rule in RULES)
    named = spells.filter(pl.col("holder_kind") == "official", is_charged)
    by_dossier = sum_up(counts_of_spells(named, time_zone), ("dossier", *keys))
    charged = [pl.col(rule) > 0 for rule in RULES]
    return by_dossier.group_by(keys).agg(
        *(is_late.sum().cast(pl.Int64).alias(f"dossiers_{rule}") for rule, is_late in zip(RULES, charged, strict=True)),
        pl.all_horizontal(charged).sum().cast(pl.Int64).alias("dossiers_every_rule"),
    )


def official_records(counted: pl.DataFrame, rules: pl.DataFrame, least: int) -> pl.DataFrame:
    """One row per official, unit and month, everybody listed.

    `counted` are `counting.SPELL_COUNTS` per `PERSON`, `rules` is of `count_rules`, both summed over all partitions;
    `least` is the minimum volume. Added: the Wilson interval `low`, `high`; `second_rule_share`, the part of the late
    minutes that the second rule charged, null without any; `late_under_every_rule`; `rank` within the month by `low`,
    the surest lateness first and equals sharing a rank, null for those with fewer than `least` steps.
    """
    is_ranked = pl.col("steps") >= least
    late, by_limit = counted["late_minutes"], counted["late_overrun"]
    rank = pl.when(is_ranked).then("low").rank("min", descending=True).over("month").cast(pl.Int64)
    return (
        with_intervals(counted.with_columns(second_rule_share=_shares(late - by_limit, late)))
        .join(rules, on=PERSON, how="left", nulls_equal=True, maintain_order="left")
        .with_columns(pl.col(name).fill_null(0) for name in rules.columns if name not in PERSON)
        .with_columns(rank=rank, late_under_every_rule=pl.col("dossiers_every_rule") > 0)
    )


def people_records(counted: pl.DataFrame, rules: pl.DataFrame, least: int) -> pl.DataFrame:
    """As `official_records`, one row per official and unit for all months together.

    `counted` are per `PERSON`, `rules` of `count_rules` per official and unit: a dossier that charges somebody in two
    months is one dossier. Nobody has a rank: `is_compared` says who took at least `least` steps.
    """
    no_month = pl.lit(None, pl.String).alias("month")
    in_all = add_up([counted.drop("month")], PERSON[:2]).with_columns(no_month)
    records = official_records(in_all, rules.with_columns(no_month).select(*PERSON, pl.exclude(PERSON)), least)
    return records.with_columns(is_compared=pl.col("steps") >= least).drop("month", "rank")


def unit_shares(counted: pl.DataFrame) -> pl.DataFrame:
    """Per unit and month the late minutes by kind of holder, and the share that has no name.

    `counted` are `counting.SPELL_COUNTS` per unit, month and holder_kind. `unnamed_share` is what queues and system
    accounts hold of the unit's own late minutes (officials, queues, systems), null when it has none; the head of the
    unit answers for it. What applicants, agencies and payments are charged is not the unit's.
    """
    kinds = ("official", "queue", "system", "applicant", "agency", "payment")
    late = pl.col("late_minutes")
    table = (
        counted.group_by(UNIT)
        .agg(late.filter(pl.col("holder_kind") == kind).sum().alias(f"late_{kind}") for kind in kinds)
        .sort(UNIT, nulls_last=True)
    )
    unnamed = table["late_queue"] + table["late_system"]
    return table.with_columns(unnamed_share=_shares(unnamed, unnamed + table["late_official"]))


def _shares(parts: pl.Series, wholes: pl.Series) -> pl.Series:
    """Each part of its whole, rounded half up to four digits; null of nothing. In whole numbers, as minutes are."""
    whole = wholes.set(wholes == 0, None)
    rounded = (parts * (2 * _UNITS) + whole) // (2 * whole)
    return (rounded.cast(pl.Decimal(9, 0)) * Decimal(1).scaleb(-_DIGITS)).cast(_SHARE)
