"""The record of an official as a page and a sheet of paper show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cchc.dossiers.models import ActualCompletion
from cchc.files.models import Citation
from cchc.organizations.models import Official
from cchc.oversight.addresses import to_rows
from cchc.oversight.addresses_lists import to_item
from cchc.oversight.charging import OVERDUE
from cchc.oversight.figures import DOSSIERS, LATE_STEPS, MINUTES, STEPS
from cchc.oversight.models import DelayVerdict, KeptSpell, ListedItem
from cchc.oversight.queries.board import Asked
from cchc.oversight.queries.records import Erratum, Gathered
from cchc.oversight.records import RULES, Record, RecordLine
from cchc.oversight.shown_board import Number
from cchc.oversight.shown_dossier import step_said
from cchc.oversight.shown_lists import ItemLine
from cchc.oversight.shown_words import OFFICIAL, role_said


@dataclass(frozen=True, slots=True)
class ShownSpell:
    """One stretch: which step, in which role."""

    spell: KeptSpell
    step: str
    role: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A dossier with what the official had of it."""

    line: RecordLine
    url: str
    spells: Sequence[ShownSpell]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """An overdue dossier under each of `RULES`, in minutes, with what was claimed; `is_listed`: as it stood when the
    list of the month was cut off, because what is charged has moved on since.
    """

    code: str
    minutes: Sequence[int]
    claims: Sequence[ActualCompletion]
    is_listed: bool = False

    @property
    def is_late_under_every_rule(self) -> bool:
        """No choice of a rule explains it away."""
        return all(self.minutes)


@dataclass(frozen=True, slots=True)
class Said:
    """What was said and found about a dossier: the verdict of a verifier, the entry of the list with reply, evidence,
    decision and errata; None where there is none.
    """

    code: str
    verdict: DelayVerdict | None
    entry: ItemLine | None
    files: Sequence[Citation]
    errata: Sequence[Erratum]

    @property
    def url(self) -> str:
        """The page of the entry."""
        return to_item(self.entry.item) if self.entry else ""


def parts_of(found: Gathered, official: Official, asked: Asked, *, may_open: bool) -> dict[str, Any]:
    """All parts of the page, as its template names them."""
    return {
        "record": found.record,
        "sums": _sums_of(found, official, asked, may_open=may_open),
        "lines": _lines(found.record),
        "by_rules": _rule_lines(found),
        "said": _said_lines(found),
    }


def _lines(record: Record) -> list[ShownLine]:
    """In the order of the record."""
    return [
        ShownLine(
            line,
            reverse("oversight:dossier", args=[line.dossier.pk]),
            [ShownSpell(one, step_said(one.step), role_said(one.role)) for one in line.spells if one.working_minutes],
        )
        for line in record.lines
    ]


def _rule_lines(found: Gathered) -> list[RuleLine]:
    """Overdue dossiers of the record, then those that the list alone still has in this month."""
    lines = [
        RuleLine(one.dossier.code, one.by_rules, found.claims.get(one.dossier.own_id or 0, ()))
        for one in found.record.lines
        if one.is_overdue
    ]
    there = {one.code for one in lines}
    listed = [one for one in found.items if one.klass == OVERDUE and one.code not in there]
    return [*lines, *(RuleLine(one.code, [getattr(one, rule) for rule in RULES], (), True) for one in listed)]


def _said_lines(found: Gathered) -> list[Said]:
    """Overdue dossiers of the record, and every entry of the list."""
    entries = {(one.kept_id, one.code): one for one in found.items}
    overdue = {(one.dossier.pk, one.dossier.code): None for one in found.record.lines if one.is_overdue}
    return [_said(found, key, code, entries.get((key, code))) for key, code in overdue | dict.fromkeys(entries)]


def _said(found: Gathered, kept: int | None, code: str, item: ListedItem | None) -> Said:
    verdict = None if kept is None else found.verdicts.get(kept)
    if item is None:
        return Said(code, verdict, None, (), ())
    return Said(code, verdict, ItemLine(item), found.files.get(item.pk, ()), found.errata[item.pk])


def _sums_of(found: Gathered, official: Official, asked: Asked, *, may_open: bool) -> list[Number]:
    """The month in all; each opens its rows to those who may see the board."""
    record, of = found.record, {"loai": OFFICIAL, "nguoi": official.code, "o": asked.unit.code}
    values = (
        (DOSSIERS, record.dossiers), (STEPS, record.steps), (LATE_STEPS, record.late_steps), (MINUTES, record.late),
    )  # fmt: skip
    return [Number(str(one.name), value, to_rows(asked, one, **of) if may_open else "") for one, value in values]
