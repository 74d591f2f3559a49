"""Asking a unit to explain, and taking that back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cchc.assessments import shown
from cchc.assessments.actions import sheets as actions
from cchc.assessments.addresses import sheet_crumbs, to_criterion, to_sheet
from cchc.assessments.criteria import set_of
from cchc.assessments.forms import QuestionForm
from cchc.assessments.models import Sheet
from cchc.assessments.permissions import may_see_whole_round
from cchc.assessments.policies import may_be_asked, may_be_taken_back
from cchc.assessments.queries.rounds import charges_today
from cchc.assessments.queries.sheets import get_question, get_sheet
from cchc.assessments.states import stage_now
from cchc.assessments.views.answering import answer_confirmation, answer_form, form_page
from cchc.assessments.writing import may_judge_at
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.shapes import Confirmation, Link

GRID = "tieu-chi"
"""Whoever comes from the criterion in all units goes back there."""


@form_page
@needs(may_see_whole_round)
def ask(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Ask the unit to explain a criterion."""
    sheet = get_sheet(request.viewer, number)
    may_see_whole_round(request.viewer, sheet.round).require()
    _require_right(request, sheet, code)
    if request.method != "POST":
        may_be_asked(sheet).require()
    form = QuestionForm(request.POST or None)

    def save() -> str:
        actions.ask_question(**by(request), sheet=sheet, code=code, text=form.cleaned_data["text"])
        return _back(request, sheet, code)

    title = _("Ask %(unit)s to explain") % {"unit": sheet.name}
    crumbs = [*sheet_crumbs(sheet), Link(shown.code_name(set_of(sheet.round), code), to_sheet(sheet, code))]
    return answer_form(
        request, form, save, title, [*crumbs, Link(title)], submit=_("Ask to explain"),
        effect=shown.code_name(set_of(sheet.round), code), said=_("The unit is asked to explain."),
    )  # fmt: skip


@form_page
@needs(may_see_whole_round)
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """The unit need not explain it any more, with a reason."""
    question = get_question(request.viewer, number)
    sheet, code = question.sheet, question.criterion
    may_see_whole_round(request.viewer, sheet.round).require()
    _require_right(request, sheet, code)
    if request.method != "POST":
        may_be_taken_back(sheet).require()
    asked = Confirmation(_("Take the request to explain back?"), question.text, _("Take back"))

    def act(reason: str) -> str:
        actions.take_question_back(**by(request), question=question, reason=reason)
        return _back(request, sheet, code)

    return answer_confirmation(request, asked, act, sheet_crumbs(sheet), said=_("The request is taken back."))


def _require_right(request: HttpRequest, sheet: Sheet, code: str) -> None:
    """Who judges the criterion in this sheet asks about it."""
    viewer, criteria = request.viewer, set_of(sheet.round)
    charges = charges_today(sheet.round, viewer.day, viewer)
    stage = "document1" if stage_now(sheet.round.state) == "self" else stage_now(sheet.round.state)
    may_judge_at(viewer, sheet, criteria.criterion(code), stage, criteria, charges).require()


def _back(request: HttpRequest, sheet: Sheet, code: str) -> str:
    if request.GET.get("tu") == GRID:
        return f"{to_criterion(sheet.round, code)}#ban-{sheet.pk}"
    return to_sheet(sheet, code)
