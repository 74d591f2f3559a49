"""Who stands in the list of a month with which dossier: made of kept rows alone, whole dossiers at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from cchc.oversight.keeping import MINUTES, Values, allotted
from cchc.records.months import bounds

OVERDUE: Final = "overdue"
SLOW: Final = "slow"
HOLDERS: Final = ("official", "queue", "system")
"""Who may stand in a list: what applicants, payments and other bodies took is nobody's here."""
_OF_HOLDER: Final = ("holder_kind", "official", "holder_name", "unit", "unit_name")


@dataclass(frozen=True, slots=True)
class Charge:
    """One holder's part of one dossier: an official (by key, or by the name in a log), or a queue or system account.

    `klass`: OVERDUE, the dossier is late and the holder charged with some of its minutes; SLOW, a step of the month
    went over its limit and the dossier owes nothing. The minutes of an overdue dossier are of its whole life, those of
    a slow one of the month. `allotted` is None where no step had a limit. `late` is what is charged; the four rules
    beside it are those of `ledger.fairness.RULES`. `kept` is None for a dossier of our own that was not kept yet.
    """

    klass: str
    holder_kind: str
    official: int | None
    holder_name: str
    unit: int | None
    unit_name: str
    role: str
    kept: int | None
    own: int | None
    code: str
    procedure: str
    procedure_name: str
    due_at: datetime | None
    ended_at: datetime | None
    evidenced_at: datetime | None
    late_evidenced_minutes: int
    is_carried_over: bool
    is_returned: bool
    allotted: int | None
    used: int
    overrun: int
    late: int
    late_overrun: int
    late_holder: int
    late_first_overrun: int
    late_first_holder: int

    @property
    def late_under_every_rule(self) -> bool:
        """Whether no choice of a rule explains it away."""
        rules = (self.late_overrun, self.late_holder, self.late_first_overrun, self.late_first_holder)
        return all(minutes > 0 for minutes in rules)


@dataclass(frozen=True, slots=True)
class Whole:
    """A dossier as it is kept, with all its spells in order, by the names of the columns."""

    dossier: Values
    spells: Sequence[Values]
    kept: int | None
    own: int | None


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody had a dossier in the month, or is charged with it."""

    official: int | None
    unit: int | None
    charge: Charge | None


def holdings_of(whole: Whole, month: date, cut_off: datetime, time_zone: str) -> Iterator[Holding]:
    """One for each holder in a unit, in the order of the holders: whoever had the dossier for any time of the month,
    done with it or not, and whoever is charged.
    """
    begins, ends = bounds(month, time_zone)
    charged = {_holder_of(charge): charge for charge in charges_of(whole, month, cut_off, time_zone)}
    for part in _by_holder(whole.spells):
        charge = charged.get(tuple(part[0][name] for name in _OF_HOLDER))
        if charge is not None or any(_lies_in(spell, begins, ends) for spell in part):
            yield Holding(part[0]["official"], part[0]["unit"], charge)


def _holder_of(charge: Charge) -> tuple[Any, ...]:
    return tuple(getattr(charge, name) for name in _OF_HOLDER)


def _lies_in(spell: Values, begins: datetime, ends: datetime) -> bool:
    """What ended with the month before is not of this one; what took no time is of the month that begins with it."""
    return bool(spell["from_at"] < ends and (spell["to_at"] > begins or spell["from_at"] >= begins))


def charges_of(whole: Whole, month: date, cut_off: datetime, time_zone: str) -> Iterator[Charge]:
    """Overdue: it ended late in the month, or is open and past its appointment at the cut-off. Slow: see `Charge`."""
    begins, ends = bounds(month, time_zone)
    dossier = whole.dossier
    ended_at, due_at = dossier["ended_at"], dossier["due_at"]
    is_open = ended_at is None or ended_at > cut_off
    is_of_month = is_open or begins <= ended_at < ends
    if dossier["late_minutes"] > 0 and is_of_month:
        for part in _by_holder(whole.spells):
            if sum(spell["late_minutes"] for spell in part):
                yield _charge(OVERDUE, whole, part, due_at is not None and due_at < begins, not is_open)
    elif dossier["late_minutes"] == 0:
        for part in _by_holder([spell for spell in whole.spells if spell["month"] == month]):
            if sum(spell["overrun_minutes"] for spell in part):
                yield _charge(SLOW, whole, part, False, not is_open)


def _by_holder(spells: Sequence[Values]) -> list[list[Values]]:
    parts = defaultdict[tuple[Any, ...], list[Values]](list)
    for spell in spells:
        if spell["holder_kind"] in HOLDERS:
            parts[tuple(spell[name] for name in _OF_HOLDER)].append(spell)
    return list(parts.values())


def _charge(klass: str, whole: Whole, part: Sequence[Values], is_carried_over: bool, is_returned: bool) -> Charge:
    added = {name: sum(spell[name] for spell in part) for name in MINUTES}
    by = "late_minutes" if klass == OVERDUE else "overrun_minutes"
    main = max(part, key=lambda spell: (spell[by], spell["working_minutes"], -spell["place"]))
    held = {name: part[0][name] for name in _OF_HOLDER}
    of_dossier = ("code", "procedure", "procedure_name", "due_at", "ended_at", "evidenced_at", "late_evidenced_minutes")
    return Charge(
        klass=klass, **held, role=main["role"], kept=whole.kept, own=whole.own,
        **{name: whole.dossier[name] for name in of_dossier}, is_carried_over=is_carried_over, is_returned=is_returned,
        allotted=allotted(part), used=added["working_minutes"], overrun=added["overrun_minutes"],
        late=added["late_minutes"], late_overrun=added["late_overrun"], late_holder=added["late_holder"],
        late_first_overrun=added["late_first_overrun"], late_first_holder=added["late_first_holder"],
    )  # fmt: skip
