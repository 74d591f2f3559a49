"""Assignments to follow directives and tasks, as pages show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.audit.recording import subject_of
from cchc.followups.addresses import shortened
from cchc.followups.models import Directive, Task
from cchc.followups.permissions import may_assign
from cchc.followups.policies import may_be_assigned
from cchc.followups.queries.assigned import assignments_at, assignments_of
from cchc.followups.queries.scope import visible_directives, visible_tasks
from cchc.interface.shapes import Link
from cchc.interface.together import Reads
from cchc.organizations.models import Assignment, Official
from cchc.organizations.queries.people import workplaces
from cchc.organizations.viewers import Viewer

_LONGEST = 120
_VISIBLE: Final[Sequence[tuple[type[Model], Callable[[Viewer], QuerySet[Any]]]]] = (
    (Directive, visible_directives),
    (Task, visible_tasks),
)


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


def assigned_to(viewer: Viewer, subject: Directive | Task) -> Reads[Assigned]:
    """For the page of a directive or a task."""
    found = assignments_at(subject)
    there = workplaces(found.order_by().values("official"), viewer.day)
    return Reads([found, there], lambda: _assigned_at(viewer, subject, found, set(there)))


def _assigned_at(
    viewer: Viewer, subject: Directive | Task, found: Iterable[Assignment], there: Set[tuple[int, int]]
) -> Assigned:
    whole = Link(_("By the assignment to its directive")) if isinstance(subject, Task) else None
    rows = []
    for one in found:
        is_here, works_there = _is_at(one, subject), _is_under(viewer, subject, _units_of(one, there))
        may_end = is_here and not is_over(one, viewer.day) and may_assign(viewer, subject, one.official)
        end_url = reverse("followups:assignment-end", args=[one.pk]) if may_end else ""
        rows.append(ShownAssignment(one, _chip(one, viewer.day, works_there), None if is_here else whole, end_url))
    name = "followups:task-assign" if isinstance(subject, Task) else "followups:directive-assign"
    may = may_assign(viewer, subject) and may_be_assigned(subject)
    return Assigned(rows, reverse(name, args=[subject.pk]) if may else "")


def assigned_to_official(viewer: Viewer, official: Official) -> Reads[list[ShownAssignment]]:
    """What an official follows now or soon, of what the viewer may see. Two rounds where there is something."""
    found, there = assignments_of(official, viewer.day), workplaces([official.pk], viewer.day)

    def shown() -> Reads[list[ShownAssignment]]:
        seen = _visible(viewer, found)
        return Reads(seen, lambda: list(_of_official(viewer, found, seen, set(there))))

    return Reads([found, there], shown)


def _of_official(
    viewer: Viewer,
    found: Iterable[Assignment],
    seen: Iterable[Iterable[Directive | Task]],
    there: Set[tuple[int, int]],
) -> Iterator[ShownAssignment]:
    subjects = {subject_of(one): one for of_type in seen for one in of_type}
    for one in found:
        if subject := subjects.get((one.subject_type, one.subject_id)):
            works_there = _is_under(viewer, subject, _units_of(one, there))
            yield ShownAssignment(one, _chip(one, viewer.day, works_there), _link(subject), "")


def _units_of(one: Assignment, there: Set[tuple[int, int]]) -> frozenset[int]:
    """Of the pairs of officials and units where they work, those of the one that is assigned."""
    return frozenset(unit for official, unit in there if official == one.official_id)


def is_over(one: Assignment, day: date) -> bool:
    """Whether its last day has passed."""
    return one.ends_on is not None and one.ends_on < day


def _is_under(viewer: Viewer, subject: Directive | Task, units: frozenset[int]) -> bool:
    """Whether the unit that follows it, or what carries that on, is one of these: only then an assignment counts."""
    watcher = subject.watcher_id
    return watcher in units or watcher in viewer.gone_into(lambda heir, _: heir in units)


def _chip(one: Assignment, day: date, works_there: bool) -> tuple[str, str]:
    if is_over(one, day):
        return "neutral", _("Assignment over")
    if not works_there:
        return "paused", _("Works elsewhere now: does not count")
    return ("soon", _("Begins later")) if one.starts_on > day else ("ok", _("Follows it"))


def _is_at(one: Assignment, subject: Directive | Task) -> bool:
    return (one.subject_type, one.subject_id) == subject_of(subject)


def _link(subject: Directive | Task) -> Link:
    if isinstance(subject, Task):
        return Link(shortened(subject.what, _LONGEST), reverse("followups:task", args=[subject.pk]))
    text = shortened(f"{subject.number} {subject.title}", _LONGEST)
    return Link(text, reverse("followups:directive", args=[subject.pk]))


def _visible(viewer: Viewer, assignments: Iterable[Assignment]) -> list[QuerySet[Any]]:
    """What they are about, as far as the viewer may see it: one read for each type."""
    wanted: dict[str, set[str]] = {}
    for one in assignments:
        wanted.setdefault(one.subject_type, set()).add(one.subject_id)
    asked = ((visible, wanted.get(model._meta.label)) for model, visible in _VISIBLE)
    return [visible(viewer).filter(pk__in=keys).order_by("pk") for visible, keys in asked if keys]
