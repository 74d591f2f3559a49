"""What objects of this room are called in histories, many at once: one query each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

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


def units(keys: Iterable[int]) -> Names:
    """As they are, or were last, called; the code for one that has no name yet."""
    wanted = list(keys)
    named = {one.unit_id: name_of(one) for one in Placement.objects.filter(unit__in=wanted).order_by("starts_on")}
    if unnamed := set(wanted) - named.keys():
        named |= dict(Unit.objects.filter(pk__in=unnamed).order_by("pk").values_list("pk", "code"))
    return named


def officials(keys: Iterable[int]) -> Names:
    """Full names."""
    return dict(Official.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "name"))


def actors(identities: Iterable[str]) -> Mapping[str, str]:
    """Full names of officials by their numbers."""
    return dict(Official.objects.filter(code__in=list(identities)).order_by("pk").values_list("code", "name"))


def placements(keys: Iterable[int]) -> Names:
    """The name that was given."""
    return {one.pk: name_of(one) for one in _found(Placement, keys)}


def postings(keys: Iterable[int]) -> Names:
    """Who, as what."""
    return {one.pk: f"{one.official.name}, {one.post}" for one in _found(Posting, keys, "official")}


def grants(keys: Iterable[int]) -> Names:
    """Who, in which role."""
    return {one.pk: f"{one.official.name}, {_role(one.role)}" for one in _found(RoleGrant, keys, "official")}


def assignments(keys: Iterable[int]) -> Names:
    """Who, with which duty."""
    return {one.pk: f"{one.official.name}, {_role(one.duty)}" for one in _found(Assignment, keys, "official")}


def delegations(keys: Iterable[int]) -> Names:
    """Who acts for whom."""
    found = _found(Delegation, keys, "principal", "deputy")
    return {one.pk: f"{one.principal.name} → {one.deputy.name}" for one in found}


def supervisions(keys: Iterable[int]) -> Names:
    """Which unit follows which. Two queries."""
    found = list(_found(Supervision, keys))
    names = units({key for one in found for key in (one.supervisor_id, one.unit_id)})
    return {one.pk: f"{names[one.supervisor_id]} → {names[one.unit_id]}" for one in found}


def accounts(keys: Iterable[int]) -> Names:
    """Sign-in names."""
    return {one.pk: one.username for one in _found(Account, keys)}


def _found(model: type[Any], keys: Iterable[int], *related: str) -> QuerySet[Any]:
    found = model.objects.filter(pk__in=list(keys)).order_by("pk")
    return found.select_related(*related) if related else found


def _role(id_: str) -> str:
    return shown_role(id_) if id_ else ""
