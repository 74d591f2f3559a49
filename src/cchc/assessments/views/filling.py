"""Writing about one criterion of a sheet: by the button, by itself a moment after typing, or only to see the points."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cchc.assessments import shown
from cchc.assessments.actions.answers import NEW, write_answer
from cchc.assessments.addresses import to_sheet
from cchc.assessments.computing import unreadable_inputs
from cchc.assessments.filling import conflict_of, try_out
from cchc.assessments.forms import AnswerForm
from cchc.assessments.models import Sheet
from cchc.assessments.permissions import may_see_sheet
from cchc.assessments.queries.sheets import SheetFigures, figures_of, get_sheet
from cchc.assessments.views.sheets import may_write, sheet_answer
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.drafts import draft_is_over
from cchc.interface.errors import status_of
from cchc.records.errors import DomainError
from cchc.scoring.criteria import Criterion
from cchc.scoring.sheets import Stage

TRIES = "tinh-thu"
"""Posted to see what the typed figures come to; nothing is written."""
BY_ITSELF = "tu-luu"
"""Posted by `autosave.js`, which takes what changed out of the page that answers."""
GOES_ON = "tiep"
"""The button that saves and goes on to the next criterion that lacks something."""
_REFUSED, _STALE = 422, 409


@require_POST
@needs(may_see_sheet)
def write(request: HttpRequest, number: int, stage: Stage, code: str) -> HttpResponse:
    """What is said about one criterion at a stage. A refusal stands at its field, above what was typed."""
    sheet = get_sheet(request.viewer, number)
    may_see_sheet(request.viewer, sheet).require()
    figures = figures_of(sheet)
    criterion = figures.criteria.criterion(code)
    may_write(request, figures, criterion, stage).require()
    form = AnswerForm(criterion, stage, request.POST)
    if not form.is_valid():
        return sheet_answer(request, sheet, figures, code, form, _REFUSED)
    if TRIES in request.POST:
        return render(
            request, "assessments/parts/points.html", {"trial": try_out(figures, criterion, stage, form.said)}
        )
    try:
        write_answer(
            **by(request), sheet=sheet, code=code, stage=stage, said=form.said,
            expected_version=form.cleaned_data["version"],
        )  # fmt: skip
    except DomainError as error:
        return _refused(request, sheet, criterion, form, error)
    if BY_ITSELF in request.POST:
        return sheet_answer(request, sheet, figures_of(sheet), code)
    if GOES_ON not in request.POST:
        messages.success(request, _("%(unit)s: saved.") % {"unit": code})
    return draft_is_over(request, redirect(_onward(request, sheet, stage, code)))


def _refused(
    request: HttpRequest, sheet: Sheet, criterion: Criterion, form: AnswerForm, error: DomainError
) -> HttpResponse:  # fmt: skip
    """Every error at its field. Whoever came second sees both values, and may save what was typed all the same."""
    figures, status = figures_of(sheet), status_of(error)
    form.add_refusals(error, unreadable_inputs(figures.criteria, criterion.code, form.typed))
    theirs = figures.answer(form.stage, criterion.code)
    if status != _STALE:
        return sheet_answer(request, sheet, figures, criterion.code, form, status)
    form.see(version=theirs.version if theirs else NEW)
    conflict = conflict_of(criterion, theirs, form.said) if theirs else None
    return sheet_answer(request, sheet, figures, criterion.code, form, status, conflict=conflict)


def _onward(request: HttpRequest, sheet: Sheet, stage: Stage, code: str) -> str:
    """Where the reader goes on: the same criterion, or the next one that lacks something."""
    if GOES_ON not in request.POST:
        return to_sheet(sheet, code)
    figures: SheetFigures = figures_of(sheet)
    following = shown.next_missing(figures, code) if stage == "self" else ""
    return f"{to_sheet(sheet, following or code)}&{GOES_ON}=1"
