"""Who is away on a day, and for whom somebody stands in."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from cchc.dossiers.models.absences import Absence
from cchc.dossiers.queries.bodies import finding_bodies
from cchc.interface.prepared import Prepared
from cchc.interface.together import Reads, answer
from cchc.organizations.models import Ancestry, Official, Posting, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import within
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse

MANAGERS: Final = ("one_stop_head", "unit_head")


def lasting(day: date) -> QuerySet[Absence]:
    """Those of that day."""
    return Absence.objects.filter(ended_at=None, starts_on__lte=day, ends_on__gte=day)


def stood_in_for(viewer: Viewer) -> frozenset[int]:
    """The keys of those for whom the viewer stands in on the day. One query, once."""
    return answer(finding_stood_in_for(viewer)) if viewer.is_signed_in else frozenset()


def finding_stood_in_for(viewer: Viewer) -> Reads[frozenset[int]]:
    """The same of somebody signed in, to be read with others."""
    found = _STOOD_IN_FOR(deputy=viewer.acting.pk, day=viewer.day)
    known = viewer.once("dossiers.stood_in_for", list[frozenset[int]])

    def keep() -> frozenset[int]:
        if not known:
            known.append(frozenset(found))
        return known[0]

    return Reads([] if known else [found], keep)


_STOOD_IN_FOR: Final = Prepared(
    lambda deputy, day: lasting(day).filter(deputy=deputy).order_by("pk").values_list("official", flat=True),
    deputy=int, day=date,
)  # fmt: skip


def units_of_work(official: Official, day: date) -> list[Unit]:
    """Where an official works on that day, and the bodies to which these offices belong. Three queries."""
    held = set(Posting.objects.on(day).filter(official=official).order_by().values_list("unit", flat=True))
    return list(Unit.objects.filter(pk__in=held | set(answer(finding_bodies(held, day)).values())).order_by("pk"))


def visible_absences(viewer: Viewer) -> QuerySet[Absence]:
    """One's own, those in which one stands in, and those of officials who work in units of which one is in charge; not
    over yet, the first to begin at the top.
    """
    works = Posting.objects.filter(during(viewer.day), within(viewer.units_held(*MANAGERS), viewer.day, "unit"))
    below = Posting.objects.filter(during(viewer.day), unit__in=_offices(viewer))
    managed = Q(official__in=works.order_by().values("official")) | Q(official__in=below.order_by().values("official"))
    own = Q(official=viewer.acting) | Q(deputy=viewer.acting)
    found = Absence.objects.filter(own | managed, ended_at=None, ends_on__gte=viewer.day)
    return found.select_related("official", "deputy").order_by("starts_on", "pk")


def _offices(viewer: Viewer) -> list[int]:
    """Offices of the bodies over which the viewer is in charge. Two queries, once."""

    def read() -> list[int]:
        held = {hold.unit for hold in viewer.holds if hold.role in MANAGERS}
        if not held:
            return []
        under = Ancestry.objects.filter(during(viewer.day), ancestor__in=held).order_by()
        found = answer(finding_bodies(set(under.values_list("descendant", flat=True)), viewer.day))
        return [unit for unit, body in found.items() if body in held]

    return viewer.once("dossiers.offices_managed", read)


def get_absence(number: int) -> Absence:
    """Raises `dossiers.absence_not_found`."""
    found = Absence.objects.filter(pk=number, ended_at=None).select_related("official", "deputy").order_by("pk").first()
    if found is None:
        raise refuse("dossiers.absence_not_found")
    return found
