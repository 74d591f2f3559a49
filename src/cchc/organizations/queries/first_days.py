"""What began with a unit on its very first day: its parts, posts in it, roles over it, who follows it, its calendar."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from cchc.organizations.models import CalendarUse, Placement, Posting, RoleGrant, Supervision, Unit


def first_placement(unit: Unit) -> Placement:
    """As what the unit began."""
    first = unit.placements.select_related("unit", "parent").order_by("starts_on").first()
    assert first is not None  # no unit is without one
    return first


def begun_with(unit: Unit) -> list[Placement]:
    """As what the unit began, and each of its parts that was founded under it on that day, with theirs; from the top
    down. A query for each level.
    """
    first = first_placement(unit)
    found, wave = [first], [unit.pk]
    older = Placement.objects.filter(unit=OuterRef("unit"), starts_on__lt=first.starts_on)
    while wave:
        parts = Placement.objects.filter(~Exists(older), parent__in=wave, starts_on=first.starts_on)
        level = list(parts.select_related("unit", "parent").order_by("sort_key", "unit_id"))
        found += level
        wave = [one.unit_id for one in level]
    return found


def postings_in(units: Collection[int]) -> QuerySet[Posting]:
    """Main posts first, each with official and unit."""
    return Posting.objects.filter(unit__in=units).select_related("official", "unit").order_by("-is_main", "pk")


def grants_over(units: Collection[int]) -> QuerySet[RoleGrant]:
    """Roles over them, each with its official."""
    return RoleGrant.objects.filter(unit__in=units).select_related("official").order_by("pk")


def supervisions_of(units: Collection[int]) -> QuerySet[Supervision]:
    """Whom they follow, and by whom they are followed."""
    either = Q(unit__in=units) | Q(supervisor__in=units)
    return Supervision.objects.filter(either).select_related("unit", "supervisor").order_by("pk")


def calendars_in(units: Collection[int]) -> QuerySet[CalendarUse]:
    """Calendars that they chose themselves."""
    return CalendarUse.objects.filter(unit__in=units).order_by("pk")


def parts_under(units: Collection[int]) -> QuerySet[Placement]:
    """What ever stood under them."""
    return Placement.objects.filter(parent__in=units).order_by("pk")
