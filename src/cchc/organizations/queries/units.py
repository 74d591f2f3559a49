"""Units as of any day: what they were called, what stood under them, what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from cchc.interface.errors import current_language
from cchc.organizations.models import Ancestry, CalendarUse, Placement, Posting, Succession, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.lineage import lineage
from cchc.records.errors import refuse
from cchc.records.search import fold

PAGE_SIZE: Final = 100


def get_unit(code: str) -> Unit:
    """Raises `organizations.unit_not_found`."""
    try:
        return Unit.objects.get(code=code)
    except Unit.DoesNotExist:
        raise refuse("organizations.unit_not_found", code=code) from None


def history(unit: Unit) -> list[Placement]:
    """Every name, kind and place of a unit, the newest first, each with its parent."""
    return list(unit.placements.select_related("parent").order_by("-starts_on"))


def get_placement(unit: Unit, number: int) -> Placement:
    """With its parent. Raises `organizations.placement_not_found`."""
    found = unit.placements.filter(pk=number).select_related("parent", "unit").order_by("pk").first()
    if found is None:
        raise refuse("organizations.placement_not_found")
    return found


def get_calendar_use(unit: Unit, number: int) -> CalendarUse:
    """Raises `organizations.calendar_use_not_found`."""
    found = unit.calendar_uses.filter(pk=number).select_related("unit").order_by("pk").first()
    if found is None:
        raise refuse("organizations.calendar_use_not_found")
    return found


def has_begun(unit: Unit, day: date) -> bool:
    """Whether the unit was there on that day, or before."""
    return begun(unit, day).exists()


def begun(unit: Unit, day: date) -> QuerySet[Placement]:
    """What the unit was called on that day, or before."""
    return unit.placements.filter(starts_on__lte=day)


def calendars_to_come(unit: Unit, day: date) -> QuerySet[CalendarUse]:
    """What the unit will work by after that day, by its own choice."""
    return unit.calendar_uses.filter(starts_on__gt=day).order_by("starts_on")


@dataclass(frozen=True, slots=True)
class Life:
    """A unit's history, the newest first; its `way` from the top on the day asked for, empty when it was not there; and
    the keys of all that it stands under, or is, today, and ever.
    """

    history: Sequence[Placement]
    way: Sequence[Placement]
    above_today: frozenset[int]
    above_ever: frozenset[int]

    @property
    def unit(self) -> Unit:
        """Whose life it is."""
        return self.history[0].unit


def get_life(code: str, day: date, today: date) -> Life:
    """Each placement with its unit and with `calendar`, the unit's own on that day. One query. Raises
    `organizations.unit_not_found`.
    """
    ever = Ancestry.objects.filter(descendant__code=code)
    links, now = ever.filter(during(day)), ever.filter(during(today))
    own_calendar = CalendarUse.objects.filter(during(day), unit=OuterRef("unit")).values("calendar")[:1]
    found = list(
        Placement.objects.filter(unit__in=ever.values("ancestor"))
        .select_related("unit", "parent")
        .annotate(depth=Subquery(links.filter(ancestor=OuterRef("unit")).values("depth")[:1]))
        .annotate(is_above=Exists(now.filter(ancestor=OuterRef("unit"))), calendar=Subquery(own_calendar))
        .order_by("-starts_on")
    )
    history = [one for one in found if one.unit.code == code]
    if not history:
        raise refuse("organizations.unit_not_found", code=code)
    way = [one for one in found if one.depth is not None and one.holds_on(day)]
    above = frozenset(one.unit_id for one in found if one.is_above)
    ever_above = frozenset(one.unit_id for one in found)
    return Life(history, sorted(way, key=lambda one: -one.depth), above, ever_above)


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
    return list(way_to(unit, day))


def way_to(unit: Unit, day: date) -> QuerySet[Placement]:
    """The same, to be read with others."""
    above = during(day, "unit__links_down__") & Q(unit__links_down__descendant=unit)
    return placed_on(day).filter(above).order_by("-unit__links_down__depth")


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
    return as_ways(units, links_up(units, day))


def links_up(units: Collection[int], day: date) -> QuerySet[Ancestry, tuple[int, int]]:
    """Pairs of keys: these units, and the units themselves and all above them on that day."""
    links = Ancestry.objects.filter(during(day), descendant__in=list(units)).order_by("pk")
    return links.values_list("descendant_id", "ancestor_id")


def as_ways(units: Collection[int], links: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    """By key of each unit the others of its pairs."""
    found: dict[int, set[int]] = {unit: set() for unit in units}
    for unit, above in links:
        found[unit].add(above)
    return {unit: frozenset(above) for unit, above in found.items()}


def placed_with_ways(codes: Collection[str], day: date) -> list[tuple[Placement, frozenset[int]]]:
    """Units by code, in the order of names, each as it stood on that day with `above`, the name of its parent, and the
    keys of itself and of all above it. One query.
    """
    linked = during(day, "unit__links_up__") & Q(unit__code__in=list(codes))
    found = placed_on(day).filter(linked).annotate(above=name_above(day), over=F("unit__links_up__ancestor"))
    ways, placed = defaultdict[int, set[int]](set), dict[int, Placement]()
    for one in found:
        placed.setdefault(one.unit_id, one)
        ways[one.unit_id].add(one.over)
    return [(one, frozenset(ways[unit])) for unit, one in placed.items()]


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


def within(units: Q, day: date, field: str = "unit") -> Q:
    """The condition on a `Placement` or another record with `unit` (or another `field`) of standing, on that day, under
    (or being) one of the units that `units`, a condition on `Ancestry` such as `Q(ancestor__in=[…])`, names.
    """
    links = Ancestry.objects.filter(during(day), units).values("descendant_id")
    return Q(**{f"{field}_id__in": links})


@dataclass(frozen=True, slots=True)
class UnitSearch:
    """What is sought: words of the name without regard to tone marks, a kind, under which unit; `headless`:
    those alone of which no head is noted.
    """

    text: str = ""
    kind: str = ""
    under: Unit | None = None
    headless: bool = False


def search_units(asked: UnitSearch, day: date) -> QuerySet[Placement]:
    """Units by name on that day, each with `above`, the name of its parent."""
    found = placed_on(day).annotate(above=name_above(day))
    for word in fold(asked.text).split():
        found = found.filter(search_key__contains=word)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.under is not None:
        found = found.filter(within(Q(ancestor=asked.under), day))
    if asked.headless:
        found = found.filter(~Exists(Posting.objects.on(day).filter(unit=OuterRef("unit"), is_head=True)))
    return found


def name_above(day: date) -> Subquery:
    """What the parent of a placement was called on that day: for annotating placements."""
    return first_name(Placement.objects.filter(during(day), unit=OuterRef("parent")))


def after(found: QuerySet[Placement], last: Placement | None) -> QuerySet[Placement]:
    """The rest of a list in the order of names behind `last`: by its key, as quick at the end as at the start."""
    if last is None:
        return found
    return found.filter(Q(sort_key__gt=last.sort_key) | Q(sort_key=last.sort_key, unit_id__gt=last.unit_id))


def calendars_over(unit: Unit, day: date) -> QuerySet[CalendarUse]:
    """The calendar the unit works by on that day stands first: its own, else that of the nearest unit above that has
    one.
    """
    depth = Ancestry.objects.filter(during(day), descendant=unit, ancestor=OuterRef("unit")).values("depth")[:1]
    uses = CalendarUse.objects.on(day).annotate(depth=Subquery(depth)).filter(depth__isnull=False)
    return uses.select_related("unit").order_by("depth", "pk")


def calendars_used(units: Collection[int], day: date) -> dict[int, str]:
    """By key: the calendar each of these units works by on that day, as `calendars_over` says; without those of none.
    For a unit that is gone, that which those now use under whom it stood last.
    """
    links = Ancestry.objects.filter(
        during(day) | _of_last_day(day), during(day, "ancestor__calendar_uses__"), descendant__in=units
    )
    farthest_first = links.order_by("-depth", "pk")
    return dict(farthest_first.values_list("descendant_id", "ancestor__calendar_uses__calendar"))


def name_on(day: date, of: str = "unit") -> Subquery:
    """What the unit in the column `of` was called on that day, or was last called before it: for annotating other
    records.
    """
    begun = Placement.objects.filter(unit=OuterRef(of), starts_on__lte=day).order_by("-starts_on")
    return first_name(begun)


def first_name(placements: QuerySet[Placement]) -> Subquery:
    """What the first of these is called in the reader's language: in English where there is such a name."""
    if current_language() != "en":
        return Subquery(placements.values("name_vi")[:1])
    shown = Coalesce(NullIf(F("name_en"), Value("", TextField())), F("name_vi"))
    return Subquery(placements.annotate(shown_name=shown).values("shown_name")[:1])


def follows_calendar_of(unit: Unit, day: date) -> QuerySet[Placement]:
    """What a change of the unit's calendar touches: it and all below that has no calendar of its own in between."""
    own = CalendarUse.objects.on(day).exclude(unit=unit)
    between = Ancestry.objects.filter(
        during(day), descendant=OuterRef("unit"), ancestor__in=own.values("unit"),
        ancestor__links_up__in=Ancestry.objects.filter(during(day), ancestor=unit),
    )  # fmt: skip
    return placed_on(day).filter(within(Q(ancestor=unit), day)).exclude(Exists(between))


def heirs_of(unit: Unit, day: date) -> list[Unit]:
    """Who carries a unit on at that day: itself while it is placed, else its successors and theirs."""
    return _units(heirs([unit.pk], day)[unit.pk])


def origins_of(unit: Unit, day: date) -> list[Unit]:
    """Who was, on that day, what is the unit today: itself if it was placed then, and all that went into it later."""
    return _units(origins([unit.pk], day)[unit.pk])


def heirs(units: Collection[int], day: date) -> dict[int, list[Placement]]:
    """By key, for each of these units: what carries it on at that day, as called then, in the order of names. One
    query.
    """
    found = lineage(units, day)
    return {unit: found.heirs(unit) for unit in units}


def origins(units: Collection[int], day: date) -> dict[int, list[Placement]]:
    """By key, for each of these units: what it was made of on that day, as called then, in the order of names. One
    query.
    """
    found = lineage(units, day)
    return {unit: found.origins(unit) for unit in units}


def named(units: Iterable[Unit], day: date) -> list[Placement]:
    """What these units were called on that day, in the order of names."""
    return list(placed_on(day).filter(unit__in=list(units)))


def _units(placements: Iterable[Placement]) -> list[Unit]:
    return sorted((one.unit for one in placements), key=lambda unit: unit.code)
