"""What a unit may be told of a register when it writes about it, whoever writes: all of one that it keeps, of another
the entries that concern it; with those of units that are gone and went into it.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from cchc.followups.models import Task
from cchc.followups.queries.of_unit import Affairs
from cchc.followups.states import WITHDRAWN
from cchc.organizations.queries.units import name_on
from cchc.records.errors import refuse
from cchc.registers.models import Register, RegisterEntry
from cchc.registers.queries.tasks import SUBJECT_TYPE

_LONGEST_KEY = 18


def register_told(affairs: Affairs, number: str) -> Register:
    """With its keeper and `keeper_name`. Raises `registers.register_not_found` for one that is none of its affairs."""
    concerned = RegisterEntry.objects.filter(register=OuterRef("pk"), unit__in=affairs.keys)
    told = Register.objects.filter(Q(keeper__in=affairs.keys) | Exists(concerned))
    known = told.annotate(keeper_name=name_on(affairs.day, "keeper")).select_related("keeper")
    found = known.filter(pk=number).first() if number.isdecimal() and len(number) <= _LONGEST_KEY else None
    if found is None:
        raise refuse("registers.register_not_found")
    return found


def entries_told(affairs: Affairs, register: Register) -> QuerySet[RegisterEntry]:
    """Those that stand, in their order, each with `unit_name`."""
    found = RegisterEntry.objects.filter(register=register, struck_at=None)
    if register.keeper_id not in affairs.keys:
        found = found.filter(unit__in=affairs.keys)
    return found.annotate(unit_name=name_on(affairs.day)).order_by("place")


def tasks_told(affairs: Affairs, register: Register, entries: list[RegisterEntry]) -> dict[int, list[Task]]:
    """The tasks of these entries by their keys, those withdrawn aside: to the keeper all, to another unit those of its
    affairs.
    """
    keys = [str(entry.pk) for entry in entries]
    found = _all(affairs.day) if register.keeper_id in affairs.keys else affairs.tasks()
    grouped: dict[int, list[Task]] = {}
    for task in found.filter(subject_type=SUBJECT_TYPE, subject_id__in=keys).exclude(state=WITHDRAWN):
        grouped.setdefault(int(task.subject_id), []).append(task)
    return grouped


def _all(day: date) -> QuerySet[Task]:
    return Task.objects.annotate(owner_name=name_on(day, "owner")).order_by("due_at", "pk")
