"""Which phases end soon, and which units are behind in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Exists, OuterRef, QuerySet

from cchc.assessments.models import Phase, Question, Round, Sheet
from cchc.assessments.states import EXPLAINED, EXPLAINING, FILLING, SELF_SCORING

_WHILE: Final = {"self": SELF_SCORING, "explanation": EXPLAINING}
_DAYS: Final = timedelta(days=3)
"""So long before the last day units are reminded: over a weekend, still on a working morning before it."""


def ending_soon(day: date) -> list[Phase]:
    """Phases under way that end within days and of which units were not reminded yet."""
    found = Phase.objects.filter(reminded_at=None, ends_on__gte=day, ends_on__lte=day + _DAYS, phase__in=_WHILE)
    return [one for one in found.select_related("round").order_by("pk") if one.round.state == _WHILE[one.phase]]


def behind(phase: Phase) -> QuerySet[Sheet]:
    """The sheets that are still open; or those that owe explanations and have not locked them."""
    sheets = Sheet.objects.filter(round=phase.round_id).select_related("unit").order_by("place")
    if phase.phase == "explanation":
        return sheets.exclude(state=EXPLAINED).filter(Exists(_open().filter(sheet=OuterRef("pk"))))
    return sheets.filter(state=FILLING)


def questions_by_sheet(round_: Round) -> Mapping[int, int]:
    """How many open questions each sheet has."""
    found = _open().filter(sheet__round=round_).order_by().values_list("sheet").annotate(number=Count("pk"))
    return dict(found.order_by("sheet"))


def _open() -> QuerySet[Question]:
    return Question.objects.filter(answered_at=None, taken_back_at=None)
