"""The process as the log shows it: hand-overs, waiting against working, rework, bottlenecks. Tables, no drawing.

Each function counts one partition of dossiers in whole numbers that add up (`counting.add_up` with the keys named puts
them in order too); `step_records` and `with_ranks` finish the sums. `events` are what `events_of` makes of the spells
of a `compute.Ledger`, in its order.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from cchc.ledger.counting import add_up

_HOLDER: Final = ("unit", "holder_kind", "holder")
HAND_OVER_KEYS: Final = ("procedure", *(f"{side}_{name}" for side in ("from", "to") for name in _HOLDER))
_APART: Final = 1 << 32  # more than there are names of steps
STEP_KEYS: Final = ("procedure", "step")
RETURN_KEYS: Final = ("procedure", "from_step", "to_step")
BOTTLENECK_KEYS: Final = ("procedure", "step", "month")


def events_of(spells: pl.LazyFrame) -> pl.LazyFrame:
    """The events with `waiting_minutes`: the working minutes of the gaps between them and the event before, for a
    dossier's first event (`is_first`) without meaning; `is_repeat` when the dossier has been through the step. Here
    `dossier` is a number, which groups faster. `spells` are `counting.with_dossiers`.
    """
    once = pl.col("dossier").cast(pl.UInt64) * _APART + pl.col("step").to_physical().cast(pl.UInt64)
    waited = pl.when(~pl.col("is_event")).then("working_minutes").otherwise(0).cum_sum()
    return (
        spells.with_columns(waited=waited, dossier="position")
        .filter("is_event")
        .with_columns(
            is_first=pl.col("dossier").ne_missing(pl.col("dossier").shift(1)),
            is_repeat=~once.is_first_distinct(),
            waiting_minutes=pl.col("waited") - pl.col("waited").shift(1, fill_value=0),
        )
    )


def hand_overs(events: pl.LazyFrame) -> pl.DataFrame:
    """Who hands dossiers to whom: `HAND_OVER_KEYS, hand_overs, waiting_minutes`.

    A hand-over leads from the holder of one event to that of the next of the same dossier when unit, kind or holder
    differ. `waiting_minutes` are the working minutes between the two events that no step owned.
    """
    before = {f"from_{name}": pl.col(name).shift(1) for name in _HOLDER}
    changed = pl.any_horizontal(pl.col(f"from_{name}").ne_missing(pl.col(f"to_{name}")) for name in _HOLDER)
    return (
        events.with_columns(**before)
        .rename({name: f"to_{name}" for name in _HOLDER})
        .filter(~pl.col("is_first"), changed)
        .pipe(_counted, HAND_OVER_KEYS, pl.len().cast(pl.Int64).alias("hand_overs"), pl.col("waiting_minutes").sum())
    )


def rework(events: pl.LazyFrame) -> pl.DataFrame:
    """Steps that dossiers come to again: per `STEP_KEYS` how many `steps` in how many `dossiers`.

    `repeated_steps` are the occurrences after the first in a dossier, `repeated_minutes` their working minutes, and
    `dossiers_with_rework` the dossiers that have any.
    """
    repeat = pl.col("is_repeat")
    return events.pipe(
        _counted,
        STEP_KEYS,
        pl.len().cast(pl.Int64).alias("steps"),
        (~repeat).sum().cast(pl.Int64).alias("dossiers"),
        repeat.sum().cast(pl.Int64).alias("repeated_steps"),
        pl.col("dossier").filter(repeat).n_unique().cast(pl.Int64).alias("dossiers_with_rework"),
        pl.col("working_minutes").filter(repeat).sum().alias("repeated_minutes"),
    )


def returns(events: pl.LazyFrame) -> pl.DataFrame:
    """The loops themselves, `RETURN_KEYS, returns`: how often dossiers went from a step to one they had been through.

    The same step again counts too.
    """
    return (
        events.with_columns(from_step=pl.col("step").shift(1))
        .filter("is_repeat")
        .rename({"step": "to_step"})
        .pipe(_counted, RETURN_KEYS, pl.len().cast(pl.Int64).alias("returns"))
    )


def step_records(counted: pl.DataFrame, repeated: pl.DataFrame) -> pl.DataFrame:
    """Waiting against working, per `STEP_KEYS`: `counting.SPELL_COUNTS` of `BOTTLENECK_KEYS`, in all months, with what
    `rework` counted. A gap counts under the step it leads to.

    Both are summed over all partitions before. Time before the first and after the last event is no step that could be
    repeated.
    """
    in_all = add_up([counted.drop("month")], STEP_KEYS)
    of_rework = repeated.drop("steps")
    joined = in_all.join(of_rework, on=STEP_KEYS, how="left", nulls_equal=True, maintain_order="left")
    return joined.with_columns(pl.col(name).fill_null(0) for name in of_rework.columns if name not in STEP_KEYS)


def with_ranks(counted: pl.DataFrame) -> pl.DataFrame:
    """Bottlenecks with their `rank` within the month: most late minutes first, then most overrun; equals share one."""
    order = pl.struct("late_minutes", "overrun_minutes")
    return counted.with_columns(rank=order.rank("min", descending=True).over("month").cast(pl.Int64))


def _counted(rows: pl.LazyFrame, keys: tuple[str, ...], *counts: pl.Expr) -> pl.DataFrame:
    return rows.group_by(keys).agg(*counts).collect()
