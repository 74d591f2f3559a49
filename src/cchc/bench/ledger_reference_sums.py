"""The reference's counts: officials, units, dossiers, steps, hand-overs; see `ledger_reference`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

import polars as pl

_PERSON: Final = ("official", "unit", "month")
_HOLDER: Final = ("unit", "holder_kind", "holder")
GRAINS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "of_officials": _PERSON,
        "rules": _PERSON,
        "rules_in_all": _PERSON[:2],
        "of_units": ("unit", "month", "holder_kind"),
        "dossier_counts": ("unit", "field", "procedure", "month"),
        "hand_overs": ("procedure", *(f"{side}_{name}" for side in ("from", "to") for name in _HOLDER)),
        "rework": ("procedure", "step"),
        "returns": ("procedure", "from_step", "to_step"),
        "of_steps": ("procedure", "step", "month"),
        "definitions": ("definition", "class", "because"),
    }
)
_OFFICIALS: Final = (
    *_PERSON, "steps", "late_steps", "late_minutes", "late_open_minutes", "late_overrun", "late_holder", "slow_minutes",
    "low", "high",
)  # fmt: skip
_KINDS: Final = ("official", "queue", "system", "applicant", "agency", "payment")
_LEAST: Final = 30  # steps in a month for a rank
_Z2: Final = 1.959963984540054**2


def count(spells: pl.DataFrame, dossiers: pl.DataFrame, zone: str) -> dict[str, pl.DataFrame]:
    """`GRAINS` of one part; `spells` and `dossiers` as `ledger_reference` makes them."""
    counts = _counts(spells).collect().lazy()
    named = counts.filter(pl.col("official").is_not_null())
    parts = {
        "of_officials": named.drop("dossier").group_by(_PERSON).agg(_sums()),
        "rules": _rules(named, _PERSON),
        "rules_in_all": _rules(named, _PERSON[:2]),
        "of_units": counts.group_by(GRAINS["of_units"]).agg(_sums()),
        "dossier_counts": _dossier_counts(dossiers.lazy(), zone),
        "of_steps": counts.group_by(GRAINS["of_steps"]).agg(_sums()),
    } | _moves(spells)
    return dict(zip(parts, pl.collect_all(list(parts.values())), strict=True))


def _sums() -> pl.Expr:
    return pl.col(pl.Int64).exclude("dossier").sum()


def _counts(spells: pl.DataFrame) -> pl.LazyFrame:
    """What each spell adds to the counts."""
    event, kind = pl.col("is_event"), pl.col("holder_kind")
    waits, outside = ~event | (kind == "queue"), event & (kind == "applicant")
    worked, late = pl.col("working_minutes"), pl.col("late_minutes")
    return spells.lazy().select(
        "procedure", "step", "unit", "holder_kind", "month", dossier="of",
        official=pl.when(kind == "official").then("holder"),
        steps=event.cast(pl.Int64), late_steps=(event & (late > 0)).cast(pl.Int64),
        working_minutes=worked, waiting_minutes=pl.when(waits).then(worked).otherwise(0),
        outside_minutes=pl.when(outside).then(worked).otherwise(0), overrun_minutes="overrun_minutes",
        late_minutes=late, late_open_minutes=pl.when("is_open").then(late).otherwise(0),
        late_overrun="late_overrun", late_holder="late_holder",
        late_first_overrun="late_overrun", late_first_holder="late_holder",
        slow_minutes=pl.when(pl.col("owes") == 0).then("overrun_minutes").otherwise(0),
    )  # fmt: skip


def _rules(named: pl.LazyFrame, keys: tuple[str, ...]) -> pl.LazyFrame:
    """In how many dossiers each rule charges somebody; both appointments are the same."""
    charges = pl.col("late_overrun", "late_holder")
    charged = named.filter(pl.any_horizontal(charges > 0)).group_by("dossier", *keys).agg(charges.sum())
    by_limit, by_holding = pl.col("late_overrun") > 0, pl.col("late_holder") > 0
    return charged.group_by(keys).agg(
        dossiers_late_overrun=by_limit.cast(pl.Int64).sum(),
        dossiers_late_holder=by_holding.cast(pl.Int64).sum(),
        dossiers_late_first_overrun=by_limit.cast(pl.Int64).sum(),
        dossiers_late_first_holder=by_holding.cast(pl.Int64).sum(),
        dossiers_every_rule=(by_limit & by_holding).cast(pl.Int64).sum(),
    )


def _dossier_counts(dossiers: pl.LazyFrame, zone: str) -> pl.LazyFrame:
    month = pl.col("finished_at").dt.convert_time_zone(zone).dt.date().dt.month_start()
    late, is_open = pl.col("late"), pl.col("open")
    counted = {
        "open_dossiers": is_open, "without_due": pl.lit(value=False), "late_dossiers": late,
        "late_open_dossiers": late & is_open, "late_first_dossiers": pl.col("late_first_minutes") > 0,
    }  # fmt: skip
    return (
        dossiers.with_columns(**{name: flag.cast(pl.Int64) for name, flag in counted.items()})
        .group_by("unit", "field", "procedure", month.alias("month"))
        .agg(
            pl.len().cast(pl.Int64).alias("dossiers"),
            pl.col(*counted, "late_minutes", "late_first_minutes").sum(),
        )
    )


def _moves(spells: pl.DataFrame) -> dict[str, pl.LazyFrame]:
    """Hand-overs, repeated steps and returns, from the events in turn."""
    waited = pl.when("is_event").then(0).otherwise("working_minutes").cum_sum()
    events = spells.lazy().with_columns(waited=waited).filter("is_event").with_columns(
        is_first=(pl.col("of") != pl.col("of").shift(1)).fill_null(True),
        waiting_minutes=pl.col("waited") - pl.col("waited").shift(1, fill_value=0),
        is_repeat=~(pl.col("of") * 100 + pl.col("step").cast(pl.Categorical).to_physical()).is_first_distinct(),
        from_step=pl.col("step").shift(1),
        **{f"from_{name}": pl.col(name).shift(1) for name in _HOLDER},
    ).collect().lazy()  # fmt: skip
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"from_{name}")) for name in _HOLDER)
    to_holder = events.filter(~pl.col("is_first"), differs).rename({name: f"to_{name}" for name in _HOLDER})
    repeats = events.filter("is_repeat")
    repeated = repeats.group_by("procedure", "step").agg(
        repeated_steps=pl.len().cast(pl.Int64), dossiers_with_rework=pl.col("of").n_unique().cast(pl.Int64),
        repeated_minutes=pl.col("working_minutes").sum(),
    )  # fmt: skip
    once = events.group_by("procedure", "step").agg(dossiers=(~pl.col("is_repeat")).cast(pl.Int64).sum())
    return {
        "hand_overs": to_holder.group_by(GRAINS["hand_overs"]).agg(
            pl.len().cast(pl.Int64).alias("hand_overs"), pl.col("waiting_minutes").sum()
        ),
        "rework": once.join(repeated, on=["procedure", "step"], how="left").fill_null(0),
        "returns": repeats.rename({"step": "to_step"}).group_by(GRAINS["returns"]).agg(
            returns=pl.len().cast(pl.Int64)
        ),
    }  # fmt: skip


def finish(sums: Callable[[str], pl.DataFrame]) -> Iterator[tuple[str, pl.DataFrame]]:
    """The tables by name, of the counts of all parts."""
    people = _with_intervals(sums("of_officials"))
    yield "officials", people.select(_OFFICIALS)
    rank = pl.when(pl.col("steps") >= _LEAST).then("low").rank("min", descending=True).over("month").cast(pl.Int64)
    yield "officials_fairness", _fair(people, sums("rules"), _PERSON).with_columns(rank=rank)
    in_all = people.group_by(_PERSON[:2]).agg(_sums())
    fair = _fair(_with_intervals(in_all), sums("rules_in_all"), _PERSON[:2])
    yield (
        "people",
        fair.with_columns(
            is_compared=pl.col("steps") >= _LEAST,
            late_evidenced_minutes="late_minutes",  # the log names no results
            late_evidenced_overrun="late_overrun",
        ),
    )
    yield "units_fairness", _units(sums("of_units"))
    for name in ("dossier_counts", "hand_overs", "returns", "definitions"):
        yield name, sums(name)
    steps = sums("of_steps")
    of_all = steps.group_by("procedure", "step").agg(_sums())
    yield "steps", of_all.join(sums("rework"), on=["procedure", "step"], how="left").fill_null(0)
    order = pl.struct("late_minutes", "overrun_minutes").rank("min", descending=True).over("month")
    yield "bottlenecks", steps.with_columns(rank=order.cast(pl.Int64))


def _fair(people: pl.DataFrame, rules: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    late = pl.col("late_minutes")
    share = pl.when(late > 0).then((late - pl.col("late_overrun")) / late)
    joined = people.join(rules, on=keys, how="left").with_columns(pl.col("^dossiers_.*$").fill_null(0))
    return joined.with_columns(second_rule_share=share, late_under_every_rule=pl.col("dossiers_every_rule") > 0)


def _units(counts: pl.DataFrame) -> pl.DataFrame:
    late = pl.col("late_minutes")
    table = counts.group_by("unit", "month").agg(
        late.filter(pl.col("holder_kind") == kind).sum().alias(f"late_{kind}") for kind in _KINDS
    )
    unnamed = pl.col("late_queue") + pl.col("late_system")
    whole = unnamed + pl.col("late_official")
    return table.with_columns(unnamed_share=pl.when(whole > 0).then(unnamed / whole))


def _with_intervals(counts: pl.DataFrame) -> pl.DataFrame:
    """With the Wilson interval, as floats."""
    of, share = pl.col("steps"), pl.col("late_steps") / pl.col("steps")
    spread = (_Z2 * (share * (1 - share) / of + _Z2 / (4 * of * of))).sqrt()
    low, high = ((share + _Z2 / (2 * of) + sign * spread) / (1 + _Z2 / of) for sign in (-1, 1))
    return counts.with_columns(low=low.clip(0, 1).round(4), high=high.clip(0, 1).round(4))
