"""The process as the log shows it: hand-overs, waiting against working, rework, bottlenecks. Tables, no drawing.

Each function counts one partition of dossiers in whole numbers that add up (`counting.add_up` with the keys named);
`with_ranks` finishes the bottlenecks. `spells` and `dossiers` are those of a `compute.Ledger`, spells in its order.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from cchc.ledger.counting import count_spells

_HOLDER: Final = ("unit", "holder_kind", "holder")
HAND_OVER_KEYS: Final = ("procedure", *(f"{side}_{name}" for side in ("from", "to") for name in _HOLDER))
STEP_KEYS: Final = ("procedure", "step")
RETURN_KEYS: Final = ("procedure", "from_step", "to_step")
BOTTLENECK_KEYS: Final = ("procedure", "step", "month")


def hand_overs(spells: pl.LazyFrame, dossiers: pl.LazyFrame) -> pl.DataFrame:
    """Who hands dossiers to whom: `HAND_OVER_KEYS, hand_overs, waiting_minutes`.

    A hand-over leads from the holder of one event to that of the next of the same dossier when unit, kind or holder
    differ. `waiting_minutes` are the working minutes between the two events that no step owned.
    """
    before = {f"from_{name}": pl.col(name).shift(1).over("dossier") for name in _HOLDER}
    changed = pl.any_horizontal(pl.col(f"from_{name}").ne_missing(pl.col(f"to_{name}")) for name in _HOLDER)
    return (
        _events(spells, dossiers)
        .with_columns(**before, is_first=pl.int_range(pl.len()).over("dossier") == 0)
        .rename({name: f"to_{name}" for name in _HOLDER})
        .filter(~pl.col("is_first"), changed)
        .pipe(_counted, HAND_OVER_KEYS, pl.len().cast(pl.Int64).alias("hand_overs"), pl.col("waiting_minutes").sum())
    )


def step_times(spells: pl.LazyFrame, dossiers: pl.LazyFrame, time_zone: str) -> pl.DataFrame:
    """Waiting against working: `counting.SPELL_COUNTS` per `STEP_KEYS`; a gap counts under the step it leads to."""
    return count_spells(spells, dossiers, STEP_KEYS, time_zone)


def rework(spells: pl.LazyFrame, dossiers: pl.LazyFrame) -> pl.DataFrame:
    """Steps that dossiers come to again: per `STEP_KEYS` how many `steps` in how many `dossiers`.

    `repeated_steps` are the occurrences after the first in a dossier, `repeated_minutes` their working minutes, and
    `dossiers_with_rework` the dossiers that have any.
    """
    repeat = pl.col("occurrence") > 0
    return (
        _events(spells, dossiers)
        .with_columns(occurrence=pl.int_range(pl.len()).over("dossier", "step"))
        .pipe(
            _counted,
            STEP_KEYS,
            pl.len().cast(pl.Int64).alias("steps"),
            (pl.col("occurrence") == 0).sum().cast(pl.Int64).alias("dossiers"),
            repeat.sum().cast(pl.Int64).alias("repeated_steps"),
            (pl.col("occurrence") == 1).sum().cast(pl.Int64).alias("dossiers_with_rework"),
            pl.col("working_minutes").filter(repeat).sum().alias("repeated_minutes"),
        )
    )


def returns(spells: pl.LazyFrame, dossiers: pl.LazyFrame) -> pl.DataFrame:
    """The loops themselves, `RETURN_KEYS, returns`: how often dossiers went from a step to one they had been through.

    The same step again counts too.
    """
    return (
        _events(spells, dossiers)
        .with_columns(
            occurrence=pl.int_range(pl.len()).over("dossier", "step"), from_step=pl.col("step").shift(1).over("dossier")
        )
        .filter(pl.col("occurrence") > 0)
        .rename({"step": "to_step"})
        .pipe(_counted, RETURN_KEYS, pl.len().cast(pl.Int64).alias("returns"))
    )


def bottlenecks(spells: pl.LazyFrame, dossiers: pl.LazyFrame, time_zone: str) -> pl.DataFrame:
    """Where time and lateness gather: `counting.SPELL_COUNTS` per `BOTTLENECK_KEYS`."""
    return count_spells(spells, dossiers, BOTTLENECK_KEYS, time_zone)


def with_ranks(counted: pl.DataFrame) -> pl.DataFrame:
    """Bottlenecks with their `rank` within the month: most late minutes first, then most overrun; equals share one."""
    order = pl.struct("late_minutes", "overrun_minutes")
    return counted.with_columns(rank=order.rank("min", descending=True).over("month").cast(pl.Int64))


def _with_procedure(spells: pl.LazyFrame, dossiers: pl.LazyFrame) -> pl.LazyFrame:
    return spells.join(dossiers.select("dossier", "procedure"), on="dossier", how="left", maintain_order="left")


def _events(spells: pl.LazyFrame, dossiers: pl.LazyFrame) -> pl.LazyFrame:
    """The events with `waiting_minutes`: the working minutes of the gaps between them and the event before."""
    waited = pl.when(~pl.col("is_event")).then("working_minutes").otherwise(0).cum_sum().over("dossier")
    return (
        _with_procedure(spells, dossiers)
        .with_columns(waited=waited)
        .filter("is_event")
        .with_columns(waiting_minutes=pl.col("waited") - pl.col("waited").shift(1, fill_value=0).over("dossier"))
    )


def _counted(rows: pl.LazyFrame, keys: tuple[str, ...], *counts: pl.Expr) -> pl.DataFrame:
    return rows.group_by(keys).agg(*counts).sort(keys, nulls_last=True).collect()
