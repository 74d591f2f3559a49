"""Who is assigned to follow what."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from cchc.audit.recording import subject_of
from cchc.followups.models import Directive, Task
from cchc.followups.permissions import FOLLOW_UP
from cchc.followups.queries.scope import visible_directives, visible_tasks
from cchc.organizations.models import Assignment, Official, Posting
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import heirs, within
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse

_OBJECTS = (Directive._meta.label, Task._meta.label)


def assignments_at(subject: Directive | Task) -> QuerySet[Assignment]:
    """Of a directive, or of a task with those of what gave it, each with the official; past ones too, newest first."""
    found = Assignment.objects.filter(_at(subject), duty=FOLLOW_UP).select_related("official")
    return found.order_by("-starts_on", "-pk")


def assigned_on(subject: Directive | Task, day: date) -> list[int]:
    """Keys of those who are assigned to follow it on that day and work where it is followed. One query where
    nobody is.
    """
    held = Assignment.objects.on(day).filter(_at(subject), duty=FOLLOW_UP)
    people = set(held.order_by().values_list("official_id", flat=True))
    if not people:
        return []
    there = _posted_there(subject, day).filter(official__in=people)
    return sorted(set(there.order_by().values_list("official_id", flat=True)))


def assignments_of(official: Official, day: date) -> QuerySet[Assignment]:
    """What an official is assigned to follow, not over on that day, the first to end first."""
    found = Assignment.objects.not_over(day).filter(official=official, duty=FOLLOW_UP, subject_type__in=_OBJECTS)
    return found.order_by("ends_on", "starts_on", "pk")


def get_assignment(viewer: Viewer, number: int) -> tuple[Assignment, Directive | Task]:
    """With what it is about, as far as the viewer may see that. Raises `followups.assignment_not_found`."""
    found = Assignment.objects.filter(pk=number, duty=FOLLOW_UP, subject_type__in=_OBJECTS)
    assignment = found.select_related("official").order_by("pk").first()
    subject = None if assignment is None else _subject_of(viewer, assignment)
    if assignment is None or subject is None:
        raise refuse("followups.assignment_not_found")
    return assignment, subject


def works_where_it_is_followed(official: Official, subject: Directive | Task, day: date) -> bool:
    """Whether the official works on that day in the unit that follows it, or in what carries that on, or under it."""
    return _posted_there(subject, day).filter(official=official).exists()


def _subject_of(viewer: Viewer, assignment: Assignment) -> Directive | Task | None:
    visible = visible_tasks(viewer) if assignment.subject_type == Task._meta.label else visible_directives(viewer)
    found: Directive | Task | None = visible.filter(pk=assignment.subject_id).select_related("watcher").first()
    return found


def _at(subject: Directive | Task) -> Q:
    subject_type, subject_id = subject_of(subject)
    wanted = Q(subject_type=subject_type, subject_id=subject_id)
    if isinstance(subject, Task):
        wanted |= Q(subject_type=subject.subject_type, subject_id=subject.subject_id)
    return wanted


def _posted_there(subject: Directive | Task, day: date) -> QuerySet[Posting]:
    carriers = [one.unit_id for one in heirs([subject.watcher_id], day)[subject.watcher_id]]
    return Posting.objects.filter(during(day), within(Q(ancestor__in=carriers), day))
