"""To which body an office belongs: officials hold their roles over offices, dossiers are settled by the body."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import OuterRef, Subquery

from cchc.organizations.kinds import kind_of
from cchc.organizations.models import Ancestry, Placement, Unit
from cchc.organizations.models.dated import during


def bodies_of(units: Collection[int], day: date) -> dict[int, int]:
    """For each unit the nearest that has a level of its own, itself first, as a commune has and its offices have not.
    One query; what is not there on that day is left out.
    """
    return _bodies(list(units), day) if units else {}


def offices_of(body: Unit, day: date) -> list[int]:
    """The body and all units under it that have no nearer one. One query."""
    under = Ancestry.objects.filter(during(day), ancestor=body).order_by().values("descendant")
    return [unit for unit, of in _bodies(under, day).items() if of == body.pk] or [body.pk]


def _bodies(units: object, day: date) -> dict[int, int]:
    kind = Placement.objects.filter(during(day), unit=OuterRef("ancestor")).order_by().values("kind")[:1]
    links = Ancestry.objects.filter(during(day), descendant__in=units).annotate(kind=Subquery(kind))
    found: dict[int, int] = {}
    for unit, above, kind_id in links.order_by("descendant", "depth").values_list("descendant", "ancestor", "kind"):
        if unit not in found and kind_id is not None and kind_of(kind_id).level is not None:
            found[unit] = above
    return found
