"""Pages on which a sheet, or the points of surveys of all units, leave and come as a workbook."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cchc.assessments.actions.imports import carry_out_answers, hand_in_answers, set_answers_aside
from cchc.assessments.addresses import round_crumbs, sheet_crumbs, to_round, to_sheet
from cchc.assessments.criteria import set_of
from cchc.assessments.importing.planning import AnswersPlan, MayWrite, plan_answers
from cchc.assessments.importing.reading import AnswerRows, read_answers
from cchc.assessments.importing.workbooks import points_workbook, sheet_workbook
from cchc.assessments.models import AnswersImport, Round, Sheet
from cchc.assessments.permissions import (
    may_arrange_round,
    may_fill_in,
    may_follow_answers_import,
    may_give_points,
    may_see_sheet,
)
from cchc.assessments.policies import is_given_by_others, may_be_written, may_points_be_brought_in
from cchc.assessments.queries.imports import answers_at, get_import, goes_into, sheets_of_round
from cchc.assessments.queries.rounds import get_round
from cchc.assessments.queries.sheets import get_sheet
from cchc.assessments.shown_imports import shown_changes
from cchc.assessments.states import stage_now
from cchc.assessments.views.answering import FRAME, form_page
from cchc.interface.access import ALLOWED, Verdict, denied, needs
from cchc.interface.answering import by, file_answer
from cchc.interface.errors import in_words, place_in_words
from cchc.interface.shapes import Link
from cchc.organizations.exporting.handing_out import XLSX
from cchc.organizations.forms import ImportForm
from cchc.organizations.viewers import Viewer
from cchc.records.errors import DomainError
from cchc.scoring.criteria import Criterion


@require_safe
@needs(may_see_sheet)
def sheet_file(request: HttpRequest, number: int) -> HttpResponse:
    """A unit's own sheet as a workbook to fill in."""
    sheet = get_sheet(request.viewer, number)
    may_see_sheet(request.viewer, sheet).require()
    answers = answers_at(sheet.round, [sheet], "self")
    content = sheet_workbook(sheet.round, set_of(sheet.round), sheet, answers)
    return file_answer(content, XLSX, f"ban-cham-diem-{sheet.pk}.xlsx")


@require_safe
@needs(may_arrange_round)
def points_file(request: HttpRequest, number: int) -> HttpResponse:
    """What surveys and statistics came to in all units, as a workbook to fill in."""
    round_ = get_round(request.viewer, number)
    may_arrange_round(request.viewer, round_).require()
    criteria, sheets = set_of(round_), sheets_of_round(round_)
    asked = [one for one in criteria.criteria if is_given_by_others(one)]
    answers = answers_at(round_, sheets, stage_now(round_.state))
    content = points_workbook(round_, criteria, sheets, asked, answers)
    return file_answer(content, XLSX, f"diem-khao-sat-{round_.pk}.xlsx")


@form_page
@needs(may_fill_in)
def hand_sheet_in(request: HttpRequest, number: int) -> HttpResponse:
    """The form for a unit's own sheet, and the workbook to fill in."""
    sheet = get_sheet(request.viewer, number)
    may_fill_in(request.viewer, sheet).require()
    may_be_written(sheet, "self").require()
    return _handed_in(request, sheet.round, sheet)


@form_page
@needs(may_arrange_round)
def hand_points_in(request: HttpRequest, number: int) -> HttpResponse:
    """The form for the points of surveys and statistics of all units."""
    round_ = get_round(request.viewer, number)
    may_arrange_round(request.viewer, round_).require()
    may_points_be_brought_in(round_).require()
    return _handed_in(request, round_, None)


@require_safe
@needs(may_follow_answers_import)
def import_page(request: HttpRequest, number: int) -> HttpResponse:
    """What the file changes and what is wrong with it, by the sheets as they are now."""
    made = get_import(number)
    may_follow_answers_import(request.viewer, made).require()
    plan = _plan(made, request.viewer) if made.is_open else AnswersPlan()
    context = {
        "made": made,
        "plan": plan,
        "frame": FRAME,
        "commit": reverse("assessments:import-commit", args=[made.pk]),
        "set_aside": reverse("assessments:import-set-aside", args=[made.pk]),
        "changes": shown_changes(plan.changes),
        "problems": [in_words(one) | {"place": place_in_words(one.place)} for one in plan.problems],
        "back": Link(made.sheet.name, to_sheet(made.sheet))
        if made.sheet
        else Link(f"{made.round.title} {made.round.year}", to_round(made.round)),
        "crumbs": [*_way(made.round, made.sheet), Link(made.file)],
    }
    return render(request, "assessments/import.html", context)


@require_POST
@needs(may_follow_answers_import)
def commit(request: HttpRequest, number: int) -> HttpResponse:
    """Carry out what was shown."""
    made = get_import(number)
    may_follow_answers_import(request.viewer, made).require()
    plan = carry_out_answers(
        **by(request), number=made.pk, rows=_rows(made) if made.is_open else AnswerRows(),
        digest=request.POST.get("digest", ""), may_write=_may_write(request.viewer, made),
    )  # fmt: skip
    messages.success(request, _("%(count)d criteria written.") % {"count": len(plan.changes)})
    return redirect("assessments:import", number)


@require_POST
@needs(may_follow_answers_import)
def set_aside(request: HttpRequest, number: int) -> HttpResponse:
    """Do not carry it out."""
    made = get_import(number)
    may_follow_answers_import(request.viewer, made).require()
    set_answers_aside(**by(request), number=made.pk)
    messages.success(request, _("The file is laid aside; nothing was changed."))
    return redirect(_to_form(made.round, made.sheet))


def _handed_in(request: HttpRequest, round_: Round, sheet: Sheet | None) -> HttpResponse:
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        file, official = form.cleaned_data["file"], request.viewer.official
        assert official is not None  # nobody else holds a role
        given = {"round_": round_, "sheet": sheet, "file": file.name, "content": file.read(), "official": official}
        return redirect("assessments:import", hand_in_answers(**by(request), **given).pk)
    name, key = ("sheet-file", sheet.pk) if sheet else ("points-file", round_.pk)
    context = {
        "form": form,
        "frame": FRAME,
        "sheet": sheet,
        "round": round_,
        "template_url": reverse(f"assessments:{name}", args=[key]),
        "crumbs": _way(round_, sheet),
    }
    return render(request, "assessments/import_form.html", context, status=422 if form.errors else 200)


def _may_write(viewer: Viewer, made: AnswersImport) -> MayWrite:
    return _may_declare if made.sheet_id else partial(_may_give, viewer)


def _may_declare(sheet: Sheet, criterion: Criterion) -> Verdict:
    """Into a unit's own sheet, whose file only those bring in who fill it in."""
    if not criterion.scored_by_unit:
        return denied("assessments.not_self_scored", criterion=criterion.code)
    return may_be_written(sheet, "self")


def _may_give(viewer: Viewer, sheet: Sheet, criterion: Criterion) -> Verdict:
    if not is_given_by_others(criterion):
        return denied("assessments.not_given_by_others", criterion=criterion.code)
    return may_give_points(viewer, sheet) and may_points_be_brought_in(sheet.round) and ALLOWED


def _rows(made: AnswersImport) -> AnswerRows:
    return read_answers(bytes(made.content), made.file, of_all_units=made.sheet_id is None)


def _plan(made: AnswersImport, viewer: Viewer) -> AnswersPlan:
    """A file that cannot be read is a finding too."""
    try:
        return plan_answers(_rows(made), goes_into(made, _may_write(viewer, made)))
    except DomainError as error:
        return AnswersPlan(problems=error.problems)


def _way(round_: Round, sheet: Sheet | None) -> list[Link]:
    crumbs = sheet_crumbs(sheet) if sheet else round_crumbs(round_)
    return [*crumbs, Link(_("Import from a file"), _to_form(round_, sheet))]


def _to_form(round_: Round, sheet: Sheet | None) -> str:
    if sheet is not None:
        return reverse("assessments:hand-sheet-in", args=[sheet.pk])
    return reverse("assessments:hand-points-in", args=[round_.pk])
