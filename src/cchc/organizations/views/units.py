"""Pages of units: the tree as of any day, one unit with its life, and changing it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cchc.interface.access import Verdict, needs
from cchc.interface.paging import page_of, page_of_all
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all
from cchc.organizations.actions.units import Standing, found_unit, place_unit
from cchc.organizations.addresses import asked_day, unit_crumbs
from cchc.organizations.forms import NewUnitForm, StandingForm, standing_of
from cchc.organizations.models import Unit
from cchc.organizations.permissions import (
    may_change_unit,
    may_found_unit,
    may_import,
    may_manage_people,
    may_see_units,
    may_set_supervision,
)
from cchc.organizations.queries import units
from cchc.organizations.queries.renamed import other_names
from cchc.organizations.queries.ties import Ties, finding_ties
from cchc.organizations.shown import ShownStanding, ShownUnit, shown_kinds
from cchc.organizations.viewers import Viewer
from cchc.organizations.views.answering import answer_form, by

_MOST_OTHER_NAMES: Final = 20
_form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(may_see_units)
def tree(request: HttpRequest) -> HttpResponse:
    """What there was at the top on a day; what is searched for otherwise."""
    may_see_units(request.viewer).require()
    day = asked_day(request)
    asked = units.UnitSearch(
        request.GET.get("tim", "")[:200].replace("\0", ""),
        request.GET.get("loai", "")[:40],
        headless=request.GET.get("thieu") == "dung-dau",
    )
    is_search = bool(asked.text.strip() or asked.kind or asked.headless)
    found = units.search_units(asked, day) if is_search else units.children(None, day)
    context = {
        "day": day,
        "asked": asked,
        "is_search": is_search,
        "own": [] if is_search else units.around(request.viewer.postings, day),
        "kinds": shown_kinds(),
        "may_import": may_import(request.viewer),
        "crumbs": unit_crumbs([]),
        "other_names": other_names(asked.text, day, _MOST_OTHER_NAMES, asked.kind) if is_search else [],
    }
    page = _with_today(request, day, page_of(request, found, units.after))
    return render(request, "organizations/units.html", context | page)


@require_safe
@needs(may_see_units)
def unit_page(request: HttpRequest, code: str) -> HttpResponse:
    """One unit on a day: where it stands, its parts, who works there, what it came from and went into."""
    may_see_units(request.viewer).require()
    day = asked_day(request)
    life = units.get_life(code, day, request.viewer.day)
    unit, way = life.unit, life.way
    request.viewer.know_above(unit, life.above_today, life.above_ever)
    shown = ShownUnit(unit, life.history, way, day)
    ties, _known = answer_all(finding_ties(unit, day, request.viewer.day), request.viewer.getting_reach())
    may_change = may_change_unit(request.viewer, unit) if way else None
    context = {
        "day": day,
        "unit": shown,
        "heirs": [] if way else units.heirs([unit.pk], day)[unit.pk],
        "ties": ties,
        "may_end": _supervisions_to_end(request.viewer, ties) if may_change else [],
        "calendar": next((one for one in reversed(way) if one.calendar), None),
        "may_change": may_change,
        "today": request.viewer.day,
        "may_take_back": _to_take_back(request.viewer, life, ties),
        "may_correct": _to_correct(request.viewer, life),
        "may_manage_people": may_manage_people(request.viewer, unit) if way else None,
        "crumbs": unit_crumbs(way) if way else unit_crumbs([], Link(shown.name)),
    }
    parts = _with_today(request, day, page_of_all(request, units.children(unit, day))) if way else {}
    return render(request, "organizations/unit.html", context | parts)


@_form_page
@needs(may_change_unit)
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Another name, kind or parent from a day on."""
    unit = units.get_unit(code)
    may_change_unit(request.viewer, unit).require()
    placement = units.history(unit)[0]

    form = StandingForm(request.POST or None, initial=standing_of(placement))

    def act() -> str:
        standing = standing_in(form)
        if standing.parent != placement.parent:
            may_found_unit(request.viewer, standing.parent).require()
        place_unit(
            **by(request),
            unit=unit,
            standing=standing,
            starts_on=form.cleaned_data["starts_on"],
            expected_version=form.cleaned_data["version"],
        )
        return _to(unit)

    title = _("Change %(name)s") % {"name": placement.name_vi}
    return answer_form(
        request, form, act, title, _way(request, unit), now_seen=lambda: {"version": units.get_unit(code).version}
    )


@_form_page
@needs(may_found_unit)
def found(request: HttpRequest, code: str) -> HttpResponse:
    """A new unit under this one."""
    parent = units.get_unit(code)
    may_found_unit(request.viewer, parent).require()

    form = NewUnitForm(request.POST or None, initial={"parent": parent.code, "kind": "office"})

    def act() -> str:
        given, standing = form.cleaned_data, standing_in(form)
        may_found_unit(request.viewer, standing.parent).require()
        return _to(found_unit(**by(request), code=given["code"], standing=standing, starts_on=given["starts_on"]))

    return answer_form(request, form, act, _("New unit"), _way(request, parent))


def _to_take_back(viewer: Viewer, life: units.Life, ties: Ties) -> list[int]:
    """Names and places to come, but for what a reorganization brings: to who may change the unit, or could have founded
    one that is not there yet.
    """
    decided = {one.effective_on for one in ties.reorganizations}
    to_come = [one.pk for one in life.history if one.starts_on > viewer.day and one.starts_on not in decided]
    return to_come if to_come and _may_decide(viewer, life) else []


def _to_correct(viewer: Viewer, life: units.Life) -> list[int]:
    """Names and places that are not over, to the same people."""
    there = [one.pk for one in life.history if one.ends_on is None or one.ends_on >= viewer.day]
    return there if there and _may_decide(viewer, life) else []


def _may_decide(viewer: Viewer, life: units.Life) -> Verdict:
    first = life.history[-1]
    has_begun = first.starts_on <= viewer.day
    return may_change_unit(viewer, life.unit) if has_begun else may_found_unit(viewer, first.parent)


def _supervisions_to_end(viewer: Viewer, ties: Ties) -> list[int]:
    """Those whose other unit the viewer administers, too: `may_set_supervision` is asked of both."""
    supervisors = [(one.key, Unit(pk=one.who, code=one.code)) for one in ties.supervisors]
    for _key, unit in supervisors:
        viewer.know_above(unit, ties.above[unit.pk])
    return [key for key, unit in supervisors if may_set_supervision(viewer, unit)]


def _with_today(request: HttpRequest, day: date, page: dict[str, Any]) -> dict[str, Any]:
    """A list of a day in the past also says, row by row, what each unit is today."""
    rows, today = page["rows"], request.viewer.day
    now = units.heirs([one.unit_id for one in rows], today) if day < today else {}
    standings = [ShownStanding(one, now.get(one.unit_id, ())) for one in rows]
    return page | {"standings": standings, "is_past": day < today}


def _to(unit: Unit) -> str:
    return reverse("organizations:unit", args=[unit.code])


def _way(request: HttpRequest, unit: Unit) -> list[Link]:
    return unit_crumbs(units.path(unit, request.viewer.day))


def standing_in(form: StandingForm) -> Standing:
    """What was typed of a unit."""
    given = form.cleaned_data
    return Standing(given["kind"], given["name_vi"], given["parent"], given["name_en"], given["symbol"], form.source())
