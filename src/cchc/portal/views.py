"""The public pages. Reading only; everything a reader chose or typed stands in the address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.interface.access import public
from cchc.interface.errors import current_language
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all
from cchc.papers.starting import ways_to_draft_at_all
from cchc.portal import queries
from cchc.portal.addresses import (
    crumbs,
    filters_in_use,
    round_crumbs,
    series_links,
    set_crumbs,
    with_changes,
    year_links,
)
from cchc.portal.exports import FORMATS, export
from cchc.portal.figures import RoundFigures
from cchc.portal.forms import asked_number, asked_of_ranking, ranking_form
from cchc.portal.models import PublishedRound
from cchc.portal.names import called_today, names_today
from cchc.portal.news import told
from cchc.portal.sets import SetFigures, shipped_set, shipped_sets
from cchc.portal.trials import try_criterion
from cchc.portal.vocabularies import OF_ROUND

MISPRINTS_TOLD: Final = 5
UNITS_AT_HOME: Final = 20


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Opens on the newest round; the other rounds and the criteria sets below."""
    language = current_language()
    newest = queries.newest_round()
    context = {
        "rounds": [RoundFigures(published, language) for published in queries.current_rounds()],
        "sets": shipped_sets(language),
    }
    if newest is not None:
        context |= _round_context(request, newest, UNITS_AT_HOME)
    return render(request, "portal/home.html", context)


@public
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds in force, by year."""
    year = asked_number(request.GET, "nam")
    language = current_language()
    context = {
        "rounds": [RoundFigures(published, language) for published in queries.current_rounds(year)],
        "years": year_links(queries.years(), year),
        "year": year,
        "crumbs": crumbs(Link(_("Results"))),
    }
    return render(request, "portal/rounds.html", context)


@public
@require_safe
def round_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One round: its ranking, what is printed against what follows, and where it comes from."""
    published = queries.get_round(slug, asked_number(request.GET, "ban"))
    context = _round_context(request, published)
    (drafting,) = answer_all(ways_to_draft_at_all(request.viewer, OF_ROUND, slug))
    more = {"crumbs": round_crumbs(context["round"]), "drafting": drafting}
    return render(request, "portal/round.html", context | more)


def _round_context(request: HttpRequest, published: PublishedRound, size: int = queries.PAGE_SIZE) -> dict[str, Any]:
    """What the ranking of a round and everything around it show; `size` units on a page."""
    asked, today = asked_of_ranking(request.GET), localdate()
    if asked.text:
        asked = replace(asked, called_so=called_today(published, asked.text, today))
    page = queries.result_page(published, asked, size)
    shown, headline = RoundFigures(published, current_language()), queries.headline(published)
    version = None if published.is_current else published.version
    return {
        "round": shown,
        "page": page,
        "units": shown.units(page.results, names_today(published, page.results, today)),
        "headline": headline,
        "misprinted": shown.units(queries.misprinted(published, MISPRINTS_TOLD)),
        "classes": shown.classes(headline.bands),
        "years": series_links(queries.same_series(published), published),
        "versions": queries.versions(published),
        "form": ranking_form(asked, headline.groups, version, is_printed=published.scored_in_id is None),
        "filters": filters_in_use(request, asked),
        "previous": with_changes(request, truoc=page.results[0].slug) if page.has_previous else "",
        "next": with_changes(request, sau=page.results[-1].slug) if page.has_next else "",
    }


@public
@require_safe
def news_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The round in sentences that can be taken over as they stand."""
    published = queries.get_round(slug, asked_number(request.GET, "ban"))
    shown = RoundFigures(published, current_language())
    results = list(queries.matching(published, queries.Asked()))
    paragraphs = told(shown, results, queries.year_before(published))
    context = {"round": shown, "paragraphs": paragraphs, "crumbs": round_crumbs(shown, _("Summary for the news"))}
    return render(request, "portal/news.html", context)


@public
@require_safe
def unit_page(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """One unit of a round: its figures, the arithmetic, its place, its other years."""
    published = queries.get_round(slug, asked_number(request.GET, "ban"))
    language = current_language()
    shown = RoundFigures(published, language)
    result = queries.get_result(published, unit)
    context = {
        "round": shown,
        "unit": shown.units([result], names_today(published, [result], localdate()))[0],
        "group_size": queries.group_size(result),
        "neighbours": shown.units(queries.around_unit(result)),
        "other_years": [RoundFigures(other.round, language).unit(other) for other in queries.other_years(result)],
    }
    return render(request, "portal/unit.html", context | {"crumbs": round_crumbs(shown, result.unit_name)})


@public
@require_safe
def download(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The whole round as a table: `xlsx` or `csv`."""
    if kind not in FORMATS:
        raise Http404
    published = queries.get_round(slug, asked_number(request.GET, "ban"))
    shown = RoundFigures(published, current_language())
    content, name = export(shown, queries.matching(published, queries.Asked()), kind)
    return HttpResponse(content, FORMATS[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'})


@public
@require_safe
def sets(request: HttpRequest) -> HttpResponse:
    """The criteria sets that ship with the product."""
    context = {"sets": shipped_sets(current_language()), "crumbs": crumbs(Link(_("Criteria sets")))}
    return render(request, "portal/sets.html", context)


@public
@require_safe
def set_page(request: HttpRequest, set_id: str) -> HttpResponse:
    """One criteria set: fields and criteria with maximum, rule in words and source."""
    shown = SetFigures(shipped_set(set_id), current_language())
    return render(request, "portal/set.html", {"set": shown, "crumbs": set_crumbs(shown)})


@public
@require_safe
def criterion_page(request: HttpRequest, set_id: str, code: str) -> HttpResponse:
    """One criterion with its rule, its source and a form to try it."""
    shown = SetFigures(shipped_set(set_id), current_language())
    criterion = shown.criterion(code)
    context = {
        "set": shown,
        "criterion": criterion,
        "trial": try_criterion(criterion, request.GET),
        "crumbs": set_crumbs(shown, criterion.code),
    }
    return render(request, "portal/criterion.html", context)
