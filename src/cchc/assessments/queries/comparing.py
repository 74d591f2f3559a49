"""What a sheet is compared with: the best of its group decides about some of its points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from cchc.assessments.computing import Compared, Scored, score
from cchc.assessments.models import Answer, ComparedFigure, Sheet
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.sheets import Stage

Rows: TypeAlias = QuerySet[ComparedFigure, dict[str, Any]]


def compared_with(sheet: Sheet, criteria: CriteriaSet) -> Compared:
    """The best that the other units of its group have, at every stage, where points compare units. A query where the
    set compares at all.
    """
    return as_compared(compared_with_any([sheet], criteria))


def compared_with_any(sheets: Sequence[Sheet], criteria: CriteriaSet) -> Rows:
    """The same for several sheets of one round, such as those of a page, to be read together with others, for
    `as_compared`; nothing, without asking, where the set compares nobody.

    It costs the same in a small group and in a large one: the first figure in their order is looked up.
    """
    codes = [leaf.code for leaf in criteria.compared]
    first_of_group = {sheet.group: sheet.pk for sheet in reversed(sheets)}
    if not codes or not sheets:
        return ComparedFigure.objects.none().values()
    others = ComparedFigure.objects.filter(
        round=OuterRef("round"), group=OuterRef("group"), criterion=OuterRef("criterion"), stage=OuterRef("stage")
    ).exclude(sheet__in=[sheet.pk for sheet in sheets])
    asked = ComparedFigure.objects.filter(sheet__in=first_of_group.values(), criterion__in=codes)
    best = others.exclude(order_key="").order_by("-order_key").values("figure")[:1]
    return asked.annotate(
        best=Subquery(best), others_said=Exists(others.filter(was_said=True))
    ).order_by("pk").values("stage", "criterion", "group", "best", "others_said")  # fmt: skip


def as_compared(rows: Iterable[dict[str, Any]]) -> Compared:
    """What the rows of `compared_with_any` say."""
    found = list(rows)
    highest = {(one["stage"], one["criterion"], one["group"]): Fraction(one["best"]) for one in found if one["best"]}
    return Compared(highest, frozenset(one["stage"] for one in found if one["others_said"]))


def score_sheet(criteria: CriteriaSet, sheet: Sheet, answers: Iterable[Answer], *, until: Stage = "self") -> Scored:
    """The same points of one sheet as among all sheets of the round; its rank and what others get are not in it."""
    return score(criteria, [sheet], answers, until=until, compared=compared_with(sheet, criteria))
