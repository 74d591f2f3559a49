"""Figures for appraisal and emulation: a stretch of months by official and unit, the rows of each, the workbook."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.interface.access import needs
from cchc.interface.paging import page_of, page_of_all
from cchc.interface.shapes import Link
from cchc.interface.together import answer
from cchc.organizations.exporting import handed_out
from cchc.oversight import shown_appraisal as shown
from cchc.oversight.addresses import key_of
from cchc.oversight.appraising import NAMES
from cchc.oversight.exports import appraisal as appraisal_export
from cchc.oversight.permissions_cases import may_see_cases
from cchc.oversight.queries.appraising import SHARES, figures_of, others_behind, reading_lines, shares_behind
from cchc.oversight.queries.board import added_up
from cchc.oversight.queries.cases import newest_first
from cchc.oversight.queries.drafting import unit_names
from cchc.privacy.disclosing import tell


@require_safe
@needs(may_see_cases)
def appraisal(request: HttpRequest) -> HttpResponse:
    """Officials from A to Z and units, each with its figures."""
    may_see_cases(request.viewer).require()
    stretch = shown.asked_stretch(request)
    people, units = answer(reading_lines(stretch, figures_of(stretch)))
    page = page_of_all(request, shown.numbered(people))
    shown_people = [one.line for one in page["rows"]]
    tell(request, people=len({one.code for one in shown_people}))
    context = {
        "stretch": stretch,
        "first": key_of(stretch.first),
        "last": key_of(stretch.last),
        "said": shown.said_stretch(stretch),
        "unit_name": unit_names([stretch.unit.pk], stretch.day)[stretch.unit.pk],
        "heads": list(NAMES.values()),
        "people": shown.appraisal_lines(stretch, shown_people),
        "units": shown.appraisal_lines(stretch, units),
        "download": shown.to_appraisal(stretch, "appraisal-file"),
        "crumbs": [Link(_("Appraisal, emulation"))],
    }
    return render(request, "oversight/appraisal.html", context | page)


@require_safe
@needs(may_see_cases)
def rows(request: HttpRequest) -> HttpResponse:
    """Exactly what a figure counts."""
    may_see_cases(request.viewer).require()
    stretch, figure = shown.asked_stretch(request), shown.asked_figure(request)
    if figure in SHARES:
        found = shares_behind(stretch, figure, **shown.asked_whose(request))
        page, number = page_of(request, found, newest_first), answer(added_up(found, SHARES[figure][1]))
    else:
        page = page_of(request, others_behind(stretch, figure, **shown.asked_whose(request)), newest_first)
        number = page["total"]
    lines = shown.appraisal_rows(figure, page["rows"])
    tell(request, people=len({one.who for one in lines}))
    context = {
        "name": NAMES[figure],
        "said": shown.said_stretch(stretch),
        "number": number,
        "lines": lines,
        "back": shown.to_appraisal(stretch),
        "crumbs": [Link(_("Appraisal, emulation"), shown.to_appraisal(stretch)), Link(str(NAMES[figure]))],
    }
    return render(request, "oversight/appraisal_rows.html", context | page)


@require_safe
@needs(may_see_cases)
def download(request: HttpRequest) -> HttpResponse:
    """The same figures as XLSX."""
    may_see_cases(request.viewer).require()
    return handed_out(request, appraisal_export)
