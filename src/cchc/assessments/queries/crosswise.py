"""One criterion in all sheets of a round, and how far appraisal is by criterion; for who may see the whole round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Final

from django.db.models import Count, QuerySet

from cchc.assessments.computing import only
from cchc.assessments.criteria import set_of
from cchc.assessments.crosswise import Across, KeptPoints, Standing, across, as_in_empty_sheet, flagged, stages_shown
from cchc.assessments.models import Answer, Binding, Charge, KeptReason, Question, Round, Sheet, StagePoints
from cchc.assessments.queries.comparing import as_compared, compared_with_any
from cchc.assessments.queries.measures import bindings_of, measured
from cchc.assessments.queries.rounds import charges_on
from cchc.assessments.queries.scope import whole_rounds
from cchc.assessments.shown_measures import measured_beside
from cchc.assessments.states import appraised_at, stage_now
from cchc.assessments.writing import may_write_at
from cchc.files.queries import subjects_cited
from cchc.interface.access import Verdict
from cchc.interface.together import answer, read_together
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.sheets import Stage

_LIGHT: Final = ("round", "group", "place", "name", "state", "unit__id")


@dataclass(frozen=True, slots=True)
class Crosswise:
    """How every sheet of the round stands at the criterion, in their order; the stage under way, those whose points are
    shown, and the viewer's charges of today.
    """

    criteria: CriteriaSet
    criterion: Criterion
    stage: Stage
    stages: Sequence[Stage]
    standings: Sequence[Standing]
    charges: Sequence[Charge]
    kept: Sequence[KeptReason]
    bindings: Sequence[Binding]

    def verdict(self, viewer: Viewer, sheet: Sheet) -> Verdict:
        """Whether the viewer may write into the row of a sheet."""
        return may_write_at(viewer, sheet, self.criterion, self.stage, self.criteria, self.charges)


def crosswise_of(viewer: Viewer, round_: Round, code: str) -> Crosswise:
    """The criterion in every sheet, by what is kept with the answers. One query. Raises `scoring.unknown_criterion`,
    `assessments.no_set`.
    """
    criteria, stage = set_of(round_), stage_now(round_.state)
    criterion = criteria.criterion(code)
    sheets = Sheet.objects.filter(round=round_).select_related("unit").order_by("place").only(*_LIGHT)
    points = StagePoints.objects.filter(sheet__round=round_, criterion=code, stage__in={"self", stage})
    made = points.order_by("pk").values_list("sheet", "stage", "points", "applicable")
    spoken = Answer.objects.filter(sheet__round=round_, criterion=code, version__gt=0).exclude(stage="self")
    said = spoken.order_by("pk").values_list("sheet", "stage", "said")
    asked = open_questions(round_).filter(criterion=code).values_list("sheet")
    charges = charges_on(round_, viewer.day, viewer)
    kept = kept_reasons(round_).filter(criterion=code)
    bound = bindings_of(round_).filter(criterion=code)
    read_together(sheets, made, said, asked, charges, kept, bound)
    stood = {(sheet, at): KeptPoints(Fraction(text) if text else None, applies) for sheet, at, text, applies in made}
    grid = Crosswise(
        criteria, criterion, stage, stages_shown((at for _, at, _ in said), stage), (), list(charges), list(kept),
        list(bound),
    )  # fmt: skip
    return replace(
        grid, standings=flagged(list(_every(viewer, round_, grid, list(sheets), stood, list(said), list(asked))))
    )


def _every(
    viewer: Viewer, round_: Round, grid: Crosswise, sheets: Sequence[Sheet],
    stood: Mapping[tuple[int, str], KeptPoints],
    said: Sequence[tuple[int, str, Mapping[str, str]]], asked: Sequence[tuple[int]],
) -> Iterator[Standing]:  # fmt: skip
    """The sheets as rows, before they are held against one another."""
    empty = as_in_empty_sheet(grid.criteria, grid.criterion.code)
    counts = appraised_at(grid.stage)
    appraised = {sheet for sheet, stage, _ in said if stage in counts}
    reasons = {sheet: texts.get("reason", "") for sheet, stage, texts in said if stage == grid.stage}
    explaining = {sheet for (sheet,) in asked}
    for sheet in sheets:
        sheet.round = round_
        yield Standing(
            sheet=sheet,
            own=stood.get((sheet.pk, "self"), empty["self"]),
            now=stood.get((sheet.pk, grid.stage), empty[grid.stage]),
            most=grid.criterion.max if grid.criterion.has_maximum else None,
            is_appraised=sheet.pk in appraised,
            reason=reasons.get(sheet.pk, ""),
            is_asked=sheet.pk in explaining,
            may_write=bool(grid.verdict(viewer, sheet)),
        )


def rows_of(grid: Crosswise, wanted: Sequence[Standing], now: datetime) -> list[Across]:
    """What these rows show. Two queries, and none where there are no rows; a third where measures are bound."""
    if not wanted:
        return []
    codes = [one.code for one in only(grid.criteria, grid.criterion.code).criteria]
    sheets = [row.sheet for row in wanted]
    answers = Answer.objects.filter(sheet__in=[sheet.pk for sheet in sheets], criterion__in=codes)
    answers = answers.select_related("written_by").order_by("pk")
    others = compared_with_any(sheets, only(grid.criteria, grid.criterion.code))
    read_together(answers, others)
    own = [one.pk for one in answers if one.stage == "self" and one.criterion == grid.criterion.code]
    shown = across(
        grid.criteria, grid.criterion, wanted, list(answers), grid.stages, grid.stage, as_compared(others),
        frozenset(subjects_cited(Answer._meta.label, own)),
    )  # fmt: skip
    if not grid.bindings:
        return shown
    names = [one.measure for one in grid.bindings]
    counts = answer(measured(sheets[0].round, sheets, names, now))
    by_sheet = {one.sheet_id: one for one in answers if one.stage == "self" and one.criterion == grid.criterion.code}
    return [
        replace(
            row,
            measured=measured_beside(grid.criterion, grid.bindings, row.sheet, by_sheet.get(row.pk), counts),
        )
        for row in shown
    ]


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


def chosen(grid: Crosswise, keys: Iterable[str]) -> list[Standing]:
    """Those whose sheet was named."""
    wanted = {key for key in keys if key.isdecimal()}
    return [row for row in grid.standings if str(row.pk) in wanted]
