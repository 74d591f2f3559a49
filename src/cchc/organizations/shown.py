"""Units and officials as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cchc.interface.errors import current_language
from cchc.interface.hosting.audited import known_audited
from cchc.organizations.calendars import choices_among, load_calendar
from cchc.organizations.kinds import kind_of, unit_kinds
from cchc.organizations.models import Official, OwnCalendar, Placement, Unit
from cchc.organizations.roles import role_of
from cchc.records.errors import DomainError
from cchc.records.text import LocalText

_REORGANIZATIONS: Final = {
    "merger": LocalText("Nhập đơn vị", "Merger"),
    "split": LocalText("Chia, tách đơn vị", "Split"),
    "dissolution": LocalText("Giải thể đơn vị", "Dissolution"),
}

_RECORDS: Final = {"organizations.CalendarUse": LocalText("Lịch làm việc", "Working calendar")}


def shown_kinds() -> list[tuple[str, str]]:
    """Every kind with its name in the reader's language."""
    language = current_language()
    return [(id_, dated.value.name.in_language(language)) for id_, dated in unit_kinds().items()]


def shown_kind(id_: str) -> str:
    """The name of a kind of unit in the reader's language."""
    return kind_of(id_).name.in_language(current_language())


def shown_kind_of_record(subject_type: str) -> str:
    """What a kind of dated record is called in the reader's language, those that are read with their unit included."""
    named = _RECORDS.get(subject_type)
    return shown_kind_of_object(subject_type) if named is None else named.in_language(current_language())


def shown_kind_of_object(subject_type: str) -> str:
    """What a type of objects is called in the reader's language; one that no room opened keeps its code."""
    known = known_audited().get(subject_type)
    return subject_type if known is None else known.name.in_language(current_language())


def shown_calendars(kept: Sequence[OwnCalendar]) -> list[tuple[str, str]]:
    """What a unit may work by, those `kept` for it among them, each with its title in the reader's language."""
    return [(id_, title.in_language(current_language())) for id_, title in choices_among(kept)]


def shown_calendar(id_: str) -> str:
    """A calendar's title in the reader's language; its id where it is not known (any more)."""
    try:
        return load_calendar(id_).title.in_language(current_language())
    except DomainError:
        return id_


def name_of(placement: Placement) -> str:
    """What the unit was called, in the reader's language where there is such a name."""
    return placement.name_in(current_language())


@dataclass(frozen=True, slots=True)
class ShownStanding:
    """A unit in the list of a day: as it was then, and what stands for it today, which only lists of the past say."""

    placement: Placement
    today: Sequence[Placement] = ()

    @property
    def is_unchanged(self) -> bool:
        """Whether it is still there under the same name."""
        return [(one.unit_id, one.name_vi) for one in self.today] == [(self.placement.unit_id, self.placement.name_vi)]


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """A unit on a day: `history` newest first, `way` from the top to itself, empty when it did not exist then."""

    unit: Unit
    history: Sequence[Placement]
    way: Sequence[Placement]
    day: date

    @property
    def now(self) -> Placement:
        """What it was on the day; what it was last when it did not exist then."""
        return self.way[-1] if self.way else self.history[0]

    @property
    def exists(self) -> bool:
        """Whether it was there on the day."""
        return bool(self.way)

    @property
    def name(self) -> str:
        """As it is or was last called."""
        return name_of(self.now)

    @property
    def kind(self) -> str:
        """In the reader's language."""
        return shown_kind(self.now.kind)


@dataclass(frozen=True, slots=True)
class RemainingRole:
    """A role that is not over, where its holder is transferred. `is_tied`: over the former unit, what stands under it,
    or above it without being the top. `may_end`: the reader may take it away.
    """

    key: int
    said: str
    is_tied: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class FateLine:
    """A posting, role or part of a unit that goes: what may become of it as `(key, words)`, and what does unless
    another is chosen; an empty `initial` must be chosen.
    """

    key: str
    heading: str
    said: str
    choices: Sequence[tuple[str, str]]
    initial: str


def shown_reorganization(kind: str) -> str:
    """What a merger, split or dissolution is called in the reader's language."""
    name = _REORGANIZATIONS.get(kind)
    return kind if name is None else name.in_language(current_language())


def shown_role(id_: str) -> str:
    """A role's name in the reader's language."""
    return role_of(id_).name.in_language(current_language())


def named_as(official: Official | None, capacity: str) -> str:
    """Who did something, in which post of which unit at that moment, on one line; empty where no official did."""
    return "" if official is None else ", ".join(part for part in (official.name, capacity) if part)
