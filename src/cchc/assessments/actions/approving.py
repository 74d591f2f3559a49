"""What follows the frozen result: it is approved, made public, and looked at once more where a unit asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from cchc.assessments.actions.taking import take_round, take_sheet
from cchc.assessments.audit_kinds import RESULT_APPROVED, REVIEW_ANSWERED, REVIEW_ASKED, ROUND_MOVED
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Approval, ReviewRequest, Round, Sheet
from cchc.assessments.policies import check_step, may_be_reviewed
from cchc.assessments.states import ROUND
from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.doers import done_by, sign
from cchc.papers.models import Paper
from cchc.records.errors import refuse


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on paper: number, day, who signed it; `paper` where it was issued here."""

    number: str
    decided_on: date
    signer: str
    paper: Paper | None = None


@action
def approve_result(
    *, actor: Actor, now: datetime, round_: Round, decision: Decision, expected_version: int
) -> Approval:  # fmt: skip
    """Record by which decision the frozen version was approved.

    Raises `assessments.round_stale`, `assessments.not_in_state`, `assessments.decision_incomplete`,
    `assessments.decision_day` for a day before the freeze or after today.
    """
    locked = take_round(round_, expected_version)
    check_step(locked, "approve")
    number, signer = " ".join(decision.number.split()), " ".join(decision.signer.split())
    if not number or not signer:
        raise refuse("assessments.decision_incomplete")
    frozen = locked.freezes.get(version=locked.result_version, confirmed_at__isnull=False)
    frozen_on = localtime(frozen.confirmed_at).date()
    if not frozen_on <= decision.decided_on <= localtime(now).date():
        raise refuse("assessments.decision_day", start=frozen_on, end=localtime(now).date())
    approval = Approval.objects.create(
        round=locked, version=locked.result_version, number=number, decided_on=decision.decided_on, signer=signer,
        paper=decision.paper, approved_at=now, **done_by(actor, "approved"),
    )  # fmt: skip
    record(RESULT_APPROVED, approval, after=values_of(approval))
    _move(locked, "approve")
    return approval


@action
def make_public(*, actor: Actor, now: datetime, round_: Round, expected_version: int) -> Round:
    """The round stands as published; the public pages themselves are the portal's, in the same transaction.

    Raises `assessments.round_stale`, `assessments.not_in_state`.
    """
    locked = take_round(round_, expected_version)
    check_step(locked, "publish")
    return _move(locked, "publish")


@action
def ask_review(*, actor: Actor, now: datetime, sheet: Sheet, code: str, text: str) -> ReviewRequest:
    """A unit asks the council to look once more at a criterion of its sheet, or at all of it (no code).

    Raises `assessments.no_review_reason`, `assessments.not_in_state`, `assessments.no_review_phase`,
    `assessments.review_over`, `scoring.unknown_criterion`, `assessments.review_open`.
    """
    if not text.strip():
        raise refuse("assessments.no_review_reason")
    locked = take_sheet(sheet)
    phase = locked.round.phases.filter(phase="review").first()
    may_be_reviewed(locked.round, phase, localtime(now).date()).require()
    if code:
        set_of(locked.round).criterion(code)
    if locked.review_requests.filter(criterion=code, granted=None).exists():
        raise refuse("assessments.review_open", unit=locked.name)
    asked = ReviewRequest.objects.create(
        sheet=locked, criterion=code, text=text.strip(), asked_at=now, **done_by(actor, "asked")
    )
    record(REVIEW_ASKED, asked, after=values_of(asked))
    return asked


@action
def answer_review(
    *, actor: Actor, now: datetime, asked: ReviewRequest, granted: bool, answer: str
) -> ReviewRequest:  # fmt: skip
    """What the council answered. Points change only where the chair opens the round again.

    Raises `assessments.no_reason`, `assessments.review_answered`.
    """
    if not answer.strip():
        raise refuse("assessments.no_reason")
    take_sheet(asked.sheet)
    locked = ReviewRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if locked.granted is not None:
        raise refuse("assessments.review_answered")
    before = values_of(locked)
    locked.granted, locked.answer, locked.answered_at = granted, answer.strip(), now
    sign(locked, "answered", actor)
    locked.save()
    record(REVIEW_ANSWERED, locked, before=before, after=values_of(locked))
    return locked


def _move(round_: Round, step: str) -> Round:
    before = values_of(round_)
    round_.state = ROUND.after(round_.state, ROUND.step(step))
    round_.version += 1
    round_.save()
    record(ROUND_MOVED, round_, before=before, after=values_of(round_))
    return round_
