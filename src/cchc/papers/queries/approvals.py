"""Requests for approval: those of a paper, one, and what waits for the viewer's decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from cchc.organizations.models import Official, Posting, Unit
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.papers.models import ApprovalRequest, Paper, PaperState
from cchc.papers.rights import ISSUERS
from cchc.records.errors import refuse


def requests_of(paper: Paper, viewer: Viewer) -> QuerySet[ApprovalRequest]:
    """The newest first, each with people, decision and `to_name` as of the viewer's day."""
    found = ApprovalRequest.objects.filter(paper=paper).annotate(to_name=name_on(viewer.day, "to"))
    return found.select_related("paper__unit", "to", "asked_by", "decided_by", "decision").order_by("-pk")


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
    decides_at = [hold.unit for hold in viewer.holds if hold.role in ISSUERS]
    waiting = ApprovalRequest.objects.filter(to__in=decides_at, verdict="")
    people = [one for one in (viewer.official, viewer.principal) if one is not None]
    made = Q(asked_by__in=people) | Q(paper__drafted_by__in=people)
    made |= Q(paper__issued_by__in=people) | Q(paper__issued_for__in=people)
    signed = Q(paper__signer_name__in=[one.name for one in people], paper__unit__in=_ever_worked_in(people))
    foreign = waiting.exclude(made).exclude(signed).exclude(paper__unit__in=viewer.units)
    return foreign.select_related("paper").order_by("asked_at", "pk")


def makers_of(asked: ApprovalRequest) -> set[int]:
    """Keys of who drafted or issued the paper, or asked; of the person acted for, too."""
    paper = asked.paper
    return {key for key in (asked.asked_by_id, paper.drafted_by_id, paper.issued_by_id, paper.issued_for_id) if key}


def has_signed(official: Official, paper: Paper) -> bool:
    """Whether the official is the signer: a paper names its signer, who worked in its unit once. One query at most."""
    return official.name == paper.signer_name and _ever_worked_in([official]).filter(unit=paper.unit_id).exists()


def _ever_worked_in(people: Sequence[Official]) -> QuerySet[Posting, Any]:
    return Posting.objects.filter(official__in=people).order_by().values("unit")


def decisions_of(unit: Unit) -> QuerySet[Paper]:
    """Papers of the unit that could say what was decided: those that stand, the newest first."""
    return Paper.objects.filter(unit=unit, state=PaperState.ISSUED.value).order_by("-issued_on", "-number")
