"""What an official had in a month, so that nobody takes a list on trust: held, allowed, used, late by each rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cchc.oversight.models import KeptDossier, KeptSpell

RULES = ("late_overrun", "late_holder", "late_first_overrun", "late_first_holder")


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A dossier of the month with the official's own spells in it."""

    dossier: KeptDossier
    spells: Sequence[KeptSpell]

    @property
    def late(self) -> int:
        """Minutes charged."""
        return sum(spell.late_minutes for spell in self.spells)

    @property
    def overrun(self) -> int:
        """Minutes over the limits of steps."""
        return sum(spell.overrun_minutes for spell in self.spells)

    @property
    def by_rules(self) -> tuple[int, ...]:
        """Minutes charged by each of `RULES`."""
        return tuple(sum(getattr(spell, rule) for spell in self.spells) for rule in RULES)

    @property
    def is_overdue(self) -> bool:
        """The dossier is late, and the official charged with some of it."""
        return self.late > 0

    @property
    def is_slow(self) -> bool:
        """A step went over its limit, and the dossier owes nothing."""
        return self.dossier.late_minutes == 0 and self.overrun > 0


@dataclass(frozen=True, slots=True)
class Record:
    """A month of an official in a unit: lines with something to answer for, and what there was in all."""

    lines: Sequence[RecordLine]
    dossiers: int
    steps: int
    late_steps: int
    used: int
    late: int


def record_of(spells: Iterable[KeptSpell]) -> Record:
    """Of all spells of an official in a month, each with its dossier."""
    by_dossier: dict[int, list[KeptSpell]] = {}
    for spell in spells:
        by_dossier.setdefault(spell.dossier_id, []).append(spell)
    lines = [RecordLine(some[0].dossier, sorted(some, key=lambda one: one.place)) for some in by_dossier.values()]
    told = sorted(
        (one for one in lines if one.is_overdue or one.is_slow), key=lambda one: (-one.late, one.dossier.code)
    )
    every = [spell for line in lines for spell in line.spells]
    return Record(
        told, len(lines), sum(one.is_event for one in every),
        sum(one.is_event and one.late_minutes > 0 for one in every), sum(one.working_minutes for one in every),
        sum(one.late for one in lines),
    )  # fmt: skip
