"""What a viewer may see: tasks and directives of units in the viewer's scope. Every read of the room starts here."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from cchc.followups.models import Addressee, Directive, Task
from cchc.organizations.models import Ancestry
from cchc.organizations.models.dated import during
from cchc.organizations.roles import roles
from cchc.organizations.viewers import Viewer


def visible_tasks(viewer: Viewer) -> QuerySet[Task]:
    """Tasks owned or followed by a unit one works in or holds a role over, and those one leads oneself."""
    if not viewer.is_signed_in:
        return Task.objects.none()
    return Task.objects.filter(led_by(viewer) | _in_scope(viewer, "owner") | _in_scope(viewer, "watcher"))


def led_by(viewer: Viewer) -> Q:
    """The condition that the viewer leads the task by name, or acts in everything for who does."""
    return Q(leader__in=[viewer.answers_as] if viewer.answers_as else [])


def visible_directives(viewer: Viewer) -> QuerySet[Directive]:
    """Directives entered, followed or received by a unit one works in or holds a role over."""
    if not viewer.is_signed_in:
        return Directive.objects.none()
    received = Addressee.objects.filter(_in_scope(viewer, "unit"), directive=OuterRef("pk"))
    return Directive.objects.filter(
        _in_scope(viewer, "unit") | _in_scope(viewer, "watcher") | Exists(received),
    )


def _in_scope(viewer: Viewer, column: str) -> Q:
    """The condition that the unit in that column lies in the viewer's scope."""
    works_there = Q(**{f"{column}__in": viewer.postings})
    if not viewer.holds:
        return works_there
    held = Ancestry.objects.filter(during(viewer.day), viewer.units_held(*roles()))
    return works_there | Q(**{f"{column}__in": held.values("descendant_id")})
