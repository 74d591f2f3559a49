"""What becomes of tasks when a paper is laid before a unit, and when that is decided or falls away with the paper; who
hears of it when somebody goes who leads tasks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.utils.timezone import localtime

from cchc.audit.followers import Follower, Happened
from cchc.followups.actions.approvals import end_by_verdict, task_of_request
from cchc.followups.actions.telling_leaving import tell_leaving
from cchc.followups.queries.leading import led_by_these, no_longer_led
from cchc.followups.queries.tasks import tasks_of
from cchc.organizations.audit_kinds import POSTING_ENDED
from cchc.organizations.queries.people import DAY
from cchc.papers.audit_kinds import APPROVAL_ASKED, APPROVAL_DECIDED, APPROVAL_TAKEN_BACK
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


def tell_of_leavers(events: Sequence[Happened]) -> None:
    """Of open tasks whose leaders work in no unit any more by which they could lead them."""
    today, since = localtime(events[0].at).date(), dict[int, date]()
    for event in events:
        fact = event.after or event.before or {}
        ends_on = None if event.after is None else fact["ends_on"]  # one that was taken back whole has none
        day = today if ends_on is None else max(today, ends_on + DAY)
        since[fact["official_id"]] = max(day, since.get(fact["official_id"], day))
    for leader, tasks in led_by_these(since):
        left = no_longer_led(leader, tasks, since[leader.pk])
        tell_leaving(leader, since[leader.pk], left, events[0].actor, events[0].at)


def _request(event: Happened) -> ApprovalRequest:
    return ApprovalRequest.objects.select_related("paper__unit", "to", "decision").get(pk=event.subject[1])


FOLLOWERS: Final[Mapping[str, Follower]] = {
    APPROVAL_ASKED: give_tasks,
    APPROVAL_DECIDED: end_tasks,
    APPROVAL_TAKEN_BACK: end_tasks,
    POSTING_ENDED: tell_of_leavers,
}
