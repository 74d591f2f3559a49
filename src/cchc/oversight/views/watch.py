"""What becomes late today and this week, by unit and holder, and the forecasts behind every number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cchc.interface.access import needs
from cchc.interface.paging import page_of_all, page_read
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all
from cchc.organizations.exporting import handed_out
from cchc.oversight import shown_watch
from cchc.oversight.exports_watch import forecasts as forecasts_export
from cchc.oversight.permissions import WATCHERS, may_watch
from cchc.oversight.queries.stale import finding_own_source
from cchc.oversight.queries.watching import beside, find_forecasts, forecasts_after, reading_watch
from cchc.oversight.watching import watch_rules_on
from cchc.privacy.disclosing import tell


@require_safe
@needs(may_watch)
def watch(request: HttpRequest) -> HttpResponse:
    """By unit and holder for those in charge; for everybody else the steps in hand."""
    may_watch(request.viewer).require()
    if not request.viewer.holds_anywhere(*WATCHERS):
        return _rows(request)
    asked, now = shown_watch.asked_board(request), timezone.now()
    found, own = answer_all(reading_watch(asked, request.viewer, now), finding_own_source())
    people = page_of_all(request, shown_watch.holder_lines(asked, found))
    tell(request, people=len(people["rows"]))
    context = {
        "asked": asked,
        "unit_name": shown_watch.unit_said(found),
        "figures": shown_watch.total_of(asked, found),
        "units": shown_watch.unit_lines(found),
        "source": own,
        "rules": watch_rules_on(asked.day),
        "crumbs": shown_watch.watch_crumbs(found, asked, request.viewer),
    }
    return render(request, "oversight/watch.html", context | people)


@require_safe
@needs(may_watch)
def rows(request: HttpRequest) -> HttpResponse:
    """The forecasts of a number, the worst first."""
    may_watch(request.viewer).require()
    return _rows(request)


def _rows(request: HttpRequest) -> HttpResponse:
    asked, now, viewer = shown_watch.asked_watch(request), timezone.now(), request.viewer
    found = find_forecasts(asked, viewer, now)
    page, own = answer_all(page_read(request, found, forecasts_after, beside=beside), finding_own_source())
    lines = shown_watch.forecast_lines(viewer, page["rows"])
    tell(request, people=len({one.holder_id for one in page["rows"] if one.holder_id}))
    title = shown_watch.title_of(asked, lines)
    context = {
        "asked": asked, "title": title, "lines": lines, "source": own, "now": now,
        "kinds": shown_watch.kind_links(asked), "query": request.GET.urlencode(),
        "crumbs": shown_watch.watch_crumbs(None, asked, viewer, Link(title)),
    }  # fmt: skip
    return render(request, "oversight/watch_rows.html", context | page)


@require_safe
@needs(may_watch)
def download(request: HttpRequest) -> HttpResponse:
    """The same rows as a workbook."""
    may_watch(request.viewer).require()
    return handed_out(request, forecasts_export)
