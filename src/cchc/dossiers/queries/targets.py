"""What units are to reach: who has which target of a year, and who has none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from cchc.dossiers.models import UnitTarget
from cchc.dossiers.permissions import TARGET_READERS, TARGET_SETTERS
from cchc.dossiers.targets import ONLINE, Target
from cchc.interface.together import Reads, all_of, made_of
from cchc.organizations.kinds import unit_kinds
from cchc.organizations.models import Ancestry, Placement, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse


@dataclass(frozen=True, slots=True)
class UnitTargets:
    """A unit as it is called, what holds for it, None where nothing does, what held before, the newest first, and
    whether the viewer may set another (as `permissions.may_set_target`).
    """

    placed: Placement
    held: UnitTarget | None
    ended: Sequence[UnitTarget]
    may_set: bool

    @property
    def pk(self) -> int:
        """The key by which the list goes on."""
        return self.placed.unit_id


def targets_of_year(viewer: Viewer, year: int) -> Reads[Sequence[UnitTargets]]:
    """Of every unit with a level of its own in the viewer's scope, those without a target first."""
    levelled = [id_ for id_, dated in unit_kinds().items() if dated.value.level]
    scope = within(viewer.units_held(*TARGET_READERS), viewer.day)
    placed = Placement.objects.filter(during(viewer.day), scope, kind__in=levelled).select_related("unit")
    records = UnitTarget.objects.filter(scope, metric=ONLINE, year=year).select_related("basis", "set_by")
    reach = Ancestry.objects.filter(during(viewer.day), viewer.units_held(*TARGET_SETTERS)).order_by("descendant")
    gathered = all_of([
        made_of(placed.order_by("sort_key", "pk"), list),
        made_of(records.order_by("-pk"), list),
        made_of(reach.values_list("descendant", flat=True), frozenset),
    ])  # fmt: skip
    return gathered.made(lambda found: _listed(found[0], found[1], found[2] - viewer.units))


def targets_held(viewer: Viewer, readers: Sequence[str], year: int) -> Reads[Mapping[int, Target]]:
    """By unit of the viewer's scope in these roles, the target that holds."""
    found = UnitTarget.objects.filter(within(viewer.units_held(*readers), viewer.day), metric=ONLINE, year=year)
    rows = found.order_by("pk").values_list("unit", "percent", "volume", "is_withdrawn")
    return made_of(rows, _holding)


def units_of_kind(viewer: Viewer, kind: str, day: date) -> Sequence[Unit]:
    """Units of that kind for which the viewer sets targets: not the ones they work in."""
    scope = within(viewer.units_held(*TARGET_SETTERS), day)
    found: QuerySet[Placement] = Placement.objects.filter(during(day), scope, kind=kind).select_related("unit")
    return [one.unit for one in found.order_by("sort_key", "pk") if not viewer.is_own(one.unit)]


def get_target(viewer: Viewer, number: int) -> UnitTarget:
    """Raises `dossiers.target_not_found`, also for one outside the viewer's scope."""
    scope = within(viewer.units_held(*TARGET_READERS), viewer.day)
    found = UnitTarget.objects.filter(scope, pk=number).select_related("unit", "basis").order_by("pk").first()
    if found is None:
        raise refuse("dossiers.target_not_found")
    return found


def _holding(rows: Iterable[tuple[int, Decimal, int | None, bool]]) -> Mapping[int, Target]:
    newest = {unit: (percent, volume, gone) for unit, percent, volume, gone in rows}
    return {unit: Target(percent, volume) for unit, (percent, volume, gone) in newest.items() if not gone}


def _listed(
    placed: Iterable[Placement], records: Iterable[UnitTarget], settable: frozenset[int]
) -> Sequence[UnitTargets]:
    of_unit = defaultdict[int, list[UnitTarget]](list)
    for one in records:
        of_unit[one.unit_id].append(one)
    lines = [_line(one, of_unit[one.unit_id], one.unit_id in settable) for one in placed]
    return sorted(lines, key=lambda line: line.held is not None)


def _line(placed: Placement, records: Sequence[UnitTarget], may_set: bool) -> UnitTargets:
    holds = bool(records) and not records[0].is_withdrawn
    return UnitTargets(placed, records[0] if holds else None, records[1:] if holds else records, may_set)
