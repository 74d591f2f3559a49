"""What became of units by a day and what they were made of, many at once, through any number of mergers and splits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from cchc.interface.together import Reads, answer, made_of
from cchc.organizations.models import Placement, Succession, Unit
from cchc.organizations.models.dated import during

_UNIT: Final = [field.attname for field in Unit._meta.concrete_fields]
_STANDING: Final = [field.attname for field in Placement._meta.concrete_fields]


@dataclass(frozen=True, slots=True)
class _Step:
    predecessor: int
    successor: int
    effective_on: date


@dataclass(frozen=True)
class Lineage:
    """All successions of the register as of a day, and what stands on it of the units in them, as it is called then."""

    day: date
    steps: Collection[_Step]
    there: Mapping[int, Placement]

    def heirs(self, unit: int) -> list[Placement]:
        """What carries it on at that day, in the order of names: itself while it stands."""
        return self._placed(closure(unit, self._onwards))

    def origins(self, unit: int) -> list[Placement]:
        """What it was made of on that day, in the order of names."""
        return self._placed(closure(unit, self._backwards))

    def gone_into(self, units: Collection[int]) -> frozenset[int]:
        """All that are gone by that day and are carried on by one of these units."""
        gone = {one.predecessor for one in self.steps} - self.there.keys()
        return frozenset(one for one in gone if not closure(one, self._onwards).isdisjoint(units))

    @cached_property
    def _onwards(self) -> Mapping[int, Collection[int]]:
        """Forwards it ends where a unit stands."""
        steps = defaultdict[int, set[int]](set)
        for one in self.steps:
            if one.effective_on <= self.day and one.predecessor not in self.there:
                steps[one.predecessor].add(one.successor)
        return dict(steps)

    @cached_property
    def _backwards(self) -> Mapping[int, Collection[int]]:
        steps = defaultdict[int, set[int]](set)
        for one in self.steps:
            if one.effective_on > self.day:
                steps[one.successor].add(one.predecessor)
        return dict(steps)

    def _placed(self, units: Collection[int]) -> list[Placement]:
        found = (self.there[one] for one in units if one in self.there)
        return sorted(found, key=lambda one: (one.sort_key, one.unit_id))


def lineage(units: Collection[int], day: date) -> Lineage:
    """Of these units and of all that are in successions: those are few (some ten thousand in a country), and a question
    for each generation would be more. One query.
    """
    return answer(finding_lineage(units, day))


def finding_lineage(units: Collection[int], day: date) -> Reads[Lineage]:
    """The same, to be read with others."""
    of_unit = Succession.objects.filter(Q(predecessor=OuterRef("pk")) | Q(successor=OuterRef("pk")))
    found = (
        Unit.objects.filter(Q(pk__in=list(units)) | Exists(of_unit))
        .annotate(now=FilteredRelation("placements", condition=during(day, "placements__")))
        .annotate(
            predecessor_=F("origins__predecessor"),
            effective_on_=F("origins__reorganization__effective_on"),
            **{f"now_{name}": F(f"now__{name}") for name in _STANDING},
        )
    )
    columns = (*_UNIT, "predecessor_", "effective_on_", *(f"now_{name}" for name in _STANDING))
    return made_of(found.order_by("pk").values_list(*columns), lambda rows: _lineage(rows, day))


def _lineage(rows: Iterable[tuple[Any, ...]], day: date) -> Lineage:
    steps, there = list[_Step](), dict[int, Placement]()
    for row in rows:
        unit, (predecessor, effective_on), standing = row[: len(_UNIT)], row[len(_UNIT) :][:2], row[len(_UNIT) + 2 :]
        if predecessor is not None:
            steps.append(_Step(predecessor, unit[0], effective_on))
        if standing[0] is not None:
            there.setdefault(unit[0], _placement(Unit(*unit), standing))
    return Lineage(day, steps, there)


def _placement(unit: Unit, standing: tuple[Any, ...]) -> Placement:
    placement = Placement(**dict(zip(_STANDING, standing, strict=True)))
    placement.unit = unit
    return placement


def carried_on_by(units: Collection[int], day: date) -> frozenset[int]:
    """These units, and all that are gone and went into one of them. One query."""
    return frozenset(units) | lineage(units, day).gone_into(units)


def closure(unit: int, steps: Mapping[int, Collection[int]]) -> set[int]:
    """The unit and all that the steps lead to from it."""
    found, wave = {unit}, {unit}
    while wave:
        wave = {other for one in wave for other in steps.get(one, ())} - found
        found |= wave
    return found
