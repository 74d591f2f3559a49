"""The time of one dossier: its first appointment, the one that holds now, and every move between them.

Pure: from the moment of reception, the limit of the procedure's version, the calendar, and the records that lie beside
the dossier (suspensions, other appointments). Nothing here knows a database or what time it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from cchc.records.errors import refuse
from cchc.worktime.appointments import Effect, Suspension
from cchc.worktime.calendar import Calendar
from cchc.worktime.limits import Limit

MoveKind = Literal["suspend", "restart", "extend", "recount"]
EXTEND: Final[MoveKind] = "extend"
RECOUNT: Final[MoveKind] = "recount"


@dataclass(frozen=True, slots=True)
class Pause:
    """Time in which the limit does not run; `end` is None while it lasts. `effect`: what it does to the limit."""

    start: datetime
    end: datetime | None
    effect: Effect

    def until(self, moment: datetime) -> Suspension:
        """As it is by then: one that still lasts ends there, for now, and sets nothing back to zero yet."""
        if self.end is None:
            return Suspension(self.start, max(self.start, moment), "suspend")
        return Suspension(self.start, self.end, self.effect)


@dataclass(frozen=True, slots=True)
class Extension:
    """Another appointment, made at a moment: what was due is due then."""

    at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Move:
    """Why an appointment is not the one before: `minutes` of work by which a suspension from `start` to `end` moved it,
    a limit that began anew with `counted_from`, a decision to put it off, or the first appointment itself by a calendar
    that came later (`recount`).
    """

    kind: MoveKind
    start: datetime
    end: datetime
    counted_from: datetime
    minutes: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """When a dossier is due. Counting began at `starts_at`; `due_at` is the appointment after all `moves`."""

    received_at: datetime
    starts_at: datetime
    first_due_at: datetime
    due_at: datetime
    moves: tuple[Move, ...]

    @property
    def counted_from(self) -> datetime:
        """When the limit last began from zero."""
        return next((one.counted_from for one in reversed(self.moves) if one.kind == "restart"), self.starts_at)


def clock(
    calendar: Calendar, received_at: datetime, limit: Limit, until: datetime,
    pauses: Iterable[Pause] = (), extensions: Iterable[Extension] = (), promised: datetime | None = None,
) -> Clock:  # fmt: skip
    """The clock of a dossier as it stands at `until`.

    A suspension moves the appointment by exactly the working minutes it lasts, or lets the limit begin anew by the
    calendar's intake rule, which takes back no appointment that was promised; one that begins when the time has run out
    moves nothing. A decision replaces what was due, and suspensions after it move what it set. Raises
    `dossiers.extension_earlier` for one that brings the appointment forward, and as `Calendar.due` does.

    `promised` is the first appointment as it was made, perhaps by another calendar than the one that counts now: it is
    never brought forward, and a decision that was taken since, and would be earlier by now, moves nothing.
    """
    starts_at = calendar.counting_start(received_at)
    counted = limit.end(calendar, starts_at)
    first = counted if promised is None else promised
    due_at, moves = first, list[Move]()
    if counted > first:
        due_at = counted
        minutes = calendar.elapsed_minutes(first, counted)
        moves.append(Move(RECOUNT, first, counted, starts_at, minutes, counted))
    happened = _in_order(pauses, extensions, until)
    moves += _moves(calendar, limit, starts_at, due_at, happened, were_judged=promised is not None)
    return Clock(received_at, starts_at, first, moves[-1].due_at if moves else first, tuple(moves))


def step_due(
    calendar: Calendar, begun_at: datetime, limit: Limit, until: datetime, pauses: Iterable[Pause] = ()
) -> datetime:
    """When a step is due that began then: its own limit, moved by the suspensions of its dossier as the dossier is.

    A decision to put the appointment off gives no step more time.
    """
    due_at = limit.end(calendar, begun_at)
    for move in _moves(calendar, limit, begun_at, due_at, _in_order(pauses, (), until)):
        due_at = move.due_at
    return due_at


def _in_order(
    pauses: Iterable[Pause], extensions: Iterable[Extension], until: datetime
) -> list[Suspension | Extension]:
    happened: list[Suspension | Extension] = [pause.until(until) for pause in pauses]
    return sorted([*happened, *extensions], key=_moment)


def _moment(one: Suspension | Extension) -> tuple[datetime, datetime]:
    return (one.at, one.due_at) if isinstance(one, Extension) else (one.start, one.end)


def _moves(
    calendar: Calendar, limit: Limit, starts_at: datetime, due_at: datetime,
    happened: Iterable[Suspension | Extension], *, were_judged: bool = False,
) -> Iterator[Move]:  # fmt: skip
    """What moves the appointment, in the order of time. `running_from`: since when no minute is suspended."""
    running_from = starts_at
    for one in happened:
        if isinstance(one, Extension):
            if one.due_at < due_at and were_judged:
                continue
            if one.due_at < due_at:
                raise refuse("dossiers.extension_earlier", due_at=one.due_at.isoformat(), before=due_at.isoformat())
            minutes = calendar.elapsed_minutes(due_at, one.due_at)
            running_from, due_at = one.at, one.due_at
            yield Move(EXTEND, one.at, one.at, running_from, minutes, due_at)
        elif one.start >= due_at:
            continue
        elif one.effect == "restart":
            running_from = calendar.counting_start(max(one.end, running_from))
            due_at = max(due_at, limit.end(calendar, running_from))
            yield Move("restart", one.start, one.end, running_from, 0, due_at)
        elif one.end > running_from:
            minutes = calendar.elapsed_minutes(max(one.start, running_from), one.end)
            running_from, due_at = one.end, calendar.due(due_at, minutes)
            yield Move("suspend", one.start, one.end, running_from, minutes, due_at)
