"""What the product measured for sheets of a round: how many dossiers, and which."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Count, F, Q, QuerySet
from django.utils.timezone import localdate, make_aware

from cchc.assessments.measures import LATE, ON_TIME, OVERDUE, SETTLED
from cchc.assessments.models import Binding, Round, Sheet
from cchc.assessments.queries.scope import visible_rounds
from cchc.dossiers.models import Dossier
from cchc.dossiers.states import RUNNING
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Ancestry
from cchc.organizations.models.dated import during
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse

_MINUTE: Final = timedelta(minutes=1)
"""Moments are counted in whole minutes: within the minute that was promised is on time."""
_THROUGH: Final = "descendant__dossiers_settled__"


def bindings_of(round_: Round) -> QuerySet[Binding]:
    """Those that hold, in their order."""
    return Binding.objects.filter(round=round_, ended_at=None).order_by("criterion", "pk")


def get_binding(viewer: Viewer, number: int) -> Binding:
    """One that holds, with its round. Raises `assessments.binding_not_found`."""
    seen = visible_rounds(viewer).order_by().values("pk")
    found = Binding.objects.filter(pk=number, round__in=seen, ended_at=None).select_related("round__organizer")
    binding = found.first()
    if binding is None:
        raise refuse("assessments.binding_not_found")
    return binding


def measured(
    round_: Round, sheets: Collection[Sheet], measures: Collection[str], now: datetime
) -> Reads[Mapping[tuple[int, str], int]]:  # fmt: skip
    """How many dossiers there are by sheet and measure: of the unit, and of those under it on the last day that counts;
    what was settled in any case, which says whether the unit has dossiers here. One query.
    """
    by_unit = {sheet.unit_id: sheet.pk for sheet in sheets}
    wanted = sorted({SETTLED, *measures})
    counts = {name: Count(f"{_THROUGH}pk", filter=_condition(name, round_, now, _THROUGH)) for name in wanted}
    links = Ancestry.objects.filter(during(_day(round_, now)), ancestor__in=by_unit).order_by("ancestor")
    rows = links.values("ancestor").annotate(**counts).values_list("ancestor", *wanted)

    def made(found: Iterable[tuple[int, ...]]) -> Mapping[tuple[int, str], int]:
        return {(by_unit[unit], name): number for unit, *row in found for name, number in zip(wanted, row, strict=True)}

    return made_of(rows, made)


def dossiers_measured(sheet: Sheet, measure: str, now: datetime) -> QuerySet[Dossier]:
    """The very dossiers, the newest first."""
    under = Ancestry.objects.filter(during(_day(sheet.round, now)), ancestor=sheet.unit_id).order_by()
    found = Dossier.objects.filter(_condition(measure, sheet.round, now), settling_unit__in=under.values("descendant"))
    return found.select_related("procedure_version__procedure").order_by("-pk")


def _day(round_: Round, now: datetime) -> date:
    return min(round_.cut_off_on, localdate(now))


def _condition(measure: str, round_: Round, now: datetime, through: str = "") -> Q:
    """As `measures.MEASURES` say. What has no appointment is not judged: nothing compares with null."""
    if measure == OVERDUE:
        return Q(**{f"{through}state__in": RUNNING, f"{through}due_at__lte": now - _MINUTE})
    start = make_aware(datetime.combine(round_.assessed_from, time()))
    end = make_aware(datetime.combine(min(round_.assessed_to, round_.cut_off_on) + timedelta(days=1), time()))
    settled = Q(**{f"{through}settled_at__gte": start, f"{through}settled_at__lt": end})
    if measure == SETTLED:
        return settled
    limit = F(f"{through}due_at") + _MINUTE
    if measure == ON_TIME:
        return settled & Q(**{f"{through}settled_at__lt": limit})
    assert measure == LATE, measure
    return settled & Q(**{f"{through}settled_at__gte": limit})
