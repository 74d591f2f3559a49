"""Difficulties, proposals and advantages of all tasks in sight, compiled: the list with its filters and counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from cchc.audit.recording import subject_of
from cchc.followups.models import ANSWERED_KINDS, Difficulty, DifficultyKind, Directive, Task
from cchc.followups.queries.scope import under, visible_tasks
from cchc.followups.queries.tasks import midnight, midnight_after, to_follow, with_answers
from cchc.interface.together import Reads, counted
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.records.search import fold

WAITING, ANSWERED = "waiting", "answered"
STATES: Final = (WAITING, ANSWERED)
KINDS: Final[tuple[str, ...]] = tuple(DifficultyKind.values)
_STANDS: Final[Mapping[str, Q]] = {
    WAITING: Q(kind__in=ANSWERED_KINDS, answered_at=None),
    ANSWERED: Q(answered_at__isnull=False),
}


@dataclass(frozen=True, slots=True)
class DifficultySearch:
    """What the list shows: words of what was raised or answered, raised by a unit or one under it, of one directive, of
    one kind of subject (`followups.Directive`), of a kind, waiting or answered, raised from one day to another; `mine`:
    only of tasks that are for the viewer to follow.
    """

    text: str = ""
    under: Unit | None = None
    directive: Directive | None = None
    source: str = ""
    kind: str = ""
    state: str = ""
    start: date | None = None
    end: date | None = None
    mine: bool = False


@dataclass(frozen=True, slots=True)
class DifficultyCounts:
    """How many there are of those that all filters leave but kind and state: these are what the counts are about."""

    waiting: int
    answered: int
    difficulty: int
    proposal: int
    advantage: int


def find_difficulties(viewer: Viewer, asked: DifficultySearch) -> QuerySet[Difficulty]:
    """The newest first, each with its task, `owner_name`, whether it `waits`, whether the viewer `may_answer` it."""
    found = _narrowed(viewer, asked)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.state:
        found = found.filter(_STANDS[asked.state])
    followed = Q(task__in=Task.objects.filter(to_follow(viewer)).order_by().values("pk"))
    return (
        with_answers(viewer, found)
        .annotate(
            owner_name=name_on(viewer.day, "task__owner"),
            waits=_whether(_STANDS[WAITING]),
            may_answer=_whether(_STANDS[WAITING] & followed),
        )
        .select_related("task", "raised_by", "answered_by")
        .order_by("-raised_at", "-pk")
    )


def newer_first(found: QuerySet[Difficulty], last: Difficulty | None) -> QuerySet[Difficulty]:
    """The rest of the list behind `last`, by its key."""
    if last is None:
        return found
    return found.filter(Q(raised_at__lt=last.raised_at) | Q(raised_at=last.raised_at, pk__lt=last.pk))


def counts_of_difficulties(viewer: Viewer, asked: DifficultySearch) -> Reads[DifficultyCounts]:
    """Of those that the viewer sees."""
    wanted = {**_STANDS, **{kind: Q(kind=kind) for kind in KINDS}}
    return counted(_narrowed(viewer, asked), **wanted).made(
        lambda numbers: DifficultyCounts(**{field.name: numbers[field.name] for field in fields(DifficultyCounts)})
    )


def _narrowed(viewer: Viewer, asked: DifficultySearch) -> QuerySet[Difficulty]:
    found = Difficulty.objects.filter(task__in=_tasks(viewer, asked).order_by().values("pk"))
    for word in fold(asked.text).split():
        found = found.filter(search_key__contains=word)
    if asked.start is not None:
        found = found.filter(raised_at__gte=midnight(asked.start))
    if asked.end is not None:
        found = found.filter(raised_at__lt=midnight_after(asked.end))
    return found


def _tasks(viewer: Viewer, asked: DifficultySearch) -> QuerySet[Task]:
    tasks = visible_tasks(viewer)
    if asked.mine:
        tasks = tasks.filter(to_follow(viewer))
    if asked.under is not None:
        tasks = tasks.filter(under(viewer, asked.under, "owner"))
    if asked.directive is not None:
        subject_type, subject_id = subject_of(asked.directive)
        return tasks.filter(subject_type=subject_type, subject_id=subject_id)
    return tasks.filter(subject_type=asked.source) if asked.source else tasks


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
