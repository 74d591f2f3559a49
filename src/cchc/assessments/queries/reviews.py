"""Approvals of results, the decisions that may be named for one, and units' requests for a review."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from cchc.assessments.models import Approval, ReviewRequest, Round
from cchc.assessments.queries.scope import visible_sheets, whole_rounds
from cchc.organizations.viewers import Viewer
from cchc.papers.models import Paper
from cchc.papers.queries.papers import visible_papers
from cchc.papers.states import PaperState
from cchc.records.errors import refuse

_MOST_PAPERS = 50


def approvals_of(round_: Round) -> QuerySet[Approval]:
    """The newest version first."""
    return Approval.objects.filter(round=round_).select_related("approved_by", "paper").order_by("-version")


def visible_approvals(viewer: Viewer) -> QuerySet[Approval]:
    """Of rounds that the viewer may see whole."""
    return Approval.objects.filter(round__in=whole_rounds(viewer).order_by().values("pk"))


def get_approval(viewer: Viewer, number: int) -> Approval:
    """With its round. Raises `assessments.approval_not_found`."""
    seen = visible_approvals(viewer).select_related("round__organizer", "approved_by")
    found = seen.filter(pk=number).first()
    if found is None:
        raise refuse("assessments.approval_not_found")
    return found


def paper_of(viewer: Viewer, approval: Approval) -> Paper | None:
    """The decision that was issued here, where the viewer may see it."""
    return visible_papers(viewer).filter(pk=approval.paper_id).first() if approval.paper_id else None


def decisions_issued(viewer: Viewer, round_: Round) -> Sequence[Paper]:
    """The newest decisions that the unit which holds the round has issued."""
    issued = visible_papers(viewer).filter(unit=round_.organizer_id, kind="decision", state=PaperState.ISSUED.value)
    return list(issued[:_MOST_PAPERS])


def reviews_of(viewer: Viewer, round_: Round) -> QuerySet[ReviewRequest]:
    """What the units of the viewer asked, or all of them; what waits for an answer first."""
    seen = visible_sheets(viewer).filter(round=round_).order_by().values("pk")
    found = ReviewRequest.objects.filter(sheet__in=seen).select_related(
        "sheet__round__organizer", "sheet__unit", "asked_by", "answered_by"
    )
    return found.order_by("answered_at", "pk")


def get_review(viewer: Viewer, number: int) -> ReviewRequest:
    """With its sheet and round. Raises `assessments.review_not_found`."""
    seen = visible_sheets(viewer).order_by().values("pk")
    found = ReviewRequest.objects.filter(pk=number, sheet__in=seen)
    asked = found.select_related("sheet__round__organizer", "sheet__unit", "asked_by").first()
    if asked is None:
        raise refuse("assessments.review_not_found")
    return asked
