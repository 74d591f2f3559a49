"""What is asked of a unit becomes a task of it, which the answer or the decision ends: difficulties and proposals,
papers laid for approval.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from cchc.audit.actions import values_of
from cchc.audit.actors import Actor
from cchc.audit.recording import Subject
from cchc.followups.actions.giving import Order, keep_given, new_task
from cchc.followups.actions.recording import settle
from cchc.followups.deadlines import Deadline
from cchc.followups.history import ASKED
from cchc.followups.models import Task
from cchc.followups.queries.tasks import tasks_of
from cchc.followups.states import RUNNING, TASK
from cchc.organizations.calendars import calendars_of
from cchc.organizations.models import Official, Unit


@dataclass(frozen=True, slots=True)
class Request:
    """What `by` asks of `of`, where `leader` answers for it by name; None: nobody is named yet."""

    what: str
    of: Unit
    by: Unit
    leader: Official | None
    deadline: Deadline


def ask(subject: Subject, request: Request, actor: Actor, now: datetime) -> Task:
    """The task, given; who is told is for the caller. Called inside an action. Raises as `new_task`."""
    order = Order(request.what, request.deadline, request.by)
    calendar = calendars_of([request.of.pk], localtime(now).date())[request.of.pk]
    made = new_task(subject, order, request.of, request.leader, calendar, now)
    return keep_given([made], order, actor, now, ASKED)[0]


def answered(
    subject: Subject, step: str, actor: Actor, now: datetime, *, text: str, done_on: date | None = None
) -> list[Task]:
    """The answer or decision has come, or what was asked has fallen away (`withdraw`): the task of the object is over.

    `done_on` is the day that the paper of a decision bears, if it bears one since it was asked for; else it is today.
    Called inside the action that answers.
    """
    tasks = list(tasks_of(subject).filter(state__in=RUNNING).select_for_update().order_by("pk"))
    for task in tasks:
        before, today, taken = values_of(task), localtime(now).date(), TASK.step(step)
        task.closed_at, task.heard_by = now, None
        if taken.target == TASK.step("verify").target:
            task.done_on = done_on if done_on is not None and task.counted_from <= done_on <= today else today
        settle(task, taken, actor, now, text=text, done_on=task.done_on, before=before)
    return tasks
