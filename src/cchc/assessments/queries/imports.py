"""Files of answers, and the sheets into which they go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cchc.assessments.criteria import set_of
from cchc.assessments.importing.planning import Into, MayWrite
from cchc.assessments.models import Answer, AnswersImport, Round, Sheet
from cchc.assessments.states import stage_now
from cchc.records.errors import refuse
from cchc.scoring.sheets import STAGES, Stage


def get_import(number: int) -> AnswersImport:
    """With its round and sheet; `permissions` say who may follow it. Raises `assessments.import_not_found`."""
    found = AnswersImport.objects.select_related("round__organizer", "sheet__unit", "sheet__round__organizer")
    made = found.filter(pk=number).first()
    if made is None:
        raise refuse("assessments.import_not_found")
    return made


def goes_into(made: AnswersImport, may_write: MayWrite) -> Into:
    """What stands there now, at the stage that is written and before. Two queries."""
    stage = stage_now(made.round.state)
    sheets = sheets_of_round(made.round, made.sheet_id)
    until = STAGES[: STAGES.index(stage) + 1]
    answers = Answer.objects.filter(sheet__in=[one.pk for one in sheets], stage__in=until).order_by("pk")
    return Into(set_of(made.round), sheets, stage, list(answers), may_write, made.sheet_id is None)


def sheets_of_round(round_: Round, only: int | None = None) -> Sequence[Sheet]:
    """All of them in their order, or one alone."""
    found = Sheet.objects.filter(round=round_).select_related("unit", "round__organizer").order_by("place")
    return list(found if only is None else found.filter(pk=only))


def answers_at(round_: Round, sheets: Sequence[Sheet], stage: Stage) -> Mapping[tuple[int, str], Answer]:
    """By sheet and criterion: what was said at one stage."""
    found = Answer.objects.filter(sheet__in=[one.pk for one in sheets], stage=stage).order_by("pk")
    return {(one.sheet_id, one.criterion): one for one in found}
