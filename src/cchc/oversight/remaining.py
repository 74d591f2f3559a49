"""What of a dossier remains when one of its steps is at work, and when that is over. Pure.

From the step at work everything that waits for it, in the order of the version; where branches run side by side the
longest one counts. What another step at work still holds up is not charged to this one: it has a forecast of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from cchc.oversight.durations import OF_LIMIT, OF_PROCEDURE, OF_UNIT, Basis, Estimate, Left
from cchc.procedures.versions import ProcedureStep, Version
from cchc.worktime import Calendar

Pace = Literal["early", "usual", "late"]
_WEAKEST: Final[tuple[Basis, ...]] = (OF_LIMIT, OF_PROCEDURE, OF_UNIT)
_LOOK_AGAIN: Final = 60
"""After so many working minutes the end of what lasts longer than is usual is moved along."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """A step at work: `used` working minutes up to `now`, and what it had left by its limit then (0 when over)."""

    step: str
    used: int
    left_of_limit: int
    now: datetime


@dataclass(frozen=True, slots=True)
class RemainingStep:
    """One that is still to be done, with what the estimate of it rests on; `is_past`: at work longer than is usual."""

    step: ProcedureStep
    estimate: Estimate
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class Remaining:
    """The longest way to the end. `early_at` and `late_at` take the quartiles of every step, not of the whole.

    `stale_at`: until when this holds if nothing happens. `minutes` are working ones from `now` to `expected_at`.
    """

    steps: tuple[RemainingStep, ...]
    early_at: datetime
    expected_at: datetime
    late_at: datetime
    minutes: int
    stale_at: datetime

    @property
    def basis(self) -> Basis:
        """The weakest that any of the steps rests on."""
        return min((one.estimate.basis for one in self.steps), key=_WEAKEST.index)

    @property
    def cases(self) -> int:
        """The fewest that any of the steps rests on."""
        return min(one.estimate.cases for one in self.steps)


def remaining(version: Version, calendar: Calendar, at_work: AtWork, estimates: Mapping[str, Estimate]) -> Remaining:
    """Of a step of the version; `estimates` has one for every step. Raises as `Calendar.due` does."""
    left = _left(at_work, estimates[at_work.step])
    ends = {pace: _ends(version, calendar, at_work, left, estimates, pace) for pace in ("early", "usual", "late")}
    chain = _chain(version, ends["usual"])
    last = chain[-1].id
    expected_at = ends["usual"][last]
    steps = (RemainingStep(one, estimates[one.id], one.id == at_work.step and left.is_past) for one in chain)
    early_at, late_at = min(max(ends["early"].values()), expected_at), max(*ends["late"].values(), expected_at)
    return Remaining(
        tuple(steps), early_at, expected_at, late_at, calendar.elapsed_minutes(at_work.now, expected_at),
        _stale_at(calendar, at_work, left),
    )  # fmt: skip


def _left(at_work: AtWork, found: Estimate) -> Left:
    """By a limit: what is left of it; past it nothing is known."""
    if found.durations is not None:
        return found.durations.left(at_work.used)
    minutes = at_work.left_of_limit
    return Left(minutes, minutes, minutes, at_work.used + minutes if minutes else None, is_past=minutes == 0)


def _stale_at(calendar: Calendar, at_work: AtWork, left: Left) -> datetime:
    more = _LOOK_AGAIN if left.holds_until is None else left.holds_until - at_work.used
    return calendar.due(at_work.now, more)


def _ends(
    version: Version, calendar: Calendar, at_work: AtWork, left: Left, estimates: Mapping[str, Estimate], pace: Pace
) -> dict[str, datetime]:  # fmt: skip
    """When the step at work ends, and each that waits for it, at a pace."""
    ends = {at_work.step: calendar.due(at_work.now, getattr(left, pace))}
    for step in version.steps:
        before = [ends[one] for one in step.after if one in ends]
        if before:
            ends[step.id] = _end(calendar, step, max(before), estimates[step.id], pace)
    return ends


def _end(calendar: Calendar, step: ProcedureStep, begins_at: datetime, found: Estimate, pace: Pace) -> datetime:
    if found.durations is None:
        return step.limit.end(calendar, begins_at)
    usual = {"early": found.durations.quarter, "usual": found.durations.median, "late": found.durations.three_quarters}
    return calendar.due(begins_at, usual[pace])


def _chain(version: Version, ends: Mapping[str, datetime]) -> Sequence[ProcedureStep]:
    """The steps on the longest way, the one at work first."""
    at = max((step for step in version.steps if step.id in ends), key=lambda step: ends[step.id])
    chain = [at]
    while before := [version.by_id[one] for one in at.after if one in ends]:
        at = max(before, key=lambda step: ends[step.id])
        chain.append(at)
    return chain[::-1]
