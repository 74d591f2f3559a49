"""The lists of a month of a unit and all below it as one: for those in office, and what of it stands in public."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.documents.formats import FORMATS
from cchc.interface.access import needs, public
from cchc.interface.errors import current_language
from cchc.interface.paging import page_of_all
from cchc.interface.shapes import Link
from cchc.interface.together import answer
from cchc.organizations.queries.units import get_unit
from cchc.oversight.addresses_lists import asked_month, lists_crumbs, month_from, to_lists
from cchc.oversight.compiled_papers import MOST_ON_PAPER, compiled_paper
from cchc.oversight.handing_out import paper_answer
from cchc.oversight.permissions import may_see_delays_of
from cchc.oversight.queries import compiled as queries
from cchc.oversight.shown_compiled import Sheet, kept_sheet, public_sheet
from cchc.oversight.timetable import timetable_on
from cchc.oversight.views.public_lists import unindexed, unindexed_page
from cchc.privacy.disclosing import tell
from cchc.records.errors import refuse


@require_safe
@needs(may_see_delays_of)
def compiled(request: HttpRequest, code: str) -> HttpResponse:
    """By body where its list of the month stands, what is published added up, who has not, and every entry."""
    sheet = _kept(request, code, asked_month(request, localdate()))
    tell(request, people=_named(sheet))
    crumbs = [*lists_crumbs(), Link(sheet.name)]
    return render(request, "oversight/compiled.html", _shown(request, sheet) | {"crumbs": crumbs})


@require_safe
@needs(may_see_delays_of)
def paper(request: HttpRequest, code: str, month: str, form: str) -> HttpResponse:
    """The same on paper."""
    sheet = _kept(request, code, month_from(month))
    tell(request, people=_named(sheet))
    most = None if form == "xlsx" else MOST_ON_PAPER
    document = compiled_paper(sheet, request.viewer.day, shows_states=True, most=most)
    return paper_answer(document, form, f"danh-sach-tong-hop-{code}-{month}")


@public
@require_safe
def public_page(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """What bodies have published themselves, as long as it stands on the page, and who has not published."""
    sheet = _published(code, month)
    crumbs = [
        Link(_("Slow and overdue dossiers, by month"), reverse("oversight:public-lists")),
        Link(f"{sheet.name}, {sheet.compiled.month:%m/%Y}"),
    ]
    return unindexed_page(
        request, "oversight/public_compiled.html", _shown(request, sheet) | {"crumbs": crumbs, "shows_states": False}
    )


@public
@require_safe
def public_paper(request: HttpRequest, code: str, month: str, form: str) -> HttpResponse:
    """The same as that page on paper."""
    document = compiled_paper(_published(code, month), localdate(), shows_states=False)
    return unindexed(paper_answer(document, form, f"danh-sach-cham-tong-hop-{code}-{month}"))


def _kept(request: HttpRequest, code: str, month: date | None) -> Sheet:
    """Raises `organizations.unit_not_found`, `oversight.compiled_not_found`, and what the permission says."""
    unit = get_unit(code)
    may_see_delays_of(request.viewer, unit).require()
    if month is None:
        raise refuse("oversight.compiled_not_found")
    return kept_sheet(answer(queries.reading_compiled(request.viewer, unit, month)), request.viewer.day)


def _published(code: str, month: str) -> Sheet:
    """Raises `oversight.public_not_found`."""
    asked, today = month_from(month), localdate()
    if asked is None:
        raise refuse("oversight.public_not_found")
    return public_sheet(answer(queries.reading_public(code, asked, today)), today)


def _shown(request: HttpRequest, sheet: Sheet) -> dict[str, Any]:
    month = sheet.compiled.month
    rules = timetable_on(month)
    page = page_of_all(request, sheet.rows())
    return page | {
        "sheet": sheet,
        "month": month,
        "rules": rules,
        "last_day": rules.value.last_day_of(month),
        "doubt": rules.verification.doubt_in(current_language()),
        "forms": list(FORMATS),
        "lists": to_lists(month),
        "shows_states": True,
    }


def _named(sheet: Sheet) -> int:
    return sum(one.counts[0] for one in sheet.has)
