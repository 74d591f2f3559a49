"""To which units a unit may issue: those of its own area, and those it supervises. Seen from below: who decides on
what a unit asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from cchc.followups.queries.leading import carried
from cchc.interface.together import Reads, all_of, answer, made_of
from cchc.organizations.kinds import governs, kind_of, unit_kinds
from cchc.organizations.models import Ancestry, Placement, Supervision, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.lineage import finding_lineage
from cchc.organizations.queries.units import heirs_of, path, placed_on, way_to, within


def reached_by(issuer: Unit, day: date) -> Q:
    """The condition on `Ancestry` of standing, as a descendant, where the issuer's word goes on that day: in the area
    of the nearest province, district or commune that it is or belongs to (under itself where there is none), or under a
    unit that it supervises. Where the issuer is gone, what carries it on counts.
    """
    issuers = heirs_of(issuer, day)
    return _reached(issuers, [_area_of(one, day) for one in issuers], day)


def placed_below(issuer: Unit, day: date) -> QuerySet[Placement]:
    """Where the word of the issuer goes on that day, without itself and what heads the area: of these, "all units of a
    kind" are meant. In the order of names.
    """
    return answer(finding_below(issuer, day))


def finding_below(issuer: Unit, day: date) -> Reads[QuerySet[Placement]]:
    """The same, when what it depends on is to be read with others: not yet filled."""

    def below(found: list[Any]) -> QuerySet[Placement]:
        carrying, way = found
        issuers = [one.unit for one in carrying.heirs(issuer.pk)]
        areas = [_area_in(one, way) if one == issuer else _area_of(one, day) for one in issuers]
        reached = placed_on(day).filter(within(_reached(issuers, areas, day), day))
        return reached.exclude(unit__in=[issuer.pk, *areas])

    return all_of([finding_lineage([issuer.pk], day), made_of(way_to(issuer, day), list)]).made(below)


def not_reached_by(issuer: Unit, units: Sequence[Unit], day: date) -> list[Unit]:
    """Those of these units to which it may not issue on that day. Where one is gone, what carries it on counts."""
    of_units = carried([unit.pk for unit in units], day)
    wanted = {key for of in of_units.values() for key in of}
    links = Ancestry.objects.filter(reached_by(issuer, day), during(day), descendant__in=wanted).order_by("pk")
    reached = set(links.values_list("descendant_id", flat=True))
    return [unit for unit in units if reached.isdisjoint(of_units[unit.pk])]


def _reached(issuers: Sequence[Unit], areas: Sequence[int], day: date) -> Q:
    supervised = Supervision.objects.on(day).filter(supervisor__in=issuers).order_by().values("unit")
    return Q(ancestor__in=areas) | Q(ancestor__in=supervised)


def deciding_for(asking: Unit, day: date) -> Q:
    """The condition on `Ancestry` of standing, as a descendant, where one decides on what the unit asks: those whose
    word reaches it, thus the provinces, districts and communes that it belongs to, with their agencies, and whoever
    supervises it; but neither the unit itself nor what is under it.
    """
    return _deciding(asking, path(asking, day), day)


def finding_whether_decided(asking: Unit, day: date) -> Reads[bool]:
    """Whether anybody decides on that day what the unit asks: of a province only who supervises it. To be read with
    others.
    """

    def among(above: list[Placement]) -> Reads[bool]:
        links = Ancestry.objects.filter(_deciding(asking, above, day), during(day)).order_by()
        return made_of(links.values_list("descendant")[:1], lambda rows: any(True for _ in rows))

    return made_of(way_to(asking, day), list).and_then(among)


def _deciding(asking: Unit, above: Sequence[Placement], day: date) -> Q:
    areas = [one.unit_id for one in above if governs(kind_of(one.kind))]
    governing = [id_ for id_, record in unit_kinds().items() if governs(record.value)]
    others = Placement.objects.on(day).filter(kind__in=governing).exclude(unit__in=areas).order_by().values("unit")
    links = Ancestry.objects.filter(during(day)).order_by()
    elsewhere = links.filter(ancestor__in=others).values("descendant")
    over = [one.unit_id for one in above]
    supervising = Supervision.objects.on(day).filter(unit__in=over).order_by().values("supervisor")
    around = Q(ancestor__in=areas) & ~Q(descendant__in=elsewhere)
    below = links.filter(ancestor=asking).values("descendant")
    return (around | Q(depth=0, ancestor__in=supervising)) & ~Q(descendant__in=below)


def decides_for(asking: Unit, to: Unit, day: date) -> bool:
    """Whether `to` is one of these on that day."""
    return Ancestry.objects.filter(deciding_for(asking, day), during(day), descendant=to).exists()


def _area_of(unit: Unit, day: date) -> int:
    return _area_in(unit, path(unit, day))


def _area_in(unit: Unit, way: Sequence[Placement]) -> int:
    return next((one.unit_id for one in reversed(way) if governs(kind_of(one.kind))), unit.pk)
