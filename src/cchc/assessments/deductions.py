"""Whoever takes points away says why: the unit reads it, the report counts it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from cchc.assessments.computing import only, score
from cchc.assessments.models import Answer, Sheet
from cchc.assessments.queries.comparing import compared_with
from cchc.records.errors import refuse
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.results import Leaf
from cchc.scoring.sheets import STAGES


def check_deduction(criteria: CriteriaSet, sheet: Sheet, answer: Answer, others: Iterable[Answer]) -> None:
    """Raise `assessments.no_deduction_reason` where `answer` takes points away, or takes the criterion out, against
    what stood there at the stages before, and says no reason. `others` are answers in the same sheet.
    """
    if answer.stage == "self" or answer.said.get("reason"):
        return
    alone, stages = only(criteria, answer.criterion), STAGES[: STAGES.index(answer.stage)]
    codes = {one.code for one in alone.criteria}
    earlier = [one for one in others if one.stage in stages and one.criterion in codes]
    compared = compared_with(sheet, alone)
    before, after = (
        score(alone, [sheet], said, compared=compared).leaf(sheet.pk, answer.stage, answer.criterion)
        for said in (earlier, [*earlier, answer])
    )
    if _points(after) < _points(before) or (_counts(before) and not _counts(after)):
        raise refuse("assessments.no_deduction_reason", criterion=answer.criterion)


def _points(leaf: Leaf | None) -> Fraction:
    return leaf.points if leaf is not None and leaf.points is not None else Fraction(0)


def _counts(leaf: Leaf | None) -> bool:
    return leaf is not None and leaf.counted and leaf.error is None
