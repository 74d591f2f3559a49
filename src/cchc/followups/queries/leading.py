"""Who may answer for the tasks of a unit by name: who works in it, and who heads or signs for a unit above it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from cchc.followups.models import Task
from cchc.followups.states import OPEN
from cchc.organizations.models import Ancestry, Official, Posting, RoleGrant, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import heirs, placed_on

_BATCH: Final = 500
SIGNS: Final = ("unit_head", "signing_leader")
"""Roles by which somebody leads the unit they work in without being its head: deputy chairs and the like."""


def leaders_of(units: Collection[int], day: date) -> QuerySet[Official]:
    """Whoever may lead a task of at least one of these units on that day."""
    above = Ancestry.objects.filter(during(day), descendant__in=units).order_by().values("ancestor")
    there = Posting.objects.on(day).filter(Q(unit__in=units) | Q(unit__in=above) & (Q(is_head=True) | _signs(day)))
    return Official.objects.filter(pk__in=there.order_by().values("official")).order_by("pk")


def not_led_by(leader: Official, units: Sequence[Unit], day: date) -> list[Unit]:
    """Those of these units whose tasks the official may not lead on that day. Three queries at most, two more where a
    unit is gone: then what carries it on counts.
    """
    works = dict(_leads(leader, day))
    of_units = carried([unit.pk for unit in units], day)
    wanted = {key for of in of_units.values() for key in of}
    leading = [unit for unit, leads in works.items() if leads]
    links = Ancestry.objects.filter(during(day), descendant__in=wanted, ancestor__in=leading) if leading else ()
    below = {link.descendant_id for link in links} | works.keys()
    return [unit for unit in units if below.isdisjoint(of_units[unit.pk])]


def led_by_these(officials: Collection[int]) -> Iterator[tuple[Official, list[Task]]]:
    """Of these officials, by key, those who lead open tasks, with the tasks by deadline. A query for every 500."""
    keys = sorted(officials)
    for start in range(0, len(keys), _BATCH):
        led = Task.objects.filter(state__in=OPEN, leader__in=keys[start : start + _BATCH])
        found = led.select_related("leader", "owner").order_by("leader", "due_at", "pk")
        for _, tasks in groupby(found, key=lambda task: task.leader_id):
            listed = list(tasks)
            assert listed[0].leader is not None  # found by it
            yield listed[0].leader, listed


def no_longer_led(leader: Official, tasks: Sequence[Task], day: date) -> list[Task]:
    """Those of the official's tasks that they may not lead on that day."""
    others = {unit.pk for unit in not_led_by(leader, list({task.owner_id: task.owner for task in tasks}.values()), day)}
    return [task for task in tasks if task.owner_id in others]


def carried_on(unit: Unit, day: date) -> list[int]:
    """The unit, or what carries it on where it is gone, by key."""
    return sorted(carried([unit.pk], day)[unit.pk])


def carried(units: Collection[int], day: date) -> dict[int, set[int]]:
    """By key: each of these units, with what carries it on where it is gone. Two queries at most."""
    there = {one.unit_id for one in placed_on(day).filter(unit__in=units)}
    found = {key: {key} for key in units}
    if gone := set(units) - there:
        for key, of in heirs(gone, day).items():
            found[key] |= {one.unit_id for one in of}
    return found


def _leads(leader: Official, day: date) -> list[tuple[int, bool]]:
    """Where the official works on that day, and whether they lead there."""
    named = Posting.objects.on(day).filter(official=leader).annotate(signs=_signs(day)).order_by("pk")
    return [(one.unit_id, one.is_head or one.signs) for one in named]


def _signs(day: date) -> Exists:
    held = RoleGrant.objects.on(day).filter(official=OuterRef("official"), unit=OuterRef("unit"), role__in=SIGNS)
    return Exists(held)
