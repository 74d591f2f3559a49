"""Deciding on a paper that is laid before a unit for approval, and taking it back. Laying it there gives a task:
`followups`.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.interface.access import needs
from cchc.interface.forms import ReasonForm
from cchc.interface.shapes import Link
from cchc.papers.actions.approvals import decide_approval, take_back_approval
from cchc.papers.forms import DecidingForm
from cchc.papers.permissions import may_decide_approval, may_take_back_approval
from cchc.papers.queries.approvals import decisions_of, get_request
from cchc.papers.views.answering import answer_form, by, paper_crumbs, to_paper

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
@needs(may_decide_approval)
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or refuse, in words, with the paper that says so officially."""
    asked = get_request(number)
    may_decide_approval(request.viewer, asked).require()
    form = DecidingForm(decisions_of(asked.to), request.POST or None)

    def act() -> str:
        decide_approval(**by(request), request=asked, **form.cleaned_data)
        return to_paper(asked.paper)

    title = _("Decide on the request")
    crumbs = paper_crumbs(asked.paper, Link(title))
    return answer_form(
        request, form, act, title, crumbs, template="papers/decide.html", asked=asked, submit=_("Decide")
    )


@_form_page
@needs(may_take_back_approval)
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """The unit need not decide any more."""
    asked = get_request(number)
    may_take_back_approval(request.viewer, asked).require()
    form = ReasonForm(request.POST or None)

    def act() -> str:
        take_back_approval(**by(request), request=asked, reason=form.cleaned_data["reason"])
        return to_paper(asked.paper)

    title = _("Take the request back")
    return answer_form(request, form, act, title, paper_crumbs(asked.paper, Link(title)), submit=title)
