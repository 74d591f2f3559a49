"""How the time of a dossier was spent, drawn and in a table, and why which minutes are whose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from cchc.interface.durations import hours_and_minutes
from cchc.interface.shapes import Reason
from cchc.ledger.schema import AFTER_LAST_EVENT, BEFORE_FIRST_EVENT
from cchc.oversight.keeping import MINUTES
from cchc.oversight.models import KeptDossier, KeptSpell
from cchc.oversight.shown_words import OFFICIAL, kind_name, role_said

WIDTH: Final = 1000
_ROW: Final = 24
_BAR: Final = 14
_LEAST: Final = 3
"""Units of the drawing: how wide it is, how high a line, a bar, and the least that is seen of one."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch in the drawing: where it begins, how long it is, what of it is over the limit at its end."""

    x: int
    y: int
    width: int
    allotted: int
    over_x: int
    over: int
    is_stopped: bool


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One stretch in words: who had it, in which step, what it might take and took."""

    spell: KeptSpell
    step: str
    who: str
    role: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class DueLine:
    """Where an appointment lies on the axis of working minutes."""

    name: str
    x: int
    is_first: bool


@dataclass(frozen=True, slots=True)
class Course:
    """A dossier on one axis of working minutes, with its appointments where they passed."""

    lines: Sequence[CourseLine]
    dues: Sequence[DueLine]
    height: int

    @property
    def view_box(self) -> str:
        """Of the drawing."""
        return f"0 0 {WIDTH} {self.height}"


@dataclass(frozen=True, slots=True)
class Part:
    """What one holder is charged of a dossier, by each rule."""

    who: str
    late: int
    late_overrun: int
    late_holder: int
    late_first_overrun: int
    late_first_holder: int


@dataclass(frozen=True, slots=True)
class Charged:
    """Whose late minutes they are; the parts add up to those of the dossier, by either rule."""

    parts: Sequence[Part]
    total: Part
    late: int
    late_first: int

    @property
    def adds_up(self) -> bool:
        """Whether they do."""
        held, first = self.total.late_holder, self.total.late_first_holder
        return (self.total.late, held, first) == (self.late, self.late, self.late_first)


def course_of(kept: KeptDossier) -> Course:
    """Its spells, read along with it, in their order."""
    spells = list(kept.spells.all())
    whole = max(1, sum(spell.working_minutes for spell in spells))
    lines, begun = [], 0
    for place, spell in enumerate(spells):
        lines.append(
            CourseLine(
                spell, step_said(spell.step), who_had(spell), role_said(spell.role), _bar(spell, begun, whole, place)
            )
        )
        begun += spell.working_minutes
    return Course(lines, _dues(kept, whole), len(spells) * _ROW)


def _bar(spell: KeptSpell, begun: int, whole: int, place: int) -> Bar:
    x, end = _at(begun, whole), _at(begun + spell.working_minutes, whole)
    over = min(spell.overrun_minutes, spell.working_minutes)
    over_x = _at(begun + spell.working_minutes - over, whole)
    limit = 0 if spell.limit_minutes is None else min(_at(spell.limit_minutes, whole), WIDTH - x)
    is_stopped = spell.holder_kind == "suspension"
    return Bar(x, place * _ROW, max(end - x, _LEAST), limit, over_x, end - over_x, is_stopped)


def _at(minutes: int, whole: int) -> int:
    return minutes * WIDTH // whole


def _dues(kept: KeptDossier, whole: int) -> list[DueLine]:
    """Only what has passed lies on the axis: so many working minutes before its end as are late."""
    passed = [(_("Appointment"), kept.late_minutes, False)]
    if kept.first_due_at != kept.due_at:
        passed.append((_("First appointment"), kept.late_first_minutes, True))
    return [DueLine(name, _at(whole - late, whole), is_first) for name, late, is_first in passed if late]


def step_said(step: str) -> str:
    """A step by its name; the time around all steps in words."""
    between = {BEFORE_FIRST_EVENT: _("Before the first step"), AFTER_LAST_EVENT: _("After the last step")}
    waits = {"supplementing": _("Missing papers"), "awaiting_payment": _("Payment"), "suspended": _("Suspended")}
    return (between | waits).get(step, step)


def who_had(spell: KeptSpell) -> str:
    """An official by name, else in words who it was."""
    if spell.holder_kind != OFFICIAL:
        return kind_name(spell.holder_kind)
    return spell.official.name if spell.official else spell.holder_name or _("Official not named")


def charged_of(kept: KeptDossier) -> Charged:
    """By holder, most first."""
    found: dict[str, dict[str, int]] = {}
    for spell in kept.spells.all():
        held = found.setdefault(who_had(spell), dict.fromkeys(MINUTES, 0))
        for name in MINUTES:
            held[name] += getattr(spell, name)
    parts = [_part(who, held) for who, held in found.items()]
    shown = [
        part for part in parts if any((part.late, part.late_holder, part.late_first_holder, part.late_first_overrun))
    ]
    total = {name: sum(held[name] for held in found.values()) for name in MINUTES}
    shown.sort(key=lambda part: (-part.late, part.who))
    return Charged(shown, _part("", total), kept.late_minutes, kept.late_first_minutes)


def _part(who: str, held: dict[str, int]) -> Part:
    return Part(
        who, held["late_minutes"], held["late_overrun"], held["late_holder"], held["late_first_overrun"],
        held["late_first_holder"],
    )  # fmt: skip


def why_of(kept: KeptDossier) -> list[Reason]:
    """Both rules on the figures of this dossier."""
    late, over = kept.late_minutes, sum(spell.overrun_minutes for spell in kept.spells.all())
    given = {"late": hours_and_minutes(late), "over": hours_and_minutes(over)}
    if over >= late:
        first = (
            _("All steps went over their limits by %(over)s. The %(late)s late are shared among them by that.") % given
        )
    else:
        given["rest"] = hours_and_minutes(late - over)
        first = _(
            "Steps that went over their limits are charged all of it, %(over)s. The other %(rest)s are charged to "
            "whoever had the dossier after the appointment."
        ) % given  # fmt: skip
    second = _("Whoever had the dossier after the appointment is charged each of the %(late)s.") % given
    return [
        Reason(_("By the limits of steps: this is what is charged"), given["late"], children=[Reason(first)]),
        Reason(_("By who had it after the appointment: for comparison"), given["late"], children=[Reason(second)]),
    ]
