"""What is made of answers and kept beside them is written together with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from django.db.models import Max

from cchc.assessments.comparing import compared_columns, points_columns
from cchc.assessments.computing import only_compared, only_resting_on
from cchc.assessments.models import Answer, ComparedFigure, Sheet, StagePoints
from cchc.assessments.queries.comparing import as_compared, compared_with_any
from cchc.scoring.criteria import CriteriaSet

_AT_ONCE: Final = 1_000
_ONE: Final = ("sheet", "criterion", "stage")

Bests = Mapping[tuple[str, str], Mapping[str, str]]
"""The key of the best figure by stage, by criterion and group."""


def keep_made(criteria: CriteriaSet, sheets: Sequence[Sheet], said: Collection[str]) -> None:
    """What follows from what stands about these criteria in these sheets of one round, which is locked. Inside the
    action that wrote it.

    Where the best of a group has changed, what it decides in the other sheets of the group follows too.
    """
    moved = keep_figures(criteria, sheets, said)
    keep_points(criteria, sheets, said)
    for code, group in moved:
        others = Sheet.objects.filter(round=sheets[0].round_id, group=group).exclude(pk__in=[one.pk for one in sheets])
        there = StagePoints.objects.filter(criterion=code).order_by().values("sheet")
        keep_points(criteria, list(others.filter(pk__in=there).order_by("place")), [code])


def keep_figures(
    criteria: CriteriaSet, sheets: Sequence[Sheet], said: Collection[str]
) -> Collection[tuple[str, str]]:  # fmt: skip
    """The figures that others are held against; without a query where nothing that compares units rests on them.
    Answers at which criteria in which groups the best is another than before.
    """
    part = only_compared(criteria, said)
    if part is None or not sheets:
        return ()
    codes, groups = [leaf.code for leaf in part.compared], {sheet.group for sheet in sheets}
    before = _bests(sheets[0].round_id, codes, groups)
    _write(ComparedFigure, compared_columns(part, sheets, _answers(part, sheets)), ("figure", "order_key", "was_said"))
    after = _bests(sheets[0].round_id, codes, groups)
    return sorted(one for one in before.keys() | after.keys() if before.get(one) != after.get(one))


def keep_points(criteria: CriteriaSet, sheets: Sequence[Sheet], said: Collection[str]) -> None:
    """What the criteria come to that rest on one of these."""
    part, codes = only_resting_on(criteria, said)
    if not codes or not sheets:
        return
    compared = as_compared(compared_with_any(sheets, part))
    columns = points_columns(part, codes, sheets, _answers(part, sheets), compared)
    _write(StagePoints, columns, ("points", "applicable"))


def _bests(round_id: int, codes: Sequence[str], groups: Collection[str]) -> Bests:
    figures = ComparedFigure.objects.filter(round=round_id, criterion__in=codes, group__in=groups)
    rows = figures.exclude(order_key="").order_by().values_list("criterion", "group", "stage")
    found: dict[tuple[str, str], dict[str, str]] = {}
    for code, group, stage, best in rows.annotate(best=Max("order_key")).order_by("criterion", "group", "stage"):
        found.setdefault((code, group), {})[stage] = best
    return found


def _answers(part: CriteriaSet, sheets: Sequence[Sheet]) -> list[Answer]:
    found = Answer.objects.filter(sheet__in=[sheet.pk for sheet in sheets], criterion__in=part.by_code)
    return list(found.order_by("pk"))


def _write(
    model: type[ComparedFigure] | type[StagePoints], rows: Iterable[Mapping[str, Any]], written: Sequence[str]
) -> None:  # fmt: skip
    made = (model(**columns) for columns in rows)
    while some := list(islice(made, _AT_ONCE)):
        model.objects.bulk_create(some, update_conflicts=True, unique_fields=_ONE, update_fields=written)
