"""Whom the names in a log mean: what was decided, what is proposed. Nothing is matched that nobody confirmed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from cchc.organizations.models import Ancestry, Placement, Posting
from cchc.organizations.models.dated import during
from cchc.oversight.keeping import Known
from cchc.oversight.models import DelaySource, Meant, NameKind, SourceName
from cchc.records.search import fold

_MOST: Final = 2_000


def known_names(source: DelaySource) -> Known:
    """What was decided about the names in the logs of a source. One query."""
    decided = SourceName.objects.filter(source=source).exclude(meant__in=[Meant.OPEN, Meant.NOBODY]).order_by("pk")
    people, units, systems = dict[tuple[str, str], int](), dict[str, int](), set[tuple[str, str]]()
    for one in decided:
        if one.unit_id is not None:
            units[one.text] = one.unit_id
        elif one.official_id is not None:
            people[one.text, one.unit_text] = one.official_id
        else:
            systems.add((one.text, one.unit_text))
    return Known(units=units, people=people, systems=frozenset(systems), is_log=True)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whom a name may mean: an official or a unit of the register."""

    key: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What proposals are made of: the units below the one that answers for the source, and the names of units that are
    matched. Querysets, to be read together with the names.
    """

    units: QuerySet[Placement]
    said: QuerySet[SourceName, tuple[str, int]]


def read_beside(source: DelaySource, day: date) -> Beside:
    """Nothing is read yet."""
    below = Ancestry.objects.filter(during(day), ancestor=source.unit_id).values("descendant")
    placed = Placement.objects.filter(during(day), unit__in=below).select_related("unit").order_by("pk")
    matched = SourceName.objects.filter(source=source, kind=NameKind.UNIT, meant=Meant.MATCHED).order_by("pk")
    return Beside(placed, matched.values_list("text", "unit")[:_MOST])


def proposed(beside: Beside, names: Sequence[SourceName], day: date) -> Mapping[int, Proposal]:
    """By key of a name the one unit, or the one official, that is called so below the unit that answers for the source;
    nothing where there are several or none. An official has to work, on that day, in the unit that the name beside it
    is matched with or would be proposed for; where no unit stands beside it, anywhere below. One query, and what was
    read for it (`read_beside`).
    """
    units, said = _by_name(beside.units), dict(beside.said)
    people = _people_in({unit.key for some in units.values() for unit in some}, names, day)
    found = dict[int, Proposal]()
    for name in names:
        if name.kind == NameKind.UNIT:
            one = _alone(units.get(fold(name.text), ()))
        else:
            unit = _alone(units.get(fold(name.unit_text), ()))
            home = said.get(name.unit_text) or (unit.key if unit else None)
            one = _alone(people.get((fold(name.text), home), ())) if home or not name.unit_text else None
        if one is not None:
            found[name.pk] = one
    return found


def _by_name(placed: Iterable[Placement]) -> Mapping[str, list[Proposal]]:
    """Units by what they are called that day, folded."""
    by_name = defaultdict[str, list[Proposal]](list)
    for placement in placed:
        by_name[fold(placement.name_vi)].append(Proposal(placement.unit_id, placement.unit.code, placement.name_vi))
    return by_name


def _people_in(
    units: Iterable[int], names: Sequence[SourceName], day: date
) -> Mapping[tuple[str, int | None], list[Proposal]]:
    """Officials by name and unit, and under None by name alone."""
    keys = {fold(name.text) for name in names if name.kind == NameKind.OFFICIAL}
    posted = Posting.objects.filter(during(day), unit__in=list(units)).select_related("official").order_by("pk")
    by_name = defaultdict[tuple[str, int | None], list[Proposal]](list)
    for posting in posted if keys else ():
        official = posting.official
        if (key := fold(official.name)) in keys:
            for home in (posting.unit_id, None):
                by_name[key, home].append(Proposal(official.pk, official.code, official.name))
    return by_name


def _alone(some: Iterable[Proposal]) -> Proposal | None:
    different = set(some)
    return different.pop() if len(different) == 1 else None
