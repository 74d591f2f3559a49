"""A task because of a delay: for which unit and whom, from which unit of the viewer, and what was given already."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from cchc.audit.recording import subject_of
from cchc.followups.models import Task
from cchc.followups.permissions import FOLLOWER_ROLES
from cchc.followups.queries.scope import visible_tasks
from cchc.followups.queries.tasks import named_tasks
from cchc.organizations.models import Official, Unit
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.oversight.consequences import OFFICIAL
from cchc.oversight.models import KeptDossier, ListedItem, ResponsibilityCase
from cchc.records.errors import refuse


@dataclass(frozen=True, slots=True)
class Ordered:
    """What a task is given because of: the thing itself, the unit that does it, who would lead it."""

    subject: ResponsibilityCase | ListedItem | KeptDossier
    unit: Unit
    leader: Official | None


def of_case(case: ResponsibilityCase) -> Ordered:
    """For the unit of the case; led by whom it is about, if that is no unit."""
    return Ordered(case, case.unit, case.official if case.about == OFFICIAL else None)


def of_item(item: ListedItem) -> Ordered:
    """For the unit where the delay was, led by who is named."""
    return Ordered(item, item.listed.unit or item.listed.list.unit, item.listed.official)


def of_kept(kept: KeptDossier) -> Ordered:
    """For the unit and the official charged with most minutes, by the spells that are read along with it. Raises
    `oversight.not_late` without any in a unit.
    """
    charged = Counter[tuple[Unit, Official | None]]()
    for one in kept.spells.all():
        if one.unit is not None and one.late_minutes:
            charged[one.unit, one.official] += one.late_minutes
    if not charged:
        raise refuse("oversight.not_late")
    (unit, official), _minutes = charged.most_common(1)[0]
    return Ordered(kept, unit, official)


def between(viewer: Viewer, unit: Unit) -> tuple[Unit, str, str]:
    """The unit of the viewer that gives the task and follows it, its name, and that of the unit that does it. It stands
    above that one, and the viewer works there, or else it is the nearest. Raises `oversight.no_issuer`: nobody follows
    the own work.
    """
    if not (above := _held_above(viewer, unit)):
        raise refuse("oversight.no_issuer")
    if len(above) > 1:
        viewer.read_above(above)
    near = max(above, key=lambda one: (one in viewer.postings, len(above) > 1 and len(viewer.above(one)), -one))
    named = Unit.objects.filter(pk__in=[near, unit.pk]).annotate(said=name_on(viewer.day, "pk")).order_by("pk")
    units = {one.pk: one for one in named}
    return units[near], units[near].said or units[near].code, units[unit.pk].said or unit.code


def may_be_ordered(viewer: Viewer, unit: Unit) -> bool:
    """Whether the viewer holds a role above the unit, from which a task is given and followed."""
    return bool(_held_above(viewer, unit))


def _held_above(viewer: Viewer, unit: Unit) -> frozenset[int]:
    held = {hold.unit for hold in viewer.holds if hold.role in FOLLOWER_ROLES}
    return (viewer.above(unit.pk) - {unit.pk}).intersection(held)


def tasks_of(viewer: Viewer, subject: ResponsibilityCase) -> QuerySet[Task]:
    """Given because of it, as far as the viewer may see them."""
    type_, id_ = subject_of(subject)
    return named_tasks(visible_tasks(viewer).filter(subject_type=type_, subject_id=id_), viewer.day)
