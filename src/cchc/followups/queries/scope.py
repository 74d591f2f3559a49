"""What a viewer may see: tasks and directives of units in the viewer's scope. Every read of the room starts here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from cchc.followups.models import Addressee, Difficulty, Directive, Task
from cchc.followups.permissions import FOLLOW_UP, FOLLOWER_ROLES
from cchc.organizations.models import Ancestry, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.roles import roles
from cchc.organizations.viewers import Viewer


def visible_tasks(viewer: Viewer) -> QuerySet[Task]:
    """Tasks owned or followed by a unit one works in or holds a role over, those of units one supervises, those one
    leads oneself, and those one is assigned to follow, with the answers that are due at them.
    """
    if not viewer.is_signed_in:
        return Task.objects.none()
    owned, seen = in_scope(viewer, "owner") | supervised(viewer, "owner"), assigned_tasks(viewer)
    if _assigned(viewer, Directive) or _assigned(viewer, Task):
        seen |= _raised_at(seen)
    return Task.objects.filter(led_by(viewer) | owned | in_scope(viewer, "watcher") | seen)


def led_by(viewer: Viewer) -> Q:
    """The condition that the viewer leads the task by name, or acts in everything for who does."""
    return Q(leader__in=[viewer.answers_as] if viewer.answers_as else [])


def visible_directives(viewer: Viewer) -> QuerySet[Directive]:
    """Directives entered, followed or received by a unit one works in or holds a role over, received by one that one
    supervises, or assigned to oneself to follow.
    """
    if not viewer.is_signed_in:
        return Directive.objects.none()
    at_addressee = in_scope(viewer, "unit") | supervised(viewer, "unit")
    received = Addressee.objects.filter(at_addressee, directive=OuterRef("pk"))
    return Directive.objects.filter(
        in_scope(viewer, "unit") | in_scope(viewer, "watcher") | Exists(received) | assigned_directives(viewer),
    )


def told_of(viewer: Viewer) -> Q:
    """The condition that the viewer is told how an addressee stands: one in scope, one supervised, and every one of a
    directive that the viewer's units issued or follow, or that the viewer is assigned to follow. To be sent the same
    directive opens nothing about the others (decision 18).
    """
    if not viewer.is_signed_in:
        return Q(pk__in=())
    own = in_scope(viewer, "unit") | supervised(viewer, "unit")
    told = own | in_scope(viewer, "directive__unit") | in_scope(viewer, "directive__watcher")
    if not _assigned(viewer, Directive):
        return told
    return told | Q(directive__in=Directive.objects.filter(assigned_directives(viewer)).order_by().values("pk"))


def assigned_tasks(viewer: Viewer) -> Q:
    """The condition that the viewer is assigned to follow the task, or the directive that gave it."""
    directives, tasks = _assigned(viewer, Directive), _assigned(viewer, Task)
    if not directives and not tasks:
        return Q(pk__in=())
    given_by = Q(subject_type=Directive._meta.label, subject_id__in=[str(key) for key in directives])
    return _in_ones_unit(viewer, Q(pk__in=tasks) | given_by)


def _raised_at(followed: Q) -> Q:
    """The condition of being the task to answer what was raised at one of those tasks."""
    raised = Difficulty.objects.filter(task__in=Task.objects.filter(followed).order_by().values("pk"))
    return Q(subject_type=Difficulty._meta.label, subject_id__in=as_text_keys(raised))


def as_text_keys(found: QuerySet[Any]) -> QuerySet[Any, Any]:
    """Their keys, as tasks name what they belong to."""
    return found.order_by().annotate(key_=Cast("pk", TextField())).values("key_")


def assigned_directives(viewer: Viewer) -> Q:
    """The condition that the viewer is assigned to follow the directive."""
    directives = _assigned(viewer, Directive)
    return _in_ones_unit(viewer, Q(pk__in=directives)) if directives else Q(pk__in=())


def _assigned(viewer: Viewer, model: type[Model]) -> list[int]:
    return sorted(int(key) for key in viewer.assigned(FOLLOW_UP, model._meta.label))


def _in_ones_unit(viewer: Viewer, wanted: Q) -> Q:
    """An assignment counts as long as one works in the unit that follows, or under it (`permissions`)."""
    return wanted & carried_by(viewer, "watcher", viewer.units, lambda heir, _: heir in viewer.units)


def in_scope(viewer: Viewer, column: str) -> Q:
    """The condition that the unit in that column, or what carries it on, lies in the viewer's scope."""
    works_there = carried_by(viewer, column, viewer.postings, lambda heir, _: heir in viewer.postings)
    return works_there | held_over(viewer, column, *roles()) if viewer.holds else works_there


def supervised(viewer: Viewer, column: str) -> Q:
    """The condition that the unit in that column, or what carries it on, is one the viewer follows and urges."""
    units = viewer.supervised(*FOLLOWER_ROLES)
    if not units:
        return Q(pk__in=())
    below = Ancestry.objects.filter(during(viewer.day), ancestor__in=units).order_by().values("descendant_id")
    return carried_by(viewer, column, below, lambda _, above: not above.isdisjoint(units))


def held_over(viewer: Viewer, column: str, *roles: str) -> Q:
    """The condition that one of the roles is held over the unit in that column, or over what carries it on."""
    return carried_by(viewer, column, _held(viewer, *roles), partial(viewer.holds_at, roles))


def answered_for(viewer: Viewer, column: str, *roles: str) -> Q:
    """The condition that the unit in that column, or what carries it on, is an own one with such a role over it."""
    own = _held(viewer, *roles).filter(descendant__in=viewer.units)
    return carried_by(
        viewer, column, own, lambda heir, above: heir in viewer.units and viewer.holds_at(roles, heir, above)
    )


def under(viewer: Viewer, unit: Unit, column: str) -> Q:
    """The condition that the unit in that column, or what carries it on, stands under a unit, or is it."""
    links = Ancestry.objects.filter(during(viewer.day), ancestor=unit)
    below = links.order_by().values("descendant_id")
    return carried_by(viewer, column, below, lambda _, above: unit.pk in above)


def carried_by(viewer: Viewer, column: str, units: Any, is_meant: Callable[[int, frozenset[int]], bool]) -> Q:
    """The condition that the unit in that column is one of `units` (keys, or a query for them), or is gone and went
    into one of them, which `is_meant` says of what carries it on: see `Viewer.gone_into`.

    What is gone is few and named by key: asked inside the query, over generations, it made it slow and deep.
    """
    gone = viewer.gone_into(is_meant)
    wanted = Q(**{f"{column}__in": units})
    return wanted | Q(**{f"{column}__in": gone}) if gone else wanted


def _held(viewer: Viewer, *roles: str) -> QuerySet[Ancestry, Any]:
    held = Ancestry.objects.filter(during(viewer.day), viewer.units_held(*roles))
    return held.order_by().values("descendant_id")
