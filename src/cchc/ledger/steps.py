"""Occurrences of steps under the mapping's rules: who holds them, how long they may take."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from cchc.ledger.mapping import Limit, LogMapping, match_all
from cchc.ledger.schema import STEPS_IN


def with_rules(occurrences: pl.DataFrame, mapping: LogMapping) -> pl.DataFrame:
    """`schema.STEPS_IN` of `occurrences.OCCURRENCES`; `row` becomes the place in the order.

    An activity that waits is held by whom it waits for; its official is who made them wait. With `gap: unit` the time
    before a completed event belongs to the shared queue. A system account is never named.
    """
    activities = occurrences["step"].unique(maintain_order=True)
    is_system = pl.col("official").is_in(sorted(mapping.system_accounts))
    known = occurrences.join(_rules_of(activities, mapping), on="step", how="left", maintain_order="left")
    holder_kind = (
        pl.when(pl.col("waits_for").is_not_null())
        .then("waits_for")
        .when(pl.col("is_after_gap") & (mapping.gap == "unit"))
        .then(pl.lit("queue"))
        .when(is_system)
        .then(pl.lit("system"))
        .when(pl.col("official").is_null())
        .then(pl.lit("queue"))
        .otherwise(pl.lit("official"))
    )
    is_named = pl.col("waits_for").is_not_null() | (pl.col("holder_kind") == "official")
    return (
        known.with_columns(holder_kind=holder_kind)
        .with_columns(pl.when(is_named & ~is_system).then(pl.col("official", "role")))
        .with_row_index("row")
        .select(STEPS_IN.names())
        .cast(STEPS_IN)
    )


def _rules_of(activities: pl.Series, mapping: LogMapping) -> pl.DataFrame:
    """`step, waits_for, limit_kind, limit`, one row per activity."""
    limits: Mapping[str, Limit] = match_all(mapping.limits, activities)
    waits = match_all(mapping.holders, activities)
    return pl.DataFrame(
        {
            "step": activities,
            "waits_for": [waits.get(activity) for activity in activities],
            "limit_kind": [limits[activity].kind if activity in limits else None for activity in activities],
            "limit": [limits[activity].amount if activity in limits else None for activity in activities],
        },
        schema={"step": pl.String, "waits_for": pl.String, "limit_kind": pl.String, "limit": pl.Int64},
    )
