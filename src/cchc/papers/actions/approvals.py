"""Laying an issued paper before another unit for approval, and deciding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.organizations.doers import done_by, sign
from cchc.organizations.models import Official, Posting, Unit
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import officials_behind
from cchc.papers.actions.drafts import lock_paper, required_reason
from cchc.papers.actions.telling import tell_decided, tell_taken_back
from cchc.papers.audit_kinds import APPROVAL_ASKED, APPROVAL_DECIDED, APPROVAL_TAKEN_BACK
from cchc.papers.models import ApprovalRequest, Paper, PaperState
from cchc.papers.policies import may_become
from cchc.papers.queries.approvals import has_signed, makers_of
from cchc.papers.states import APPROVED, LAPSED, REFUSED
from cchc.records.errors import refuse


@action
def ask_approval(*, actor: Actor, now: datetime, paper: Paper, to: Unit) -> ApprovalRequest:
    """The unit `to` is asked to approve what the issued paper proposes. The task that this gives it, and who is told of
    that, is for a room above (`followups.actions.approvals.lay_before`).

    Raises `papers.not_in_force`, `papers.approved_by_itself`, `papers.approval_open`.
    """
    locked = lock_paper(paper, None)
    may_become(locked, "ask_approval").require()
    if to.pk == locked.unit_id:
        raise refuse("papers.approved_by_itself")
    if locked.approval_requests.filter(verdict="").exists():
        raise refuse("papers.approval_open")
    asked = ApprovalRequest.objects.create(paper=locked, to=to, asked_at=now, **done_by(actor, "asked"))
    record(APPROVAL_ASKED, asked, after=values_of(asked))
    return asked


@action
def decide_approval(
    *, actor: Actor, now: datetime, request: ApprovalRequest, verdict: str, words: str, decision: Paper | None = None
) -> ApprovalRequest:
    """Approve or refuse, once and for all. A refusal says why; a decision is a standing paper of the deciding unit.

    Raises `papers.approval_decided`, `papers.own_approval`, `papers.unknown_verdict`, `papers.no_reason`,
    `papers.not_its_decision`, `papers.refusal_without_decision`.
    """
    locked = ApprovalRequest.objects.select_for_update().select_related("paper").get(pk=request.pk)
    if not locked.is_open:
        raise refuse("papers.approval_decided")
    official, principal = officials_behind(actor)
    if _is_party(locked, [one for one in (official, principal) if one is not None], localdate(now)):
        raise refuse("papers.own_approval")
    if verdict not in (APPROVED, REFUSED):
        raise refuse("papers.unknown_verdict")
    if decision is not None:
        _check(decision, locked, verdict)
    before = values_of(locked)
    sign(locked, "decided", actor)
    locked.verdict, locked.decided_at, locked.decision = verdict, now, decision
    locked.words = required_reason(words) if verdict == REFUSED else words.strip()
    locked.save()
    record(APPROVAL_DECIDED, locked, before=before, after=values_of(locked), reason=locked.words)
    tell_decided(locked, actor, now)
    return locked


@action
def take_back_approval(*, actor: Actor, now: datetime, request: ApprovalRequest, reason: str) -> ApprovalRequest:
    """What was asked is asked no longer, and why; the paper stands and may be laid before a unit again.

    Raises `papers.approval_decided`, `papers.no_reason`.
    """
    locked = ApprovalRequest.objects.select_for_update().select_related("paper").get(pk=request.pk)
    if not locked.is_open:
        raise refuse("papers.approval_decided")
    _let_lapse(locked, required_reason(reason), actor, now, APPROVAL_TAKEN_BACK)
    return locked


def drop_requests(paper: Paper, actor: Actor, now: datetime) -> None:
    """What was asked with a paper that no longer stands needs no decision. Called inside the action that ends it."""
    for asked in ApprovalRequest.objects.select_for_update().filter(paper=paper, verdict="").order_by("pk"):
        _let_lapse(asked, paper.because, actor, now, APPROVAL_DECIDED)


def _let_lapse(asked: ApprovalRequest, reason: str, actor: Actor, now: datetime, kind: str) -> None:
    before = values_of(asked)
    asked.verdict, asked.decided_at, asked.words = LAPSED, now, reason
    sign(asked, "decided", actor)
    asked.save()
    record(kind, asked, before=before, after=values_of(asked), reason=reason)
    tell_taken_back(asked, actor, now)


def _is_party(asked: ApprovalRequest, people: Sequence[Official], day: date) -> bool:
    """Nobody approves what they drafted, issued, signed or asked themselves, nor what comes from where they work, or
    from above it.
    """
    if {one.pk for one in people} & makers_of(asked) or any(has_signed(one, asked.paper) for one in people):
        return True
    below = within(Q(ancestor=asked.paper.unit_id), day)
    return Posting.objects.on(day).filter(below, official__in=people).exists()


def _check(decision: Paper, asked: ApprovalRequest, verdict: str) -> None:
    if verdict != APPROVED:
        raise refuse("papers.refusal_without_decision")
    if decision.unit_id != asked.to_id or decision.state != PaperState.ISSUED:
        raise refuse("papers.not_its_decision")
