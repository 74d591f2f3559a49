"""The figures that others are held against are written together with the answers they are made of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from cchc.assessments.comparing import compared_columns
from cchc.assessments.computing import only_compared
from cchc.assessments.models import Answer, ComparedFigure, Sheet
from cchc.scoring.criteria import CriteriaSet

_AT_ONCE: Final = 1_000
_ONE: Final = ("sheet", "criterion", "stage")
_WRITTEN: Final = ("figure", "order_key", "was_said")


def keep_figures(criteria: CriteriaSet, sheets: Sequence[Sheet], said: Collection[str]) -> None:
    """Those that follow from what stands about these criteria in these sheets of one round. Inside the action that
    wrote it; without a query where nothing that compares units rests on them.
    """
    part = only_compared(criteria, said)
    if part is None:
        return
    answers = Answer.objects.filter(sheet__in=[sheet.pk for sheet in sheets], criterion__in=part.by_code).order_by("pk")
    ComparedFigure.objects.bulk_create(
        [ComparedFigure(**columns) for columns in compared_columns(part, sheets, list(answers))],
        _AT_ONCE, update_conflicts=True, unique_fields=_ONE, update_fields=_WRITTEN,
    )  # fmt: skip
