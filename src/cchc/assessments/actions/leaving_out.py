"""A unit that was taken into a round by mistake leaves it again."""

from __future__ import annotations

from datetime import datetime

from cchc.assessments.actions.taking import take_sheet
from cchc.assessments.audit_kinds import CHARGE_ENDED, UNIT_LEFT_OUT
from cchc.assessments.models import Answer, AnswersImport, ComparedFigure, Question, Sheet, StagePoints, Visit
from cchc.assessments.policies import may_be_left_out
from cchc.assessments.states import PREPARING
from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.files.queries import subjects_cited
from cchc.records.errors import refuse


@action
def leave_unit_out(*, actor: Actor, now: datetime, sheet: Sheet, reason: str) -> None:
    """The unit is not scored in the round: its empty sheet goes, with the charges about it alone.

    Raises `assessments.no_reason`, `assessments.sheet_not_found`, `assessments.not_in_state`,
    `assessments.sheet_locked`; `assessments.sheet_not_empty` once anything was said in it, and `assessments.last_unit`
    where units already score themselves and no other would be left, `assessments.visit_is_planned`.
    """
    if not reason.strip():
        raise refuse("assessments.no_reason")
    taken = take_sheet(sheet)
    round_ = taken.round
    may_be_left_out(taken).require()
    if _holds_anything(taken):
        raise refuse("assessments.sheet_not_empty", unit=taken.name)
    if round_.state != PREPARING and not round_.sheets.exclude(pk=taken.pk).exists():
        raise refuse("assessments.last_unit", unit=taken.name)
    planned = Visit.objects.filter(sheet=taken, taken_back_at=None).first()
    if planned is not None:
        raise refuse("assessments.visit_is_planned", unit=taken.name, day=planned.visit_on)
    for charge in taken.charges.order_by("pk"):
        record(CHARGE_ENDED, charge, before=values_of(charge), reason=reason.strip())
        charge.delete()
    Visit.objects.filter(sheet=taken).delete()
    Answer.objects.filter(sheet=taken).delete()
    ComparedFigure.objects.filter(sheet=taken).delete()
    StagePoints.objects.filter(sheet=taken).delete()
    left = {taken.unit.code: taken.group}
    taken.delete()
    record(UNIT_LEFT_OUT, round_, before={"units": left}, reason=reason.strip())


def _holds_anything(sheet: Sheet) -> bool:
    """Whether somebody wrote into it, cited a file for it, handed one in or asked about it."""
    answers = Answer.objects.filter(sheet=sheet)
    if answers.filter(version__gt=0).exists() or AnswersImport.objects.filter(sheet=sheet).exists():
        return True
    if Question.objects.filter(sheet=sheet).exists():
        return True
    visits = list(Visit.objects.filter(sheet=sheet).order_by("pk").values_list("pk", flat=True))
    if subjects_cited(Visit._meta.label, visits):
        return True
    return bool(subjects_cited(Answer._meta.label, list(answers.order_by("pk").values_list("pk", flat=True))))
