"""The matrix of a round: all units by all criteria."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.assessments import shown
from cchc.assessments.addresses import round_crumbs, to_criterion
from cchc.assessments.criteria import set_of
from cchc.assessments.crosswise import matrix_of
from cchc.assessments.permissions import may_see_whole_round
from cchc.assessments.queries.comparing import as_compared, compared_with_any
from cchc.assessments.queries.rounds import after_place, answers_of, get_round
from cchc.assessments.queries.sheets import whole
from cchc.assessments.states import stage_now
from cchc.interface.access import needs
from cchc.interface.paging import page_of
from cchc.interface.shapes import Link

_UNITS_AT_ONCE: Final = 25
"""Rows of a page: with a hundred criteria each is as much to read and to send as a list of a hundred."""


@require_safe
@needs(may_see_whole_round)
def matrix(request: HttpRequest, number: int) -> HttpResponse:
    """Units by criteria with index, class and rank as they would be now; a page of units at a time."""
    viewer = request.viewer
    round_ = get_round(viewer, number)
    may_see_whole_round(viewer, round_).require()
    criteria, stage = set_of(round_), stage_now(round_.state)
    page = page_of(request, whole(round_)[0], after_place, size=_UNITS_AT_ONCE)
    answers, others = answers_of(page["rows"]), compared_with_any(page["rows"], criteria)
    context = {
        "round": round_,
        "stage_name": shown.stage_name(stage),
        "criteria": [Link(one.code, to_criterion(round_, one.code)) for one in criteria.criteria],
        "matrix": matrix_of(criteria, page["rows"], answers, stage, as_compared(others)),
        "crumbs": [*round_crumbs(round_), Link(_("Units by criteria"))],
    }
    return render(request, "assessments/matrix.html", context | page)
