"""The public pages of published rounds. Reading only; everything a reader chose stands in the address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cchc.interface.errors import current_language
from cchc.portal import queries
from cchc.portal.figures import RoundFigures
from cchc.portal.forms import asked_number, asked_of_ranking


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest round, then the other rounds and the criteria sets."""
    return rounds(request)


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds in force, by year."""
    year = asked_number(request.GET, "nam")
    language = current_language()
    shown = [RoundFigures(published, language) for published in queries.current_rounds(year)]
    return render(request, "portal/rounds.html", {"rounds": shown, "years": queries.years(), "year": year})


@require_safe
def round_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One round: its ranking, what is printed against what follows, and where it comes from."""
    published = queries.get_round(slug, asked_number(request.GET, "ban"))
    around = RoundFigures(published, current_language())
    asked = asked_of_ranking(request.GET)
    page = queries.result_page(published, asked)
    context = {
        "around": around,
        "asked": asked,
        "page": page,
        "units": around.units(page.results),
        "headline": queries.headline(published),
        "series": queries.same_series(published),
        "versions": queries.versions(published),
    }
    return render(request, "portal/round.html", context)


@require_safe
def unit_page(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """One unit of a round: its figures, the arithmetic, its place, its other years."""
    published = queries.get_round(slug, asked_number(request.GET, "ban"))
    around = RoundFigures(published, current_language())
    result = queries.get_result(published, unit)
    context = {
        "around": around,
        "unit": around.unit(result),
        "group_size": queries.group_size(result),
        "other_years": queries.other_years(result),
    }
    return render(request, "portal/unit.html", context)
