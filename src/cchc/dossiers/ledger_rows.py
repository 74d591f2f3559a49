"""Dossiers of our own as the ledger reads them: who had which step from when to when, and under which limit.

The same tables that a foreign log is made into (`ledger.schema`), so that native and imported dossiers are charged by
one rule. A step that changes hands, or whose dossier pauses, is cut there; each part has what was left of the limit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

import polars as pl
from django.db.models import QuerySet

from cchc.dossiers.clock import step_due
from cchc.dossiers.models import Appointment, Dossier, DossierEvent, PauseRecord, StepInstance
from cchc.dossiers.states import HELD, WAITING_STATES
from cchc.dossiers.terms import calendar_of
from cchc.dossiers.timing import Timing, timing_from
from cchc.ledger.clock import CivilCalendar
from cchc.ledger.compute import Ledger, compute
from cchc.ledger.schema import DOSSIERS_IN, STEPS_IN
from cchc.organizations.calendars import load_calendar

CHANGES_HANDS: Final = ("begin", "take", "assign", "release")
"""After which events a step is with somebody else, or in the queue."""
_MINUTES: Final = "working_minutes"


@dataclass(frozen=True, slots=True)
class Life:
    """A dossier with everything that happened to it until a moment."""

    dossier: Dossier
    steps: Sequence[StepInstance]
    events: Sequence[DossierEvent]
    pauses: Sequence[PauseRecord]
    timing: Timing
    until: datetime

    @property
    def end(self) -> datetime:
        """When it was over for the time limit, or until when it is looked at."""
        return self.ended_at or self.until

    @property
    def ended_at(self) -> datetime | None:
        """When it was over; what ended afterwards was open then."""
        ended_at = self.dossier.ended_at
        return None if ended_at is None or ended_at > self.until else ended_at


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one step in one pair of hands; `limit` is what was left of the step's when it began."""

    step: str
    start: datetime
    end: datetime
    holder_kind: str
    official: str | None
    role: str | None
    unit: str
    limit: int | None


def ledgers_of(found: QuerySet[Dossier], until: datetime) -> Mapping[str, Ledger]:
    """Every late minute of the dossiers that were received, charged to who had them: a ledger for each calendar in
    which they are counted. Five queries.
    """
    lives = defaultdict[str, list[Life]](list)
    for life in read_lives(found, until):
        lives[life.dossier.calendar].append(life)
    return {id_: ledger_of(some) for id_, some in lives.items()}


def ledger_of(lives: Sequence[Life]) -> Ledger:
    """Of dossiers that are counted in one calendar."""
    calendar = load_calendar(lives[0].dossier.calendar)
    return compute(*tables(lives), CivilCalendar(calendar, calendar.time_zone))


def read_lives(found: QuerySet[Dossier], until: datetime) -> list[Life]:
    """Those that were received by then, by their number. Five queries."""
    related = ("unit", "settling_unit", "procedure_version__procedure")
    dossiers = list(found.filter(received_at__lte=until).select_related(*related).order_by("pk"))
    keys = [one.pk for one in dossiers]
    steps = StepInstance.objects.filter(dossier__in=keys, begun_at__lte=until).select_related("holder", "unit")
    events = DossierEvent.objects.filter(dossier__in=keys, step__isnull=False, act__in=CHANGES_HANDS, at__lte=until)
    pauses = PauseRecord.objects.filter(dossier__in=keys, begun_at__lte=until).select_related("begun_by")
    appointments = Appointment.objects.filter(dossier__in=keys, made_at__lte=until, is_decision=True)
    steps_of = _by_dossier(steps.order_by("begun_at", "pk"))
    events_of = _by_dossier(events.select_related("holder").order_by("pk"))
    pauses_of = _by_dossier(pauses.order_by("begun_at", "pk"))
    decisions_of = _by_dossier(appointments.order_by("made_at", "pk"))
    return [
        life_of(one, steps_of[one.pk], events_of[one.pk], pauses_of[one.pk], decisions_of[one.pk], until)
        for one in dossiers
    ]


def life_of(
    dossier: Dossier, steps: Sequence[StepInstance], events: Sequence[DossierEvent], pauses: Sequence[PauseRecord],
    appointments: Sequence[Appointment], until: datetime,
) -> Life:  # fmt: skip
    """Of records that were read already."""
    return Life(dossier, steps, events, pauses, timing_from(dossier, pauses, appointments), until)


def tables(lives: Sequence[Life]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`DOSSIERS_IN` and `STEPS_IN`."""
    dossiers = [_dossier_row(life) for life in lives]
    steps = [(place, part) for place, life in enumerate(lives) for part in parts_of(life)]
    steps.sort(key=lambda one: (one[0], one[1].start))
    rows = [_step_row(place, number, part) for number, (place, part) in enumerate(steps)]
    return (
        pl.DataFrame(dossiers, schema=DOSSIERS_IN, orient="row"),
        pl.DataFrame(rows, schema=STEPS_IN, orient="row"),
    )


def parts_of(life: Life) -> Iterator[Part]:
    """Every step in every pair of hands, and everything that was waited for."""
    stops = [(one.begun_at, one.ended_at or life.end) for one in life.pauses]
    events = defaultdict[int | None, list[DossierEvent]](list)
    for event in life.events:
        events[event.step_id].append(event)
    for step in life.steps:
        for start, end, event in _hands(step, events[step.pk], life.end):
            for begins, ends in _outside(start, end, stops):
                yield _part(life, step, event, begins, ends)
    for pause in life.pauses:
        kind = WAITING_STATES[pause.kind]
        by = pause.begun_by.code if pause.begun_by else None
        end = min(pause.ended_at or life.end, life.end)
        yield Part(pause.kind, pause.begun_at, end, kind, by, None, life.dossier.unit.code, None)


def _hands(
    step: StepInstance, events: Sequence[DossierEvent], end: datetime
) -> Iterator[tuple[datetime, datetime, DossierEvent]]:
    """From when to when each event left the step with somebody, or in the queue."""
    over = min(step.ended_at or end, end)
    moments = [*(min(event.at, over) for event in events), over]
    for (start, until), event in zip(pairwise(moments), events, strict=True):
        if start < until or event is events[-1]:
            yield start, until, event


def _outside(
    start: datetime, end: datetime, stops: Iterable[tuple[datetime, datetime]]
) -> Iterator[tuple[datetime, datetime]]:
    """What of a stretch lies in no pause; pauses come in their order and do not touch."""
    at = start
    for stopped, resumed in stops:
        if stopped >= end:
            break
        if resumed > at:
            if stopped > at:
                yield at, stopped
            at = max(at, resumed)
    if at < end or (at == start == end):
        yield at, end


def _part(life: Life, step: StepInstance, event: DossierEvent, start: datetime, end: datetime) -> Part:
    holder = event.holder if event.step_state == HELD else None
    kind = "agency" if step.is_agency else "official" if holder else "queue"
    return Part(
        step.name_vi, start, end, kind, holder.code if holder else None, step.role if holder else None, step.unit.code,
        _left(life, step, start),
    )  # fmt: skip


def _left(life: Life, step: StepInstance, moment: datetime) -> int:
    """What is left of the step's limit then, in working minutes."""
    assert step.begun_at is not None  # those alone are read
    calendar = calendar_of(life.dossier)
    is_first = step.begun_at == life.dossier.received_at
    begun_at = calendar.counting_start(step.begun_at) if is_first else step.begun_at
    over = [pause for pause in life.timing.pauses if pause.end is not None and pause.end <= moment]
    return max(0, calendar.elapsed_minutes(moment, step_due(calendar, begun_at, step.limit, moment, over)))


def _dossier_row(life: Life) -> tuple[Any, ...]:
    dossier, procedure = life.dossier, life.dossier.procedure_version.procedure
    found = life.timing.clock(life.end)
    finished = None if life.ended_at is None else _minute(life.ended_at)
    assert dossier.received_at is not None  # those alone are read
    return (
        dossier.code, procedure.code, procedure.field_vi, _minute(dossier.received_at),
        None if found is None else _minute(found.first_due_at), None if found is None else _minute(found.due_at),
        finished, _minute(life.end),
    )  # fmt: skip


def _step_row(place: int, number: int, part: Part) -> tuple[Any, ...]:
    limit_kind = None if part.limit is None else _MINUTES
    return (
        place, number, part.step, _minute(part.start), _minute(part.end), part.holder_kind, part.official, part.role,
        part.unit, limit_kind, part.limit, _minute(part.end), None,
    )  # fmt: skip


def _minute(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def _by_dossier(found: QuerySet[Any]) -> defaultdict[int, list[Any]]:
    gathered = defaultdict[int, list[Any]](list)
    for one in found:
        gathered[one.dossier_id].append(one)
    return gathered
