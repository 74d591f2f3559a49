"""To which body an office belongs: officials hold their roles over offices, dossiers are settled by the body."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import OuterRef, QuerySet, Subquery

from cchc.interface.prepared import Prepared
from cchc.interface.together import Reads, answer_all, made_of
from cchc.organizations.kinds import kind_of
from cchc.organizations.models import Ancestry, Placement, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import name_on
from cchc.records.errors import refuse


def finding_bodies(units: Collection[int], day: date) -> Reads[dict[int, int]]:
    """For each unit the nearest that has a level of its own, itself first, as a commune has and its offices have not.
    What is not there on that day is left out.
    """
    links = _LINKS(units=sorted(units), day=day)
    return Reads([links] if units else [], lambda: nearest_bodies(links) if units else {})


def offices_of(body: Unit, day: date) -> list[int]:
    """The body and all units under it that have no nearer one. One query."""
    under = Ancestry.objects.filter(during(day), ancestor=body).order_by().values("descendant")
    return [unit for unit, of in nearest_bodies(links_to_bodies(under, day)).items() if of == body.pk] or [body.pk]


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A unit that an address names, as it was called on a day, with the keys of its offices and its own."""

    name: str
    offices: Sequence[int]


def get_body(code: str, day: date) -> NamedBody:
    """One question. Raises `organizations.unit_not_found`."""
    units = Unit.objects.filter(code=code).annotate(called=name_on(day, "pk")).order_by("pk")
    under = Ancestry.objects.filter(during(day), ancestor__code=code).order_by().values("descendant")
    found, bodies = answer_all(made_of(units, list), made_of(links_to_bodies(under, day), nearest_bodies))
    if not found:
        raise refuse("organizations.unit_not_found", code=code)
    (body,) = found
    return NamedBody(body.called or code, [unit for unit, of in bodies.items() if of == body.pk] or [body.pk])


def links_to_bodies(units: object, day: date) -> QuerySet[Ancestry, tuple[int, int, str | None]]:
    """What `nearest_bodies` reads."""
    kind = Placement.objects.filter(during(day), unit=OuterRef("ancestor")).order_by().values("kind")[:1]
    links = Ancestry.objects.filter(during(day), descendant__in=units).annotate(kind=Subquery(kind))
    return links.order_by("descendant", "depth", "pk").values_list("descendant", "ancestor", "kind")


_LINKS: Final = Prepared(links_to_bodies, units=list[int], day=date)


def nearest_bodies(links: Iterable[tuple[int, int, str | None]]) -> dict[int, int]:
    """For each unit the nearest above it, or itself, that has a level of its own."""
    found: dict[int, int] = {}
    for unit, above, kind_id in links:
        if unit not in found and kind_id is not None and kind_of(kind_id).level is not None:
            found[unit] = above
    return found
