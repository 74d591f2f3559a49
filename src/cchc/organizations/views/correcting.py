"""What was entered wrongly about a unit or a post is corrected, with a reason; of what began before today only after
the reader was told since when it holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.interface.access import needs
from cchc.interface.shapes import Link
from cchc.interface.together import answer_all, made_of, number_of
from cchc.organizations.actions.correcting import RightPosting, correct_placement, correct_posting
from cchc.organizations.actions.first_days import correct_first_day
from cchc.organizations.addresses import unit_crumbs
from cchc.organizations.correction_forms import (
    FirstDayForm,
    PlacementCorrectionForm,
    PostingCorrectionForm,
    said_of_placement,
    said_of_posting,
)
from cchc.organizations.models import Placement
from cchc.organizations.permissions import may_change_unit, may_found_unit, may_manage_people
from cchc.organizations.queries import people, units
from cchc.organizations.queries.first_days import first_placement
from cchc.organizations.shown_first_day import parts_of_first_day
from cchc.organizations.viewers import Viewer
from cchc.organizations.views.answering import answer_form, by, unit_of
from cchc.organizations.views.units import standing_in
from cchc.records.dates import format_date

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
@needs(may_change_unit)
def placement(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A name, kind or place that was entered wrongly. Of a unit that is not there yet those decide who could have
    founded it.
    """
    unit = units.get_unit(code)
    given = units.get_placement(unit, number)
    crumbs = unit_crumbs(_way_if_changeable(request.viewer, given))
    form = PlacementCorrectionForm(request.POST or None, initial=said_of_placement(given))
    page = _page(_("Correct how “%(name)s” was entered") % {"name": given.name_vi}, crumbs)

    def act() -> str | HttpResponse:
        standing = standing_in(form)
        if standing.parent != given.parent:
            may_found_unit(request.viewer, standing.parent).require()
        if not _is_known(request, form, given.starts_on):
            return _asked(request, form, given.starts_on, page)
        correct_placement(
            **by(request), placement=given, standing=standing, reason=form.cleaned_data["reason"],
            expected_version=form.cleaned_data["version"],
        )  # fmt: skip
        return reverse("organizations:unit", args=[unit.code])

    return answer_form(request, form, act, **page, now_seen=lambda: {"version": units.get_unit(code).version})


@_form_page
@needs(may_change_unit)
def first_day(request: HttpRequest, code: str) -> HttpResponse:
    """The day on which the unit began, with what began with it: whoever may change all units that move."""
    given = first_placement(units.get_unit(code))
    crumbs = unit_crumbs(_way_if_changeable(request.viewer, given))
    initial = {"starts_on": given.starts_on, "version": given.unit.version}
    form = FirstDayForm(request.POST or None, initial=initial)
    page = _page(_("Correct the first day of “%(name)s”") % {"name": given.name_vi}, crumbs)

    def act() -> str | HttpResponse:
        typed, moving = form.cleaned_data, parts_of_first_day(given.unit)
        request.viewer.read_above(part.pk for part in moving.parts)
        for part in moving.parts:
            may_change_unit(request.viewer, part).require()
        earliest = min(given.starts_on, typed["starts_on"])
        if not _is_known(request, form, earliest):
            return _asked(request, form, earliest, page, moving.said())
        said = {"starts_on": typed["starts_on"], "reason": typed["reason"], "expected_version": typed["version"]}
        correct_first_day(**by(request), unit=given.unit, **said)
        return reverse("organizations:unit", args=[code])

    return answer_form(request, form, act, **page, now_seen=lambda: {"version": units.get_unit(code).version})


@_form_page
@needs(may_manage_people)
def posting(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A post, the head of a unit or a first day that was entered wrongly."""
    official = people.get_official(code)
    given = people.get_posting(official, number)
    home = unit_of(official, request)
    for place in (given.unit, home):
        may_manage_people(request.viewer, place).require()
    form = PostingCorrectionForm(request.POST or None, initial=said_of_posting(given))
    to = reverse("organizations:official", args=[official.code])
    crumbs = unit_crumbs(units.path(home, request.viewer.day), Link(official.name, to))
    said = {"post": given.post, "name": official.name}
    page = _page(_("Correct how the post “%(post)s” of %(name)s was entered") % said, crumbs)

    def act() -> str | HttpResponse:
        typed = form.cleaned_data
        first_day = min(given.starts_on, typed["starts_on"])
        if not _is_known(request, form, first_day):
            return _asked(request, form, first_day, page)
        right = RightPosting(typed["post"], typed["is_head"], typed["starts_on"])
        correct_posting(
            **by(request), posting=given, right=right, reason=typed["reason"], expected_version=typed["version"]
        )
        return to

    return answer_form(
        request, form, act, **page, now_seen=lambda: {"version": people.get_official(code).version}
    )  # fmt: skip


def _way_if_changeable(viewer: Viewer, given: Placement) -> Sequence[Placement]:
    """From the top down to its unit, all in one query; refused as changing the unit is, or founding it."""
    unit, day = given.unit, viewer.day
    begun, way, _known = answer_all(
        number_of(units.begun(unit, day)), made_of(units.way_to(unit, day), list), viewer.getting_to_know(unit.pk)
    )
    (may_change_unit(viewer, unit) if begun else may_found_unit(viewer, given.parent)).require()
    return way


def _page(title: str, crumbs: list[Link]) -> dict[str, Any]:
    effect = _(
        "For what was entered wrongly. What changes in reality from a day on is entered as a change from that day."
    )
    return {"title": title, "crumbs": crumbs, "submit": _("Correct"), "effect": effect}


def _is_known(request: HttpRequest, form: Any, first_day: date) -> bool:
    """Whether the record is not older than today, or the reader was told what a correction of it does."""
    return first_day >= request.viewer.day or form.cleaned_data["confirmed"]


def _asked(request: HttpRequest, form: Any, first_day: date, page: dict[str, Any], more: str = "") -> HttpResponse:
    """The same form once more, with what the correction does; nothing is saved yet."""
    form.see(confirmed=True)
    effect = _(
        "This has been in force since %(day)s. The correction counts for all days from then on, in every list of"
        " those days. What was issued or published stays as it was. Look once more at what was typed, then confirm."
    ) % {"day": format_date(first_day)}
    context = page | {"effect": f"{effect} {more}".strip(), "submit": _("Confirm the correction"), "form": form}
    return render(request, "interface/form.html", context | {"frame": "organizations/base.html"})
