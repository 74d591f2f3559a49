"""The field check (kiểm tra thực tế): its team, what was found at a unit, deciding a finding."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.assessments import shown
from cchc.assessments.actions import findings as actions
from cchc.assessments.addresses import round_crumbs, sheet_crumbs, to_round, to_sheet
from cchc.assessments.criteria import set_of
from cchc.assessments.finding_forms import FindingForm, TeamForm
from cchc.assessments.models import Finding, Sheet
from cchc.assessments.permissions import may_arrange_round, may_enter_findings, may_see_sheet
from cchc.assessments.policies import may_be_written
from cchc.assessments.queries.findings import findings_of, get_finding
from cchc.assessments.queries.rounds import charges_today, get_round
from cchc.assessments.queries.sheets import figures_of, get_sheet
from cchc.assessments.shown_visits import said_of
from cchc.assessments.views.answering import answer_confirmation, answer_form, form_page
from cchc.assessments.visits import standing
from cchc.assessments.writing import may_write_at
from cchc.audit.recording import subject_of
from cchc.files.attached import attached_to
from cchc.interface.access import Verdict, needs
from cchc.interface.answering import by
from cchc.interface.shapes import Confirmation, Link
from cchc.records.errors import DomainError


@form_page
@needs(may_arrange_round)
def team(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody checks units on site."""
    round_ = get_round(request.viewer, number)
    may_arrange_round(request.viewer, round_).require()
    form = TeamForm(request.POST or None, initial={"starts_on": request.viewer.day})

    def save() -> str:
        given = form.cleaned_data
        actions.join_team(**by(request), round_=round_, **given)
        return to_round(round_)

    title = _("Take somebody into the field team")
    return answer_form(request, form, save, title, [*round_crumbs(round_), Link(title)], submit=title)


@require_safe
@needs(may_see_sheet)
def findings(request: HttpRequest, number: int) -> HttpResponse:
    """What was found at the unit, beside the points of documents."""
    sheet = get_sheet(request.viewer, number)
    may_see_sheet(request.viewer, sheet).require()
    figures = figures_of(sheet)
    rows = [
        (one, shown.code_name(figures.criteria, one.criterion), figures.leaf("document1", one.criterion),
         figures.answer("field", one.criterion), figures.leaf("field", one.criterion))
        for one in findings_of(sheet)
    ]  # fmt: skip
    context = {
        "sheet": sheet,
        "round": sheet.round,
        "rows": rows,
        "visit": said_of(visit) if (visit := standing(sheet)) else "",
        "may_enter": bool(may_enter_findings(request.viewer, sheet) and may_be_written(sheet, "field")),
        "crumbs": [*sheet_crumbs(sheet), Link(_("Field check"))],
    }
    return render(request, "assessments/findings.html", context)


@form_page
@needs(may_enter_findings)
def enter(request: HttpRequest, number: int) -> HttpResponse:
    """A finding about one criterion."""
    sheet = get_sheet(request.viewer, number)
    may_enter_findings(request.viewer, sheet).require()
    if request.method != "POST":
        may_be_written(sheet, "field").require()
    initial = {"found_on": _day_found(sheet, request.viewer.day)}
    form = FindingForm(request.POST or None, initial=initial, criteria=set_of(sheet.round))
    title = _("Enter what was found")
    return answer_form(
        request, form, lambda: to_finding(actions.enter_finding(**by(request), sheet=sheet, found=form.found)), title,
        [*_crumbs(sheet), Link(title)], said=_("The finding is entered; files can be added here."),
    )  # fmt: skip


@require_safe
@needs(may_see_sheet)
def finding(request: HttpRequest, number: int) -> HttpResponse:
    """One finding with its files; who appraises the criterion decides it here."""
    found = get_finding(request.viewer, number)
    may_see_sheet(request.viewer, found.sheet).require()
    is_open = found.decided_at is None
    may_cite = may_enter_findings(request.viewer, found.sheet) and may_be_written(found.sheet, "field")
    context = {
        "finding": found,
        "sheet": found.sheet,
        "name": shown.code_name(set_of(found.sheet.round), found.criterion),
        "may_decide": is_open and bool(_may_decide(request, found)),
        "after": _points_after(found) if is_open else None,
        "sheet_url": to_sheet(found.sheet, found.criterion),
        "attached": attached_to(request.viewer, subject_of(found), may_change=is_open and bool(may_cite)),
        "crumbs": [*_crumbs(found.sheet), Link(found.criterion)],
    }
    return render(request, "assessments/finding.html", context)


@require_POST
@needs(may_see_sheet)
def accept_finding(request: HttpRequest, number: int) -> HttpResponse:
    """It counts."""
    found = get_finding(request.viewer, number)
    may_see_sheet(request.viewer, found.sheet).require()
    _may_decide(request, found).require()
    actions.accept_finding(**by(request), finding=found)
    return redirect(to_finding(found))


@form_page
@needs(may_see_sheet)
def refuse_finding(request: HttpRequest, number: int) -> HttpResponse:
    """It does not count, with a reason."""
    found = get_finding(request.viewer, number)
    may_see_sheet(request.viewer, found.sheet).require()
    _may_decide(request, found).require()
    asked = Confirmation(_("Refuse the finding?"), found.text, _("Refuse"))

    def act(reason: str) -> str:
        actions.refuse_finding(**by(request), finding=found, reason=reason)
        return to_finding(found)

    return answer_confirmation(request, asked, act, _crumbs(found.sheet), said=_("The finding is refused."))


def to_finding(found: Finding) -> str:
    """Its page."""
    return reverse("assessments:finding", args=[found.pk])


def _crumbs(sheet: Sheet) -> list[Link]:
    return [*sheet_crumbs(sheet), Link(_("Field check"), reverse("assessments:findings", args=[sheet.pk]))]


def _points_after(found: Finding) -> Fraction | None:
    """What the field check comes to when it counts; None where there is nothing to take from."""
    criterion = set_of(found.sheet.round).criterion(found.criterion)
    try:
        return actions.points_after(found.sheet, criterion, found)
    except DomainError:
        return None


def _day_found(sheet: Sheet, today: date) -> date | None:
    """The day of the visit, where it has come and the days assessed reach so far."""
    visit, round_ = standing(sheet), sheet.round
    if visit is None or not round_.assessed_from <= visit.visit_on <= min(round_.assessed_to, today):
        return None
    return visit.visit_on


def _may_decide(request: HttpRequest, found: Finding) -> Verdict:
    """Who appraises the criterion in this sheet."""
    sheet, viewer, criteria = found.sheet, request.viewer, set_of(found.sheet.round)
    charges = charges_today(sheet.round, viewer.day, viewer)
    return may_write_at(viewer, sheet, criteria.criterion(found.criterion), "field", criteria, charges)
