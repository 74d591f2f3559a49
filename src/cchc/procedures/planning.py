"""When each step of a dossier should begin and end, from the moment it was received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cchc.procedures.versions import ProcedureStep, Version
from cchc.worktime.calendar import Calendar


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step with the moment at which it should begin and the one at which it is due."""

    step: ProcedureStep
    begins_at: datetime
    due_at: datetime


def plan(version: Version, calendar: Calendar, received_at: datetime) -> Sequence[PlannedStep]:
    """Every step in the order of the version, as if each took all its time: it begins when the last of those it waits
    for is due, the first ones when counting starts by the calendar's intake rule. Raises as `Calendar.due` does.
    """
    starts_at = calendar.counting_start(received_at)
    due: dict[str, datetime] = {}
    planned = []
    for step in version.steps:
        begins_at = max((due[one] for one in step.after), default=starts_at)
        due[step.id] = step.limit.end(calendar, begins_at)
        planned.append(PlannedStep(step, begins_at, due[step.id]))
    return planned
