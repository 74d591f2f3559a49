"""Laying an issued paper before a unit, which decides on it by a deadline."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cchc.followups.actions.approvals import lay_before
from cchc.followups.forms import LayingForm
from cchc.followups.permissions import may_lay_before
from cchc.followups.queries.tasks import tasks_of
from cchc.followups.views.answering import form_page, warn_if_nobody_told
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.shapes import Link
from cchc.papers.queries.papers import get_paper
from cchc.papers.views.answering import answer_form, paper_crumbs, to_paper


@form_page
@needs(may_lay_before)
def lay(request: HttpRequest, number: int) -> HttpResponse:
    """Which unit is asked to approve what the paper proposes, and by when."""
    paper = get_paper(number)
    may_lay_before(request.viewer, paper).require()
    form = LayingForm(request.POST or None)
    form.fields["to"].offer_for(paper.unit)

    def save() -> str:
        asked = lay_before(**by(request), paper=paper, to=form.cleaned_data["to"], deadline=form.wanted)
        for task in tasks_of(asked):
            warn_if_nobody_told(request, task)
        return to_paper(paper)

    title = _("Ask for approval")
    return answer_form(
        request, form, save, title, paper_crumbs(paper, Link(title)), submit=title, paper=paper,
        template="followups/lay.html",
    )  # fmt: skip
