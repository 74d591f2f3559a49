"""Whether somebody may write about a criterion of a sheet at a stage now: the right, and what the state allows."""

from __future__ import annotations

from collections.abc import Iterable

from cchc.assessments.models import Charge, Round, Sheet
from cchc.assessments.permissions import APPRAISER, ROUND, may_appraise, may_fill_in, may_give_points, may_rule
from cchc.assessments.policies import is_given_by_others, may_be_written
from cchc.interface.access import ALLOWED, Verdict, denied
from cchc.organizations.viewers import Viewer
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.sheets import Stage


def may_write_at(
    viewer: Viewer, sheet: Sheet, criterion: Criterion, stage: Stage, criteria: CriteriaSet, charges: Iterable[Charge]
) -> Verdict:  # fmt: skip
    """`charges` are those of the round that hold today; they are asked for where points are given in appraisal."""
    return may_judge_at(viewer, sheet, criterion, stage, criteria, charges) and may_be_written(sheet, stage)


def may_keep_reasons(
    viewer: Viewer, round_: Round, code: str, criteria: CriteriaSet, charges: Iterable[Charge]
) -> Verdict:  # fmt: skip
    """Whether the viewer keeps reasons for a criterion of the round: who is charged with it anywhere in it."""
    if any(not one.code or code in {leaf.code for leaf in criteria.leaves_below[one.code]} for one in charges):
        return ALLOWED if viewer.has_duty(APPRAISER, ROUND, round_.pk) else denied("assessments.appraisers_not_allowed")
    return denied("assessments.charge_not_allowed", criterion=code)


def may_judge_at(
    viewer: Viewer, sheet: Sheet, criterion: Criterion, stage: Stage, criteria: CriteriaSet, charges: Iterable[Charge]
) -> Verdict:  # fmt: skip
    """The right alone, whatever the round's and the sheet's state allow."""
    if stage == "self":
        return may_fill_in(viewer, sheet)
    if stage == "council":
        return may_rule(viewer, sheet)
    if is_given_by_others(criterion):
        return may_give_points(viewer, sheet)
    return may_appraise(viewer, sheet, criterion.code, criteria, charges)
