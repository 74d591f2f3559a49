"""The lists of a month of a unit and all below it, compiled: what each body has published, and who has not.

For the public nothing is read but what stands on the page, and that something left it: whoever has a draft, or a list
that is frozen, is the same to it as who has none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from cchc.interface.errors import current_language
from cchc.interface.together import Reads
from cchc.organizations.kinds import unit_kinds
from cchc.organizations.models import Ancestry, Placement, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import name_on, placed_on, way_to, within
from cchc.organizations.viewers import Viewer
from cchc.oversight.models import ListVersion, MonthlyList
from cchc.oversight.permissions import WATCHERS
from cchc.oversight.published_list import LATE, OVERDUE, OVERRUN, Content
from cchc.oversight.queries.lists import bodies_on
from cchc.oversight.states_lists import EXPIRED, PUBLISHED, WITHDRAWN
from cchc.records.errors import refuse
from cchc.records.months import last_day

SUMS: Final = ("officials", "volume", OVERDUE, "slow", LATE, OVERRUN)
"""What is added up: people named, dossiers that they held, entries of each class, minutes of each class."""


@dataclass(frozen=True, slots=True)
class Part:
    """A body that publishes: its list, where the reader may know of one, and what that says now, where it may be
    read.
    """

    unit: int
    code: str
    name: str
    list: MonthlyList | None = None
    version: ListVersion | None = None
    content: Content | None = None

    @property
    def has_published(self) -> bool:
        """Whether it has, be it that the list has left the page since."""
        return self.list is not None and self.list.published_at is not None

    @property
    def sums(self) -> Mapping[str, int]:
        """`SUMS` of what is published; nothing where nothing may be read."""
        if self.content is None:
            return dict.fromkeys(SUMS, 0)
        totals = self.content["totals"]
        volume = sum(one["volume"] for one in self.content["officials"])
        return {name: volume if name == "volume" else totals[name] for name in SUMS}


@dataclass(frozen=True, slots=True)
class Compiled:
    """All bodies of a unit in a month as the tree stood at its end, by name; `way` leads down to the unit."""

    unit: Unit
    month: date
    way: Sequence[Placement]
    parts: Sequence[Part]

    @property
    def shown(self) -> Sequence[Part]:
        """Those whose list may be read."""
        return [one for one in self.parts if one.content is not None]

    @property
    def missing(self) -> Sequence[Part]:
        """Those that have published none."""
        return [one for one in self.parts if not one.has_published]

    @property
    def sums(self) -> Mapping[str, int]:
        """`SUMS` over all that may be read."""
        of_parts = [one.sums for one in self.parts]
        return {name: sum(one[name] for one in of_parts) for name in SUMS}


def reading_compiled(viewer: Viewer, unit: Unit, month: date) -> Reads[Compiled]:
    """For those in office: bodies in one's scope, whatever came of their lists; also what left the page.

    Raises `oversight.compiled_not_found` where no body is below the unit.
    """
    day, held = _day_of(month, viewer.day), viewer.units_held(*WATCHERS)
    seen = within(held, day) | within(held, viewer.day)
    lists = MonthlyList.objects.exclude(state=WITHDRAWN).filter(seen)
    bodies = bodies_on(day).filter(seen)
    return _reading(unit, month, viewer.day, bodies, lists, Q(published_at__isnull=False))


def reading_public(code: str, month: date, today: date) -> Reads[Compiled]:
    """For everybody: what stands on the page today. Raises `oversight.public_not_found` where nothing of it does."""
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise refuse("oversight.public_not_found")
    lists = MonthlyList.objects.filter(state__in=(PUBLISHED, EXPIRED))
    on_page = Q(state=PUBLISHED, expires_on__gte=today)
    found = _reading(unit, month, today, bodies_on(_day_of(month, today)), lists, on_page, "oversight.public_not_found")
    return found.made(_on_page)


def _on_page(found: Compiled) -> Compiled:
    if not found.shown:
        raise refuse("oversight.public_not_found")
    return found


def _reading(
    unit: Unit, month: date, today: date, bodies: QuerySet[Placement], lists: QuerySet[MonthlyList], readable: Q,
    nothing: str = "oversight.compiled_not_found",
) -> Reads[Compiled]:  # fmt: skip
    """Four reads that need nothing of each other. A list of a body that was founded since counts too."""
    day, below = _day_of(month, today), Q(ancestor=unit)
    there = bodies.filter(within(below, day))
    found = lists.filter(within(below, day) | within(below, today), month=month)
    newer = ListVersion.objects.filter(list=OuterRef("list"), number__gt=OuterRef("number"))
    texts = ListVersion.objects.filter(~Exists(newer), list__in=found.filter(readable).order_by().values("pk"))
    reads = (
        way_to(unit, day),
        there,
        found.select_related("unit", "basis").annotate(unit_name=name_on(today)).order_by("unit__code"),
        texts.order_by("list"),
    )
    return Reads(reads, lambda: _compiled(unit, month, nothing, *(list(one) for one in reads)))


def _compiled(
    unit: Unit, month: date, nothing: str, way: Sequence[Placement], bodies: Sequence[Placement],
    lists: Sequence[MonthlyList], versions: Sequence[ListVersion],
) -> Compiled:  # fmt: skip
    named = {one.unit_id: (one.unit.code, one.name_in(current_language())) for one in bodies}
    named |= {one.unit_id: (one.unit.code, one.unit_name or one.unit.code) for one in lists if one.unit_id not in named}
    if not named.keys() - {unit.pk}:
        raise refuse(nothing)
    of, said = {one.unit_id: one for one in lists}, {one.list_id: one for one in versions}
    parts = [_part(key, *names, of.get(key), said) for key, names in named.items()]
    return Compiled(unit, month, way, parts)


def _part(unit: int, code: str, name: str, list_: MonthlyList | None, said: Mapping[int, ListVersion]) -> Part:
    version = None if list_ is None else said.get(list_.pk)
    return Part(unit, code, name, list_, version, None if version is None else json.loads(version.content))


def _day_of(month: date, today: date) -> date:
    """On which day the tree of units is looked at."""
    return min(last_day(month), today)


def compiling(viewer: Viewer) -> QuerySet[Placement]:
    """The units over which the viewer watches and below which others publish, by name."""
    held = within(viewer.units_held(*WATCHERS), viewer.day)
    return _with_bodies(placed_on(viewer.day).filter(held), viewer.day)


def compiled_on_page(month: date, today: date) -> QuerySet[Placement]:
    """The units of which something compiled stands on the page of a month today."""
    day = _day_of(month, today)
    lists = MonthlyList.objects.filter(month=month, state=PUBLISHED, expires_on__gte=today)
    above = Ancestry.objects.filter(during(day), descendant__in=lists.values("unit")).values("ancestor")
    return _with_bodies(placed_on(day).filter(unit__in=above), day)


def _with_bodies(found: QuerySet[Placement], day: date) -> QuerySet[Placement]:
    kinds = [id_ for id_, kind in unit_kinds().items() if kind.value.level is not None]
    links = Ancestry.objects.filter(during(day), depth__gt=0, ancestor=OuterRef("unit"))
    placed = during(day, "descendant__placements__") & Q(descendant__placements__kind__in=kinds)
    return found.filter(Exists(links.filter(placed)))
