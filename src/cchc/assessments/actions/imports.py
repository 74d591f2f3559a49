"""A file of answers: handed in, carried out whole or not at all, or laid aside."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from cchc.assessments.actions.answers import write_answer
from cchc.assessments.actions.taking import take_round
from cchc.assessments.audit_kinds import ANSWERS_IMPORTED, ANSWERS_SET_ASIDE, ANSWERS_UPLOADED
from cchc.assessments.importing.planning import AnswersPlan, MayWrite, plan_answers
from cchc.assessments.importing.reading import AnswerRows
from cchc.assessments.models import AnswersImport, Round, Sheet
from cchc.assessments.queries.imports import goes_into
from cchc.assessments.states import stage_now
from cchc.audit.actions import action, record
from cchc.audit.actors import Actor
from cchc.organizations.models import Official
from cchc.records.errors import DomainError, refuse

_LONGEST_NAME = 255


@action
def hand_in_answers(
    *, actor: Actor, now: datetime, round_: Round, sheet: Sheet | None, file: str, content: bytes, official: Official
) -> AnswersImport:
    """Keep a file until it is decided about: of one `sheet`, or of all in the round."""
    made = AnswersImport.objects.create(
        round=round_, sheet=sheet, file=file[-_LONGEST_NAME:], sha256=sha256(content).hexdigest(), content=content,
        uploaded_by=official, uploaded_at=now,
    )  # fmt: skip
    record(ANSWERS_UPLOADED, made, after={"file": made.file, "sha256": made.sha256})
    return made


@action
def carry_out_answers(
    *, actor: Actor, now: datetime, number: int, rows: AnswerRows, digest: str, may_write: MayWrite
) -> AnswersPlan:  # fmt: skip
    """Write exactly what was shown, or nothing.

    Raises `assessments.import_over`, the problems of the file, `assessments.import_stale` when the sheets are no longer
    what was looked at, and what `write_answer` raises.
    """
    made = _open_import(number)
    take_round(made.round)
    plan = plan_answers(rows, goes_into(made, may_write))
    if plan.problems:
        raise DomainError(*plan.problems)
    if plan.digest() != digest:
        raise refuse("assessments.import_stale")
    stage = stage_now(made.round.state)
    for one in plan.changes:
        write_answer(
            actor=actor, now=now, sheet=one.sheet, code=one.criterion.code, stage=stage, said=one.said,
            expected_version=one.version,
        )  # fmt: skip
    _close(made, "committed_at", now)
    record(ANSWERS_IMPORTED, made, after={"file": made.file, "sha256": made.sha256, "answers": len(plan.changes)})
    return plan


@action
def set_answers_aside(*, actor: Actor, now: datetime, number: int) -> AnswersImport:
    """Do not carry it out; its content is erased. Raises `assessments.import_over`."""
    made = _open_import(number)
    _close(made, "set_aside_at", now)
    record(ANSWERS_SET_ASIDE, made)
    return made


def _open_import(number: int) -> AnswersImport:
    found = AnswersImport.objects.select_for_update(of=("self",)).select_related("round__organizer")
    made = found.get(pk=number)
    if not made.is_open:
        raise refuse("assessments.import_over")
    return made


def _close(made: AnswersImport, field: str, now: datetime) -> None:
    setattr(made, field, now)
    made.content = b""
    made.save(update_fields=["content", field])
