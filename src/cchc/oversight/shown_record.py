"""The record of an official as a page and a sheet of paper show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from cchc.dossiers.models import ActualCompletion
from cchc.oversight.models import KeptSpell
from cchc.oversight.records import Record, RecordLine
from cchc.oversight.shown_dossier import step_said
from cchc.oversight.shown_words import role_said


@dataclass(frozen=True, slots=True)
class ShownSpell:
    """One stretch: which step, in which role."""

    spell: KeptSpell
    step: str
    role: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A dossier with what the official had of it, and what was claimed, with its evidence."""

    line: RecordLine
    url: str
    spells: Sequence[ShownSpell]
    claims: Sequence[ActualCompletion]


def shown_record(record: Record, evidence: Mapping[int, Sequence[ActualCompletion]]) -> list[ShownLine]:
    """In the order of the record."""
    return [
        ShownLine(
            line,
            reverse("oversight:dossier", args=[line.dossier.pk]),
            [ShownSpell(one, step_said(one.step), role_said(one.role)) for one in line.spells if one.working_minutes],
            evidence.get(line.dossier.own_id or 0, ()),
        )
        for line in record.lines
    ]
