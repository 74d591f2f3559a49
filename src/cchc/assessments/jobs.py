"""Work of working mornings: units are reminded before a phase ends."""

from __future__ import annotations

from datetime import time
from functools import partial
from typing import Final

from django.utils import timezone

from cchc.assessments.actions.telling import remind_units
from cchc.assessments.queries.reminders import ending_soon
from cchc.interface.jobs import WORKDAYS, Recurring, Run, job
from cchc.records.text import LocalText


@job("assessments.remind", LocalText("Nhắc hạn của đợt chấm điểm", "Remind of the days of scoring rounds"))
def remind(run: Run) -> None:
    """Units that are behind are told once of each phase."""
    for phase in ending_soon(timezone.localdate()):
        run.checkpoint(phase.pk, writes=partial(remind_units, phase=phase))


SCHEDULE: Final = (Recurring("assessments.remind", at=time(7, 45), weekdays=WORKDAYS),)
