"""What a list of a month is drafted from: the charges of a body by who had them, with post, volume, who answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db.models import Q, Sum

from cchc.dossiers.models import Absence
from cchc.dossiers.queries.bodies import offices_of
from cchc.dossiers.queries.people import holders_of_role
from cchc.organizations.models import Official, Posting, Unit
from cchc.organizations.queries.units import name_on, within
from cchc.oversight.charging import Charge
from cchc.oversight.models import KeptSum, ListedItem
from cchc.oversight.queries.charges import holdings_at
from cchc.oversight.queries.postponed import mark_of_charge, postponed_of
from cchc.records.months import last_day

TOLD_EVERY: Final = 100
Tell = Callable[[int, int], None]
"""So many are done, of so many."""
_Key = tuple[int | None, str, str, int | None, str]


@dataclass(slots=True)
class Person:
    """Somebody to be listed, or a queue, with all that is charged in a unit and what an earlier list left out; `volume`
    is how many dossiers an official had there in the month as it stood at the cut-off, those charged among them.
    """

    holder_kind: str
    official: int | None
    name: str
    unit: int | None
    unit_name: str
    post: str = ""
    volume: int = 0
    accountable: int | None = None
    charges: list[Charge] = field(default_factory=list)
    carried: list[ListedItem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Held:
    """What a body had in a month as it stood at the cut-off: how many dossiers each official had in each unit, and all
    that is charged. It is what takes long to read.
    """

    volumes: Mapping[tuple[int | None, int | None], int]
    charges: Sequence[Charge]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a job has read for a list, who asked for it in which post, and whom it tells how much of it is written."""

    held: Held
    asked_by: int | None
    asked_as: str
    tell: Tell


def held_by(body: Unit, month: date) -> int:
    """How many dossiers holders under a body had in a month, each counted with each of them, as the ledger keeps it:
    how long `held_in` takes. One query.
    """
    under = within(Q(ancestor=body), last_day(month))
    return KeptSum.objects.filter(under, month=month).aggregate(number=Sum("dossiers"))["number"] or 0


def held_in(body: Unit, month: date, cut_off: datetime, tell: Tell | None = None) -> Held:
    """A number of queries that grows with the dossiers; tells how far it is of what is to be expected."""
    volumes, charges = Counter[tuple[int | None, int | None]](), list[Charge]()
    expected = held_by(body, month) if tell is not None else 0
    for number, holding in enumerate(holdings_at(body, month, cut_off)):
        if tell is not None and number % TOLD_EVERY == 0:
            tell(min(number, expected), expected)
        volumes[holding.official, holding.unit] += 1
        if holding.charge is not None:
            charges.append(holding.charge)
    return Held(volumes, charges)


def people_of(body: Unit, month: date, held: Held) -> list[Person]:
    """Named ones first, by name; a charge at a unit of another body is that body's. A number of queries that grows with
    parts of the charges alone.
    """
    last = last_day(month)
    offices = set(offices_of(body, last))
    people, postponed = dict[_Key, Person](), postponed_of(body, month)
    for charge in held.charges:
        if mark_of_charge(charge) not in postponed.gone_on and (charge.unit is None or charge.unit in offices):
            key = (charge.official, charge.holder_kind, charge.holder_name, charge.unit, charge.unit_name)
            person = Person(charge.holder_kind, charge.official, charge.holder_name, charge.unit, charge.unit_name)
            people.setdefault(key, person).charges.append(charge)
    found = _with_carried(list(people.values()), postponed.waiting)
    for one in found:
        one.volume = held.volumes.get((one.official, one.unit), 0) if one.official is not None else 0
    _name(found, body, month, last)
    named = Official.objects.filter(pk__in=[one.official for one in found if one.official]).order_by("sort_key", "pk")
    order = {key: place for place, key in enumerate(named.values_list("pk", flat=True))}
    return sorted(found, key=lambda one: (order.get(one.official or 0, len(order)), one.name, one.unit_name))


def _with_carried(people: list[Person], waiting: Iterable[ListedItem]) -> list[Person]:
    """Each entry with the same person in the same unit, or as a person more."""
    at = {(one.official, one.unit): one for one in reversed(people) if one.official is not None}
    for item in waiting:
        listed = item.listed
        if (key := (listed.official_id, listed.unit_id)) not in at:
            at[key] = Person(listed.holder_kind, listed.official_id, "", listed.unit_id, listed.unit_name, listed.post)
            people.append(at[key])
        at[key].carried.append(item)
    return people


def _name(people: Sequence[Person], body: Unit, month: date, last: date) -> None:
    officials = {one.official for one in people if one.official is not None}
    units = {one.unit or body.pk for one in people}
    names = dict(Official.objects.filter(pk__in=officials).order_by().values_list("pk", "name"))
    called = unit_names(units, last)
    posts = _posts(officials, month, last)
    heads = heads_of(units, last)
    for one in people:
        unit = one.unit or body.pk
        one.unit_name = called[one.unit] if one.unit is not None else one.unit_name or called[unit]
        one.accountable = next(iter(heads.get(unit, ())), None)
        if one.official is not None:
            one.name = names[one.official]
            one.post = posts.get((one.official, unit)) or posts.get((one.official, None), one.post)


def unit_names(units: Collection[int], day: date) -> Mapping[int, str]:
    """What they are called on a day; by code where they are no more. One query."""
    named = Unit.objects.filter(pk__in=units).annotate(name=name_on(day, "pk")).order_by("pk")
    return {key: name or code for key, code, name in named.values_list("pk", "code", "name")}


def heads_of(units: Collection[int], day: date) -> Mapping[int, Sequence[int]]:
    """By unit the keys of those who answer for it: who heads it by posting, else whoever holds the role nearest."""
    held = Posting.objects.on(day).filter(unit__in=units, is_head=True).order_by("pk")
    heads = dict[int, Sequence[int]]()
    for unit, official in held.values_list("unit_id", "official_id"):
        heads.setdefault(unit, (official,))
    return holders_of_role(set(units) - heads.keys(), "unit_head", day) | heads


def _posts(officials: Collection[int], month: date, last: date) -> Mapping[tuple[int, int | None], str]:
    """The post in each unit in the month, the newest of several; under no unit the main one."""
    there = Q(starts_on__lte=last) & (Q(ends_on=None) | Q(ends_on__gte=month))
    held = Posting.objects.filter(there, official__in=officials).order_by("is_main", "starts_on", "pk")
    found = dict[tuple[int, int | None], str]()
    for official, unit, post in held.values_list("official_id", "unit_id", "post"):
        found[official, unit] = found[official, None] = post
    return found


def absences_in(officials: Iterable[int], first: date, last: date) -> Mapping[int, date]:
    """By official who is away on some of these days: the last day away."""
    away = Absence.objects.filter(official__in=list(officials), ended_at=None, starts_on__lte=last, ends_on__gte=first)
    until = defaultdict[int, date](lambda: first)
    for official, ends_on in away.order_by("pk").values_list("official_id", "ends_on"):
        until[official] = max(until[official], ends_on)
    return dict(until)


def works_at(officials: Collection[int], day: date) -> Mapping[int, int]:
    """By official the unit of the main posting on a day."""
    held = Posting.objects.on(day).filter(official__in=officials, is_main=True).order_by("pk")
    return dict(held.values_list("official_id", "unit_id"))
