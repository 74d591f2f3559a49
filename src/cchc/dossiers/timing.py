"""The clock of a dossier in the database: its records handed to `clock`."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from cchc.dossiers.clock import Clock, Extension, Pause, clock, step_due
from cchc.dossiers.models import Appointment, Dossier, PauseRecord, StepInstance
from cchc.dossiers.terms import calendar_of, terms_of
from cchc.interface.prepared import Prepared
from cchc.organizations.calendars import load_calendar
from cchc.worktime import Calendar
from cchc.worktime.splicing import id_of, turns_of


@dataclass(frozen=True, slots=True)
class Timing:
    """What lies beside a dossier and moves its time, read once."""

    dossier: Dossier
    pauses: Sequence[Pause]
    extensions: Sequence[Extension]

    def clock(self, until: datetime) -> Clock | None:
        """Its clock as it stands then; None where the procedure fixes no limit or nothing was received."""
        limit = terms_of(self.dossier).limit
        if limit is None or self.dossier.received_at is None:
            return None
        calendar = calendar_of(self.dossier)
        promised = self.dossier.first_due_at
        return clock(calendar, self.dossier.received_at, limit, until, self.pauses, self.extensions, promised)

    def by(self, calendar: str) -> Timing:
        """The same, counted by the calendar of that id."""
        counted = copy(self.dossier)
        counted.calendar = calendar
        return replace(self, dossier=counted)

    def first_calendar(self) -> Calendar:
        """The one that explains the first appointment: without the changes that came after it was made."""
        dossier, limit = self.dossier, terms_of(self.dossier).limit
        first, turns = turns_of(dossier.calendar)
        assert limit is not None and dossier.received_at is not None  # there is an appointment
        for number in range(len(turns)):
            calendar = load_calendar(id_of(first, turns[:number]))
            if clock(calendar, dossier.received_at, limit, dossier.received_at).first_due_at == dossier.first_due_at:
                return calendar
        return calendar_of(dossier)

    def step_due(self, step: StepInstance, until: datetime) -> datetime:
        """When a step is due that has begun. The first ones begin, for their limits, when counting starts."""
        assert step.begun_at is not None  # asked of those alone
        calendar = calendar_of(self.dossier)
        is_first = step.begun_at == self.dossier.received_at
        begun_at = calendar.counting_start(step.begun_at) if is_first else step.begun_at
        return step_due(calendar, begun_at, step.limit, until, self.pauses)


def timing_of(dossier: Dossier) -> Timing:
    """Two queries."""
    return timing_from(dossier, list(_PAUSES(dossier=dossier.pk)), list(_DECISIONS(dossier=dossier.pk)))


_PAUSES: Final = Prepared(
    lambda dossier: PauseRecord.objects.filter(dossier=dossier).order_by("begun_at", "pk"), dossier=int
)
_DECISIONS: Final = Prepared(
    lambda dossier: Appointment.objects.filter(dossier=dossier, is_decision=True).order_by("made_at", "pk"),
    dossier=int,
)


def timing_from(dossier: Dossier, pauses: Sequence[PauseRecord], appointments: Sequence[Appointment]) -> Timing:
    """Of records that were read already."""
    return Timing(
        dossier,
        [Pause(one.begun_at, one.ended_at, one.effect) for one in pauses],
        [Extension(one.made_at, one.due_at) for one in appointments if one.is_decision],
    )
