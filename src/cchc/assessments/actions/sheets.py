"""A unit locks and submits its sheet; it is handed back; questions are asked and explained."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localtime

from cchc.assessments.actions.taking import take_sheet
from cchc.assessments.actions.telling_of_sheets import tell_complete, tell_handed_back
from cchc.assessments.audit_kinds import (
    QUESTION_ANSWERED,
    QUESTION_ASKED,
    QUESTION_TAKEN_BACK,
    SHEET_COMPLETE,
    SHEET_EXPLAINED,
    SHEET_HANDED_BACK,
    SHEET_SUBMITTED,
)
from cchc.assessments.completeness import what_is_missing
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Question, Sheet
from cchc.assessments.policies import (
    may_be_asked,
    may_be_explained,
    may_be_handed_back,
    may_be_submitted,
    may_be_taken_back,
)
from cchc.assessments.states import SHEET
from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.doers import done_by, sign
from cchc.records.errors import DomainError, refuse


@action
def submit_sheet(*, actor: Actor, now: datetime, sheet: Sheet, expected_version: int) -> Sheet:
    """Lock and submit. A sheet that comes after the last day of its phase is late, which is recorded.

    Raises `assessments.sheet_stale`, `assessments.not_in_state`, `assessments.sheet_locked`, and one problem for each
    criterion that lacks something.
    """
    locked = take_sheet(sheet, expected_version)
    may_be_submitted(locked).require()
    if missing := what_is_missing(set_of(locked.round), locked):
        raise DomainError(*(one.problem for one in missing))
    phase = locked.round.phases.get(phase="self")
    before = values_of(locked)
    locked.submitted_at, locked.is_late = now, localtime(now).date() > phase.ends_on
    sign(locked, "submitted", actor)
    return _settled(locked, "submit", SHEET_SUBMITTED, before)


@action
def hand_back(*, actor: Actor, now: datetime, sheet: Sheet, expected_version: int, reason: str) -> Sheet:
    """The unit writes on. Raises `assessments.no_reason`, `assessments.sheet_stale`, `assessments.not_in_state`."""
    if not reason.strip():
        raise refuse("assessments.no_reason")
    locked = take_sheet(sheet, expected_version)
    may_be_handed_back(locked).require()
    before = values_of(locked)
    locked.completed_at = None
    settled = _settled(locked, "hand_back", SHEET_HANDED_BACK, before, reason)
    tell_handed_back(settled, reason.strip(), actor, now)
    return settled


@action
def note_complete(*, actor: Actor, now: datetime, sheet: Sheet) -> Sheet:
    """Where nothing is missing any more the unit's head is told, once until the sheet is handed back."""
    locked = take_sheet(sheet)
    if locked.completed_at is not None or what_is_missing(set_of(locked.round), locked):
        nothing_changed()
        return locked
    before = values_of(locked)
    locked.completed_at = now
    locked.save(update_fields=["completed_at"])
    record(SHEET_COMPLETE, locked, before=before, after=values_of(locked))
    tell_complete(locked, actor, now)
    return locked


@action
def ask_question(*, actor: Actor, now: datetime, sheet: Sheet, code: str, text: str) -> Question:
    """Ask the unit to explain. Raises `assessments.no_question`, `assessments.not_in_state`,
    `assessments.question_open`, `scoring.unknown_criterion`.
    """
    if not text.strip():
        raise refuse("assessments.no_question")
    locked = take_sheet(sheet)
    may_be_asked(locked).require()
    set_of(locked.round).criterion(code)
    if Question.objects.filter(sheet=locked, criterion=code, answered_at=None, taken_back_at=None).exists():
        raise refuse("assessments.question_open", criterion=code, unit=locked.name)
    question = Question.objects.create(
        sheet=locked, criterion=code, text=text.strip(), asked_at=now, **done_by(actor, "asked")
    )
    record(QUESTION_ASKED, question, after=values_of(question))
    return question


@action
def take_question_back(*, actor: Actor, now: datetime, question: Question, reason: str) -> Question:
    """Nothing has to be explained. Raises `assessments.no_reason`, `assessments.question_over`,
    `assessments.not_in_state`.
    """
    if not reason.strip():
        raise refuse("assessments.no_reason")
    may_be_taken_back(take_sheet(question.sheet)).require()
    locked = _open_question(question)
    before = values_of(locked)
    locked.taken_back_at = now
    locked.save()
    record(QUESTION_TAKEN_BACK, locked, before=before, after=values_of(locked), reason=reason.strip())
    return locked


@action
def answer_question(*, actor: Actor, now: datetime, question: Question, text: str) -> Question:
    """Explain. Raises `assessments.no_answer`, `assessments.question_over`, `assessments.not_in_state`,
    `assessments.sheet_locked`.
    """
    if not text.strip():
        raise refuse("assessments.no_answer")
    sheet = take_sheet(question.sheet)
    may_be_explained(sheet).require()
    locked = _open_question(question)
    before = values_of(locked)
    locked.answer, locked.answered_at = text.strip(), now
    sign(locked, "answered", actor)
    locked.save()
    record(QUESTION_ANSWERED, locked, before=before, after=values_of(locked))
    return locked


@action
def submit_explanations(*, actor: Actor, now: datetime, sheet: Sheet, expected_version: int) -> Sheet:
    """The second lock. What is still open stays unexplained, which the appraiser sees; whether it comes after the last
    day of its phase is recorded.

    Raises `assessments.sheet_stale`, `assessments.not_in_state`, `assessments.sheet_locked`.
    """
    locked = take_sheet(sheet, expected_version)
    may_be_explained(locked).require()
    before = values_of(locked)
    phase = locked.round.phases.filter(phase="explanation").first()
    locked.explained_at = now
    locked.explained_late = phase is not None and localtime(now).date() > phase.ends_on
    sign(locked, "explained", actor)
    return _settled(locked, "explain", SHEET_EXPLAINED, before)


def _open_question(question: Question) -> Question:
    locked = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if locked.answered_at is not None or locked.taken_back_at is not None:
        raise refuse("assessments.question_over")
    return locked


def _settled(sheet: Sheet, step: str, kind: str, before: dict[str, object], reason: str = "") -> Sheet:
    sheet.state = SHEET.after(sheet.state, SHEET.step(step))
    sheet.version += 1
    sheet.save()
    record(kind, sheet, before=before, after=values_of(sheet), reason=reason.strip() or None)
    return sheet
