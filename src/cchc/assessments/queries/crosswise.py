"""One criterion in all sheets of a round, and how far appraisal is by criterion; for who may see the whole round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from cchc.assessments.computing import only
from cchc.assessments.criteria import set_of
from cchc.assessments.crosswise import Across, Beside, across, stages_shown
from cchc.assessments.models import Answer, Charge, KeptReason, Question, Round, Sheet
from cchc.assessments.queries.rounds import charges_on
from cchc.assessments.queries.scope import whole_rounds
from cchc.assessments.queries.sheets import whole
from cchc.assessments.states import appraised_at, stage_now
from cchc.assessments.writing import may_write_at
from cchc.files.queries import subjects_cited
from cchc.interface.access import Verdict
from cchc.interface.together import read_together
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.sheets import Stage


@dataclass(frozen=True, slots=True)
class Crosswise:
    """The rows in the order of the sheets, the stage under way, those whose points the rows show, and the viewer's
    charges of today.
    """

    criteria: CriteriaSet
    criterion: Criterion
    stage: Stage
    stages: Sequence[Stage]
    rows: Sequence[Across]
    charges: Sequence[Charge]
    kept: Sequence[KeptReason]

    def verdict(self, viewer: Viewer, sheet: Sheet) -> Verdict:
        """Whether the viewer may write into the row of a sheet."""
        return may_write_at(viewer, sheet, self.criterion, self.stage, self.criteria, self.charges)


def crosswise_of(viewer: Viewer, round_: Round, code: str) -> Crosswise:
    """The criterion in every sheet. Two queries. Raises `scoring.unknown_criterion`, `assessments.no_set`."""
    criteria, stage = set_of(round_), stage_now(round_.state)
    criterion = criteria.criterion(code)
    sheets, _answers = whole(round_)
    codes = [one.code for one in only(criteria, code).criteria]
    answers = Answer.objects.filter(sheet__round=round_, criterion__in=codes).select_related("written_by")
    answers = answers.order_by("pk")
    asked = open_questions(round_).filter(criterion=code)
    charges = charges_on(round_, viewer.day, viewer)
    kept = kept_reasons(round_).filter(criterion=code)
    read_together(sheets, answers, asked, charges, kept)
    stages = stages_shown((one for one in answers if one.criterion == code), stage)
    own = [one.pk for one in answers if one.stage == "self" and one.criterion == code]
    beside = Beside(
        frozenset(subjects_cited(Answer._meta.label, own)),
        {one.sheet_id: one for one in asked},
        lambda sheet: bool(may_write_at(viewer, sheet, criterion, stage, criteria, charges)),
    )
    rows = across(criteria, criterion, list(sheets), list(answers), stages, stage, beside)
    return Crosswise(criteria, criterion, stage, stages, rows, list(charges), list(kept))


def kept_reasons(round_: Round) -> QuerySet[KeptReason]:
    """Those in use, the oldest first."""
    return KeptReason.objects.filter(round=round_, ended_at=None).select_related("kept_by").order_by("pk")


def get_kept_reason(viewer: Viewer, number: int) -> KeptReason:
    """With its round. Raises `assessments.reason_not_found`."""
    seen = whole_rounds(viewer).order_by().values("pk")
    found = KeptReason.objects.filter(pk=number, round__in=seen, ended_at=None).select_related("round__organizer")
    kept = found.first()
    if kept is None:
        raise refuse("assessments.reason_not_found")
    return kept


def open_questions(round_: Round) -> QuerySet[Question]:
    """What units still have to explain."""
    return Question.objects.filter(sheet__round=round_, answered_at=None, taken_back_at=None).order_by("pk")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many sheets have been appraised in a criterion, and in how many of them something must be explained."""

    appraised: int = 0
    asked: int = 0


def progress_of(round_: Round, stage: Stage) -> tuple[int, Mapping[str, Progress]]:
    """How many sheets there are, and how far each criterion is while that stage is under way. One query."""
    sheets = Sheet.objects.filter(round=round_).order_by("pk").values_list("pk")
    said = Answer.objects.filter(sheet__round=round_, stage__in=appraised_at(stage), version__gt=0)
    appraised = _numbers(said)
    asked = _numbers(open_questions(round_))
    read_together(sheets, appraised, asked)
    by_code, asked_by_code = dict(appraised), dict(asked)
    codes = {*by_code, *asked_by_code}
    return len(sheets), {code: Progress(by_code.get(code, 0), asked_by_code.get(code, 0)) for code in codes}


def _numbers(found: QuerySet[Answer] | QuerySet[Question]) -> QuerySet[Answer, tuple[str, int]]:
    grouped: QuerySet[Answer, tuple[str, int]] = (
        found.order_by().values_list("criterion").annotate(number=Count("sheet", distinct=True)).order_by("criterion")
    )
    return grouped


def chosen(rows: Iterable[Across], keys: Iterable[str]) -> list[Across]:
    """Those whose sheet was named."""
    wanted = {key for key in keys if key.isdecimal()}
    return [row for row in rows if str(row.pk) in wanted]
