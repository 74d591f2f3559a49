"""Tasks that entries gave: which there are, how they stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast

from cchc.followups.models import Task
from cchc.followups.queries.scope import visible_tasks
from cchc.followups.queries.tasks import named_tasks, tasks_of
from cchc.followups.states import OPEN, RUNNING, VERIFIED
from cchc.organizations.viewers import Viewer
from cchc.registers.models import Register, RegisterEntry

SUBJECT_TYPE: Final = RegisterEntry._meta.label
GROUPS: Final = ("running", "overdue", "done")


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """Of a register: all tasks, those not over, those of them past their deadline, those done and verified."""

    all: int
    running: int
    overdue: int
    done: int


def open_tasks_of_register(register: Register) -> QuerySet[Task]:
    """Tasks of its entries that are not over, whoever asks."""
    return _given_by(RegisterEntry.objects.filter(register=register)).filter(state__in=OPEN)


def open_tasks_of_entry(entry: RegisterEntry) -> QuerySet[Task]:
    """Its tasks that are not over, whoever asks."""
    return tasks_of(entry).filter(state__in=OPEN)


def tasks_of_register(viewer: Viewer, register: Register) -> QuerySet[Task]:
    """Those that the viewer may see, by their deadline."""
    given = _given_by(RegisterEntry.objects.filter(register=register))
    return named_tasks(visible_tasks(viewer) & given, viewer.day)


def in_group(group: str, now: datetime) -> Q:
    """The condition of belonging to one of `GROUPS`; every task for any other word."""
    wanted = {
        "running": Q(state__in=OPEN),
        "overdue": Q(state__in=RUNNING, due_at__lt=now),
        "done": Q(state=VERIFIED),
    }
    return wanted.get(group, Q())


def count_tasks(viewer: Viewer, register: Register, now: datetime) -> TaskCounts:
    """One query."""
    counted = tasks_of_register(viewer, register).order_by()
    wanted: dict[str, Any] = {group: Count("pk", filter=in_group(group, now)) for group in GROUPS}
    found = counted.aggregate(all=Count("pk"), **wanted)
    return TaskCounts(**{field.name: found[field.name] for field in fields(TaskCounts)})


def tasks_by_entry(viewer: Viewer, entries: Collection[RegisterEntry]) -> dict[int, list[Task]]:
    """Those that the viewer may see, by the key of their entry and their deadline. One query."""
    keys = [str(entry.pk) for entry in entries]
    found = named_tasks(visible_tasks(viewer).filter(subject_type=SUBJECT_TYPE, subject_id__in=keys), viewer.day)
    grouped: dict[int, list[Task]] = {}
    for task in found:
        grouped.setdefault(int(task.subject_id), []).append(task)
    return grouped


def _given_by(entries: QuerySet[RegisterEntry]) -> QuerySet[Task]:
    keys = entries.order_by().annotate(key=Cast("pk", TextField())).values("key")
    return Task.objects.filter(subject_type=SUBJECT_TYPE, subject_id__in=keys)
