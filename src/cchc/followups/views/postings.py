"""The posting log put right."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cchc.followups.actions.postings import Line, correct_posting, strike_posting
from cchc.followups.addresses import directive_crumbs
from cchc.followups.forms import PostingCorrectionForm
from cchc.followups.models import WebPosting
from cchc.followups.permissions import may_note_posting
from cchc.followups.policies import counts
from cchc.followups.queries.directives import get_posting
from cchc.followups.views.answering import answer_form, form_page
from cchc.interface.access import needs
from cchc.interface.answering import by
from cchc.interface.forms import VersionedReasonForm
from cchc.interface.shapes import Link


@form_page
@needs(may_note_posting)
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """What a line should have said. Who comes second is told of it, and may save once more."""
    posting = _counting(request, number)
    start = {name: getattr(posting, name) for name in ("place", "link", "posted_on", "version")}
    form = PostingCorrectionForm(request.POST or None, initial=start)

    def save() -> str:
        given = form.cleaned_data
        line = Line(given["place"], given["link"], given["posted_on"])
        correct_posting(
            **by(request), posting=posting, expected_version=given["version"], line=line, reason=given["reason"]
        )
        return directive_crumbs(posting.directive)[-1].url

    return _answer(request, form, save, _("Correct a posting"), posting)


@form_page
@needs(may_note_posting)
def strike(request: HttpRequest, number: int) -> HttpResponse:
    """A line that never was true counts no more."""
    posting = _counting(request, number)
    form = VersionedReasonForm(request.POST or None, initial={"version": posting.version})

    def save() -> str:
        strike_posting(**by(request), posting=posting, expected_version=form.cleaned_data["version"],
                       reason=form.cleaned_data["reason"])  # fmt: skip
        return directive_crumbs(posting.directive)[-1].url

    return _answer(request, form, save, _("Strike out a posting"), posting)


def _counting(request: HttpRequest, number: int) -> WebPosting:
    posting = get_posting(request.viewer, number)
    may_note_posting(request.viewer, posting.directive, posting.unit).require()
    if request.method != "POST":
        counts(posting).require()
    return posting


def _answer(request: HttpRequest, form: Any, save: Any, title: str, posting: WebPosting) -> HttpResponse:
    def now_seen() -> dict[str, object]:
        return {"version": WebPosting.objects.get(pk=posting.pk).version}

    crumbs = [*directive_crumbs(posting.directive), Link(title)]
    return answer_form(
        request, form, save, title, crumbs, template="followups/posting.html", posting=posting, submit=title,
        now_seen=now_seen,
    )  # fmt: skip
