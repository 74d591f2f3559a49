"""Who appraises what in a round, and what nobody may; for who may see the whole round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cchc.assessments.charging import Gap, gaps_of
from cchc.assessments.models import Charge, Round, Sheet
from cchc.assessments.permissions import ROUND, TEAM
from cchc.assessments.queries.rounds import charges_of
from cchc.assessments.queries.scope import whole_rounds
from cchc.interface.together import read_together
from cchc.organizations.models import Assignment, Official
from cchc.organizations.queries.people import workplaces
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse
from cchc.scoring.criteria import CriteriaSet


@dataclass(frozen=True, slots=True)
class Charging:
    """The charges that hold or will, the round's sheets, and the cells that nobody may appraise today."""

    charges: Sequence[Charge]
    sheets: Sequence[Sheet]
    gaps: Sequence[Gap]


def charging_of(round_: Round, criteria: CriteriaSet, day: date) -> Charging:
    """One query."""
    charges = charges_of(round_, day)
    sheets = Sheet.objects.filter(round=round_).select_related("unit").order_by("place")
    places = workplaces(Charge.objects.filter(round=round_).order_by().values("official"), day)
    read_together(charges, sheets, places)
    held = [one for one in charges if one.starts_on <= day]
    return Charging(list(charges), list(sheets), gaps_of(criteria, list(sheets), held, _own(places)))


def _own(places: Iterable[tuple[int, int]]) -> Mapping[int, Collection[int]]:
    """Official → the units they work in, with all above them: nobody judges those."""
    found: dict[int, set[int]] = defaultdict(set)
    for official, unit in places:
        found[official].add(unit)
    return found


def works_there(official: Official, sheet: Sheet, day: date) -> bool:
    """Whether the sheet is that of the official's own unit, or of one above it."""
    return any(unit == sheet.unit_id for _, unit in workplaces([official.pk], day))


def duties_of(round_: Round, day: date) -> QuerySet[Assignment]:
    """Who has a duty in the support team or the field team from that day on, by duty and name."""
    held = Assignment.objects.not_over(day).filter(subject_type=ROUND, subject_id=str(round_.pk), duty__in=TEAM)
    return held.select_related("official").order_by("duty", "official__name", "pk")


def get_duty(round_: Round, key: int) -> Assignment:
    """One of these, over or not. Raises `assessments.duty_not_found`."""
    held = Assignment.objects.filter(subject_type=ROUND, subject_id=str(round_.pk), duty__in=TEAM, pk=key)
    found = held.select_related("official").first()
    if found is None:
        raise refuse("assessments.duty_not_found")
    return found


def get_charge(viewer: Viewer, number: int) -> Charge:
    """With its round; whose it is to end, permissions say. Raises `assessments.charge_not_found`."""
    seen = whole_rounds(viewer).order_by().values("pk")
    found = Charge.objects.filter(pk=number, round__in=seen).select_related("round__organizer", "official", "sheet")
    charge = found.first()
    if charge is None:
        raise refuse("assessments.charge_not_found")
    return charge
