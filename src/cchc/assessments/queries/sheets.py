"""One sheet: what was said in it at each stage, what is asked about it, for which answers files are cited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import OuterRef, QuerySet, Subquery

from cchc.assessments.completeness import Missing, missing_in
from cchc.assessments.computing import NOBODY, Compared, Scored, score
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Answer, Phase, Question, Round, Sheet
from cchc.assessments.queries.comparing import as_compared, compared_with_any
from cchc.assessments.queries.scope import visible_sheets
from cchc.assessments.states import stage_now
from cchc.files.queries import subjects_cited
from cchc.interface.together import read_together
from cchc.organizations.models import Ancestry
from cchc.organizations.models.dated import during
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.results import Leaf
from cchc.scoring.sheets import STAGES, Stage


@dataclass(frozen=True)
class SheetFigures:
    """A sheet with its set, answers by stage and criterion, questions by criterion, the points they come to,
    what others said that these are compared with, and the last day on which its unit scores itself.
    """

    sheet: Sheet
    criteria: CriteriaSet
    answers: Mapping[tuple[str, str], Answer]
    questions: Mapping[str, Sequence[Question]]
    proven: frozenset[str]
    scored: Scored
    compared: Compared = NOBODY
    ends_on: date | None = None

    @cached_property
    def missing(self) -> Sequence[Missing]:
        """What it lacks before the unit may lock it, by criterion in the order of the set."""
        return missing_in(self.criteria, self.sheet, self.answers.values(), self.proven)

    def answer(self, stage: Stage, code: str) -> Answer | None:
        """What was said at one stage about one criterion."""
        return self.answers.get((stage, code))

    def leaf(self, stage: Stage, code: str) -> Leaf | None:
        """What a criterion comes to at one stage."""
        return self.scored.leaf(self.sheet.pk, stage, code)

    def has_files(self, code: str) -> bool:
        """Whether the unit cites a file for the criterion."""
        answer = self.answer("self", code)
        return answer is not None and str(answer.pk) in self.proven

    def last_stage(self) -> Stage:
        """The latest stage at which anything was said."""
        said = {stage for stage, _ in self.answers}
        return next(stage for stage in reversed(STAGES) if stage in said or stage == "self")


def get_sheet(viewer: Viewer, number: int) -> Sheet:
    """With its round, unit and visit, and `calendar`, by which the unit works (None: the country's). Raises
    `assessments.sheet_not_found`.
    """
    seen = visible_sheets(viewer).select_related("round__organizer", "unit", "submitted_by", "visit")
    seen = seen.filter(pk=number)
    found = seen.annotate(calendar=calendar_on(viewer.day)).first()
    if found is None:
        raise refuse("assessments.sheet_not_found")
    return found


def figures_of(sheet: Sheet) -> SheetFigures:
    """All of a sheet that the viewer may see. Two queries."""
    answers = Answer.objects.filter(sheet=sheet).select_related("written_by").order_by("pk")
    questions = Question.objects.filter(sheet=sheet, taken_back_at=None).select_related("asked_by", "answered_by")
    asked = questions.order_by("pk")
    phases = Phase.objects.filter(round=sheet.round_id, phase="self").order_by("pk")
    criteria = set_of(sheet.round)
    others = compared_with_any([sheet], criteria)
    read_together(answers, asked, phases, others)
    compared = as_compared(others)
    own = [answer.pk for answer in answers if answer.stage == "self"]
    proven = frozenset(subjects_cited(Answer._meta.label, own))
    by_criterion: dict[str, list[Question]] = {}
    for question in asked:
        by_criterion.setdefault(question.criterion, []).append(question)
    return SheetFigures(
        sheet, criteria, {(one.stage, one.criterion): one for one in answers}, by_criterion, proven,
        score(criteria, [sheet], answers, until=stage_now(sheet.round.state), compared=compared), compared,
        next((phase.ends_on for phase in phases), None),
    )  # fmt: skip


def get_question(viewer: Viewer, number: int) -> Question:
    """With its sheet. Raises `assessments.question_not_found`."""
    seen = visible_sheets(viewer).order_by().values("pk")
    found = Question.objects.filter(pk=number, sheet__in=seen).select_related("sheet__round__organizer", "sheet__unit")
    question = found.first()
    if question is None:
        raise refuse("assessments.question_not_found")
    return question


def whole(round_: Round) -> tuple[QuerySet[Sheet], QuerySet[Answer]]:
    """All sheets of a round with all that was said in them, for who may see the whole."""
    return (
        Sheet.objects.filter(round=round_).select_related("unit", "round__organizer").order_by("place"),
        Answer.objects.filter(sheet__round=round_).order_by("pk"),
    )


def calendar_on(day: date, of: str = "unit") -> Subquery:
    """Of the unit of a sheet, in the column `of`: the nearest above it for which one was chosen."""
    links = Ancestry.objects.filter(during(day), during(day, "ancestor__calendar_uses__"), descendant=OuterRef(of))
    return Subquery(links.order_by("depth", "pk").values("ancestor__calendar_uses__calendar")[:1])
