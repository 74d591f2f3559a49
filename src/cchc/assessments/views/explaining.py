"""What a unit has to explain: the list, an answer with files, the second lock."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.assessments import shown
from cchc.assessments.actions import sheets as actions
from cchc.assessments.addresses import sheet_crumbs, to_explanations
from cchc.assessments.criteria import set_of
from cchc.assessments.forms import ExplanationForm
from cchc.assessments.models import Question, Sheet
from cchc.assessments.permissions import may_fill_in, may_see_sheet, may_submit
from cchc.assessments.policies import may_be_explained
from cchc.assessments.queries.sheets import figures_of, get_question, get_sheet
from cchc.assessments.states import stage_now
from cchc.assessments.views.answering import answer_form, form_page
from cchc.audit.recording import subject_of
from cchc.files.attached import attached_to
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.forms import ActionForm
from cchc.interface.shapes import Link


@require_safe
@needs(may_see_sheet)
def explanations(request: HttpRequest, number: int) -> HttpResponse:
    """Every criterion about which the unit was asked, with both points, what was asked and what was answered."""
    sheet = get_sheet(request.viewer, number)
    may_see_sheet(request.viewer, sheet).require()
    figures, stage = figures_of(sheet), stage_now(sheet.round.state)
    asked = [
        (question, shown.code_name(figures.criteria, code), figures.leaf("self", code), figures.leaf(stage, code))
        for code, questions in figures.questions.items()
        for question in questions
    ]
    phase = sheet.round.phases.filter(phase="explanation").first()
    context = {
        "sheet": sheet,
        "round": sheet.round,
        "asked": asked,
        "open": sum(question.answered_at is None for question, *_ in asked),
        "until": phase.ends_on if phase else None,
        "stage_name": shown.stage_name(stage),
        "may_answer": bool(may_fill_in(request.viewer, sheet) and may_be_explained(sheet)),
        "may_submit": bool(may_submit(request.viewer, sheet) and may_be_explained(sheet)),
        "crumbs": [*sheet_crumbs(sheet), Link(_("The unit's explanations"))],
    }
    return render(request, "assessments/explanations.html", context)


@form_page
@needs(may_see_sheet)
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """One question with its files; whoever fills the sheet in answers it while the unit may explain."""
    question = get_question(request.viewer, number)
    sheet = question.sheet
    may_see_sheet(request.viewer, sheet).require()
    verdict = may_fill_in(request.viewer, sheet) and may_be_explained(sheet)
    if request.method == "POST":
        verdict.require()
    may_answer = bool(verdict) and question.answered_at is None
    form = ExplanationForm(request.POST or None) if may_answer or request.method == "POST" else ActionForm()

    def save() -> str:
        actions.answer_question(**by(request), question=question, text=form.cleaned_data["text"])
        return to_explanations(sheet)

    title = shown.code_name(set_of(sheet.round), question.criterion)
    crumbs = [*sheet_crumbs(sheet), Link(_("The unit's explanations"), to_explanations(sheet)), Link(title)]
    return answer_form(
        request, form, save, title, crumbs, template="assessments/explanation.html", submit=_("Explain"),
        said=_("The explanation is saved."),
        **_beside(request, question, may_answer=may_answer, may_cite=bool(verdict)),
    )  # fmt: skip


@form_page
@needs(may_submit)
def submit(request: HttpRequest, number: int) -> HttpResponse:
    """The second lock, by the head."""
    sheet = get_sheet(request.viewer, number)
    may_submit(request.viewer, sheet).require()
    if request.method != "POST":
        may_be_explained(sheet).require()
    form = ActionForm(request.POST if request.method == "POST" else None)

    def save() -> str:
        actions.submit_explanations(**by(request), sheet=sheet, expected_version=_version(request))
        return to_explanations(sheet)

    title = _("Lock and submit the explanations")
    return answer_form(
        request, form, save, title, [*sheet_crumbs(sheet), Link(title)], template="assessments/lock.html",
        submit=title, said=_("The explanations are locked and submitted."), sheet=sheet, open=_open(sheet),
    )  # fmt: skip


def _beside(request: HttpRequest, question: Question, *, may_answer: bool, may_cite: bool) -> dict[str, Any]:
    return {
        "question": question,
        "may_answer": may_answer,
        "attached": attached_to(request.viewer, subject_of(question), may_change=may_cite),
    }


def _open(sheet: Sheet) -> int:
    return Question.objects.filter(sheet=sheet, answered_at=None, taken_back_at=None).count()


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else 0
