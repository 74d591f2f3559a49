"""A procedure as dated versions: its limit, its steps, papers and fees, and what its rules say of waiting.

No Django here: the catalogue in the database, a file and a test hold the same records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final, Literal, get_args

from cchc.records.text import LocalText
from cchc.records.timelines import Timeline
from cchc.worktime.appointments import Effect
from cchc.worktime.limits import Limit

Level = Literal["central", "province", "commune"]
Mechanism = Literal["one_stop", "interlinked", "on_the_spot", "elsewhere"]
Online = Literal["full", "partial", "none"]
Payment = Literal["before", "after"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
MECHANISMS: Final[tuple[Mechanism, ...]] = get_args(Mechanism)
ONLINE: Final[tuple[Online, ...]] = get_args(Online)
PAYMENTS: Final[tuple[Payment, ...]] = get_args(Payment)


@dataclass(frozen=True, slots=True)
class ProcedureStep:
    """One step, held by somebody with that role; `agency` names another body that does it, with its share of the time.

    It begins when all steps of `after` have ended; where several begin after the same one they run side by side.
    """

    id: str
    name: LocalText
    role: str
    limit: Limit
    after: tuple[str, ...] = ()
    agency: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """A paper that belongs to the dossier (thành phần hồ sơ): how many originals, certified copies and plain copies."""

    id: str
    name: LocalText
    originals: int = 0
    certified: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Fee:
    """What it costs, in đồng, and when it is paid."""

    name: LocalText
    amount: int
    payment: Payment


@dataclass(frozen=True)
class Version:
    """A procedure as it is carried out in one stretch of days.

    `limit` is None where the result is given at once or at a time that the rules do not fix. `on_supplement`: what
    waiting for missing papers does to the limit. `extensions`: how often the appointment may be put off.
    `portal`: the address at which the national portal offers it, empty where it does not.
    """

    limit: Limit | None
    steps: tuple[ProcedureStep, ...]
    components: tuple[Component, ...]
    fees: tuple[Fee, ...]
    mechanism: Mechanism
    online: Online
    not_full_because: LocalText | None
    portal: str
    result: LocalText
    on_supplement: Effect
    extensions: int
    bases: tuple[str, ...]

    @cached_property
    def by_id(self) -> Mapping[str, ProcedureStep]:
        """Steps by their id."""
        return {step.id: step for step in self.steps}

    @cached_property
    def first(self) -> tuple[ProcedureStep, ...]:
        """The steps with which it begins."""
        return tuple(step for step in self.steps if not step.after)

    def following(self, id_: str) -> tuple[ProcedureStep, ...]:
        """The steps that wait for this one."""
        return tuple(step for step in self.steps if id_ in step.after)

    def longest(self, day_minutes: int) -> tuple[ProcedureStep, ...]:
        """The chain of steps whose limits add up to most, where a working day has so many minutes; the first of
        several as long.
        """
        time = partial(time_of, day_minutes=day_minutes)
        chains: dict[str, tuple[ProcedureStep, ...]] = {}
        for step in self.steps:
            before = max((chains[one] for one in step.after), key=time, default=())
            chains[step.id] = (*before, step)
        return max(chains.values(), key=time, default=())


def time_of(steps: tuple[ProcedureStep, ...], day_minutes: int) -> int:
    """What limits of steps add up to, in units of `comparable`."""
    return sum(comparable(step.limit, day_minutes) for step in steps)


def comparable(limit: Limit, day_minutes: int) -> int:
    """Working minutes, with days of so many; for calendar days the same product, comparable among themselves alone."""
    return limit.amount * {"working_minutes": 1, "working_hours": 60}.get(limit.unit, day_minutes)


def is_civil(limit: Limit) -> bool:
    """Whether it counts civil days, days off among them."""
    return limit.unit == "calendar_days"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A procedure as a catalogue lists it: its national code, and all its versions."""

    code: str
    name: LocalText
    field: LocalText
    level: Level
    authority: LocalText
    versions: Timeline[Version]
