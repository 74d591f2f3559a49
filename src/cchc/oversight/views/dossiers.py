"""One dossier and whose time it was; the record of an official in a month."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.interface.access import needs
from cchc.interface.shapes import Link
from cchc.interface.together import answer
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.people import get_official
from cchc.organizations.queries.units import get_unit
from cchc.oversight import shown_record as shown
from cchc.oversight.addresses import asked_month, board_crumbs, day_of, record_address, said_month
from cchc.oversight.addresses_cases import to_open_of_dossier, to_open_of_record
from cchc.oversight.models import KeptDossier
from cchc.oversight.permissions import may_see_delays_of, may_see_kept, may_see_own_record, may_see_record
from cchc.oversight.permissions_cases import may_open_case
from cchc.oversight.queries.board import Asked
from cchc.oversight.queries.cases import own_cases
from cchc.oversight.queries.ordering import may_be_ordered
from cchc.oversight.queries.own import own_months
from cchc.oversight.queries.records import reading_record
from cchc.oversight.queries.rows import get_kept
from cchc.oversight.queries.signals import signals_of
from cchc.oversight.shown_cases import CaseLine
from cchc.oversight.shown_dossier import charged_of, course_of, why_of
from cchc.oversight.shown_rows import unit_said
from cchc.oversight.shown_signals import signal_lines
from cchc.privacy.disclosing import tell


@require_safe
@needs(may_see_kept)
def dossier(request: HttpRequest, number: int) -> HttpResponse:
    """How its time was spent, drawn and in a table; whose the late minutes are by each rule, and why."""
    kept = get_kept(number)
    may_see_kept(request.viewer, kept).require()
    course = course_of(kept)
    tell(request, people=len({line.spell.official_id for line in course.lines if line.spell.official_id}))
    context = {
        "kept": kept,
        "course": course,
        "charged": charged_of(kept),
        "lines": signal_lines(signals_of(kept.pk)),
        "why": why_of(kept) if kept.late_minutes else [],
        "case_url": to_open_of_dossier(kept) if kept.late_minutes and _keeps_cases(request, kept) else "",
        "task_url": reverse("oversight:dossier-task", args=[kept.pk]) if _may_order(request, kept) else "",
        "crumbs": [*board_crumbs(), Link(kept.code)],
    }
    return render(request, "oversight/dossier.html", context)


@require_safe
@needs(may_see_record)
def record(request: HttpRequest, official: str, unit: str) -> HttpResponse:
    """What an official had in a month in a unit, on one page that is printed."""
    person, place = get_official(official), get_unit(unit)
    may_see_record(request.viewer, person, place).require()
    month = asked_month(request)
    asked = Asked(place, month, day_of(month, request.viewer.day))
    found = answer(reading_record(request.viewer, person, asked))
    may_open = bool(may_see_delays_of(request.viewer, place))
    tell(request, person)
    context = {
        "person": person,
        "unit_name": unit_said(found.way, asked),
        "month": said_month(month),
        "case_url": to_open_of_record(person.code, place.code, month) if _may_open(request, person, place) else "",
        "crumbs": [*board_crumbs(), Link(_("Record of an official"))],
    }
    parts = shown.parts_of(found, person, asked, may_open=may_open)
    return render(request, "oversight/record.html", context | parts)


@require_safe
@needs(may_see_own_record)
def own(request: HttpRequest) -> HttpResponse:
    """One's own months, each with its record."""
    may_see_own_record(request.viewer).require()
    months = [
        (said_month(one.month), one, record_address(one.unit_code, request.viewer.acting.code, one.month))
        for one in own_months(request.viewer.acting, request.viewer.day)
    ]
    cases = [CaseLine(one, timezone.now()) for one in own_cases(request.viewer.acting)]
    context = {"months": months, "cases": cases, "crumbs": [Link(_("My record"))]}
    return render(request, "oversight/own.html", context)


def _keeps_cases(request: HttpRequest, kept: KeptDossier) -> bool:
    units = {one.unit_id: one.unit for one in kept.spells.all() if one.unit is not None}
    return any(may_open_case(request.viewer, unit) for unit in units.values())


def _may_order(request: HttpRequest, kept: KeptDossier) -> bool:
    """Where late minutes are charged, somebody from above gives a task."""
    charged = {one.unit_id: one.unit for one in kept.spells.all() if one.unit is not None and one.late_minutes}
    return any(may_be_ordered(request.viewer, unit) for unit in charged.values())


def _may_open(request: HttpRequest, person: Official, unit: Unit) -> bool:
    """Nobody opens a case about oneself."""
    return bool(may_open_case(request.viewer, unit)) and person not in (
        request.viewer.official,
        request.viewer.principal,
    )
