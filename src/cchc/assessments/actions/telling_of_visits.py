"""Heads and reform officers of units are told when the field team comes to them, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localtime

from cchc.assessments import notice_kinds as kinds
from cchc.assessments.halves import AT_THE_OFFICE, HALVES
from cchc.assessments.models import Visit
from cchc.audit.actors import Actor
from cchc.followups.queries.recipients import answering_for
from cchc.notices.actions import Telling, tell

_NOTHING = "–"


def tell_visited(written: Sequence[tuple[Visit, date | None]], actor: Actor, now: datetime) -> None:
    """Of each visit: when and where; and of one that was moved, the day that no longer holds."""
    lines = [
        (kinds.VISIT_MOVED, visit, {**_said(visit, actor), "before": stood})
        if stood is not None
        else (kinds.VISIT_PLANNED, visit, _said(visit, actor))
        for visit, stood in written
    ]
    _tell(lines, actor, now)


def tell_taken_back(visit: Visit, actor: Actor, now: datetime) -> None:
    """That nobody comes that day, and why."""
    said = {"unit": visit.sheet.name, "round": _round(visit), "day": visit.visit_on, "by": actor.name}
    _tell([(kinds.VISIT_TAKEN_BACK, visit, {**said, "text": visit.reason})], actor, now)


def _said(visit: Visit, actor: Actor) -> dict[str, object]:
    return {
        "unit": visit.sheet.name, "round": _round(visit), "day": visit.visit_on, "half": HALVES[visit.half],
        "place": visit.place or AT_THE_OFFICE, "note": visit.note or _NOTHING, "by": actor.name,
    }  # fmt: skip


def _round(visit: Visit) -> str:
    return f"{visit.sheet.round.title} {visit.sheet.round.year}"


def _tell(lines: Sequence[tuple[str, Visit, dict[str, object]]], actor: Actor, now: datetime) -> None:
    people = answering_for({visit.sheet.unit_id for _, visit, _ in lines}, localtime(now).date()) if lines else {}
    tellings = [
        Telling(kind, person, visit.sheet, said)
        for kind, visit, said in lines
        for person in people.get(visit.sheet.unit_id, ())
    ]
    if tellings:
        tell(actor=actor, now=now, tellings=tellings)
