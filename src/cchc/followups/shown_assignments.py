"""Assignments to follow directives and tasks, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.audit.recording import subject_of
from cchc.followups.addresses import shortened
from cchc.followups.models import Directive, Task
from cchc.followups.permissions import may_assign
from cchc.followups.queries.assigned import assignments_at, assignments_of
from cchc.followups.queries.scope import visible_directives, visible_tasks
from cchc.interface.shapes import Link
from cchc.organizations.models import Assignment, Official
from cchc.organizations.viewers import Viewer

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class ShownAssignment:
    """One of them. `end_url` leads to ending it, empty for who may not or where it is over."""

    assignment: Assignment
    chip: tuple[str, str]
    about: Link | None
    """What is followed, where the page is not about that."""
    end_url: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who is, was and will be assigned at an object; `assign_url` is empty for who may not assign anybody."""

    rows: Sequence[ShownAssignment]
    assign_url: str


def assigned_to(viewer: Viewer, subject: Directive | Task) -> Assigned:
    """For the page of a directive or a task. One query."""
    may = bool(may_assign(viewer, subject))
    whole = Link(_("By the assignment to its directive")) if isinstance(subject, Task) else None
    rows = [
        _shown(one, viewer, None if _is_at(one, subject) else whole, may_end=may and _is_at(one, subject))
        for one in assignments_at(subject)
    ]
    name = "followups:task-assign" if isinstance(subject, Task) else "followups:directive-assign"
    return Assigned(rows, reverse(name, args=[subject.pk]) if may else "")


def assigned_to_official(viewer: Viewer, official: Official) -> list[ShownAssignment]:
    """What an official follows now or soon, of what the viewer may see. Three queries at the most."""
    found = list(assignments_of(official, viewer.day))
    links = _links(viewer, found)
    return [_shown(one, viewer, link) for one in found if (link := links.get((one.subject_type, one.subject_id)))]


def _shown(one: Assignment, viewer: Viewer, about: Link | None, *, may_end: bool = False) -> ShownAssignment:
    is_over = one.ends_on is not None and one.ends_on < viewer.day
    may_end = may_end and not is_over and one.official not in (viewer.official, viewer.principal)
    end_url = reverse("followups:assignment-end", args=[one.pk]) if may_end else ""
    return ShownAssignment(one, _chip(one, viewer.day), about, end_url)


def _chip(one: Assignment, day: date) -> tuple[str, str]:
    if one.holds_on(day):
        return "ok", _("Follows it")
    return ("soon", _("Begins later")) if one.starts_on > day else ("neutral", _("Assignment over"))


def _is_at(one: Assignment, subject: Directive | Task) -> bool:
    return (one.subject_type, one.subject_id) == subject_of(subject)


def _links(viewer: Viewer, assignments: Iterable[Assignment]) -> Mapping[tuple[str, str], Link]:
    """By type and key, of what the viewer may see. As many queries as types."""
    wanted: dict[str, set[str]] = {}
    for one in assignments:
        wanted.setdefault(one.subject_type, set()).add(one.subject_id)
    found: dict[tuple[str, str], Link] = {}
    if keys := wanted.get(Directive._meta.label):
        for directive in visible_directives(viewer).filter(pk__in=keys).order_by("pk"):
            text = shortened(f"{directive.number} {directive.title}", _LONGEST)
            found[subject_of(directive)] = Link(text, reverse("followups:directive", args=[directive.pk]))
    if keys := wanted.get(Task._meta.label):
        for task in visible_tasks(viewer).filter(pk__in=keys).order_by("pk"):
            text = shortened(task.what, _LONGEST)
            found[subject_of(task)] = Link(text, reverse("followups:task", args=[task.pk]))
    return found
