"""What the nightly work looks at: tasks to remind of, and tasks whose calendar has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from cchc.followups.models import Addressee, Task, TaskEntry, WebPosting
from cchc.followups.queries.recipients import Told, deciders_at
from cchc.followups.reminding import reminders_due
from cchc.followups.rules import LEADER, WATCHER_HEAD, rules_on
from cchc.followups.states import IN_FORCE, RUNNING
from cchc.organizations.calendars import calendars_of
from cchc.organizations.queries.people import heads_of

BATCH: Final = 500
_HORIZON: Final = timedelta(days=40)  # the longest run of days in which the few working days of a reminder may lie


@dataclass(frozen=True, slots=True)
class Reminder:
    """Somebody, by key, is to be told of a task, because of a rule, about a moment."""

    task: int
    rule: str
    about_at: datetime
    recipient: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Reminders of some tasks; `last` is the key of the last task looked at, None when there are no more."""

    reminders: Sequence[Reminder]
    last: int | None
    without_recipient: int = 0


def next_reminders(after: int, now: datetime) -> Batch:
    """The next tasks behind the key `after`, with whom to tell of them. Six queries, however many tasks; a few more
    where somebody is not named or known.
    """
    near = Q(due_at__lt=now + _HORIZON) | Q(heard_by__lt=now)
    tasks = list(Task.objects.filter(near, state__in=RUNNING, pk__gt=after).order_by("pk")[:BATCH])
    if not tasks:
        return Batch((), None)
    today = localtime(now).date()
    rules, calendars = rules_on(today).value, calendars_of({task.owner_id for task in tasks}, today)
    heads = {
        unit: head.pk for unit, head in heads_of({u for t in tasks for u in (t.owner_id, t.watcher_id)}, today).items()
    }
    wanting = [task for task in tasks if task.leader_id is None or task.owner_id not in heads]
    deciders = deciders_at(wanting, today)
    told = _told(tasks)
    found, nobody = [], 0
    for task in tasks:
        for due in reminders_due(calendars[task.owner_id], rules, now, task.due_at, task.heard_by):
            recipients = _recipients(task, due.to, heads, deciders)
            nobody += not recipients
            found += [
                Reminder(task.pk, due.rule, due.about_at, one)
                for one in recipients
                if (task.pk, due.rule, due.about_at, one) not in told
            ]
    return Batch(found, tasks[-1].pk, nobody)


@dataclass(frozen=True, slots=True)
class Unread:
    """Addressees, by key, that have not taken note in time: who answers for them is told, then who follows."""

    late: Sequence[int]
    to_escalate: Sequence[int]
    last: int | None


def next_unread(after: int, now: datetime) -> Unread:
    """The next of them behind the key `after`. Two queries for the addressees and their calendars."""
    untold = Q(reminded_at=None) | Q(escalated_at=None)
    waiting = unread().filter(untold, heard_by__lt=now, pk__gt=after)
    found = list(waiting.order_by("pk")[:BATCH])
    if not found:
        return Unread((), (), None)
    today = localtime(now).date()
    calendars, days = calendars_of({one.unit_id for one in found}, today), rules_on(today).value.escalate_unread
    long_late = [
        one.pk
        for one in found
        if one.escalated_at is None and calendars[one.unit_id].due_in_working_days(one.heard_by, days) <= now
    ]
    return Unread([one.pk for one in found if one.reminded_at is None], long_late, found[-1].pk)


@dataclass(frozen=True, slots=True)
class Unposted:
    """Addressees, by key, that have not noted in time where they posted a directive: who answers for them is told."""

    late: Sequence[int]
    last: int | None


def next_unposted(after: int, now: datetime) -> Unposted:
    """The next of them behind the key `after`, each until it was told. One query; `post_by` is already counted in the
    unit's working days.
    """
    late = list(unposted(now).filter(posting_reminded_at=None, pk__gt=after).order_by("pk")[:BATCH])
    return Unposted([one.pk for one in late], late[-1].pk if late else None)


def unposted(now: datetime) -> QuerySet[Addressee]:
    """Units that were to post a directive in force by now and have no line in its posting log."""
    posted = WebPosting.objects.filter(directive=OuterRef("directive"), unit=OuterRef("unit"), struck_at=None)
    return Addressee.objects.filter(~Exists(posted), post_by__lt=now, directive__state=IN_FORCE)


def unread() -> QuerySet[Addressee]:
    """Units that have not taken note of a directive in force."""
    return Addressee.objects.filter(acknowledged_at=None, directive__state=IN_FORCE)


def next_recounted(after: int, now: datetime) -> tuple[Sequence[int], int | None]:
    """Running tasks behind a key whose owner works by another calendar by now; the key of the last one looked at."""
    tasks = list(Task.objects.filter(state__in=RUNNING, pk__gt=after).order_by("pk")[:BATCH])
    if not tasks:
        return (), None
    calendars = calendars_of({task.owner_id for task in tasks}, localtime(now).date())
    moved = [task.pk for task in tasks if calendars[task.owner_id].hash != task.calendar_hash]
    return moved, tasks[-1].pk


def _told(tasks: Sequence[Task]) -> set[tuple[int, str, datetime | None, int | None]]:
    sent = TaskEntry.objects.filter(task__in=tasks).exclude(rule="").order_by("pk")
    return set(sent.values_list("task_id", "rule", "about_at", "recipient_id"))


def _recipients(task: Task, to: str, heads: Mapping[int, int], deciders: Told) -> tuple[int, ...]:
    """`deciders`: of tasks without a leader, and of those whose owner's head is not known."""
    if to == LEADER and task.leader_id is not None:
        return (task.leader_id,)
    unit = task.watcher_id if to == WATCHER_HEAD else task.owner_id
    if to == WATCHER_HEAD or task.pk not in deciders:
        return (heads[unit],) if unit in heads else ()
    return deciders[task.pk]
