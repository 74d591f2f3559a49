"""The calendar of visits (lịch đi kiểm tra thực tế): reading it, setting days for several units, taking one back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.assessments import shown
from cchc.assessments.actions.visits import plan_visits, take_visit_back
from cchc.assessments.addresses import round_crumbs, to_visits
from cchc.assessments.criteria import set_of
from cchc.assessments.models import Round, Sheet
from cchc.assessments.permissions import (
    may_enter_findings,
    may_plan_visits,
    may_see_rounds,
    may_see_sheet,
    may_see_whole_round,
)
from cchc.assessments.policies import may_be_visited, may_be_written
from cchc.assessments.queries.council import members_of
from cchc.assessments.queries.findings import findings_of
from cchc.assessments.queries.rounds import get_round
from cchc.assessments.queries.visits import get_visit, schedule_of, sheets_to_plan
from cchc.assessments.shown_visits import said_of, shown_team, shown_visits
from cchc.assessments.views.answering import answer_confirmation, answer_form, form_page
from cchc.assessments.visit_forms import VERSION, VisitsForm, versions_of
from cchc.assessments.visits import FIELD
from cchc.audit.recording import subject_of
from cchc.files.attached import attached_to
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.paging import is_key
from cchc.interface.shapes import Confirmation, Link
from cchc.records.dates import parse_near_date
from cchc.records.errors import DomainError, refuse


@require_safe
@needs(may_see_rounds)
def visits(request: HttpRequest, number: int) -> HttpResponse:
    """By day: which unit is visited when and where. A unit sees its own day."""
    may_see_rounds(request.viewer).require()
    viewer = request.viewer
    round_ = get_round(viewer, number)
    found, sees_whole = schedule_of(viewer, round_), bool(may_see_whole_round(viewer, round_))
    lines = shown_visits(found, round_, judged=sees_whole)
    plans = bool(may_plan_visits(viewer, round_) and may_be_visited(round_))
    context = {
        "round": round_,
        "days": [(day, list(of)) for day, of in groupby(lines, key=lambda line: line.visit.visit_on)],
        "phase": found.phase,
        "team": shown_team(found.team, members_of(round_, viewer.day) if found.team else ()),
        "without": found.without if sees_whole else [],
        "sees_whole": sees_whole,
        "plans": plans,
        "crumbs": [*round_crumbs(round_), Link(_("Calendar of visits"))],
    }
    return render(request, "assessments/visits.html", context)


@require_safe
@needs(may_see_sheet)
def visit(request: HttpRequest, number: int) -> HttpResponse:
    """The record of one visit: when and where, photos and minutes, what was found at the unit."""
    viewer, found = request.viewer, get_visit(request.viewer, number)
    may_see_sheet(viewer, found.sheet).require()
    sheet, round_ = found.sheet, found.sheet.round
    enters = may_enter_findings(viewer, sheet)
    criteria = set_of(round_) if round_.criteria else None
    context = {
        "visit": found,
        "said": said_of(found),
        "sheet": sheet,
        "round": round_,
        "rows": [(one, shown.code_name(criteria, one.criterion)) for one in findings_of(sheet)],
        "may_enter": bool(enters and may_be_written(sheet, "field")),
        "move_url": f"{reverse('assessments:plan-visits', args=[round_.pk])}?ban={sheet.pk}",
        "plans": bool(may_plan_visits(viewer, round_) and may_be_visited(round_)),
        "attached": attached_to(viewer, subject_of(found), may_change=bool(enters and may_be_visited(round_))),
        "crumbs": [*_crumbs(round_), Link(sheet.name)],
    }
    return render(request, "assessments/visit.html", context)


@form_page
@needs(may_plan_visits)
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """A day beside each unit: those that have none yet, those of one day, or one unit."""
    round_ = get_round(request.viewer, number)
    may_plan_visits(request.viewer, round_).require()
    phase = round_.phases.filter(phase=FIELD).first()
    if request.method != "POST":
        may_be_visited(round_).require()
        if phase is None:
            raise refuse("assessments.no_field_phase")
    sheets = _sheets(request, round_)
    form = VisitsForm(request.POST or None, sheets=sheets)

    def save() -> str:
        plan_visits(**by(request), round_=round_, planned=form.planned)
        return to_visits(round_)

    def now_seen() -> dict[str, object]:
        again = sheets_to_plan(request.viewer, round_, [one.pk for one in sheets])
        return {f"{VERSION}{key}": version for key, version in versions_of(again).items()}

    title = _("Set days of visits")
    effect = _("The head and the reform officer of each unit are told of a day that is set or moved.")
    return answer_form(
        request, form, save, title, [*_crumbs(round_), Link(title)], template="assessments/visits_form.html",
        submit=_("Save and tell the units"), effect=effect, now_seen=now_seen, round=round_,
        phase=phase,
    )  # fmt: skip


@form_page
@needs(may_plan_visits)
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """The unit is not visited that day, for a reason that it is told."""
    visit = get_visit(request.viewer, number)
    round_ = visit.sheet.round
    may_plan_visits(request.viewer, round_).require()
    if request.method != "POST":
        may_be_visited(round_).require()
    asked = Confirmation(
        _("Take the visit to %(unit)s back?") % {"unit": visit.sheet.name},
        _("%(visit)s. The unit is told that nobody comes, and why.") % {"visit": said_of(visit)},
        _("Take the visit back"),
    )

    def act(reason: str) -> str:
        take_visit_back(**by(request), visit=visit, reason=reason)
        return to_visits(round_)

    return answer_confirmation(request, asked, act, _crumbs(round_), said=_("The visit is taken back."))


def _sheets(request: HttpRequest, round_: Round) -> Sequence[Sheet]:
    """Those that the page was opened for; of a form that came back, those that stood in it."""
    if request.method == "POST":
        typed = [name.removeprefix(VERSION) for name in request.POST if name.startswith(VERSION)]
        keys = [int(key) for key in typed if is_key(key)]
        return sheets_to_plan(request.viewer, round_, keys) if keys else []
    asked = request.GET.get("ban", "")
    if is_key(asked):
        return sheets_to_plan(request.viewer, round_, [int(asked)])
    return sheets_to_plan(request.viewer, round_, day=_day(request.GET.get("ngay", "")))


def _day(text: str) -> date | None:
    """The day in the address; one that makes no sense is left out."""
    try:
        return parse_near_date(text)
    except DomainError:
        return None


def _crumbs(round_: Round) -> list[Link]:
    return [*round_crumbs(round_), Link(_("Calendar of visits"), to_visits(round_))]
