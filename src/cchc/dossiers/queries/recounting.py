"""Which open dossiers would be due at another moment, because the unit that settles them works by another calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate, make_aware

from cchc.dossiers.models import Appointment, Dossier, PauseRecord, StepInstance
from cchc.dossiers.states import BEGUN
from cchc.dossiers.timing import timing_from
from cchc.interface.together import Reads, all_of, answer
from cchc.organizations.calendars import CalendarChoice, load_calendar
from cchc.organizations.models import Ancestry, Unit
from cchc.organizations.models.dated import during
from cchc.organizations.queries.units import follows_calendar_of
from cchc.organizations.timelines import Timelines, timelines
from cchc.procedures.models import ProcedureVersion
from cchc.records.errors import DomainError

BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """An open dossier with what moves its time, and its steps at work."""

    dossier: Dossier
    pauses: Sequence[PauseRecord]
    decisions: Sequence[Appointment]
    steps: Sequence[StepInstance]


@dataclass(frozen=True, slots=True)
class Recounted:
    """A dossier by another calendar, of which `calendar` is the id: when it would be due, and when the steps at work
    would, as far as they move. `is_beyond`: the calendar does not reach so far, and it stays as it is.
    """

    dossier: Dossier
    calendar: str
    due_at: datetime | None
    steps: Mapping[StepInstance, datetime]
    is_beyond: bool = False

    @property
    def moves_appointment(self) -> bool:
        """Whether its owner is promised another moment."""
        return self.due_at != self.dossier.due_at

    @property
    def moves(self) -> bool:
        """Whether anything is due at another moment."""
        return self.moves_appointment or bool(self.steps)

    @property
    def worst(self) -> tuple[bool, timedelta, int]:
        """The order in which they are shown: what cannot be counted, then what moves furthest."""
        shift = timedelta()
        if self.due_at is not None and self.dossier.due_at is not None:
            shift = abs(self.due_at - self.dossier.due_at)
        return (not self.is_beyond, -shift, self.dossier.pk)


def open_dossiers() -> QuerySet[Dossier]:
    """Received, and neither settled nor otherwise over."""
    return Dossier.objects.filter(ended_at=None, received_at__isnull=False)


def open_under(unit: Unit, now: datetime) -> QuerySet[Dossier]:
    """Those that the unit settles, or one below it."""
    below = Ancestry.objects.filter(during(localdate(now)), ancestor=unit).order_by().values("descendant")
    return open_dossiers().filter(Q(settling_unit=unit) | Q(settling_unit__in=below))


def touched_by(choice: CalendarChoice) -> Reads[Sequence[Recounted]]:
    """What would move, the worst first. What is due before the first day of the choice does not."""
    units = follows_calendar_of(choice.unit, choice.starts_on).order_by().values("unit")
    begins = make_aware(datetime.combine(choice.starts_on, time.min))
    later = StepInstance.objects.filter(dossier=OuterRef("pk"), state__in=BEGUN, due_at__gte=begins)
    found = open_dossiers().filter(Q(due_at__gte=begins) | Exists(later), settling_unit__in=units)

    def moved(answered: list[Any]) -> Sequence[Recounted]:
        standings, after = answered
        rows = [counted_by(one, wanted_calendar(after, one.dossier)) for one in standings]
        return sorted((one for one in rows if one.moves or one.is_beyond), key=lambda one: one.worst)

    return all_of([standing(found), timelines(units, choice)]).made(moved)


def standing(found: QuerySet[Dossier]) -> Reads[Sequence[Standing]]:
    """These dossiers with what is needed to count them, by their number."""
    keys = found.order_by().values("pk")
    dossiers = found.select_related("settling_unit").order_by("pk")
    versions = ProcedureVersion.objects.filter(pk__in=found.order_by().values("procedure_version"))
    versions = versions.select_related("procedure").order_by("pk")
    pauses = PauseRecord.objects.filter(dossier__in=keys).order_by("begun_at", "pk")
    decisions = Appointment.objects.filter(dossier__in=keys, is_decision=True).order_by("made_at", "pk")
    steps = StepInstance.objects.filter(dossier__in=keys, state__in=BEGUN).order_by("place", "pk")

    def gathered() -> Sequence[Standing]:
        known = {one.pk: one for one in versions}
        beside = [_by_dossier(one) for one in (pauses, decisions, steps)]
        made = list[Standing]()
        for dossier in dossiers:
            dossier.procedure_version = known[dossier.procedure_version_id]
            made.append(Standing(dossier, *(one[dossier.pk] for one in beside)))
        return made

    return Reads((dossiers, versions, pauses, decisions, steps), gathered)


def next_standings(found: QuerySet[Dossier], after: int) -> Reads[Sequence[tuple[Standing, str]]]:
    """The next of them behind a key, each with the calendar that it is to be counted by."""
    some = found.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]
    batch = Dossier.objects.filter(pk__in=list(some))
    units = batch.order_by().values("settling_unit")
    both = all_of([standing(batch), timelines(units)])
    return both.made(lambda of: [(one, wanted_calendar(of[1], one.dossier)) for one in of[0]])


def out_of_step(found: QuerySet[Dossier]) -> Iterator[Recounted]:
    """Those not counted by the calendars of today, in their newest versions, by their number."""
    after = 0
    while batch := answer(next_standings(found, after)):
        for one, calendar in batch:
            if not is_counted_by(one.dossier, calendar):
                yield counted_by(one, calendar)
        after = batch[-1][0].dossier.pk


def wanted_calendar(known: Timelines, dossier: Dossier) -> str:
    """By which calendars it is to be counted: those of its settling unit from the day of reception on."""
    assert dossier.received_at is not None  # those alone are asked about
    return known.since(dossier.settling_unit_id, localdate(dossier.received_at))


def is_counted_by(dossier: Dossier, calendar: str) -> bool:
    """Whether it is counted by that calendar already, in the version that is here."""
    return dossier.calendar == calendar and dossier.calendar_hash == load_calendar(calendar).hash


def counted_by(one: Standing, calendar: str) -> Recounted:
    """As it stands, by another calendar. While it waits, as it stood when it began to."""
    dossier, timing = one.dossier, timing_from(one.dossier, one.pauses, one.decisions).by(calendar)
    assert dossier.received_at is not None  # those alone are asked about
    until = next((pause.begun_at for pause in one.pauses if pause.ended_at is None), dossier.received_at)
    try:
        found = timing.clock(until)
        dues = {step: timing.step_due(step, until) for step in one.steps}
    except DomainError:
        return Recounted(dossier, calendar, dossier.due_at, {}, is_beyond=True)
    moved = {step: due_at for step, due_at in dues.items() if due_at != step.due_at}
    return Recounted(dossier, calendar, None if found is None else found.due_at, moved)


def _by_dossier(found: QuerySet[Any]) -> defaultdict[int, list[Any]]:
    gathered = defaultdict[int, list[Any]](list)
    for one in found:
        gathered[one.dossier_id].append(one)
    return gathered
