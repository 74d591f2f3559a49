"""Whoever appraises or rules gives points that the criterion can have."""

from __future__ import annotations

from typing import Final

from cchc.assessments.computing import only, score
from cchc.assessments.models import Answer, Sheet
from cchc.records.errors import DomainError, Problem
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.sheets import Stage

OUTSIDE: Final = {"scoring.points_out_of_range": "points", "scoring.ratio_out_of_range": "ratio"}
"""What the evaluator says of such points, and the input that holds them."""


def check_range(criteria: CriteriaSet, sheet: Sheet, answer: Answer) -> None:
    """Raise what the evaluator says of points, or of a share of them, that lie outside what the criterion can have.

    A unit's own sheet may hold them until it is locked: the page says so beside the field.
    """
    if answer.stage == "self" or answer.said.keys().isdisjoint(OUTSIDE.values()):
        return
    leaf = score(only(criteria, answer.criterion), [sheet], [answer]).leaf(sheet.pk, answer.stage, answer.criterion)
    if leaf is not None and leaf.error is not None and leaf.error.code in OUTSIDE:
        raise DomainError(Problem(leaf.error))


def check_points(criteria: CriteriaSet, sheet: Sheet, code: str, stage: Stage, points: str) -> None:
    """The same of points that are only proposed; empty ones propose nothing."""
    said = {"points": points.strip()} if points.strip() else {}
    check_range(criteria, sheet, Answer(sheet=sheet, criterion=code, stage=stage, said=said, version=1))
