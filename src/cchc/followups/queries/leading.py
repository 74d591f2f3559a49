"""Who may answer for the tasks of a unit by name: who works in it, and who heads or signs for a unit above it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from cchc.organizations.models import Ancestry, Official, Posting, RoleGrant, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import heirs, placed_on

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
