"""Who held each stretch of a dossier, and as which step."""

from __future__ import annotations

from typing import Final, Literal

import polars as pl

from cchc.ledger.ownership import NO_STEP, Stretches
from cchc.ledger.schema import AFTER_LAST_EVENT, BEFORE_FIRST_EVENT, WAITS_FOR

Gap = Literal["official", "unit"]
_COLUMNS: Final = ("step", "holder_kind", "official", "role", "unit")


def holders_of(steps: pl.DataFrame, cut: Stretches, gap: Gap) -> pl.DataFrame:
    """`step, holder_kind, official, role, unit`, one row per stretch; `unit` is the step's own, null when unnamed.

    A gap belongs to whoever takes the step it leads to, or with `gap` "unit" to that unit's queue. Nobody is waited for
    before a waiting step begins: until then its official has the dossier, or the queue when none is known. Before the
    first step and after the last no event shows a person working: the queue of a unit not named here.
    """
    position = pl.Series(cut.step)
    after_last = position == NO_STEP
    before_first = pl.Series(cut.before_first_step)
    nobody = after_last | before_first
    in_queue = nobody | pl.Series(cut.is_gap & (gap == "unit"))
    leads_to_waiting = pl.Series(cut.is_gap) & pl.col("holder_kind").is_in(WAITS_FOR)
    is_named = pl.col("holder_kind") == "official"
    taken = steps.select(pl.col(_COLUMNS).gather(position.set(after_last, None)))
    return taken.with_columns(
        pl.when(after_last)
        .then(pl.lit(AFTER_LAST_EVENT))
        .when(before_first)
        .then(pl.lit(BEFORE_FIRST_EVENT))
        .otherwise("step")
        .alias("step"),
        pl.when(in_queue | (leads_to_waiting & pl.col("official").is_null()))
        .then(pl.lit("queue"))
        .when(leads_to_waiting)
        .then(pl.lit("official"))
        .otherwise("holder_kind")
        .alias("holder_kind"),
        pl.when(~nobody).then("unit"),
    ).with_columns(pl.when(is_named).then(pl.col("official", "role")))


def units_of_dossiers(units: pl.Series, working: pl.Series, dossier: pl.Series, dossiers: int) -> pl.Series:
    """Per dossier the unit with the most working minutes; ties to the earlier, all zero to the first named.

    `units`, `working` and `dossier` describe stretches in order; a dossier in which no unit is named gets null.
    """
    chosen = (
        pl.LazyFrame({"dossier": dossier, "unit": units, "working": working})
        .filter(pl.col("unit").is_not_null())
        .with_row_index("order")
        .group_by("dossier", "unit")
        .agg(pl.col("working").sum(), pl.col("order").min())
        .sort("dossier", "working", "order", descending=[False, True, False])
        .unique("dossier", keep="first", maintain_order=True)
        .collect()
    )
    named = pl.Series("unit", [None], dtype=pl.String).new_from_index(0, dossiers)
    return named.scatter(chosen["dossier"], chosen["unit"]) if len(chosen) else named
