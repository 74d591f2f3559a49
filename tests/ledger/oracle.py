"""The delay ledger once more, minute by minute in plain Python: slow, obvious, written from the rules alone.

Every minute of a dossier is asked who holds it, whether it counts, whether it is late and whether it is over its
step's limit. Nothing is shared with `cchc.ledger`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from tests.ledger.tiny_calendar import DAY, ZONE_OFFSET, TinyCalendar


@dataclass(frozen=True)
class Step:
    """One occurrence of a step; moments are UTC minutes. `official` also tells who made others wait."""

    step: str
    start: int
    end: int
    holder_kind: str = "official"
    official: str | None = "An"
    unit: str | None = "U1"
    role: str | None = None
    limit_kind: str | None = None
    limit: int | None = None


@dataclass(frozen=True)
class Dossier:
    """One dossier with its steps; `judged` is its end, or the moment of judgement of an open one."""

    received: int
    judged: int
    steps: tuple[Step, ...]
    due: int | None = None
    first_due: int | None = None
    is_open: bool = False


class Minute(NamedTuple):
    """One minute of a dossier that somebody holds."""

    at: int
    holding: int  # which of the spells
    counts: bool
    is_late: bool
    is_over: bool


@dataclass
class Spell:
    """A stretch that one holder held, with what it is charged."""

    step: str
    holder_kind: str
    official: str | None
    unit: str | None
    role: str | None
    start: int
    end: int
    is_event: bool
    working: int = 0
    overrun: int = 0
    late_overrun: int = 0
    late_rest: int = 0
    late_holder: int = 0

    @property
    def late(self) -> int:
        return self.late_overrun + self.late_rest

    @property
    def holder(self) -> str | None:
        """An official by name; a queue or a system account by its unit; who is waited for has no name here."""
        if self.holder_kind in ("queue", "system"):
            return self.unit
        return self.official if self.holder_kind == "official" else None


@dataclass
class Judged:
    """What the ledger says of one dossier."""

    unit: str | None
    late: bool | None
    late_minutes: int
    late_first_minutes: int
    spells: list[Spell] = field(default_factory=list)


def judge(dossier: Dossier, calendar: TinyCalendar, gap: str = "official") -> Judged:
    """Everything the contract says of one dossier."""
    steps = [_clipped(step, dossier) for step in _in_order(dossier.steps)]
    spells = [*_own_spells(steps), *_gap_spells(dossier, steps, gap)]
    over_limit = [_over_limit(step, calendar) for step in steps]
    minutes = [
        Minute(
            at,
            holding,
            calendar.counts(at) and spells[holding].holder_kind != "suspension",
            dossier.due is not None and at >= dossier.due,
            holding < len(steps) and at in over_limit[holding],
        )
        for at in range(dossier.received, dossier.judged)
        for holding in (_holding(at, steps, spells),)
    ]
    _place(spells, minutes)
    working = [minute for minute in minutes if minute.counts]
    late = [minute for minute in working if minute.is_late]
    _charge(spells, working, late)
    for over, spell in zip(over_limit, spells, strict=False):
        spell.overrun = len(over)  # of the step's own span, whoever held the dossier meanwhile
    unit = _main_unit(spells)
    for spell in spells:
        spell.unit = unit if spell.unit is None else spell.unit
    return Judged(
        unit,
        None if dossier.due is None else dossier.judged > dossier.due,
        len(late),
        sum(dossier.first_due is not None and minute.at >= dossier.first_due for minute in working),
        spells,
    )


def _in_order(steps: Sequence[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: step.start)  # stable: then by row


def _clipped(step: Step, dossier: Dossier) -> Step:
    def clip(at: int) -> int:
        return max(dossier.received, min(at, max(dossier.received, dossier.judged)))

    return Step(**{**step.__dict__, "start": clip(step.start), "end": clip(step.end)})


def _own_spells(steps: list[Step]) -> list[Spell]:
    """A spell for each step, in the same order; where it stands is settled when the minutes are known."""
    return [
        Spell(
            step.step,
            step.holder_kind,
            step.official,
            step.unit,
            step.role if step.holder_kind == "official" else None,
            step.end,
            step.end,
            True,
        )
        for step in steps
    ]


def _gap_spells(dossier: Dossier, steps: list[Step], gap: str) -> list[Spell]:
    """A spell for each stretch in which no step runs, known by its minutes."""

    def without_step(at: int) -> tuple[bool, int | None]:
        return _running(at, steps) is None, next((i for i, step in enumerate(steps) if step.start > at), None)

    spells = []
    for (is_gap, leads_to), stretch in groupby(range(dossier.received, dossier.judged), key=without_step):
        minutes = list(stretch)
        if is_gap:
            spells.append(_gap_spell(minutes[0], minutes[-1] + 1, steps, leads_to, gap))
    return spells


def _gap_spell(start: int, end: int, steps: list[Step], leads_to: int | None, gap: str) -> Spell:
    if leads_to is None:
        return Spell("after_last_event", "queue", None, None, None, start, end, False)
    if not any(step.start <= start for step in steps):
        return Spell("before_first_event", "queue", None, None, None, start, end, False)
    step = steps[leads_to]
    kind = step.holder_kind
    if kind in ("applicant", "agency", "payment", "suspension"):  # who makes others wait has the dossier until then
        kind = "official" if step.official else "queue"
    if gap == "unit" or kind == "queue":
        return Spell(step.step, "queue", None, step.unit, None, start, end, False)
    return Spell(step.step, kind, step.official, step.unit, step.role, start, end, False)


def _running(at: int, steps: list[Step]) -> int | None:
    """Of the steps that run in this minute the one that ends last, the first of these in order."""
    running = [i for i, step in enumerate(steps) if step.start <= at < step.end]
    return max(running, key=lambda i: (steps[i].end, -i)) if running else None


def _holding(at: int, steps: list[Step], spells: list[Spell]) -> int:
    running = _running(at, steps)
    if running is not None:
        return running
    return next(i for i in range(len(steps), len(spells)) if spells[i].start <= at < spells[i].end)


def _place(spells: list[Spell], minutes: list[Minute]) -> None:
    """A step stands where it holds the dossier; one that never does keeps its end, with no length."""
    for number, spell in enumerate(spells):
        held = [minute.at for minute in minutes if minute.holding == number]
        if held:
            spell.start, spell.end = held[0], held[-1] + 1
            assert spell.end - spell.start == len(held), "a spell is one stretch"


def _over_limit(step: Step, calendar: TinyCalendar) -> set[int]:
    """The working minutes of the step's own span that lie beyond its limit, counted from its start."""
    if step.limit is None or step.holder_kind == "suspension":
        return set()
    worked = [at for at in range(step.start, step.end) if calendar.counts(at)]
    if step.limit_kind == "working_minutes":
        return set(worked[step.limit :])
    if step.limit_kind == "calendar_days":
        return {at for at in worked if at >= step.start + step.limit * DAY}
    end = calendar.after_working_days(step.start + ZONE_OFFSET, step.limit)
    return {at for at in worked if at + ZONE_OFFSET >= end}


def _charge(spells: list[Spell], working: list[Minute], late: list[Minute]) -> None:
    over = [minute for minute in working if minute.is_over]
    rest = [minute for minute in late if not minute.is_over]
    in_order = sorted(range(len(spells)), key=lambda number: spells[number].start)
    by_limit = min(len(late), len(over))
    shares = _spread(by_limit, [minute.holding for minute in over], in_order)
    rests = _spread(len(late) - by_limit, [minute.holding for minute in rest], in_order)
    for number, spell in enumerate(spells):
        spell.working = sum(minute.holding == number for minute in working)
        spell.late_holder = sum(minute.holding == number for minute in late)
        spell.late_overrun, spell.late_rest = shares[number], rests[number]


def _spread(amount: int, axis: list[int], in_order: list[int]) -> dict[int, int]:
    """`amount` over an axis of minutes, each held by somebody: ⌊b·amount/length⌋ − ⌊a·amount/length⌋ for (a, b]."""
    shares, reached = {}, 0
    for number in in_order:
        until = reached + axis.count(number)
        shares[number] = until * amount // len(axis) - reached * amount // len(axis) if axis else 0
        reached = until
    return shares


def _main_unit(spells: list[Spell]) -> str | None:
    """The unit with the most working minutes, ties to the earlier, all zero to the first named."""
    totals: dict[str, int] = {}
    for spell in sorted(spells, key=lambda spell: spell.start):
        if spell.unit is not None:
            totals[spell.unit] = totals.get(spell.unit, 0) + spell.working
    return max(totals, key=lambda unit: totals[unit]) if totals else None
