"""Tasks: one, its history, the board with its filters and counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce

from cchc.audit.recording import Subject, subject_of
from cchc.followups.history import GAVE
from cchc.followups.models import ANSWERED_KINDS, Difficulty, Task, TaskBasis, TaskEntry
from cchc.followups.permissions import FOLLOWER_ROLES, OWNER_ROLES
from cchc.followups.queries.scope import (
    answered_for,
    as_text_keys,
    assigned_tasks,
    carried_by,
    held_over,
    led_by,
    under,
    visible_tasks,
)
from cchc.followups.states import DONE_CLAIMED, OPEN, OWNER, RUNNING, TASK
from cchc.followups.subjects import SubjectGroup, request_types
from cchc.interface.together import Reads, counted
from cchc.organizations.calendars import NATIONAL, load_calendar
from cchc.organizations.models import Official, Placement, Posting, Unit
from cchc.organizations.queries.people import heads_of
from cchc.organizations.queries.units import heirs, name_on
from cchc.organizations.viewers import Viewer
from cchc.papers.models import ApprovalRequest, LegalBasis
from cchc.papers.queries.approvals import to_decide
from cchc.records.errors import refuse
from cchc.records.search import fold

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
SOON: Final = 3  # working days
PROGRESS: Final = ("report", "claim")
"""Steps that say how far a task is."""
TIMINGS: Final = ("overdue", "soon", "unheard")


@dataclass(frozen=True, slots=True)
class TaskSearch:
    """What the board shows: words, tasks of a unit with all under it or `alone`, a state (or `open`, or `all`), how
    they stand in time, due from one day to another, of one kind of subject (`source`), of subjects that belong together
    (`group`), of one subject, of one leader.
    """

    text: str = ""
    under: Unit | None = None
    alone: bool = False
    state: str = "open"
    timing: str = ""
    start: date | None = None
    end: date | None = None
    source: str = ""
    group: SubjectGroup | None = None
    subject: Subject | None = None
    leader: int | None = None
    mine: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tasks there are, of those that the words, the unit, the days and the subject leave."""

    open: int
    overdue: int
    soon: int
    unheard: int
    waiting: int
    all: int


def get_task(viewer: Viewer, number: int) -> Task:
    """With owner, watcher, leader and who reported it done. Raises `followups.task_not_found`."""
    related = ("owner", "watcher", "leader", "claimed_by", "claimed_for")
    task = named_tasks(visible_tasks(viewer), viewer.day).filter(pk=number).select_related(*related).first()
    if task is None:
        raise refuse("followups.task_not_found")
    return task


def carriers_of(viewer: Viewer, task: Task) -> list[Placement]:
    """What carries on an owner that is gone; nothing, and no question asked, for one that is there."""
    return [] if viewer.is_there(task.owner) else heirs([task.owner_id], viewer.day)[task.owner_id]


def last_entry(task: Task) -> TaskEntry:
    """The last thing that happened to a task; reminders change nothing and do not count."""
    entry = TaskEntry.objects.filter(task=task, rule="").select_related("by").order_by("-pk").first()
    assert entry is not None  # a task is never without the line that it was given
    return entry


def followed_by(task: Task, day: date) -> Official | None:
    """Who follows it by name: whoever last gave it, urged, sent back, moved or changed something, and still works in
    the unit that follows; else its head. None where that is not known.
    """
    steps = (GAVE, *(step.id for step in TASK.steps if step.who != OWNER))
    there = Posting.objects.on(day).filter(unit=task.watcher_id).order_by().values("official")
    acted = Coalesce("principal", "by")
    known = task.entries.filter(step__in=steps).annotate(whom=acted).filter(whom__in=there).order_by("-pk")
    last = known.values_list("whom", flat=True).first()
    return heads_of([task.watcher_id], day).get(task.watcher_id) if last is None else Official.objects.get(pk=last)


def history_of(task: Task) -> QuerySet[TaskEntry]:
    """Everything that happened, the newest first, each with the people in it."""
    return task.entries.select_related("by", "principal", "recipient").order_by("-pk")


def bases_of(task: Task) -> QuerySet[LegalBasis]:
    """The bases of the library that a task rests on, in their order, each with what replaces it."""
    return LegalBasis.objects.filter(tasks__task=task).select_related("replaced_by").order_by("tasks__place")


def only(task: Task) -> QuerySet[Task]:
    """Just this one, for what is asked of many."""
    return Task.objects.filter(pk=task.pk)


def get_difficulty(viewer: Viewer, number: int) -> Difficulty:
    """One that is answered, or will be. Raises `followups.difficulty_not_found`."""
    found = difficulties_of(visible_tasks(viewer)).filter(pk=number, kind__in=ANSWERED_KINDS).first()
    if found is None:
        raise refuse("followups.difficulty_not_found")
    return found


def difficulties_of(tasks: QuerySet[Task]) -> QuerySet[Difficulty]:
    """All that owners of these tasks raised, what waits for an answer first, then the newest, each with its task."""
    found = Difficulty.objects.filter(task__in=tasks.order_by()).select_related("raised_by", "answered_by", "task")
    return found.annotate(waits=Q(kind__in=ANSWERED_KINDS, answered_at=None)).order_by("-waits", "-pk")


def with_answers(viewer: Viewer, found: QuerySet[Difficulty]) -> QuerySet[Difficulty]:
    """Each with the task to answer it, `answer_task`, and until when, `answer_due`, to whoever sees that task."""
    label, key = Difficulty._meta.label, Cast(OuterRef("pk"), TextField())
    asked = visible_tasks(viewer).filter(subject_type=label, subject_id=key).order_by("pk")
    return found.annotate(answer_task=Subquery(asked.values("pk")[:1]), answer_due=Subquery(asked.values("due_at")[:1]))


def unanswered(viewer: Viewer) -> QuerySet[Difficulty]:
    """Difficulties that wait for the viewer's answer, the oldest first, each with its task."""
    followed = Task.objects.filter(to_follow(viewer)).order_by()
    waiting = Difficulty.objects.filter(task__in=followed, kind__in=ANSWERED_KINDS, answered_at=None)
    return waiting.select_related("task").order_by("raised_at", "pk")


def named_tasks(tasks: QuerySet[Task], day: date) -> QuerySet[Task]:
    """In the order of their deadlines, each with `owner_name` and `watcher_name` as of that day, and its leader."""
    named = tasks.annotate(owner_name=name_on(day, "owner"), watcher_name=name_on(day, "watcher"))
    return named.select_related("leader").order_by("due_at", "pk")


def find_tasks(viewer: Viewer, asked: TaskSearch, now: datetime) -> QuerySet[Task]:
    """The rows of the board."""
    found = _narrowed(viewer, asked)
    if asked.timing:
        found = found.filter(_timing(asked.timing, now))
    if asked.state != "all":
        found = found.filter(state__in=OPEN if asked.state == "open" else [asked.state])
    return named_tasks(found, viewer.day)


def tasks_to_take(viewer: Viewer, asked: TaskSearch, now: datetime) -> list[Task]:
    """All rows of the board, each with its bases and what was `told` of it last, and when (`told_at`). Two queries."""
    progress = TaskEntry.objects.filter(task=OuterRef("pk"), step__in=PROGRESS).order_by("-pk")
    told = {"told": Subquery(progress.values("text")[:1]), "told_at": Subquery(progress.values("at")[:1])}
    bases = Prefetch("bases", TaskBasis.objects.select_related("basis").order_by("place"))
    return list(find_tasks(viewer, asked, now).annotate(**told).prefetch_related(bases))


def counts_of_tasks(viewer: Viewer, asked: TaskSearch, now: datetime) -> Reads[Counts]:
    """State and timing of `asked` do not count: these are what the counts are about."""
    wanted = {
        "open": Q(state__in=OPEN),
        "waiting": Q(state=DONE_CLAIMED),
        **{timing: _timing(timing, now) for timing in TIMINGS},
    }
    return counted(_narrowed(viewer, asked), **wanted).made(_as_counts)


def _as_counts(numbers: Mapping[str, int]) -> Counts:
    return Counts(**{field.name: numbers["number" if field.name == "all" else field.name] for field in fields(Counts)})


def after(found: QuerySet[Task], last: Task | None) -> QuerySet[Task]:
    """The rest of a list by deadline behind `last`, by its key."""
    if last is None:
        return found
    return found.filter(Q(due_at__gt=last.due_at) | Q(due_at=last.due_at, pk__gt=last.pk))


def tasks_of(subject: Subject) -> QuerySet[Task]:
    """All tasks of an object, whoever asks: for pages of that object that have asked who may."""
    subject_type, subject_id = subject_of(subject)
    return Task.objects.filter(subject_type=subject_type, subject_id=subject_id)


def to_work_on(viewer: Viewer) -> Q:
    """The condition that a task is for the viewer to do: as its leader, in charge within the owner, or because the
    answer or the decision that it asks for is the viewer's to give.
    """
    if not viewer.is_signed_in:
        return Q(pk__in=[])
    answers = Q(subject_type=Difficulty._meta.label, subject_id__in=as_text_keys(unanswered(viewer)))
    decisions = Q(subject_type=ApprovalRequest._meta.label, subject_id__in=as_text_keys(to_decide(viewer)))
    return led_by(viewer) | answered_for(viewer, "owner", *OWNER_ROLES) | answers | decisions


def to_follow(viewer: Viewer) -> Q:
    """The condition that a task is for the viewer to follow: to verify, or to wait for as one of those who asked."""
    if not viewer.is_signed_in:
        return Q(pk__in=[])
    leads = Q(leader__in=[person for person in (viewer.official, viewer.principal) if person is not None])
    own = carried_by(viewer, "owner", viewer.units, lambda heir, _: heir in viewer.units) | leads
    given = (held_over(viewer, "watcher", *FOLLOWER_ROLES) | assigned_tasks(viewer)) & ~own
    there = carried_by(viewer, "owner", viewer.postings, lambda heir, _: heir in viewer.postings)
    asked = answered_for(viewer, "watcher", *FOLLOWER_ROLES) & ~there & ~leads
    is_request = Q(subject_type__in=request_types())
    return (~is_request & given) | (is_request & asked)


def _narrowed(viewer: Viewer, asked: TaskSearch) -> QuerySet[Task]:
    found = visible_tasks(viewer)
    for word in fold(asked.text).split():
        found = found.filter(search_key__contains=word)
    if asked.under is not None:
        found = found.filter(Q(owner=asked.under) if asked.alone else under(viewer, asked.under, "owner"))
    if asked.start is not None:
        found = found.filter(due_at__gt=midnight(asked.start))
    if asked.end is not None:
        found = found.filter(due_at__lte=midnight_after(asked.end))
    if asked.source:
        found = found.filter(subject_type=asked.source)
    if asked.group is not None:
        found = found.filter(subject_id__in=asked.group.ids)
    if asked.subject is not None:
        subject_type, subject_id = subject_of(asked.subject)
        found = found.filter(subject_type=subject_type, subject_id=subject_id)
    if asked.leader is not None:
        found = found.filter(leader=asked.leader)
    if asked.mine:
        found = found.filter(to_work_on(viewer) if asked.mine == "do" else to_follow(viewer))
    return found


def _timing(timing: str, now: datetime) -> Q:
    """`soon` is by the national calendar, so that one moment serves all rows."""
    running = Q(state__in=RUNNING)
    if timing == "overdue":
        return running & Q(due_at__lt=now)
    if timing == "unheard":
        return running & Q(heard_by__lt=now)
    return running & Q(due_at__gte=now, due_at__lte=load_calendar(NATIONAL).due_in_working_days(now, SOON))


def midnight(day: date) -> datetime:
    """With which the day begins in Vietnam."""
    return datetime.combine(day, time(), VIETNAM)


def midnight_after(day: date) -> datetime:
    """With which it ends."""
    return midnight(day + timedelta(days=1))
