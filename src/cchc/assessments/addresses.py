"""Where a reader is: from the list of rounds down to a criterion of a sheet; the filters in addresses."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.assessments.models import Approval, Round, Sheet, Visit
from cchc.assessments.queries.rounds import RoundSearch
from cchc.assessments.states import ROUND
from cchc.interface.shapes import Link


def round_crumbs(round_: Round | None = None) -> list[Link]:
    """From the list down to a round."""
    steps = [Link(_("Scoring rounds"), reverse("assessments:rounds"))]
    return steps if round_ is None else [*steps, Link(f"{round_.title} {round_.year}", to_round(round_))]


def sheet_crumbs(sheet: Sheet) -> list[Link]:
    """Down to a sheet."""
    return [*round_crumbs(sheet.round), Link(sheet.name, to_sheet(sheet))]


def to_round(round_: Round) -> str:
    """Its page."""
    return reverse("assessments:round", args=[round_.pk])


def to_sheet(sheet: Sheet, code: str = "") -> str:
    """Its page, opened at a criterion."""
    address = reverse("assessments:sheet", args=[sheet.pk])
    return at_criterion(address, code) if code else address


def at_criterion(address: str, code: str) -> str:
    """The page of a sheet, whose address is known, opened at a criterion: a table of all asks for thousands."""
    return f"{address}?tc={code}"


def to_results(round_: Round) -> str:
    """The page of its result."""
    return reverse("assessments:results", args=[round_.pk])


def to_approval(approval: Approval) -> str:
    """The page of one approval, with its signed decision."""
    return reverse("assessments:approval", args=[approval.pk])


def to_reviews(round_: Round) -> str:
    """The page of requests for a review."""
    return reverse("assessments:reviews", args=[round_.pk])


def to_council(round_: Round) -> str:
    """The council's page."""
    return reverse("assessments:council", args=[round_.pk])


def to_item(sheet: Sheet, code: str) -> str:
    """One criterion of a sheet before the council."""
    return reverse("assessments:item", args=[sheet.round_id, sheet.pk, code])


def to_exclusions(round_: Round) -> str:
    """What was taken out, by criterion."""
    return reverse("assessments:exclusions", args=[round_.pk])


def to_analysis(round_: Round) -> str:
    """Where points are won and lost."""
    return reverse("assessments:analysis", args=[round_.pk])


def to_visits(round_: Round) -> str:
    """The calendar of visits."""
    return reverse("assessments:visits", args=[round_.pk])


def to_visit(visit: Visit) -> str:
    """The page of one visit."""
    return reverse("assessments:visit", args=[visit.pk])


def to_explanations(sheet: Sheet) -> str:
    """The page of what its unit has to explain."""
    return reverse("assessments:explanations", args=[sheet.pk])


def to_submit(sheet: Sheet) -> str:
    """Where its head locks and submits it."""
    return reverse("assessments:submit", args=[sheet.pk])


def to_criterion(round_: Round, code: str) -> str:
    """The page of one criterion in all sheets."""
    return reverse("assessments:criterion", args=[round_.pk, code])


def asked_rounds(request: HttpRequest) -> RoundSearch:
    """The filters of the list; what makes no sense is left out."""
    state = request.GET.get("trang-thai", "")
    text = request.GET.get("tim", "")[:200].replace("\0", "")
    return RoundSearch(text, state if state in {one.id for one in ROUND.states} else "")
