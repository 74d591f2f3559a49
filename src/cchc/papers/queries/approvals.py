"""Requests for approval: those of a paper, one, and what waits for the viewer's decision."""

from __future__ import annotations

from django.db.models import QuerySet

from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import name_on, within
from cchc.organizations.viewers import Viewer
from cchc.papers.models import ApprovalRequest, Paper, PaperState
from cchc.papers.rights import ISSUERS
from cchc.records.errors import refuse


def requests_of(paper: Paper, viewer: Viewer) -> Reads[list[ApprovalRequest]]:
    """The newest first, each with people, decision and `to_name` as of the viewer's day."""
    found = ApprovalRequest.objects.filter(paper=paper).annotate(to_name=name_on(viewer.day, "to"))
    found = found.select_related("to", "asked_by", "decided_by", "decision").order_by("-pk")
    return made_of(found, lambda rows: [_with(paper, one) for one in rows])


def get_request(number: int) -> ApprovalRequest:
    """With its paper and the unit that is asked. Raises `papers.approval_not_found`."""
    found = ApprovalRequest.objects.select_related("paper", "paper__unit", "to").filter(pk=number).first()
    if found is None:
        raise refuse("papers.approval_not_found")
    return found


def to_decide(viewer: Viewer) -> QuerySet[ApprovalRequest]:
    """What waits for the viewer, the oldest first, each with its paper; nothing of their own."""
    if not viewer.is_signed_in:
        return ApprovalRequest.objects.none()
    waiting = ApprovalRequest.objects.filter(within(viewer.units_held(*ISSUERS), viewer.day, "to"), verdict="")
    own = [one.pk for one in (viewer.official, viewer.principal) if one is not None]
    others = waiting.exclude(asked_by__in=own).exclude(paper__drafted_by__in=own)
    foreign = others.exclude(paper__unit__in=viewer.units)
    return foreign.select_related("paper").order_by("asked_at", "pk")


def decisions_of(unit: Unit) -> QuerySet[Paper]:
    """Papers of the unit that could say what was decided: those that stand, the newest first."""
    return Paper.objects.filter(unit=unit, state=PaperState.ISSUED.value).order_by("-issued_on", "-number")


def _with(paper: Paper, asked: ApprovalRequest) -> ApprovalRequest:
    asked.paper = paper
    return asked
