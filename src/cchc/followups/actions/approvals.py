"""Papers laid before another unit for approval, as tasks of that unit."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.timezone import localtime

from cchc.audit.actions import action
from cchc.audit.actors import Actor
from cchc.followups.actions.requests import Request, answered, ask
from cchc.followups.actions.telling import tell_laid, tell_of_step
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Task
from cchc.followups.queries.issuing import decides_for
from cchc.followups.rules import rules_on
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.people import heads_of
from cchc.organizations.queries.units import named
from cchc.papers.actions.approvals import ask_approval
from cchc.papers.models import ApprovalRequest, Paper
from cchc.papers.queries.approvals import has_signed, makers_of
from cchc.papers.states import APPROVED, LAPSED, REFUSED
from cchc.records.dates import format_date
from cchc.records.errors import refuse

_STEPS: Final = {APPROVED: "approve", REFUSED: "refuse", LAPSED: "withdraw"}


@action
def lay_before(
    *, actor: Actor, now: datetime, paper: Paper, to: Unit, deadline: Deadline | None = None
) -> ApprovalRequest:
    """The unit `to` is asked to approve what the issued paper proposes, until that deadline; without one as the rules
    say. Its head answers for it by name, who is told.

    Raises what `papers.actions.approvals.ask_approval` and `task_of_request` refuse.
    """
    asked = ask_approval(actor=actor, now=now, paper=paper, to=to)
    task_of_request(actor=actor, now=now, asked=asked, deadline=deadline)
    return asked


@action
def task_of_request(*, actor: Actor, now: datetime, asked: ApprovalRequest, deadline: Deadline | None = None) -> Task:
    """The task of the unit that is asked. Nobody is named who may not decide.

    Raises `followups.does_not_decide` for a unit that does not stand above the one that asks, nor belongs to what does;
    and what `actions.giving.new_task` refuses of the deadline.
    """
    today = localtime(now).date()
    if not decides_for(asked.paper.unit, asked.to, today):
        names = {one.unit_id: one.name_vi for one in named([asked.to, asked.paper.unit], today)}
        to, asking = (names.get(one.pk, one.code) for one in (asked.to, asked.paper.unit))
        raise refuse("followups.does_not_decide", to=to, unit=asking)
    limit = deadline or Deadline(today, working_days=rules_on(today).value.decide)
    request = Request(asked.paper.title, asked.to, asked.paper.unit, _leader(asked, now), limit)
    task = ask(asked, request, actor, now)
    tell_laid(task, asked, actor, now)
    return task


@action
def end_by_verdict(*, actor: Actor, now: datetime, asked: ApprovalRequest) -> None:
    """The task is over with what was decided: its words, and the paper that says so, are its proof."""
    decision = asked.decision
    said = [asked.words] if asked.words else []
    if decision is not None and decision.issued_on is not None:
        said.insert(0, f"{decision.full_number}, {format_date(decision.issued_on)}")
    done_on = None if decision is None else decision.issued_on
    step, words = _STEPS[asked.verdict], ". ".join(said)
    for task in answered(asked, step, actor, now, text=words, done_on=done_on):
        tell_of_step(task, step, words, actor, now)


def _leader(asked: ApprovalRequest, now: datetime) -> Official | None:
    head = heads_of([asked.to_id], localtime(now).date()).get(asked.to_id)
    if head is None or head.pk in makers_of(asked) or has_signed(head, asked.paper):
        return None
    return head
