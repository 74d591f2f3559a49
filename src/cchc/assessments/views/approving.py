"""Pages on which the result is approved, and a round is opened once more for the council."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.assessments import shown
from cchc.assessments.actions.approving import approve_result
from cchc.assessments.actions.freezing import reopen_round
from cchc.assessments.addresses import round_crumbs, to_approval, to_results
from cchc.assessments.approving_forms import DecisionForm
from cchc.assessments.permissions import may_approve_result, may_arrange_round, may_confirm_freeze, may_see_whole_round
from cchc.assessments.policies import check_step
from cchc.assessments.queries.reviews import decisions_issued, get_approval, paper_of
from cchc.assessments.queries.rounds import get_round
from cchc.assessments.views.answering import answer_form, form_page
from cchc.audit.recording import subject_of
from cchc.files.attached import attached_to
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.forms import VersionedReasonForm
from cchc.interface.shapes import Link


@form_page
@needs(may_approve_result)
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """By which decision the frozen result was approved."""
    viewer = request.viewer
    round_ = get_round(viewer, number)
    may_approve_result(viewer, round_).require()
    if request.method != "POST":
        check_step(round_, "approve")
    papers = decisions_issued(viewer, round_)
    form = DecisionForm(request.POST or None, initial={"version": round_.version}, papers=papers)

    def save() -> str:
        version = form.cleaned_data["version"] or 0
        return to_approval(
            approve_result(**by(request), round_=round_, decision=form.decision, expected_version=version)
        )

    title = shown.step_name("approve")
    effect = _("The frozen version stands as approved by this decision; then it can be made public.")
    said = _("The approval is recorded; the signed decision can be added here.")
    crumbs = [*round_crumbs(round_), Link(title)]
    return answer_form(request, form, save, title, crumbs, submit=title, effect=effect, said=said)


@require_safe
@needs(may_see_whole_round)
def approval(request: HttpRequest, number: int) -> HttpResponse:
    """One approval, with the signed decision that stands behind it."""
    viewer = request.viewer
    found = get_approval(viewer, number)
    round_ = found.round
    may_see_whole_round(viewer, round_).require()
    may_cite = may_approve_result(viewer, round_) or may_arrange_round(viewer, round_)
    context = {
        "round": round_,
        "state": shown.round_state(round_.state),
        "approval": found,
        "paper": paper_of(viewer, found),
        "attached": attached_to(viewer, subject_of(found), may_change=may_cite),
        "crumbs": [*round_crumbs(round_), Link(_("Result"), to_results(round_)), Link(found.number)],
    }
    return render(request, "assessments/approval.html", context)


@form_page
@needs(may_confirm_freeze)
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """The council looks at the result once more; a new version will follow."""
    round_ = get_round(request.viewer, number)
    may_confirm_freeze(request.viewer, round_).require()
    if request.method != "POST":
        check_step(round_, "reopen")
    form = VersionedReasonForm(request.POST or None, initial={"version": round_.version})

    def save() -> str:
        given = form.cleaned_data
        reopen_round(**by(request), round_=round_, expected_version=given["version"], reason=given["reason"])
        return to_results(round_)

    title = shown.step_name("reopen")
    effect = _("What was frozen and published stays readable; a corrected version needs two persons and approval anew.")
    return answer_form(request, form, save, title, [*round_crumbs(round_), Link(title)], submit=title, effect=effect)
