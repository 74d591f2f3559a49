"""Directives: the list, one with its addressees, postings and difficulties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from cchc.audit.recording import subject_of
from cchc.followups.models import Addressee, Directive, DirectiveEntry, Task, TaskBasis, TaskEntry, WebPosting
from cchc.followups.permissions import FOLLOWER_ROLES, OWNER_ROLES
from cchc.followups.queries.issuing import finding_below, placed_below
from cchc.followups.queries.reminders import unread
from cchc.followups.queries.scope import answered_for, told_of, visible_directives, visible_tasks
from cchc.followups.queries.tasks import PROGRESS, difficulties_of, named_tasks, tasks_of
from cchc.followups.sheets import Followed
from cchc.followups.states import GIVEN, OPEN, RUNNING, VERIFIED, WITHDRAWN
from cchc.interface.together import Reads, answer, made_of
from cchc.organizations.models import Placement, Posting, Unit
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.papers.models import LegalBasis
from cchc.records.dates import format_date
from cchc.records.errors import refuse
from cchc.records.search import fold

SUBJECT_TYPE: Final = Directive._meta.label


def get_directive(viewer: Viewer, number: int) -> Directive:
    """With its unit and watcher. Raises `followups.directive_not_found`."""
    found = _named(visible_directives(viewer), viewer.day).select_related(
        "unit", "watcher", "entered_by", "replaced_by", "paper"
    )
    directive = found.filter(pk=number).first()
    if directive is None:
        raise refuse("followups.directive_not_found")
    return directive


def find_directives(viewer: Viewer, text: str) -> QuerySet[Directive]:
    """The newest first, each with how many addressees it was `sent` to and `heard`, and how many tasks that the viewer
    sees were `given` and are `done`.
    """
    found = _named(visible_directives(viewer), viewer.day)
    for word in fold(text).split():
        found = found.filter(search_key__contains=word)
    sent = Addressee.objects.filter(directive=OuterRef("pk"))
    tasks = visible_tasks(viewer).filter(subject_type=SUBJECT_TYPE, subject_id=Cast(OuterRef("pk"), TextField()))
    return found.annotate(
        sent=_count(sent, "directive"),
        heard=_count(sent.filter(acknowledged_at__isnull=False), "directive"),
        given=_count(tasks, "subject_id"),
        done=_count(tasks.filter(state=VERIFIED), "subject_id"),
    )


def newer_first(found: QuerySet[Directive], last: Directive | None) -> QuerySet[Directive]:
    """The rest of the list behind `last`, by its key."""
    if last is None:
        return found
    return found.filter(Q(issued_on__lt=last.issued_on) | Q(issued_on=last.issued_on, pk__lt=last.pk))


def addressees_of(viewer: Viewer, directive: Directive) -> QuerySet[Addressee]:
    """In the order they were named, each with `unit_name`, when it was first `posted_on`, how many tasks that the
    viewer sees were `given` and are `done`, whether how it stands `is_shown` to the viewer, and whether it
    `lacks_head`: nobody is noted as its head on that day.
    """
    subject_type, subject_id = subject_of(directive)
    seen = visible_tasks(viewer).filter(subject_type=subject_type, subject_id=subject_id)
    tasks = seen.filter(owner=OuterRef("unit"))
    posted = WebPosting.objects.filter(directive=directive, unit=OuterRef("unit"), struck_at=None).order_by(
        "posted_on", "pk"
    )
    headed = Posting.objects.on(viewer.day).filter(unit=OuterRef("unit"), is_head=True)
    there = Placement.objects.on(viewer.day).filter(unit=OuterRef("unit"))
    return (
        Addressee.objects.filter(directive=directive)
        .select_related("unit", "acknowledged_by")
        .annotate(
            unit_name=name_on(viewer.day),
            posted_on=Subquery(posted.values("posted_on")[:1]),
            given=_count(tasks, "owner"),
            done=_count(tasks.filter(state=VERIFIED), "owner"),
            lacks_head=Case(
                When(~Exists(headed) & Exists(there), then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            ),
            is_shown=Case(When(told_of(viewer), then=Value(True)), default=Value(False), output_field=BooleanField()),
        )
        .order_by("pk")
    )


def behind(found: QuerySet[Addressee], last: Addressee | None) -> QuerySet[Addressee]:
    """The rest of the addressees behind `last`."""
    return found if last is None else found.filter(pk__gt=last.pk)


def own_addressees(viewer: Viewer, directive: Directive) -> QuerySet[Addressee]:
    """The addressees for which the viewer speaks, as far as roles in the own units go, each with `unit_name`."""
    found = Addressee.objects.filter(answered_for(viewer, "unit", *OWNER_ROLES), directive=directive)
    return found.select_related("unit").annotate(unit_name=name_on(viewer.day)).order_by("pk")


def to_acknowledge(viewer: Viewer) -> QuerySet[Addressee]:
    """Directives that wait for the viewer to take note for an own unit, the first due first, each with `unit_name`."""
    if not viewer.is_signed_in:
        return Addressee.objects.none()
    found = unread().filter(answered_for(viewer, "unit", *OWNER_ROLES))
    return found.select_related("directive").annotate(unit_name=name_on(viewer.day)).order_by("heard_by", "pk")


def followed(viewer: Viewer, directive: Directive) -> Followed:
    """All that the viewer may see of a directive, for its table. Seven queries."""
    day = viewer.day
    tasks = named_tasks(visible_tasks(viewer) & tasks_of(directive), day).select_related("owner")
    listed = list(
        tasks.prefetch_related(Prefetch("bases", TaskBasis.objects.select_related("basis").order_by("place")))
    )
    told = TaskEntry.objects.filter(task__in=[task.pk for task in listed], step__in=PROGRESS).order_by("pk")
    return Followed(
        directive,
        listed,
        {entry.task_id: entry for entry in told},
        list(difficulties_of(visible_tasks(viewer) & tasks_of(directive))),
        list(addressees_of(viewer, directive)),
        list(postings_of(directive, day)),
    )


def number_followed(viewer: Viewer, directive: Directive) -> int:
    """How many rows its table has: tasks that the viewer sees, units it was sent to, postings. Three queries."""
    tasks = visible_tasks(viewer) & tasks_of(directive)
    sent = Addressee.objects.filter(directive=directive)
    return tasks.count() + sent.count() + WebPosting.objects.filter(directive=directive).count()


def behind_with(viewer: Viewer, directive: Directive, now: datetime) -> list[Task]:
    """Running tasks of a directive that are overdue or not reported in time, each with owner, watcher and leader."""
    late = Q(due_at__lt=now) | Q(heard_by__lt=now)
    found = (visible_tasks(viewer) & tasks_of(directive)).filter(late, state__in=RUNNING)
    return list(found.select_related("owner", "watcher", "leader").order_by("pk"))


def to_urge(directive: Directive, late: Sequence[Task]) -> list[Unit]:
    """The units that have not taken note, and the owners of those of these tasks that nobody leads yet."""
    unnamed = [task.owner_id for task in late if task.leader_id is None]
    waiting = unread().filter(directive=directive).order_by().values("unit")
    return list(Unit.objects.filter(Q(pk__in=waiting) | Q(pk__in=unnamed)).order_by("pk"))


def unread_count(directive: Directive) -> int:
    """How many units have not taken note."""
    return unread().filter(directive=directive).count()


def issuing_units(viewer: Viewer) -> QuerySet[Unit]:
    """The units over which the viewer directly holds a role that issues directives."""
    held = {hold.unit for hold in viewer.holds if hold.role in FOLLOWER_ROLES}
    return Unit.objects.filter(pk__in=held).order_by("pk")


def kinds_reached(unit: Unit, day: date) -> list[tuple[str, int]]:
    """Which kinds of units its word reaches on that day, and how many of each."""
    return answer(finding_kinds(unit, day))


def finding_kinds(unit: Unit, day: date) -> Reads[list[tuple[str, int]]]:
    """The same, to be read with others."""

    def counted(below: QuerySet[Placement]) -> Reads[list[tuple[str, int]]]:
        return made_of(below.order_by("kind").values_list("kind").annotate(number=Count("pk")), list)

    return finding_below(unit, day).and_then(counted)


def units_of_kinds(unit: Unit, kinds: Sequence[str], day: date) -> list[Unit]:
    """The units behind `kinds_reached`, in the order of names."""
    return [placement.unit for placement in placed_below(unit, day).filter(kind__in=kinds)] if kinds else []


def unit_name(unit: Unit, day: date) -> str:
    """What the unit is called on that day, or was last called; empty before it begins."""
    return Unit.objects.filter(pk=unit.pk).order_by("pk").values_list(name_on(day, "pk"), flat=True).first() or ""


def cited(directive: Directive) -> str:
    """`2624/UBND-TTHCC, 12/08/2022`."""
    return f"{directive.number}, {format_date(directive.issued_on)}"


def addressed_units(directive: Directive) -> QuerySet[Unit]:
    """The addressees as units."""
    return Unit.objects.filter(directives_received__directive=directive).order_by("pk")


def get_posting(viewer: Viewer, number: int) -> WebPosting:
    """A line of the posting log with its directive and unit. Raises `followups.posting_not_found`."""
    found = WebPosting.objects.filter(directive__in=visible_directives(viewer), pk=number)
    posting = found.select_related("directive__watcher", "unit").annotate(unit_name=name_on(viewer.day)).first()
    if posting is None:
        raise refuse("followups.posting_not_found")
    return posting


def library_of(directive: Directive) -> QuerySet[LegalBasis]:
    """The bases of the library that a directive rests on, in their order, each with its unit and what replaces it."""
    listed = LegalBasis.objects.filter(directives__directive=directive).select_related("unit", "replaced_by")
    return listed.order_by("directives__place")


def entries_of(directive: Directive, day: date) -> QuerySet[DirectiveEntry]:
    """What was corrected or ended, the newest first, each with who did it; of the posting log with `unit_name`."""
    listed = directive.entries.select_related("by", "principal").annotate(unit_name=name_on(day, "posting__unit"))
    return listed.order_by("-pk")


def replaced_by(viewer: Viewer, directive: Directive) -> QuerySet[Directive]:
    """Directives in whose place this one stands, as far as the viewer sees them."""
    return visible_directives(viewer).filter(replaced_by=directive).order_by("-issued_on", "-pk")


def open_tasks_of(directive: Directive) -> QuerySet[Task]:
    """Its tasks that are not over, whoever asks."""
    return tasks_of(directive).filter(state__in=OPEN).order_by("pk")


def idle(directive: Directive) -> QuerySet[Addressee]:
    """Addressees that have not acted: none took note, posted it, or did anything about a task."""
    subject_type, subject_id = subject_of(directive)
    tasks = Task.objects.filter(subject_type=subject_type, subject_id=subject_id, owner=OuterRef("unit"))
    taken_up = tasks.exclude(state__in=(GIVEN, WITHDRAWN))
    posted = WebPosting.objects.filter(directive=directive, unit=OuterRef("unit"), struck_at=None)
    waiting = Addressee.objects.filter(~Exists(taken_up), ~Exists(posted), directive=directive, acknowledged_at=None)
    return waiting.order_by("pk")


def orders_of(viewer: Viewer, directive: Directive, now: datetime) -> list[Task]:
    """One task for each order that the directive gives and that is not due yet: the first of those that are alike."""
    running = (visible_tasks(viewer) & open_tasks_of(directive)).filter(due_at__gt=now)
    alike: dict[tuple[object, ...], Task] = {}
    for task in running.order_by("pk"):
        what = (task.what, task.deadline, task.watcher_id, task.legal_basis)
        alike.setdefault(what, task)
    return list(alike.values())


def postings_of(directive: Directive, day: date) -> QuerySet[WebPosting]:
    """The log of postings, the latest first, struck ones too, each with `unit_name` and who noted it."""
    found = WebPosting.objects.filter(directive=directive).select_related("directive", "noted_by")
    return found.annotate(unit_name=name_on(day)).order_by("-posted_on", "-pk")


def _named(found: QuerySet[Directive], day: date) -> QuerySet[Directive]:
    named = found.annotate(unit_name=name_on(day), watcher_name=name_on(day, "watcher"))
    return named.order_by("-issued_on", "-pk")


def _count(found: QuerySet[Any], by: str) -> Coalesce:
    """How many there are, as a column of the outer query."""
    grouped = found.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), Value(0))
