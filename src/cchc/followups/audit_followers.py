"""What becomes of tasks when a paper is laid before a unit, and when that is decided or falls away with the paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cchc.audit.followers import Follower, Happened
from cchc.followups.actions.approvals import end_by_verdict, task_of_request
from cchc.followups.queries.tasks import tasks_of
from cchc.papers.audit_kinds import APPROVAL_ASKED, APPROVAL_DECIDED
from cchc.papers.models import ApprovalRequest


def give_tasks(events: Sequence[Happened]) -> None:
    """No request is without a task: where nobody named a deadline, one by the rules."""
    for event in events:
        asked = _request(event)
        if not tasks_of(asked).exists():
            task_of_request(actor=event.actor, now=event.at, asked=asked)


def end_tasks(events: Sequence[Happened]) -> None:
    """With what was decided."""
    for event in events:
        end_by_verdict(actor=event.actor, now=event.at, asked=_request(event))


def _request(event: Happened) -> ApprovalRequest:
    return ApprovalRequest.objects.select_related("paper__unit", "to", "decision").get(pk=event.subject[1])


FOLLOWERS: Final[Mapping[str, Follower]] = {APPROVAL_ASKED: give_tasks, APPROVAL_DECIDED: end_tasks}
