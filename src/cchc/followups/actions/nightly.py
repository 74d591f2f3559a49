"""What the product does by itself: reminding, and counting deadlines anew when a calendar has changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.timezone import localtime

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.followups.actions.telling import tell_recounted, tell_reminded
from cchc.followups.audit_kinds import TASK_RECOUNTED, TASK_REMINDED
from cchc.followups.history import RECOUNTED, REMINDED
from cchc.followups.models import Task, TaskEntry
from cchc.followups.queries.reminders import Reminder
from cchc.followups.rules import rules_on
from cchc.followups.states import RUNNING
from cchc.organizations.calendars import calendars_of


@action
def note_reminders(*, actor: Actor, now: datetime, reminders: Sequence[Reminder]) -> int:
    """Tell these people: each stands in the task's history and on the desk of who is told. Answers how many.

    A task that has been reported done or closed since is left out.
    """
    keys = {one.task for one in reminders}
    running = Task.objects.filter(pk__in=keys, state__in=RUNNING).select_related("leader").order_by("pk")
    tasks = {task.pk: task for task in running}
    entries = [_entry(tasks[one.task], one, now) for one in reminders if one.task in tasks]
    if not entries:
        nothing_changed()
        return 0
    for entry in TaskEntry.objects.bulk_create(entries):
        record(TASK_REMINDED, entry.task, after=values_of(entry))
    tell_reminded(entries, actor, now)
    return len(entries)


@action
def recount_deadlines(*, actor: Actor, now: datetime, tasks: Collection[int]) -> int:
    """These running tasks are due by the calendar their owners work by today; leaders are told of what moved.

    Answers how many have another date.
    """
    today = localtime(now).date()
    locked = list(Task.objects.select_for_update().filter(pk__in=tasks, state__in=RUNNING).order_by("pk"))
    calendars, rules = calendars_of({task.owner_id for task in locked}, today), rules_on(today).value
    moved: list[tuple[Task, datetime]] = []
    for task in locked:
        before, calendar, was_due = values_of(task), calendars[task.owner_id], task.due_at
        task.calendar, task.calendar_hash = calendar.id, calendar.hash
        task.due_at = task.deadline.due_at(calendar, rules)
        task.version += 1
        task.save()
        record(TASK_RECOUNTED, task, before=before, after=values_of(task))
        if task.due_at != was_due:
            moved.append((task, was_due))
            TaskEntry.objects.create(task=task, at=now, step=RECOUNTED, state=task.state, due_at=task.due_at)
    if not locked:
        nothing_changed()
    tell_recounted(moved, actor, now)
    return len(moved)


def _entry(task: Task, reminder: Reminder, now: datetime) -> TaskEntry:
    return TaskEntry(
        task=task,
        at=now,
        step=REMINDED,
        state=task.state,
        due_at=task.due_at,
        rule=reminder.rule,
        about_at=reminder.about_at,
        recipient_id=reminder.recipient,
    )
