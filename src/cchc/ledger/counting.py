"""Spells and dossiers counted at a grain: per official, unit, step, procedure, field, month, or any of these together.

All counts are whole numbers, so those of partitions add up (`add_up`) to those of the whole. Rates, intervals and
ranks are made afterwards from the sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import polars as pl

# What spells may be counted by. `month` is "YYYY-MM" of the spell's end in civil time, `field` is that of the dossier.
SPELL_KEYS: Final = (
    "dossier", "official", "holder_kind", "holder", "role", "unit", "step", "procedure", "field", "month",
)  # fmt: skip
SPELL_COUNTS: Final = (
    "steps", "late_steps", "working_minutes", "waiting_minutes", "outside_minutes", "overrun_minutes", "late_minutes",
    "late_open_minutes", "late_overrun", "late_holder", "late_first_overrun", "late_first_holder", "slow_minutes",
)  # fmt: skip
_SUMMED: Final = (
    "working_minutes", "overrun_minutes", "late_minutes", "late_overrun", "late_holder", "late_first_overrun",
    "late_first_holder",
)  # fmt: skip

_WAITING: Final = 500_000  # rows that are not worth adding up yet

# What dossiers may be counted by. `month` is that of the end in civil time; open dossiers have none.
DOSSIER_KEYS: Final = ("dossier", "unit", "procedure", "field", "month")
DOSSIER_COUNTS: Final = (
    "dossiers", "open_dossiers", "without_due", "late_dossiers", "late_open_dossiers", "late_first_dossiers",
    "late_minutes", "late_first_minutes",
)  # fmt: skip


def with_dossiers(spells: pl.DataFrame, dossiers: pl.DataFrame) -> pl.DataFrame:
    """The spells of a `compute.Ledger` with what counts need of their dossier: `procedure`, `field`, `open`, and
    `owes`, its late minutes. Names are categories, which group faster; that of the dossier stays a text.
    """
    known = dossiers.select(pl.col("procedure", "field").cast(pl.Categorical), "open", owes="late_minutes")
    names = pl.col("step", "holder_kind", "holder", "role", "unit").cast(pl.Categorical)
    return spells.with_columns(names).hstack(known[spells["position"]])


def sum_up(counts: pl.LazyFrame, keys: Sequence[str]) -> pl.DataFrame:
    """`SPELL_COUNTS` per `keys` (of `SPELL_KEYS`) of what `counts_of_spells` gives; `add_up` puts them in order."""
    return counts.group_by(keys).agg(pl.col(SPELL_COUNTS).sum()).collect()


def counts_of_spells(spells: pl.LazyFrame, time_zone: str) -> pl.LazyFrame:
    """`SPELL_KEYS` and `SPELL_COUNTS` of each spell; `month` as its first day.

    `spells` are `with_dossiers`. `steps` counts events, `late_steps` those charged. Of the
    `working_minutes`, in `waiting_minutes` no step ran or a queue had it, and in `outside_minutes` a step waited for
    applicant, agency or payment; the rest was worked. `late_open_minutes` are on dossiers still open; `slow_minutes`
    are the overrun on dossiers that owe nothing (L = 0).
    """
    named = pl.when(pl.col("holder_kind") == "official").then("holder")
    event, late = pl.col("is_event"), pl.col("late_minutes")
    waits = ~event | (pl.col("holder_kind") == "queue")
    outside = ~waits & pl.col("holder_kind").is_in(("applicant", "agency", "payment"))
    return spells.with_columns(official=named, month=month_of("to_at", time_zone)).select(
        *SPELL_KEYS,
        *_SUMMED,
        steps=event.cast(pl.Int64),
        late_steps=(event & (late > 0)).cast(pl.Int64),
        waiting_minutes=_where(waits, "working_minutes"),
        outside_minutes=_where(outside, "working_minutes"),
        late_open_minutes=_where(pl.col("open"), "late_minutes"),
        slow_minutes=_where(pl.col("owes") == 0, "overrun_minutes"),
    )


def count_dossiers(dossiers: pl.LazyFrame, keys: Sequence[str], time_zone: str) -> pl.DataFrame:
    """`DOSSIER_COUNTS` per `keys` (of `DOSSIER_KEYS`), in no order; a dossier's unit is its main one."""
    late = pl.col("late").fill_null(value=False)
    return (
        dossiers.with_columns(month=month_of("finished_at", time_zone))
        .group_by(keys)
        .agg(
            pl.len().cast(pl.Int64).alias("dossiers"),
            *(
                condition.sum().cast(pl.Int64).alias(name)
                for name, condition in (
                    ("open_dossiers", pl.col("open")),
                    ("without_due", pl.col("due_at").is_null()),
                    ("late_dossiers", late),
                    ("late_open_dossiers", late & pl.col("open")),
                    ("late_first_dossiers", pl.col("late_first_minutes") > 0),
                )
            ),
            pl.col("late_minutes", "late_first_minutes").sum(),
        )
        .collect()
    )


def add_up(parts: Iterable[pl.DataFrame], keys: Sequence[str]) -> pl.DataFrame:
    """Counts of several partitions as counts of all of them, ordered by the keys; names as texts, months as "YYYY-MM".

    Partitions wait until they are as many rows as the sum so far: memory holds little more than the sum, and no row is
    added up often. Meanwhile names are categories, which take less.
    """
    waiting: list[pl.DataFrame] = []
    for part in parts:
        waiting.append(part.with_columns(pl.col(pl.String).cast(pl.Categorical)))
        if sum(rows.height for rows in waiting[1:]) > max(waiting[0].height, _WAITING):
            waiting = [_added(waiting, keys)]
    texts = (pl.col(pl.Categorical).cast(pl.String), pl.col(pl.Date).dt.strftime("%Y-%m"))
    return _added(waiting, keys).with_columns(texts).sort(keys, nulls_last=True)


def _added(parts: Sequence[pl.DataFrame], keys: Sequence[str]) -> pl.DataFrame:
    together = pl.concat(parts)
    return together.group_by(keys).agg(pl.exclude(keys).sum()).select(together.columns)


def _where(condition: pl.Expr, minutes: str) -> pl.Expr:
    """These minutes where the condition holds, else none: sums of whole columns are quicker than those of groups."""
    return pl.when(condition).then(minutes).otherwise(0)


def month_of(moment: str, time_zone: str) -> pl.Expr:
    """The civil month of a moment as its first day: it groups faster than the text that `add_up` makes of it."""
    return pl.col(moment).dt.convert_time_zone(time_zone).dt.date().dt.month_start()
