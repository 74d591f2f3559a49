"""Satisfaction for everybody: sums of units, in whole blocks of ratings, nothing about anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.feedback import shown_results
from cchc.feedback.queries import results
from cchc.feedback.rating_forms import form_on
from cchc.feedback.result_addresses import asked_period, public_crumbs, said, years
from cchc.feedback.results import in_blocks
from cchc.interface.access import public
from cchc.interface.errors import current_language
from cchc.interface.paging import page_of_all
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all


@require_safe
@public
def satisfaction(request: HttpRequest) -> HttpResponse:
    """Units whose dossiers were rated in a year, by name, with how many were handed in and rated."""
    today = localdate()
    period = asked_period(request, today).whole_year
    (counted,) = answer_all(results.counts_by_unit(results.handed_in(period), today))
    rated = [(unit, counts) for unit, counts in counted if counts.rated]
    lines = [shown_results.unit_line(unit, counts, period, None, has_answers=False) for unit, counts in rated]
    context = {
        "period": period,
        "title": said(period),
        "years": years(today),
        "has_sample": results.has_samples(period),
        "crumbs": [Link(_("Satisfaction"))],
    }
    return render(request, "feedback/satisfaction.html", context | page_of_all(request, lines))


@require_safe
@public
def unit_satisfaction(request: HttpRequest, unit: str) -> HttpResponse:
    """One unit in a year: how often each answer was given, and what topics come to."""
    today = localdate()
    found, period = results.get_named(unit, today), asked_period(request, today).whole_year
    record, dossiers = form_on(today), results.dossiers_of(found, period)
    block = record.value.confidential_below
    ratings = results.ratings_of(dossiers)
    number = ratings.count()
    shown = in_blocks(number, block)
    (given,) = answer_all(results.answers_of(ratings[:shown]))
    context = {
        "unit": found,
        "period": period,
        "title": said(period),
        "years": years(today),
        "number": number,
        "shown": shown,
        "least": block,
        "topics": shown_results.answered_topics(given),
        "record": record,
        "doubt": record.verification.doubt_in(current_language()),
        "has_sample": results.has_samples(period, found),
        "crumbs": public_crumbs(found),
    }
    return render(request, "feedback/unit_satisfaction.html", context)
