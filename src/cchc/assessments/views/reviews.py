"""Pages of requests for a review (kiến nghị xem xét lại): the list, asking, answering."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cchc.assessments.actions.approving import answer_review, ask_review
from cchc.assessments.addresses import round_crumbs, sheet_crumbs, to_reviews, to_sheet
from cchc.assessments.approving_forms import ReviewAnswerForm, ReviewForm
from cchc.assessments.criteria import set_of
from cchc.assessments.permissions import may_rule, may_see_rounds, may_submit
from cchc.assessments.policies import may_be_reviewed
from cchc.assessments.queries.reviews import get_review, reviews_of
from cchc.assessments.queries.rounds import get_round
from cchc.assessments.queries.sheets import get_sheet
from cchc.assessments.views.answering import answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.shapes import Link


@require_safe
@needs(may_see_rounds)
def reviews(request: HttpRequest, number: int) -> HttpResponse:
    """What units asked for and what the council answered."""
    may_see_rounds(request.viewer).require()
    viewer = request.viewer
    round_ = get_round(viewer, number)
    phase = round_.phases.filter(phase="review").first()
    asked = [
        (one, to_sheet(one.sheet, one.criterion), one.granted is None and may_rule(viewer, one.sheet))
        for one in reviews_of(viewer, round_)
    ]
    own = round_.sheets.filter(unit__in=viewer.postings).select_related("unit").order_by("place")
    context = {
        "round": round_,
        "phase": phase,
        "asked": asked,
        "own": [one for one in own if may_submit(viewer, one) and may_be_reviewed(round_, phase, viewer.day)],
        "crumbs": [*round_crumbs(round_), Link(_("Requests for a review"))],
    }
    return render(request, "assessments/reviews.html", context)


@form_page
@needs(may_submit)
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """A unit's head asks the council to look once more."""
    sheet = get_sheet(request.viewer, number)
    may_submit(request.viewer, sheet).require()
    form = ReviewForm(request.POST or None, criteria=set_of(sheet.round))

    def save() -> str:
        given = form.cleaned_data
        ask_review(**by(request), sheet=sheet, code=given["criterion"], text=given["text"])
        return to_reviews(sheet.round)

    title = _("Ask for a review")
    return answer_form(request, form, save, title, [*sheet_crumbs(sheet), Link(title)], submit=_("Send the request"))


@form_page
@needs(may_rule)
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """What the council answered."""
    asked = get_review(request.viewer, number)
    may_rule(request.viewer, asked.sheet).require()
    form = ReviewAnswerForm(request.POST or None)

    def save() -> str:
        given = form.cleaned_data
        answer_review(**by(request), asked=asked, granted=given["granted"] == "yes", answer=given["answer"])
        return to_reviews(asked.sheet.round)

    title = _("Answer the request")
    crumbs = [*round_crumbs(asked.sheet.round), Link(title)]
    return answer_form(request, form, save, title, crumbs, submit=title, effect=asked.text)
