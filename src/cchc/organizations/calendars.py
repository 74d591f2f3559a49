"""The working calendars that units use, loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from django.db.models import Q, QuerySet

from cchc.organizations.bringing_in import VIETNAM
from cchc.organizations.models import Ancestry, OwnCalendar, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import calendars_used
from cchc.records.text import LocalText
from cchc.worktime import Calendar
from cchc.worktime.loading import packaged, packaged_ids
from cchc.worktime.reading import read_rules
from cchc.worktime.splicing import SplicedCalendar, turns_of

NATIONAL: Final = "vn"
"""By what a unit works for which none was chosen, nor for any above it."""


@dataclass(frozen=True, slots=True)
class CalendarChoice:
    """A unit is to work by `calendar` from a day on: what panels at `organizations.calendar_choice` are asked about.

    `after` is the key behind which a long list goes on, asked for by a button `sau` of the form with the id `form`.
    """

    unit: Unit
    calendar: str
    starts_on: date
    after: str = ""
    form: str = "calendar-choice"


@lru_cache(maxsize=64)
def load_calendar(id_: str) -> Calendar:
    """One that comes with the product, or was brought in: neither ever changes. One query at the most, once a process.
    Or several that take turns, by their ids and days (`worktime.splicing`).

    Raises as `Calendar.load`.
    """
    first, turns = turns_of(id_)
    if turns:
        return SplicedCalendar(load_calendar(first), [(turn.starts_on, load_calendar(turn.id)) for turn in turns])
    kept = None if packaged(id_) is not None else OwnCalendar.objects.filter(code=id_).order_by("pk").first()
    return Calendar.load(id_) if kept is None else Calendar([read_rules(kept.content, kept.file)])


def kept_for(unit: Unit, day: date) -> QuerySet[OwnCalendar]:
    """Those brought in for the unit or for one above it on that day, by title, each with who did it."""
    above = Ancestry.objects.filter(during(day), descendant=unit).values("ancestor")
    found = OwnCalendar.objects.filter(Q(unit=unit) | Q(unit__in=above)).select_related("brought_in_by")
    return found.order_by("title_vi", "pk")


def choices_among(kept: Sequence[OwnCalendar]) -> list[tuple[str, LocalText]]:
    """What a unit may work by, with titles: the shipped calendars of Vietnamese bodies, then these."""
    shipped = [rules for id_ in packaged_ids() if (rules := packaged(id_)) is not None and rules.time_zone == VIETNAM]
    return [
        *((rules.id, rules.title) for rules in shipped),
        *((one.code, LocalText(one.title_vi, one.title_en)) for one in kept),
    ]


def calendars_of(units: Iterable[int], day: date) -> Mapping[int, Calendar]:
    """By which calendar each unit (by key) works on that day. One query, however many there are."""
    wanted = list(units)
    used = calendars_used(wanted, day)
    return {unit: load_calendar(used.get(unit, NATIONAL)) for unit in wanted}
