"""Issuing, the signed file, withdrawing and replacing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cchc.files.limits import limits_on
from cchc.files.queries import sender_of
from cchc.files.receiving import Upload, received
from cchc.interface.access import needs
from cchc.interface.errors import in_words
from cchc.interface.forms import ReasonForm
from cchc.interface.shapes import Link
from cchc.papers.actions.issuing import Issuing, hindrances, issue_paper, replace_paper, withdraw_paper
from cchc.papers.actions.signed import attach_signed
from cchc.papers.forms import IssuingForm, ReplacingForm, SignedForm
from cchc.papers.models import Paper
from cchc.papers.permissions import may_attach_signed, may_issue_paper, may_withdraw_paper
from cchc.papers.queries.bases import doubts_about
from cchc.papers.queries.papers import could_replace, gaps_in, get_paper, series_of
from cchc.papers.signing.asking import signatures_in
from cchc.papers.signing.reports import SignatureReport
from cchc.papers.signing.trust import trusted_roots
from cchc.papers.views.answering import answer_form, by, paper_crumbs, to_paper

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@_form_page
@needs(may_issue_paper)
def issue(request: HttpRequest, number: int) -> HttpResponse:
    """Number and day of a paper that was signed."""
    paper = get_paper(number)
    may_issue_paper(request.viewer, paper).require()
    day = request.viewer.day
    form = IssuingForm(request.POST or None, initial={"on": day, "version": paper.version})
    expired = [doubt for doubt in doubts_about(paper, day) if doubt.is_out_of_force]
    if not expired and request.method != "POST":
        del form.fields["accepts_expired"]

    def act() -> str:
        version = form.cleaned_data["version"]
        issue_paper(**by(request), paper=paper, issuing=form.issuing, expected_version=version)
        return to_paper(paper)

    return answer_form(
        request, form, act, _("Issue the paper"), paper_crumbs(paper, Link(_("Issue"))), template="papers/issue.html",
        paper=paper, expired=expired, **_numbers(paper, day.year),
        hindrances=[in_words(one) for one in hindrances(paper, Issuing(day, accepts_expired=True))],
    )  # fmt: skip


def _numbers(paper: Paper, year: int) -> dict[str, Any]:
    """How far the numbers of the paper's symbol have come."""
    series = series_of(paper.unit, paper.symbol, year)
    return {
        "series": series,
        "next": 1 if series is None else series.last + 1,
        "gaps": gaps_in(series) if series else [],
    }


@_form_page
@needs(may_attach_signed)
def attach(request: HttpRequest, number: int) -> HttpResponse:
    """The signed file, its signatures judged before it is kept."""
    paper, viewer = get_paper(number), request.viewer
    may_attach_signed(viewer, paper).require()
    form = SignedForm(request.POST or None, request.FILES or None)

    def act() -> str:
        given = form.cleaned_data["file"]
        with received(given, given.name, viewer.day) as upload:
            attach_signed(
                **by(request), paper=paper, upload=upload, sender=sender_of(viewer), reports=_judged(upload, request),
                denies_state_secret=form.cleaned_data["denies_state_secret"],
            )  # fmt: skip
        return to_paper(paper)

    return answer_form(
        request, form, act, _("Signed file"), paper_crumbs(paper, Link(_("Signed file"))),
        template="papers/attach.html", paper=paper, has_roots=bool(trusted_roots()),
    )  # fmt: skip


def _judged(upload: Upload, request: HttpRequest) -> tuple[SignatureReport, ...]:
    """The signatures of a PDF; a picture has none."""
    if upload.kind != "pdf":
        return ()
    with upload.path.open("rb") as source:
        return signatures_in(source, trusted_roots(), datetime.now(UTC), limits_on(request.viewer.day))


@_form_page
@needs(may_withdraw_paper)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """The paper counts no longer."""
    paper = get_paper(number)
    may_withdraw_paper(request.viewer, paper).require()
    form = ReasonForm(request.POST or None)

    def act() -> str:
        withdraw_paper(**by(request), paper=paper, reason=form.cleaned_data["reason"])
        return to_paper(paper)

    return answer_form(request, form, act, _("Withdraw the paper"), paper_crumbs(paper, Link(_("Withdraw"))))


@_form_page
@needs(may_withdraw_paper)
def put_in_place(request: HttpRequest, number: int) -> HttpResponse:
    """Another issued paper of the unit stands in its place."""
    paper = get_paper(number)
    may_withdraw_paper(request.viewer, paper).require()
    form = ReplacingForm(could_replace(paper), request.POST or None)

    def act() -> str:
        given = form.cleaned_data
        replace_paper(**by(request), paper=paper, by=given["by"], reason=given["reason"])
        return to_paper(paper)

    return answer_form(request, form, act, _("Replace the paper"), paper_crumbs(paper, Link(_("Replace"))))
