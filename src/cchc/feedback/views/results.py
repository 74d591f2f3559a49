"""What forms and ratings come to, for officials: units of one's scope, one of them, and what stands behind a number."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.feedback import shown_results
from cchc.feedback.models import Rating
from cchc.feedback.permissions import JUDGES, may_read_words, may_see_ratings, may_see_ratings_of
from cchc.feedback.queries import results
from cchc.feedback.queries.results import OfOfficial, Period
from cchc.feedback.rating_forms import OVERALL, form_on
from cchc.feedback.result_addresses import (
    MARKS,
    asked_period,
    months,
    result_crumbs,
    said,
    to_answers,
    to_dossiers,
    to_results,
    years,
)
from cchc.feedback.results import Mean
from cchc.feedback.sheets import FORMATS, table_of
from cchc.feedback.shown_results import Line
from cchc.interface.access import needs
from cchc.interface.answering import file_answer
from cchc.interface.paging import page_of, page_of_all
from cchc.interface.shapes import Link
from cchc.interface.together import Reads, answer_all
from cchc.organizations.models import Unit
from cchc.organizations.queries.people import get_official
from cchc.privacy.disclosing import tell

_NONE_HANDED_OUT: Final = "khong-phat"


@require_safe
@needs(may_see_ratings)
def units(request: HttpRequest) -> HttpResponse:
    """Units of one's scope in a year or month: dossiers, forms out and back, ratings; those that hand out none."""
    may_see_ratings(request.viewer).require()
    period = asked_period(request, request.viewer.day)
    lines = _unit_lines(request, period)
    none = [line for line in lines if line.counts.hands_out_none]
    shows_none = request.GET.get("xem") == _NONE_HANDED_OUT
    context = {
        **_choices(request, period),
        "none": len(none),
        "shows_none": shows_none,
        "to_none": to_results(period, xem=_NONE_HANDED_OUT),
        "to_all": to_results(period),
        "asked": request.GET.urlencode(),
        "crumbs": [Link(_("Ratings"))],
    }
    return render(request, "feedback/units.html", context | page_of_all(request, none if shows_none else lines))


@require_safe
@needs(may_see_ratings)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a table: `xlsx` or `csv`."""
    may_see_ratings(request.viewer).require()
    if kind not in FORMATS:
        raise Http404
    period = asked_period(request, request.viewer.day)
    lines = _unit_lines(request, period)
    title = _("Ratings of dossiers, %(period)s") % {"period": said(period)}
    content = table_of(lines, title, kind)
    month = f"-{period.month:02}" if period.month else ""
    return file_answer(content, FORMATS[kind], f"danh-gia-{period.year}{month}.{kind}")


@require_safe
@needs(may_see_ratings_of)
def unit(request: HttpRequest, unit: str) -> HttpResponse:
    """One unit: its months, what topics come to, and its officials by the year."""
    found, viewer = results.get_named(unit, request.viewer.day), request.viewer
    may_see_ratings_of(viewer, found).require()
    period, judges = asked_period(request, viewer.day), bool(may_read_words(viewer, found))
    block = _block(request)
    counted, means, officials = answer_all(
        results.counts_by_month(results.dossiers_of(found, period.whole_year)),
        results.means_of(_ratings(found, period, block, judges=judges)),
        results.by_official(found, period, block, None if judges else viewer.acting).and_then(_with_points),
    )
    lines = shown_results.official_lines(found, period, *officials)
    tell(request, people=len(lines))
    context = {
        **_choices(request, period),
        "unit": found,
        "answered_in": said(period if judges else period.whole_year),
        "least": block,
        "judges": judges,
        "lines": shown_results.month_lines(found, counted, period.year),
        "topics": shown_results.topic_lines(means),
        "answers": to_answers(found, period),
        "headings": shown_results.topic_names(),
        "officials": lines,
        "crumbs": result_crumbs(period, found),
    }
    return render(request, "feedback/unit.html", context)


@require_safe
@needs(may_see_ratings_of)
def counted(request: HttpRequest, unit: str) -> HttpResponse:
    """The dossiers behind a number: which got a form, whose came back, which were rated; not what was answered."""
    found = results.get_named(unit, request.viewer.day)
    may_see_ratings_of(request.viewer, found).require()
    period, which = asked_period(request, request.viewer.day), request.GET.get("xem", "")
    listed = results.listed(results.dossiers_of(found, period), MARKS.get(which, ""))
    page = page_of(request, listed, results.listed_after)
    tabs = [
        Link(text, to_dossiers(found, period, word), current=word == (which if which in MARKS else ""))
        for word, text in (
            ("", _("All")), ("phat", _("Form handed out")), ("thu", _("Form taken in")), ("danh-gia", _("Rated")),
        )
    ]  # fmt: skip
    crumbs = result_crumbs(period, found, Link(_("Dossiers")))
    context = {"unit": found, "title": said(period), "tabs": tabs, "crumbs": crumbs}
    return render(request, "feedback/counted.html", context | page)


@require_safe
@needs(may_see_ratings_of)
def answers(request: HttpRequest, unit: str) -> HttpResponse:
    """The answers behind an average of the unit, or of one of its officials; how often each was given."""
    found, viewer = results.get_named(unit, request.viewer.day), request.viewer
    may_see_ratings_of(viewer, found).require()
    period, judges, block = asked_period(request, viewer.day), bool(may_read_words(viewer, found)), _block(request)
    ratings, official = _ratings(found, period, block, judges=judges), None
    if code := request.GET.get("can-bo", ""):
        official = get_official(code) if judges else viewer.acting
        (of_official,) = answer_all(results.by_official(found, period, block, official))
        ratings = results.ratings_among(key for one in of_official for key in one.ratings)
    (given,) = answer_all(results.answers_of(ratings))
    context = {
        "unit": found,
        "official": official,
        "title": said(period if judges and official is None else period.whole_year),
        "topics": shown_results.answered_topics(given),
        "judges": judges,
        "least": block,
        "period": period,
        "crumbs": result_crumbs(period, found, Link(_("Answers"))),
    }
    tell(request, people=0 if official is None else 1)
    return render(request, "feedback/answers.html", context)


@require_safe
@needs(may_read_words)
def words(request: HttpRequest, unit: str) -> HttpResponse:
    """What owners wrote in a year: in whole blocks of ratings, apart from what else they answered."""
    found = results.get_named(unit, request.viewer.day)
    may_read_words(request.viewer, found).require()
    period, block = asked_period(request, request.viewer.day).whole_year, _block(request)
    written = results.words_in(_ratings(found, period, block, judges=False))
    tell(request, people=len(written))
    crumbs = result_crumbs(period, found, Link(_("In their words")))
    context = {"unit": found, "title": said(period), "words": written, "least": block, "crumbs": crumbs}
    return render(request, "feedback/words.html", context)


def _unit_lines(request: HttpRequest, period: Period) -> list[Line]:
    """All units of the viewer's scope that have dossiers; averages where the viewer judges."""
    viewer = request.viewer
    dossiers, judged = results.dossiers_in(viewer, period), results.dossiers_in(viewer, period, *JUDGES)
    counted, overall, judging = answer_all(
        results.counts_by_unit(dossiers, viewer.day),
        results.overall_by_unit(judged, OVERALL),
        results.units_with(judged),
    )
    return [
        shown_results.unit_line(one, counts, period, overall.get(one.pk), has_answers=one.pk in judging)
        for one, counts in counted
    ]


def _ratings(unit: Unit, period: Period, block: int, *, judges: bool) -> QuerySet[Rating]:
    """Whose answers the viewer may see in sums: all of a period, or whole blocks of a whole year."""
    if judges:
        return results.ratings_of(results.dossiers_of(unit, period))
    return results.in_whole_blocks(results.ratings_of(results.dossiers_of(unit, period.whole_year)), block)


def _with_points(officials: list[OfOfficial]) -> Reads[tuple[list[OfOfficial], dict[int, dict[str, Mean]]]]:
    return results.points_of(officials).made(lambda means: (officials, means))


def _block(request: HttpRequest) -> int:
    return form_on(request.viewer.day).value.confidential_below


def _choices(request: HttpRequest, period: Period) -> dict[str, object]:
    """What the filters of a page offer."""
    today = request.viewer.day
    return {"period": period, "title": said(period), "years": years(today), "months": months()}
