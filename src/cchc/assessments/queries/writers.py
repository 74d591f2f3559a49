"""Which units write papers about a round."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from cchc.assessments.models import Round
from cchc.assessments.permissions import ROUND as ROUND_TYPE
from cchc.assessments.phases import SEATS
from cchc.organizations.models import Assignment, Posting, RoleGrant, Unit
from cchc.organizations.models.dated import during
from cchc.records.errors import refuse


def writers_of(round_: Round, day: date) -> Q:
    """The units that write papers of a round: the one that holds it, and those in which its council works."""
    duties = Assignment.objects.on(day).filter(duty__in=SEATS, subject_type=ROUND_TYPE, subject_id=str(round_.pk))
    seats = RoleGrant.objects.on(day).filter(role__in=SEATS, unit=round_.organizer_id)
    people = Q(official__in=duties.order_by().values("official")) | Q(official__in=seats.order_by().values("official"))
    working = Posting.objects.filter(people, during(day)).order_by().values("unit")
    return Q(pk=round_.organizer_id) | Q(pk__in=working)


def writes_for(unit: Unit, round_: Round, day: date) -> bool:
    """Whether the unit is one of these."""
    return Unit.objects.filter(writers_of(round_, day), pk=unit.pk).exists()


def round_written_by(unit: Unit, day: date, about: str) -> Round:
    """The round whose key is `about`. Raises `assessments.round_not_found` for a unit that has no part in it."""
    found = Round.objects.select_related("organizer").filter(pk=about) if about.isdecimal() else Round.objects.none()
    round_ = found.first()
    if round_ is None or not writes_for(unit, round_, day):
        raise refuse("assessments.round_not_found")
    return round_
