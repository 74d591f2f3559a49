"""What objects of this room are called in histories, many at once, to be read together with others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from cchc.interface.together import Reads, made_of
from cchc.organizations.models import (
    Account,
    Assignment,
    Delegation,
    Official,
    Placement,
    Posting,
    RoleGrant,
    Supervision,
    Unit,
)
from cchc.organizations.shown import name_of, shown_role

Names = Mapping[int, str]


def units(keys: Iterable[int]) -> Reads[Names]:
    """As they are, or were last, called; the code for one that has no name yet."""
    return _units(Unit.objects.filter(pk__in=list(keys)))


def officials(keys: Iterable[int]) -> Reads[Names]:
    """Full names."""
    return made_of(Official.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "name"), dict)


def actors(identities: Iterable[str]) -> Reads[Mapping[str, str]]:
    """Full names of officials by their numbers."""
    found = Official.objects.filter(code__in=list(identities)).order_by("pk")
    return made_of(found.values_list("code", "name"), dict)


def placements(keys: Iterable[int]) -> Reads[Names]:
    """The name that was given."""
    return _said(_found(Placement, keys), name_of)


def postings(keys: Iterable[int]) -> Reads[Names]:
    """Who, as what."""
    return _said(_found(Posting, keys, "official"), lambda one: f"{one.official.name}, {one.post}")


def grants(keys: Iterable[int]) -> Reads[Names]:
    """Who, in which role."""
    return _said(_found(RoleGrant, keys, "official"), lambda one: f"{one.official.name}, {_role(one.role)}")


def assignments(keys: Iterable[int]) -> Reads[Names]:
    """Who, with which duty."""
    return _said(_found(Assignment, keys, "official"), lambda one: f"{one.official.name}, {_role(one.duty)}")


def delegations(keys: Iterable[int]) -> Reads[Names]:
    """Who acts for whom."""
    found = _found(Delegation, keys, "principal", "deputy")
    return _said(found, lambda one: f"{one.principal.name} → {one.deputy.name}")


def supervisions(keys: Iterable[int]) -> Reads[Names]:
    """Which unit follows which."""
    found = _found(Supervision, keys)
    either = Q(pk__in=found.order_by().values("supervisor")) | Q(pk__in=found.order_by().values("unit"))
    names = _units(Unit.objects.filter(either))

    def said(named: Names) -> Names:
        return {one.pk: f"{named[one.supervisor_id]} → {named[one.unit_id]}" for one in found}

    return Reads((found, *names.needed), names.made(said).then)


def accounts(keys: Iterable[int]) -> Reads[Names]:
    """Sign-in names."""
    return _said(_found(Account, keys), lambda one: one.username)


def units_by_code(codes: Iterable[str]) -> Reads[Mapping[str, str]]:
    """What units are, or were last, called, by their codes."""
    found = Unit.objects.filter(code__in=list(codes)).order_by("pk")
    names = _units(found)

    def said(named: Names) -> Mapping[str, str]:
        return {one.code: named[one.pk] for one in found}

    return Reads((found, *names.needed), names.made(said).then)


def _units(wanted: QuerySet[Unit]) -> Reads[Names]:
    codes = wanted.order_by("pk").values_list("pk", "code")
    placed = Placement.objects.filter(unit__in=wanted.order_by().values("pk")).order_by("starts_on")
    short = placed.only("unit_id", "name_vi", "name_en")
    return Reads((codes, short), lambda: dict(codes) | {one.unit_id: name_of(one) for one in short})


def _said(found: QuerySet[Any], say: Callable[[Any], str]) -> Reads[Names]:
    return made_of(found, lambda rows: {one.pk: say(one) for one in rows})


def _found(model: type[Any], keys: Iterable[int], *related: str) -> QuerySet[Any]:
    found = model.objects.filter(pk__in=list(keys)).order_by("pk")
    return found.select_related(*related) if related else found


def _role(id_: str) -> str:
    return shown_role(id_) if id_ else ""
