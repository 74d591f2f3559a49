"""How this room's pages with a form answer: inside its own frame."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest

from cchc.interface import answering
from cchc.interface.answering import by
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.units import Life, get_life
from cchc.records.errors import refuse

__all__ = ["answer_confirmation", "answer_form", "by", "life_of", "unit_of"]

answer_form = partial(answering.answer_form, frame="organizations/base.html")
answer_confirmation = partial(answering.answer_confirmation, frame="organizations/base.html")


def life_of(request: HttpRequest, code: str) -> Life:
    """A unit with its history and its way today, for a page that changes it. One query, which also answers the
    permission what stands above it. Raises `organizations.unit_not_found`.
    """
    today = request.viewer.day
    life = get_life(code, today, today)
    request.viewer.know_above(life.unit, life.above_today, life.above_ever)
    return life


def unit_of(official: Official, request: HttpRequest) -> Unit:
    """Where the official works; whoever works nowhere is managed where they worked last. Raises
    `organizations.no_posting_not_found`.
    """
    unit: Unit | None = request.viewer.facts_of(official).home
    if unit is None:
        raise refuse("organizations.no_posting_not_found", name=official.name)
    return unit
