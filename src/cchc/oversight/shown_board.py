"""The board as it is shown: every figure with the address of the shares that it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cchc.ledger.fairness import minimum_volume
from cchc.ledger.officials import wilson
from cchc.organizations.models import Placement
from cchc.organizations.shown import name_of
from cchc.oversight.addresses import key_of, months_until, record_address, said_month, to_board, to_rows
from cchc.oversight.figures import (
    CARRIED_OVER,
    DOSSIERS,
    LATE_STEPS,
    MINUTES,
    NEW,
    OVERDUE,
    RETURNED,
    SLOW,
    STEPS,
    STILL_OPEN,
    VERDICTS,
    Figure,
)
from cchc.oversight.queries.board import Asked, Board, Holder, Tally
from cchc.oversight.shown_words import OFFICIAL, OWN, UNNAMED, kind_name, role_said
from cchc.records.months import following, months_on

UNIT_FIGURES: Final = (DOSSIERS, OVERDUE, *VERDICTS, CARRIED_OVER, NEW, RETURNED, STILL_OPEN, SLOW, MINUTES)
HOLDER_FIGURES: Final = (OVERDUE, *VERDICTS, SLOW, MINUTES)
MONTHS_OFFERED: Final = 24


@dataclass(frozen=True, slots=True)
class Number:
    """How many of what, and the address of exactly these shares; `mark` as figures have it."""

    name: str
    value: int
    url: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A unit, a procedure, or a holder who is nobody in person; `url` leads to its own board."""

    name: str
    numbers: Sequence[Number]
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """An official of a unit: steps, late ones, and their share with its interval; `rate` is None where there are fewer
    steps than the minimum volume, so that nobody is compared by a handful.
    """

    pk: int
    name: str
    unit: str
    is_known: bool
    steps: Number
    late_steps: Number
    rate: Fraction | None
    low: Decimal
    high: Decimal
    numbers: Sequence[Number]
    record: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """Whose the late minutes are: of officials, of nobody in person, of whom was waited for; in all."""

    people: Number
    unnamed: Number
    others: Number
    total: Number

    @property
    def adds_up(self) -> bool:
        """Whether the parts are the whole."""
        return self.people.value + self.unnamed.value + self.others.value == self.total.value

    @property
    def unnamed_share(self) -> Fraction | None:
        """Of the unit's own late minutes, what has no name; None without any."""
        own = self.people.value + self.unnamed.value
        return Fraction(self.unnamed.value, own) if own else None


def numbers_of(asked: Asked, tally: Tally, figures: Iterable[Figure], **more: str) -> list[Number]:
    """With the way to the shares of each."""
    return [Number(str(one.name), one.of(tally), to_rows(asked, one, **more), one.mark) for one in figures]


def unit_lines(asked: Asked, board: Board) -> list[Line]:
    """The unit alone, then what stands right below it, then what no register knows; nothing where there is one."""
    lines = [
        Line(name_of(place), numbers_of(asked_in(asked, place), tally, UNIT_FIGURES), to_board(asked_in(asked, place)))
        for place, tally in board.units
        if tally != Tally()
    ]
    unknown = [
        Line(
            name or _("Unit not named"),
            numbers_of(asked, tally, UNIT_FIGURES, **_unplaced(name)),
            note=_("only in a log"),
        )
        for name, tally in board.unplaced.items()
    ]
    if not lines and not unknown:
        return []
    own = Line(_("The unit itself"), numbers_of(asked, board.own, UNIT_FIGURES, rieng="1"))
    return [own, *lines, *unknown]


def asked_in(asked: Asked, place: Placement) -> Asked:
    """The same of another unit."""
    return Asked(place.unit, asked.month, asked.day, asked.procedure, asked.role)


def _unplaced(name: str) -> Mapping[str, str]:
    return {"rieng": "ten", "ten-don-vi": name}


def procedure_lines(asked: Asked, board: Board) -> list[Line]:
    """By code, those with dossiers that were overdue or slow first in their own right: all are shown."""
    return [
        Line(
            name,
            numbers_of(_of_procedure(asked, code), tally, UNIT_FIGURES),
            to_board(_of_procedure(asked, code)),
            code,
        )
        for code, name, tally in board.procedures
    ]


def _of_procedure(asked: Asked, code: str) -> Asked:
    return Asked(asked.unit, asked.month, asked.day, code, asked.role)


def person_lines(asked: Asked, board: Board) -> list[PersonLine]:
    """Officials from A to Z, one line for each unit they work in."""
    least = minimum_volume(asked.day)
    people = [(holder, tally) for holder, tally in board.holders if holder.kind == OFFICIAL]
    people.sort(key=lambda one: (one[0].sort_key.casefold(), one[0].code, one[0].unit))
    return [_person(asked, place, holder, tally, least) for place, (holder, tally) in enumerate(people, 1)]


def _person(asked: Asked, place: int, holder: Holder, tally: Tally, least: int) -> PersonLine:
    of = holder_query(holder)
    low, high = wilson(tally.late_steps, tally.steps)
    rate = Fraction(tally.late_steps, tally.steps) if tally.steps >= max(least, 1) else None
    steps, late_steps = numbers_of(asked, tally, (STEPS, LATE_STEPS), **of)
    numbers = numbers_of(asked, tally, HOLDER_FIGURES, **of)
    return PersonLine(
        place, holder.name or _("Official not named"), holder.unit, bool(holder.code), steps, late_steps, rate, low,
        high, numbers, _to_record(asked, holder),
    )  # fmt: skip


def _to_record(asked: Asked, holder: Holder) -> str:
    """Of whom the register knows; empty for others."""
    if not (holder.code and holder.unit_code):
        return ""
    return record_address(holder.unit_code, holder.code, asked.month)


def holder_query(holder: Holder) -> dict[str, str]:
    """How an address names a holder in a unit."""
    said = {"loai": holder.kind, "nguoi": holder.code, "ten": "" if holder.code else holder.name}
    where = {"o": holder.unit_code} if holder.unit_code else {"rieng": "ten", "ten-don-vi": holder.unit_name}
    return {name: value for name, value in (said | where).items() if value}


def other_lines(asked: Asked, board: Board) -> list[Line]:
    """Queues, system accounts and whom was waited for: never a person, the unit's head answers for the first two."""
    by_kind: dict[str, Tally] = {}
    for holder, tally in board.holders:
        if holder.kind != OFFICIAL:
            by_kind[holder.kind] = by_kind.get(holder.kind, Tally()) + tally
    figures = (STEPS, OVERDUE, *VERDICTS, SLOW, MINUTES)
    order = sorted(by_kind, key=lambda kind: (kind not in UNNAMED, kind))
    return [
        Line(
            kind_name(kind), numbers_of(asked, by_kind[kind], figures, loai=kind),
            note=_("the head of the unit answers for it") if kind in UNNAMED else _("not the unit's own time"),
        )
        for kind in order
    ]  # fmt: skip


def balance_of(asked: Asked, board: Board) -> Balance:
    """The line of the board that says whose the late minutes are."""
    minutes = {"nguoi": 0, "chung": 0, "khac": 0}
    for holder, tally in board.holders:
        key = "nguoi" if holder.kind == OFFICIAL else "chung" if holder.kind in OWN else "khac"
        minutes[key] += tally.late_minutes
    name = str(MINUTES.name)
    people, unnamed, others = (Number(name, value, to_rows(asked, MINUTES, phia=key)) for key, value in minutes.items())
    return Balance(people, unnamed, others, Number(name, board.total.late_minutes, to_rows(asked, MINUTES)))


def month_choices(request: HttpRequest, asked: Asked) -> list[tuple[str, str]]:
    """The months that are offered, the newest first."""
    offered = months_until(request.viewer.day.replace(day=1), MONTHS_OFFERED)
    months = sorted({asked.month, *offered}, reverse=True)
    return [(key_of(one), said_month(one)) for one in months]


def role_choices(board: Board) -> list[tuple[str, str]]:
    """The roles in which steps of the month were done."""
    return sorted(((one, role_said(one)) for one in board.roles), key=lambda one: one[1])


def neighbours(asked: Asked, today: date) -> dict[str, str]:
    """The boards of the month before and of the one after, where there is one."""
    before = months_on(asked.month, -1)
    next_one = following(asked.month)
    after = "" if next_one > today else to_board(asked, thang=key_of(next_one))
    return {"before": to_board(asked, thang=key_of(before)), "after": after}
