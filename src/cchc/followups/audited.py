"""Whose history may be read: tasks and directives, with what hangs on them. The right is that over a unit of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from cchc.audit.recording import subject_of
from cchc.files.queries import citations_for
from cchc.followups.addresses import shortened
from cchc.followups.models import Addressee, Difficulty, Directive, Task, WebPosting
from cchc.interface.access import Verdict
from cchc.interface.hosting.audited import Audited
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Unit
from cchc.organizations.permissions import may_read_audit
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText


def _may_read_task(viewer: Viewer, task: Task) -> Verdict:
    return may_read_audit(viewer, task.owner) or may_read_audit(viewer, task.watcher)


def _may_read_directive(viewer: Viewer, directive: Directive) -> Verdict:
    return may_read_audit(viewer, directive.unit) or may_read_audit(viewer, directive.watcher)


def _tasks(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """What is to be done."""
    found = Task.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "what")
    return made_of(found, lambda rows: {key: shortened(what, 120) for key, what in rows})


def _directives(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """Their numbers."""
    return made_of(Directive.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "number"), dict)


def _parts_of_task(task: Task) -> Sequence[QuerySet[Any]]:
    return (Difficulty.objects.filter(task=task), citations_for(subject_of(task)))


def _parts_of_directive(directive: Directive) -> Sequence[QuerySet[Any]]:
    return (
        Addressee.objects.filter(directive=directive),
        WebPosting.objects.filter(directive=directive),
        citations_for(subject_of(directive)),
    )


task = Audited(
    Task,
    LocalText("Nhiệm vụ", "Task"),
    _tasks,
    lambda one: reverse("followups:task", args=[one.pk]),
    _may_read_task,
    _parts_of_task,
    related=("owner", "watcher"),
)
directive = Audited(
    Directive,
    LocalText("Văn bản chỉ đạo", "Directive"),
    _directives,
    lambda one: reverse("followups:directive", args=[one.pk]),
    _may_read_directive,
    _parts_of_directive,
    related=("unit", "watcher"),
)


def OF_UNITS(units: QuerySet[Unit], day: date) -> Iterable[QuerySet[Any]]:  # noqa: N802 - the name that the host looks for
    """Tasks that these units own or follow, directives that they entered or follow."""
    tasks = Task.objects.filter(Q(owner__in=units) | Q(watcher__in=units))
    directives = Directive.objects.filter(Q(unit__in=units) | Q(watcher__in=units))
    return (
        tasks,
        Difficulty.objects.filter(task__in=tasks.values("pk")),
        directives,
        Addressee.objects.filter(directive__in=directives.values("pk")),
        WebPosting.objects.filter(directive__in=directives.values("pk")),
    )
