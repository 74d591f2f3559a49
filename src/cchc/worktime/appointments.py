"""When a dossier is due: reception, intake rule, limit, and the times it was suspended or started again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from cchc.records.errors import refuse
from cchc.worktime.calendar import Calendar
from cchc.worktime.limits import Limit

Effect = Literal["suspend", "restart"]
EFFECTS: Final[tuple[Effect, ...]] = get_args(Effect)


@dataclass(frozen=True, slots=True)
class Suspension:
    """Time in which a limit does not run: afterwards it goes on (`suspend`) or starts from zero (`restart`).

    Raises `worktime.suspension_ends_early`. Which of the two holds is for the procedure's rules to say.
    """

    start: datetime
    end: datetime
    effect: Effect = "suspend"

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise refuse("worktime.suspension_ends_early", start=self.start.isoformat(), end=self.end.isoformat())


@dataclass(frozen=True, slots=True)
class Appointment:
    """When a dossier is due, and what moved that date: counting starts at `starts_at`, the last time it started.

    `suspended_minutes` are the working minutes by which suspensions since then have moved it.
    """

    received_at: datetime
    starts_at: datetime
    due_at: datetime
    suspended_minutes: int


def appoint(
    calendar: Calendar,
    received_at: datetime,
    limit: Limit,
    suspensions: Iterable[Suspension] = (),
    *,
    intake: bool = True,
) -> Appointment:
    """The appointment of a dossier. `intake`: whether the calendar's intake rule holds for receiving and restarting.

    A suspension moves the due date by exactly the working minutes it lasts; minutes in two of them move it once. One
    that begins when the limit has run out moves nothing, and so does what lies before counting starts: a delay is not
    undone by suspending late. Raises as `Calendar.due` does.
    """
    starts_at = _counted_from(calendar, received_at, intake)
    running_from, suspended = starts_at, 0
    due_at = limit.end(calendar, starts_at)
    for suspension in sorted(suspensions, key=lambda one: (one.start, one.end)):
        if suspension.start >= due_at:
            break
        if suspension.effect == "restart":
            starts_at = running_from = _counted_from(calendar, max(suspension.end, running_from), intake)
            suspended, due_at = 0, limit.end(calendar, starts_at)
        elif suspension.end > running_from:
            minutes = calendar.elapsed_minutes(max(suspension.start, running_from), suspension.end)
            running_from, suspended = suspension.end, suspended + minutes
            due_at = calendar.due(due_at, minutes)
    return Appointment(received_at, starts_at, due_at, suspended)


def _counted_from(calendar: Calendar, moment: datetime, intake: bool) -> datetime:
    return calendar.counting_start(moment) if intake else moment
