"""Tasks that entries gave: which there are, how they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Case, CharField, Count, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from cchc.followups.models import Task
from cchc.followups.queries.scope import visible_tasks
from cchc.followups.queries.tasks import named_tasks, tasks_of
from cchc.followups.states import OPEN, RUNNING, VERIFIED
from cchc.organizations.viewers import Viewer
from cchc.registers.models import Register, RegisterEntry

SUBJECT_TYPE: Final = RegisterEntry._meta.label
GROUPS: Final = ("running", "overdue", "done")
_DONE, _OVERDUE, _OPEN, _WITHDRAWN = "done", "overdue", "open", "withdrawn"


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
    return counted_tasks(dict(standings(viewer, register, now)))


def standings(viewer: Viewer, register: Register, now: datetime) -> QuerySet[Any]:
    """How many tasks are `done`, `overdue`, otherwise `open`, or `withdrawn`: pairs of word and number."""
    stands = Case(
        When(in_group("done", now), then=Value(_DONE)),
        When(in_group("overdue", now), then=Value(_OVERDUE)),
        When(in_group("running", now), then=Value(_OPEN)),
        default=Value(_WITHDRAWN),
        output_field=CharField(),
    )
    found = tasks_of_register(viewer, register).order_by().annotate(word=stands)
    return found.values_list("word").annotate(number=Count("pk"))


def counted_tasks(numbers: Mapping[str, int]) -> TaskCounts:
    """What `standings` told."""
    done, overdue, others = (numbers.get(word, 0) for word in (_DONE, _OVERDUE, _OPEN))
    return TaskCounts(done + overdue + others + numbers.get(_WITHDRAWN, 0), overdue + others, overdue, done)


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
