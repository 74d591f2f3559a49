"""What the list of a month is made of: everybody who is charged with a dossier, or was slow with one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import chain
from typing import Any, Final

from django.db.models import Model, Q, QuerySet

from cchc.dossiers.models import Dossier
from cchc.organizations.calendars import load_calendar
from cchc.organizations.models import Ancestry, Unit
from cchc.organizations.models.dated import during
from cchc.oversight.charging import Charge, Holding, Whole, holdings_of
from cchc.oversight.models import KeptDossier, KeptSpell, SourceKind
from cchc.oversight.own import own_rows
from cchc.records.months import bounds, last_day

PART: Final = 1_000
ZONE: Final = "Asia/Ho_Chi_Minh"
"""In whose civil time months begin and end."""


def charges_at(body: Unit, month: date, cut_off: datetime) -> Iterator[Charge]:
    """Who is charged with what, of `holdings_at`."""
    return (one.charge for one in holdings_at(body, month, cut_off) if one.charge is not None)


def holdings_at(body: Unit, month: date, cut_off: datetime) -> Iterator[Holding]:
    """Of a body with everything below it at the end of the month: our own dossiers as they stood at the cut-off, those
    of logs as they are kept. Within a dossier in the order of its holders; dossiers by their number, a part at a time.

    A dossier that ended between the end of the month and a later cut-off is of the next month.
    """
    last = last_day(month)
    links = Ancestry.objects.filter(during(last), ancestor=body).order_by()
    units = frozenset(links.values_list("descendant_id", flat=True))
    for whole, home, zone in chain(_own(units, month, cut_off), _logged(units, month, cut_off)):
        for holding in holdings_of(whole, month, cut_off, zone):
            if (home if holding.unit is None else holding.unit) in units:
                yield holding


def _own(units: frozenset[int], month: date, cut_off: datetime) -> Iterator[tuple[Whole, int | None, str]]:
    begins, _ = bounds(month, ZONE)
    alive = Dossier.objects.filter(Q(ended_at=None) | Q(ended_at__gte=begins), received_at__lte=cut_off)
    found = alive.filter(Q(unit__in=units) | Q(settling_unit__in=units) | Q(steps__unit__in=units)).distinct()
    after = 0
    while keys := list(found.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:PART]):
        after = keys[-1]
        kept = dict(KeptDossier.objects.filter(own__in=keys).order_by().values_list("own_id", "pk"))
        for one in own_rows(Dossier.objects.filter(pk__in=keys), cut_off):
            zone = load_calendar(one.dossier.calendar).time_zone
            whole = Whole(one.kept.dossier, one.kept.spells, kept.get(one.dossier.pk), one.dossier.pk)
            yield whole, one.dossier.settling_unit_id, zone


def _logged(units: frozenset[int], month: date, cut_off: datetime) -> Iterator[tuple[Whole, int | None, str]]:
    begins, _ = bounds(month, ZONE)
    logs = KeptDossier.objects.filter(source__kind=SourceKind.LOG, received_at__lte=cut_off)
    alive = logs.filter(Q(ended_at=None) | Q(ended_at__gte=begins))
    concerned = Q(source__unit__in=units) | Q(pk__in=KeptSpell.objects.filter(unit__in=units).values("dossier"))
    after = 0
    while part := list(alive.filter(concerned, pk__gt=after).select_related("source").order_by("pk")[:PART]):
        after = part[-1].pk
        spells = _spells(KeptSpell.objects.filter(dossier__in=[one.pk for one in part]))
        for one in part:
            yield Whole(_values(one), spells.get(one.pk, []), one.pk, None), one.source.unit_id, ZONE


def _spells(found: QuerySet[KeptSpell]) -> Mapping[int, list[dict[str, Any]]]:
    by_dossier: dict[int, list[dict[str, Any]]] = {}
    for spell in found.order_by("dossier", "place"):
        by_dossier.setdefault(spell.dossier_id, []).append(_values(spell))
    return by_dossier


def _values(row: Model) -> dict[str, Any]:
    return {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}
