"""Where a reader can go from a page: up, to another year, back out of a filter."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.shapes import Link
from cchc.portal.figures import RoundFigures
from cchc.portal.models import PublishedRound
from cchc.portal.queries import Asked
from cchc.portal.sets import SetFigures

_PAGE_EDGES = ("sau", "truoc")


def with_changes(request: HttpRequest, **changes: str) -> str:
    """The page's address with some parameters changed, or removed when empty; back on the first page of the list."""
    query = request.GET.copy()
    for name in (*_PAGE_EDGES, *changes):
        query.pop(name, None)
    query.update({name: value for name, value in changes.items() if value})
    return f"{request.path}?{query.urlencode()}" if query else request.path


def filters_in_use(request: HttpRequest, asked: Asked) -> list[Link]:
    """One link per filter that takes it away again."""
    links = []
    if asked.group:
        links.append(Link(asked.group, with_changes(request, nhom="")))
    if asked.text:
        links.append(Link(f"“{asked.text}”", with_changes(request, tim="")))
    if asked.misprinted:
        links.append(Link(_("Misprinted only"), with_changes(request, sai="")))
    return links


def crumbs(*links: Link) -> list[Link]:
    """The way to a page from the home page."""
    return [Link(_("Home"), reverse("portal:home")), *links]


def round_crumbs(shown: RoundFigures, unit: str = "") -> list[Link]:
    """The way to a round, or to a unit in it."""
    address = reverse("portal:round", args=[shown.published.slug]) + shown.version_query
    here = Link(f"{shown.published.year}, {shown.place}", address)
    return crumbs(Link(_("Results"), reverse("portal:rounds")), here, *([Link(unit)] if unit else []))


def set_crumbs(shown: SetFigures, code: str = "") -> list[Link]:
    """The way to a criteria set, or to a criterion in it."""
    here = Link(shown.set.id, reverse("portal:set", args=[shown.set.id]))
    return crumbs(Link(_("Criteria sets"), reverse("portal:sets")), here, *([Link(code)] if code else []))


def year_links(years: Sequence[int], chosen: int | None) -> list[Link]:
    """One tab per year that has results, after one for all of them."""
    address = reverse("portal:rounds")
    every = Link(_("All years"), address, chosen is None)
    return [every, *(Link(str(year), f"{address}?nam={year}", year == chosen) for year in years)]


def series_links(rounds: Sequence[PublishedRound], here: PublishedRound) -> list[Link]:
    """The same series in other years."""
    return [Link(str(each.year), reverse("portal:round", args=[each.slug]), each.slug == here.slug) for each in rounds]
