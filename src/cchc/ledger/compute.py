"""One partition of dossiers, from steps to charged spells. A dossier's steps are all in one partition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from cchc.ledger.charging import Charges, charge
from cchc.ledger.clock import Clock, WorkingCalendar
from cchc.ledger.ownership import Ints, Stretches, stretches
from cchc.ledger.schema import (
    AFTER_LAST_EVENT,
    BEFORE_FIRST_EVENT,
    DEFINITION,
    DOSSIERS_OUT,
    SPELLS_OUT,
    UTC_STAMP,
)

_NEVER: Final = np.int64(np.iinfo(np.int32).max)
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The two tables everything else is counted from: `schema.DOSSIERS_OUT` and `schema.SPELLS_OUT`.

    `spells` also carries `is_event` (a step's own spell, not a gap) and `at` (its end in UTC minutes).
    """

    dossiers: pl.DataFrame
    spells: pl.DataFrame


def compute(dossiers: pl.DataFrame, steps: pl.DataFrame, calendar: WorkingCalendar, gap: str = "official") -> Ledger:
    """Spells and charges of all dossiers of the partition.

    `dossiers` and `steps` as in `schema.DOSSIERS_IN` and `schema.STEPS_IN`. `gap` says who holds a dossier while no
    step runs: the `official` of the step it leads to, or the `unit`.
    """
    return _Partition(dossiers, steps, Clock(calendar), gap).ledger()


class _Partition:
    def __init__(self, dossiers: pl.DataFrame, steps: pl.DataFrame, clock: Clock, gap: str) -> None:
        self._dossiers, self._steps, self._clock, self._gap = dossiers, steps, clock, gap
        self._received = _ints(dossiers["received_at"])
        self._judged = np.maximum(_ints(dossiers["judged_at"]), self._received)
        self._of_step = _ints(steps["dossier"])
        self._start = np.clip(_ints(steps["start"]), self._received[self._of_step], self._judged[self._of_step])
        self._end = np.clip(_ints(steps["end"]), self._start, self._judged[self._of_step])

    def ledger(self) -> Ledger:
        cut = stretches(self._of_step, self._start, self._end, self._received, self._judged)
        holders = _Holders(self._steps, cut, self._gap).frame()
        counts = np.where(holders["holder_kind"].to_numpy() == "suspension", 0, 1)
        charges, working = self._charge(cut, counts)
        spells = self._spells(cut, holders, charges, working)
        units = _units_of_dossiers(spells, self._dossiers.height)
        late = np.zeros(self._dossiers.height, dtype=np.int64)
        np.add.at(late, cut.dossier, charges.holder)
        return Ledger(self._dossier_table(cut, counts, units, late), _finish_spells(spells, units, self._dossiers))

    def _charge(self, cut: Stretches, counts: Ints) -> tuple[Charges, Ints]:
        """Charges and working minutes per stretch; a suspension works and owes nothing."""
        worked_from, worked_to = self._clock.worked(cut.start), self._clock.worked(cut.end)
        limit_at = np.where(cut.is_gap, _NEVER, self._limits()[cut.step])
        late_from = self._late_from("due_at")[cut.dossier]
        over = np.maximum(worked_to - np.maximum(worked_from, limit_at), 0) * counts
        after_due = np.maximum(worked_to - np.maximum(worked_from, late_from), 0) * counts
        both = np.maximum(worked_to - np.maximum(worked_from, np.maximum(limit_at, late_from)), 0) * counts
        charges = charge(cut.dossier, over, after_due, both, self._dossiers.height)
        return charges, (worked_to - worked_from) * counts

    def _limits(self) -> Ints:
        """Per step the working minute at which its limit is used up, from its own start even where another step owns
        the time; never without a limit. The last element stands for no step at all."""
        has_limit = self._steps["limit"].is_not_null().to_numpy()
        at = np.full(self._steps.height + 1, _NEVER)
        if has_limit.any():
            kinds = self._steps["limit_kind"].filter(has_limit).to_numpy().astype(str)
            limits = _ints(self._steps["limit"].filter(has_limit))
            at[:-1][has_limit] = self._clock.limits_at(self._start[has_limit], kinds, limits)
        return at

    def _late_from(self, column: str) -> Ints:
        """Per dossier the working minute from which it is late: its due date, not before its receipt; never without."""
        due = self._dossiers[column]
        known = due.is_not_null().to_numpy()
        late_from = np.full(self._dossiers.height, _NEVER)
        moments = np.maximum(_ints(due.fill_null(0)), self._received)[known]
        if known.any():
            late_from[known] = self._clock.worked(moments)
        return late_from

    def _spells(self, cut: Stretches, holders: pl.DataFrame, charges: Charges, working: Ints) -> pl.DataFrame:
        used = np.append(self._clock.worked(self._end), 0) - self._limits()
        overrun = np.where(cut.is_gap, 0, np.maximum(used, 0)[cut.step])
        return holders.with_columns(
            at_dossier=pl.Series(cut.dossier, dtype=pl.UInt32),
            from_at=_stamps(cut.start),
            to_at=_stamps(cut.end),
            at=pl.Series(cut.end, dtype=pl.Int32),
            is_event=pl.Series(~cut.is_gap),
            working_minutes=pl.Series(working),
            overrun_minutes=pl.Series(overrun),
            late_minutes=pl.Series(charges.late),
            late_overrun=pl.Series(charges.overrun),
            late_holder=pl.Series(charges.holder),
        )

    def _dossier_table(self, cut: Stretches, counts: Ints, units: pl.Series, late: Ints) -> pl.DataFrame:
        """The dossiers with what they came to."""
        first = np.zeros(self._dossiers.height, dtype=np.int64)
        late_from = self._late_from("first_due_at")[cut.dossier]
        worked_from, worked_to = self._clock.worked(cut.start), self._clock.worked(cut.end)
        np.add.at(first, cut.dossier, np.maximum(worked_to - np.maximum(worked_from, late_from), 0) * counts)
        due = self._dossiers["due_at"]
        moments = {
            name: _stamps_of(self._dossiers[name]) for name in ("received_at", "first_due_at", "due_at", "finished_at")
        }
        return (
            self._dossiers.select("dossier", "procedure")
            .with_columns(
                **moments,
                unit=units,
                open=self._dossiers["finished_at"].is_null(),
                late=self._dossiers["judged_at"] > due,
                late_minutes=pl.Series(late),
                late_first_minutes=pl.Series(first),
                definition=pl.lit(DEFINITION),
            )
            .select(DOSSIERS_OUT.names())
        )


class _Holders:
    """Who held each stretch, and as which step."""

    def __init__(self, steps: pl.DataFrame, cut: Stretches, gap: str) -> None:
        self._steps, self._cut, self._gap = steps, cut, gap

    def frame(self) -> pl.DataFrame:
        """`step, holder_kind, official, role, own_unit`, one row per stretch."""
        cut = self._cut
        position = pl.Series(np.where(cut.step < 0, 0, cut.step), dtype=pl.UInt32)
        names = ("step", "holder_kind", "official", "role", "unit")
        rows = self._steps.select(names)[position] if self._steps.height else _no_holders(len(cut.step))
        before_first = self._before_first()
        nobody = before_first | (cut.step < 0)
        by_unit = pl.Series(nobody | (cut.is_gap & (self._gap == "unit")))
        return rows.with_columns(
            step=pl.when(pl.Series(cut.step < 0))
            .then(pl.lit(AFTER_LAST_EVENT))
            .when(pl.Series(before_first))
            .then(pl.lit(BEFORE_FIRST_EVENT))
            .otherwise(pl.col("step")),
            holder_kind=pl.when(by_unit).then(pl.lit("queue")).otherwise(pl.col("holder_kind")),
            official=pl.when(by_unit).then(None).otherwise(pl.col("official")),
            role=pl.when(by_unit).then(None).otherwise(pl.col("role")),
            own_unit=pl.when(pl.Series(nobody)).then(None).otherwise(pl.col("unit")),
        ).drop("unit")

    def _before_first(self) -> Bools:
        """The gap before a dossier's first step."""
        cut = self._cut
        first_of_dossier = (
            np.concatenate(([True], cut.dossier[1:] != cut.dossier[:-1])) if len(cut.dossier) else cut.is_gap
        )
        return first_of_dossier & cut.is_gap & (cut.step >= 0)


def _no_holders(rows: int) -> pl.DataFrame:
    names = ("step", "holder_kind", "official", "role", "unit")
    return pl.DataFrame({name: pl.Series([None] * rows, dtype=pl.String) for name in names})


def _units_of_dossiers(spells: pl.DataFrame, dossiers: int) -> pl.Series:
    """Per dossier the unit with the most working minutes, ties to the earlier; all zero: the first named."""
    chosen = (
        spells.lazy()
        .filter(pl.col("own_unit").is_not_null())
        .with_row_index("order")
        .group_by("at_dossier", "own_unit")
        .agg(pl.col("working_minutes").sum(), pl.col("order").min())
        .sort("at_dossier", "working_minutes", "order", descending=[False, True, False])
        .group_by("at_dossier", maintain_order=True)
        .agg(pl.col("own_unit").first())
        .collect()
    )
    everyone = pl.DataFrame({"at_dossier": pl.Series(range(dossiers), dtype=pl.UInt32)})
    return everyone.join(chosen, on="at_dossier", how="left", maintain_order="left")["own_unit"]


def _finish_spells(spells: pl.DataFrame, units: pl.Series, dossiers: pl.DataFrame) -> pl.DataFrame:
    """Names for dossier, unit and holder; the rule that charged."""
    of_dossier = spells["at_dossier"]
    unit = pl.coalesce(pl.col("own_unit"), pl.lit(units[of_dossier]))
    by_unit = pl.col("holder_kind").is_in(["queue", "system"])
    return (
        spells.with_columns(dossier=dossiers["dossier"][of_dossier], unit=unit)
        .with_columns(
            holder=pl.when(by_unit)
            .then(pl.col("unit"))
            .when(pl.col("holder_kind") == "official")
            .then(pl.col("official")),
            kind=pl.lit("unverified"),
            rule=pl.when(pl.col("late_overrun") > 0).then(pl.lit("overrun")).otherwise(pl.lit("holder_after_due")),
        )
        .select(*SPELLS_OUT.names(), "is_event", "at")
    )


def _ints(column: pl.Series) -> Ints:
    return column.cast(pl.Int64).to_numpy()


def _stamps(minutes: Ints) -> pl.Series:
    return pl.Series(minutes * 60_000_000, dtype=pl.Int64).cast(UTC_STAMP)


def _stamps_of(column: pl.Series) -> pl.Series:
    return (column.cast(pl.Int64) * 60_000_000).cast(UTC_STAMP)
