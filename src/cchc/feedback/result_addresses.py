"""Addresses of results, and what a reader asks for in them."""

from __future__ import annotations

from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.feedback.queries.results import Period
from cchc.interface.shapes import Link
from cchc.organizations.models import Unit

_FIRST_YEAR: Final = 2019
_MONTHS: Final = range(1, 13)
MARKS: Final = {"phat": "is_handed_out", "thu": "is_taken_in", "danh-gia": "is_rated"}
"""Which dossiers of a line a list shows, by the word in its address."""


def asked_period(request: HttpRequest, today: date) -> Period:
    """The year and month of the address; this year where it says none that makes sense."""
    year, month = _number(request, "nam"), _number(request, "thang")
    kept = year if year is not None and _FIRST_YEAR <= year <= today.year else today.year
    return Period(kept, month if month in _MONTHS else None)


def years(today: date) -> list[int]:
    """Those that may be asked for, the newest first."""
    return list(range(today.year, _FIRST_YEAR - 1, -1))


def months() -> list[int]:
    """Of a year."""
    return list(_MONTHS)


def said(period: Period) -> str:
    """`tháng 11/2026`, `năm 2026`."""
    if period.month is None:
        return _("year %(year)s") % {"year": period.year}
    return _("month %(month)s/%(year)s") % {"month": period.month, "year": period.year}


def to_results(period: Period, **more: str) -> str:
    """The list of units."""
    return _with(reverse("feedback:results"), period, more)


def to_unit(unit: Unit, period: Period) -> str:
    """One unit, month by month."""
    return _with(reverse("feedback:unit-results", args=[unit.code]), period, {})


def to_dossiers(unit: Unit, period: Period, which: str = "") -> str:
    """The dossiers behind a number."""
    return _with(reverse("feedback:counted", args=[unit.code]), period, {"xem": which} if which else {})


def to_answers(unit: Unit, period: Period, official: str = "") -> str:
    """The answers behind an average."""
    return _with(reverse("feedback:answers", args=[unit.code]), period, {"can-bo": official} if official else {})


def result_crumbs(period: Period, unit: Unit | None = None, *more: Link) -> list[Link]:
    """Down to a unit, and further."""
    steps = [Link(_("Ratings"), to_results(period))]
    return [*steps, *([] if unit is None else [Link(unit.name, to_unit(unit, period))]), *more]


def public_crumbs(unit: Unit) -> list[Link]:
    """The public page of a unit."""
    return [Link(_("Satisfaction"), reverse("feedback:satisfaction")), Link(unit.name)]


def _with(address: str, period: Period, more: dict[str, str]) -> str:
    asked = {"nam": str(period.year)} | ({"thang": str(period.month)} if period.month else {}) | more
    return f"{address}?{urlencode(asked)}"


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= 4 and text.isascii() else None
