"""Units as of any day: what they were called, what stood under them, what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from cchc.organizations.models import Ancestry, CalendarUse, Placement, Reorganization, Succession, Unit
from cchc.organizations.models.dated import during
from cchc.records.errors import refuse
from cchc.records.search import fold

PAGE_SIZE: Final = 100
_MOST_SUCCESSORS: Final = 10  # generations that are followed


def get_unit(code: str) -> Unit:
    """Raises `organizations.unit_not_found`."""
    try:
        return Unit.objects.get(code=code)
    except Unit.DoesNotExist:
        raise refuse("organizations.unit_not_found", code=code) from None


def history(unit: Unit) -> list[Placement]:
    """Every name, kind and place of a unit, the newest first, each with its parent."""
    return list(unit.placements.select_related("parent").order_by("-starts_on"))


def get_life(code: str, day: date) -> tuple[list[Placement], list[Placement]]:
    """A unit's history, the newest first, and its way from the top on that day, each placement with its unit and with
    `calendar`, the unit's own on that day. One query. Raises `organizations.unit_not_found`.
    """
    links = Ancestry.objects.filter(during(day), descendant__code=code)
    own_calendar = CalendarUse.objects.filter(during(day), unit=OuterRef("unit")).values("calendar")[:1]
    found = (
        Placement.objects.filter(Q(unit__code=code) | during(day) & Q(unit__in=links.values("ancestor")))
        .select_related("unit", "parent")
        .annotate(depth=Subquery(links.filter(ancestor=OuterRef("unit")).values("depth")[:1]))
        .annotate(calendar=Subquery(own_calendar))
        .order_by("-starts_on")
    )
    life = [one for one in found if one.unit.code == code]
    if not life:
        raise refuse("organizations.unit_not_found", code=code)
    there = [one for one in found if one.depth is not None and one.holds_on(day)]
    return life, sorted(there, key=lambda one: -one.depth)


def placed_on(day: date) -> QuerySet[Placement]:
    """What there was on that day, in the order of names, each with its unit."""
    return Placement.objects.on(day).select_related("unit").order_by("sort_key", "unit_id")


def children(parent: Unit | None, day: date) -> QuerySet[Placement]:
    """What stood directly under `parent` on that day (at the top for None), each with `parts` counted."""
    parts = (
        Placement.objects.filter(during(day), parent=OuterRef("unit"))
        .order_by()
        .values("parent")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return placed_on(day).filter(parent=parent).annotate(parts=Subquery(parts))


def path(unit: Unit, day: date) -> list[Placement]:
    """From the top down to the unit itself, as they were called on that day. One query."""
    above = during(day, "unit__links_down__") & Q(unit__links_down__descendant=unit)
    return list(placed_on(day).filter(above).order_by("-unit__links_down__depth"))


def around(units: Collection[int], day: date) -> list[Placement]:
    """These units and all above them, from the top down, as they are called on that day. One query, none for none."""
    if not units:
        return []
    links = Ancestry.objects.filter(during(day), descendant__in=units)
    depth = links.filter(ancestor=OuterRef("unit")).order_by("-depth").values("depth")[:1]
    found = placed_on(day).filter(unit__in=links.values("ancestor")).annotate(depth=Subquery(depth))
    return sorted(found, key=lambda one: -one.depth)


def ancestors_of(unit_id: int, day: date) -> frozenset[int]:
    """The unit and all above it on that day."""
    links = Ancestry.objects.filter(during(day), descendant=unit_id).order_by("pk")
    return frozenset(links.values_list("ancestor_id", flat=True))


def ways(units: Collection[int], day: date) -> dict[int, frozenset[int]]:
    """By key: `ancestors_of` each of these units. One query."""
    found: dict[int, set[int]] = {unit: set() for unit in units}
    links = Ancestry.objects.filter(during(day), descendant__in=list(units)).order_by("pk")
    for unit, above in links.values_list("descendant_id", "ancestor_id"):
        found[unit].add(above)
    return {unit: frozenset(above) for unit, above in found.items()}


def gone_under(units: Collection[int], day: date) -> Q:
    """The condition on a `Unit` of not being there on that day, while one of these units stood above it once, or stands
    on that day above what it went into.
    """
    there = Ancestry.objects.filter(during(day)).values("descendant")
    once = Ancestry.objects.filter(ancestor__in=units).values("descendant")
    heirs_above = during(day, "successor__links_up__") & Q(successor__links_up__ancestor__in=units)
    went = Succession.objects.filter(heirs_above).values("predecessor")
    return ~Q(pk__in=there) & (Q(pk__in=once) | Q(pk__in=went))


def _of_last_day(day: date) -> Q:
    """The condition on `Ancestry` of saying where a unit that is gone on that day stood last."""
    of_same = Ancestry.objects.filter(descendant=OuterRef("descendant"))
    last = of_same.filter(ends_on__lt=day).order_by("-ends_on").values("ends_on")[:1]
    return Q(ends_on=Subquery(last)) & ~Exists(of_same.filter(during(day)))


def stood_over(held: Q, unit: Unit, day: date) -> bool:
    """Whether one of the units that `held`, a condition on `Ancestry`, names stood on its last day above a unit that is
    gone on that day, or will stand above one that is still to come. One query.
    """
    links = Ancestry.objects.filter(held, descendant=unit)
    return links.filter(Q(starts_on__gt=day) | _of_last_day(day)).exists()


def gone_with_heirs(day: date) -> dict[int, frozenset[int]]:
    """By key: what carries on, on that day, each unit that went into others and is not there any more. One query."""
    there = Placement.objects.filter(during(day), unit=OuterRef("predecessor"))
    done = Succession.objects.filter(~Exists(there), reorganization__effective_on__lte=day)
    steps = defaultdict[int, set[int]](set)
    for one, other in done.order_by().values_list("predecessor", "successor"):
        steps[one].add(other)
    return {unit: frozenset(_closure(unit, steps) - steps.keys()) for unit in steps}


def within(units: Q, day: date) -> Q:
    """The condition on a `Placement` or another record with `unit` of standing, on that day, under (or being) one of
    the units that `units`, a condition on `Ancestry` such as `Q(ancestor__in=[…])`, names.
    """
    links = Ancestry.objects.filter(during(day), units).values("descendant_id")
    return Q(unit_id__in=links)


@dataclass(frozen=True, slots=True)
class UnitSearch:
    """What is sought: words of the name without regard to tone marks, a kind, under which unit."""

    text: str = ""
    kind: str = ""
    under: Unit | None = None


def search_units(asked: UnitSearch, day: date) -> QuerySet[Placement]:
    """Units by name on that day, each with `above`, the name of its parent."""
    above = Placement.objects.filter(during(day), unit=OuterRef("parent")).values("name_vi")[:1]
    found = placed_on(day).annotate(above=Subquery(above))
    for word in fold(asked.text).split():
        found = found.filter(search_key__contains=word)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.under is not None:
        found = found.filter(within(Q(ancestor=asked.under), day))
    return found


def after(found: QuerySet[Placement], last: Placement | None) -> QuerySet[Placement]:
    """The rest of a list in the order of names behind `last`: by its key, as quick at the end as at the start."""
    if last is None:
        return found
    return found.filter(Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, unit_id__gt=last.unit_id))


def calendar_of(unit: Unit, day: date) -> CalendarUse | None:
    """The calendar the unit works by on that day: its own, else that of the nearest unit above that has one."""
    depth = Ancestry.objects.filter(during(day), descendant=unit, ancestor=OuterRef("unit")).values("depth")[:1]
    uses = CalendarUse.objects.on(day).annotate(depth=Subquery(depth)).filter(depth__isnull=False)
    return uses.select_related("unit").order_by("depth", "pk").first()


def calendars_used(units: Collection[int], day: date) -> dict[int, str]:
    """By key: the calendar each of these units works by on that day, as `calendar_of` says; without those of none. For
    a unit that is gone, that which those now use under whom it stood last.
    """
    links = Ancestry.objects.filter(
        during(day) | _of_last_day(day), during(day, "ancestor__calendar_uses__"), descendant__in=units
    )
    farthest_first = links.order_by("-depth", "pk")
    return dict(farthest_first.values_list("descendant_id", "ancestor__calendar_uses__calendar"))


def name_on(day: date, of: str = "unit") -> Subquery:
    """What the unit in the column `of` was called on that day, in Vietnamese, or was last called before it: for
    annotating other records.
    """
    begun = Placement.objects.filter(unit=OuterRef(of), starts_on__lte=day).order_by("-starts_on")
    return Subquery(begun.values("name_vi")[:1])


def follows_calendar_of(unit: Unit, day: date) -> QuerySet[Placement]:
    """What a change of the unit's calendar touches: it and all below that has no calendar of its own in between."""
    own = CalendarUse.objects.on(day).exclude(unit=unit)
    between = Ancestry.objects.filter(
        during(day), descendant=OuterRef("unit"), ancestor__in=own.values("unit"),
        ancestor__links_up__in=Ancestry.objects.filter(during(day), ancestor=unit),
    )  # fmt: skip
    return placed_on(day).filter(within(Q(ancestor=unit), day)).exclude(Exists(between))


def reorganizations_of(unit: Unit, day: date) -> list[tuple[Reorganization, list[Succession]]]:
    """What a unit came from and went into, the newest first, with who turned into whom and what each is called:
    `predecessor_name` before, `successor_name` after, `heir_name` on that day, null for one that is gone by then; those
    of one successor together. One query.
    """
    touching = Succession.objects.filter(Q(predecessor=unit) | Q(successor=unit)).values("reorganization")
    effective_on = OuterRef("reorganization__effective_on")
    before = Placement.objects.filter(unit=OuterRef("predecessor"), starts_on__lt=effective_on)
    after = Placement.objects.filter(unit=OuterRef("successor"), starts_on__lte=effective_on)
    steps = _with_heirs(Succession.objects.filter(reorganization__in=touching), day).annotate(
        predecessor_name=_last_name(before), successor_name=_last_name(after)
    )
    steps = steps.select_related("reorganization", "predecessor")
    steps = steps.order_by("-reorganization__effective_on", "-reorganization_id", "successor_id", "pk")
    return [(change, list(of)) for change, of in groupby(steps, key=lambda step: step.reorganization)]


def _last_name(placements: QuerySet[Placement]) -> Subquery:
    return Subquery(placements.order_by("-starts_on").values("name_vi")[:1])


def _with_heirs(steps: QuerySet[Succession], day: date) -> QuerySet[Succession]:
    there = Placement.objects.filter(during(day), unit=OuterRef("successor")).values("name_vi")[:1]
    return steps.select_related("successor").annotate(heir_name=Subquery(there))


def carried_on_by(unit: Unit, day: date, changes: Iterable[tuple[Reorganization, list[Succession]]]) -> dict[str, str]:
    """The heirs on that day of a unit that is gone by then: names by code. `changes` are its reorganizations as of that
    day; one query for each generation beyond them.
    """
    steps = [step for change, of in changes for step in of
             if step.predecessor_id == unit.pk and change.effective_on <= day]  # fmt: skip
    found, seen = dict[str, str](), {unit.pk}
    for _ in range(_MOST_SUCCESSORS):
        new = [step for step in steps if step.successor_id not in seen]
        found |= {step.successor.code: step.heir_name for step in new if step.heir_name is not None}
        seen |= {step.successor_id for step in new}
        gone = {step.successor_id for step in new if step.heir_name is None}
        if not gone:
            break
        further = Succession.objects.filter(predecessor__in=gone, reorganization__effective_on__lte=day)
        steps = list(_with_heirs(further, day).order_by("pk"))
    return dict(sorted(found.items()))


def heirs_of(unit: Unit, day: date) -> list[Unit]:
    """Who carries a unit on at that day: itself while it is placed, else its successors and theirs."""
    return _units(heirs([unit.pk], day)[unit.pk])


def origins_of(unit: Unit, day: date) -> list[Unit]:
    """Who was, on that day, what is the unit today: itself if it was placed then, and all that went into it later."""
    return _units(origins([unit.pk], day)[unit.pk])


def heirs(units: Collection[int], day: date) -> dict[int, list[Placement]]:
    """By key, for each of these units: what carries it on at that day, as called then, in the order of names. Two
    queries.
    """
    return _trace(units, day, forward=True)


def origins(units: Collection[int], day: date) -> dict[int, list[Placement]]:
    """By key, for each of these units: what it was made of on that day, as called then, in the order of names. Two
    queries.
    """
    return _trace(units, day, forward=False)


def named(units: Iterable[Unit], day: date) -> list[Placement]:
    """What these units were called on that day, in the order of names."""
    return list(placed_on(day).filter(unit__in=list(units)))


def _units(placements: Iterable[Placement]) -> list[Unit]:
    return sorted((one.unit for one in placements), key=lambda unit: unit.code)


def _trace(units: Collection[int], day: date, *, forward: bool) -> dict[int, list[Placement]]:
    """Follow successions forwards up to the day or backwards from after it. Forwards it ends where a unit stands."""
    steps = _steps(day, forward=forward)
    near = {other for unit in units for other in _closure(unit, steps)}
    there = {one.unit_id: one for one in placed_on(day).filter(unit__in=near)}
    onwards = {unit: others for unit, others in steps.items() if unit not in there} if forward else steps
    return {unit: _placed(_closure(unit, onwards), there) for unit in units}


def _steps(day: date, *, forward: bool) -> Mapping[int, Collection[int]]:
    """All units that went into others by that day with these; backwards, those into which others went after it.

    All at once, since reorganizations are few (some ten thousand in a country) and generations cost a query each.
    """
    steps = defaultdict[int, set[int]](set)
    if forward:
        done = Succession.objects.filter(reorganization__effective_on__lte=day).values_list("predecessor", "successor")
    else:
        done = Succession.objects.filter(reorganization__effective_on__gt=day).values_list("successor", "predecessor")
    for one, other in done.order_by():
        steps[one].add(other)
    return dict(steps)


def _closure(unit: int, steps: Mapping[int, Collection[int]]) -> set[int]:
    """The unit and all that the steps lead to from it."""
    found, wave = {unit}, {unit}
    while wave:
        wave = {other for one in wave for other in steps.get(one, ())} - found
        found |= wave
    return found


def _placed(units: Collection[int], there: Mapping[int, Placement]) -> list[Placement]:
    return sorted((there[one] for one in units if one in there), key=lambda one: (one.sort_key, one.unit_id))
