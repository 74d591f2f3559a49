"""Reasons kept for equal cases: said once, picked again."""

from __future__ import annotations

from datetime import datetime

from cchc.assessments.actions.answers import LONGEST, Said, write_answer
from cchc.assessments.actions.taking import take_round
from cchc.assessments.audit_kinds import REASON_ENDED, REASON_KEPT
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Answer, KeptReason, Round, Sheet
from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.doers import done_by
from cchc.records.errors import refuse
from cchc.records.numbers import parse_number
from cchc.scoring.sheets import Stage


@action
def keep_reason(*, actor: Actor, now: datetime, round_: Round, code: str, text: str, points: str = "") -> KeptReason:
    """Keep a sentence for equal cases of a criterion; one that is kept already stays as it is.

    Raises `assessments.no_reason`, `assessments.text_too_long`, `scoring.unknown_criterion`, and what is said of
    points that are no number.
    """
    text, points = " ".join(text.split()), points.strip()
    if not text:
        raise refuse("assessments.no_reason")
    if len(text) > LONGEST:
        raise refuse("assessments.text_too_long", limit=LONGEST)
    if points:
        parse_number(points)
    locked = take_round(round_)
    set_of(locked).criterion(code)
    known = KeptReason.objects.filter(round=locked, criterion=code, text=text, ended_at=None).first()
    if known is not None:
        nothing_changed()
        return known
    kept = KeptReason.objects.create(
        round=locked, criterion=code, text=text, points=points, kept_at=now, **done_by(actor, "kept")
    )
    record(REASON_KEPT, kept, after=values_of(kept))
    return kept


@action
def end_reason(*, actor: Actor, now: datetime, kept: KeptReason, reason: str) -> KeptReason:
    """It is offered no more; what was written with it stays. Raises `assessments.no_reason`."""
    if not reason.strip():
        raise refuse("assessments.no_reason")
    locked = KeptReason.objects.select_for_update(of=("self",)).get(pk=kept.pk)
    if locked.ended_at is not None:
        nothing_changed()
        return locked
    before = values_of(locked)
    locked.ended_at = now
    locked.save()
    record(REASON_ENDED, locked, before=before, after=values_of(locked), reason=reason.strip())
    return locked


@action
def write_and_keep(
    *, actor: Actor, now: datetime, sheet: Sheet, code: str, stage: Stage, said: Said, expected_version: int
) -> Answer:  # fmt: skip
    """Write an answer and keep its reason for equal cases. Raises as `write_answer` and `keep_reason`."""
    answer = write_answer(
        actor=actor, now=now, sheet=sheet, code=code, stage=stage, said=said, expected_version=expected_version
    )
    reason, points = said.texts.get("reason", ""), said.texts.get("points", "")
    keep_reason(actor=actor, now=now, round_=sheet.round, code=code, text=reason, points=points)
    return answer
