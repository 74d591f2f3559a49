"""What a dossier owes its owner in words: which letters, since when, by when, why, and whether they were sent in time.

Pure: from what was promised, how the dossier stands, the calendar, the rules and the letters. No database, no clock.

A letter is owed for every appointment that was put off or is not kept, once for each, and for every recorded mistake,
once for each. An appointment is kept when the dossier ended by its minute, in whatever way; then nothing is owed for
it, be it put off or not. While the dossier waits for somebody else its appointment will move, so that only one that was
missed before that owes a letter.

Where the whole limit is no longer than the days by which a letter comes before the appointment, there is no such
moment: the letter is sent by the appointment itself, and nothing is foreseen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from cchc.apologies.rules import Rules
from cchc.worktime import Calendar

_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)
_HORIZON: Final = timedelta(days=45)  # the longest stretch in which the few working days of a rule may lie


class Why(StrEnum):
    """What a letter is owed for."""

    PUT_OFF = "put_off"
    NOT_KEPT = "not_kept"
    MISTAKE = "mistake"


class Standing(StrEnum):
    """Where a letter stands. `foreseen`: it will be owed unless the dossier ends before."""

    FORESEEN = "foreseen"
    OWED = "owed"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class About:
    """For what a letter is: the key of the decision that put off an appointment, or of a recorded mistake; the number
    of decisions before an appointment that is not kept.
    """

    why: Why
    key: int


@dataclass(frozen=True, slots=True)
class Promise:
    """An appointment as it was made; `decision` is the key of the decision that made it, None for any other move."""

    made_at: datetime
    due_at: datetime
    decision: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A mistake, found at a moment."""

    key: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """All that counts: the appointments in their order, when the dossier ended, since when it waits for others, its
    mistakes, and when each letter was sent. `is_short`: its limit leaves no day before.
    """

    promises: Sequence[Promise]
    is_short: bool = False
    ended_at: datetime | None = None
    paused_at: datetime | None = None
    mistakes: Sequence[Found] = ()
    sent: Sequence[tuple[About, datetime]] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """One letter: for what, since when it is foreseen or owed, by when it is sent at the latest, how it stands.

    `is_overdue`: the appointment itself was missed. `due_at` is that appointment, None for a mistake.
    """

    about: About
    since: datetime
    owed_by: datetime
    standing: Standing
    due_at: datetime | None = None
    is_overdue: bool = False
    sent_at: datetime | None = None

    @property
    def is_in_time(self) -> bool:
        """Whether the letter was sent, and by the deadline."""
        return self.sent_at is not None and not is_after(self.sent_at, self.owed_by)

    def is_due(self, now: datetime) -> bool:
        """Whether it is owed by now, sent or not: for an appointment that holds not before its deadline."""
        return self.about.why != Why.NOT_KEPT or self.is_overdue or not is_after(self.owed_by, now)

    def is_late(self, now: datetime) -> bool:
        """Whether the deadline of the letter passed without it."""
        return is_after(self.sent_at or now, self.owed_by)


def duties(calendar: Calendar, rules: Rules, facts: Facts, now: datetime) -> Iterator[Duty]:
    """Every letter that is foreseen, owed or was sent: of appointments in their order, then of mistakes."""
    before: Promise | None = None
    decided = 0
    for promise in facts.promises:
        if promise.decision is not None and before is not None:
            decided += 1
            if not _is_kept(facts, before.due_at):
                about = About(Why.PUT_OFF, promise.decision)
                owed_by = _deadline(calendar, rules, facts, before.due_at)
                yield _stands(facts, about, promise.made_at, owed_by, now, before.due_at)
        before = promise
    if before is not None:
        yield from _of_the_last(calendar, rules, facts, About(Why.NOT_KEPT, decided), before.due_at, now)
    for mistake in facts.mistakes:
        owed_by = days_after(calendar, mistake.at, rules.after_mistake)
        yield _stands(facts, About(Why.MISTAKE, mistake.key), mistake.at, owed_by, now)


def _of_the_last(
    calendar: Calendar, rules: Rules, facts: Facts, about: About, due_at: datetime, now: datetime
) -> Iterator[Duty]:
    """The appointment that holds: not kept, or perhaps not to be kept."""
    missed = is_after(facts.ended_at or facts.paused_at or now, due_at)
    if not missed and (facts.ended_at or facts.paused_at):
        return
    owed_by = _deadline(calendar, rules, facts, due_at)
    since = owed_by if facts.is_short else days_before(calendar, due_at, rules.first_warning)
    if is_after(since, now):
        return
    duty = _stands(facts, about, since, owed_by, now, due_at)
    if duty.standing == Standing.OWED and is_after(owed_by, now):
        duty = Duty(about, since, owed_by, Standing.FORESEEN, due_at)
    yield duty


def _deadline(calendar: Calendar, rules: Rules, facts: Facts, due_at: datetime) -> datetime:
    return due_at if facts.is_short else days_before(calendar, due_at, rules.before)


def _stands(
    facts: Facts, about: About, since: datetime, owed_by: datetime, now: datetime, due_at: datetime | None = None
) -> Duty:
    sent_at = min((at for of, at in facts.sent if of == about), default=None)
    overdue = due_at is not None and is_after(facts.ended_at or facts.paused_at or now, due_at)
    standing = Standing.OWED if sent_at is None else Standing.SENT
    return Duty(about, since, owed_by, standing, due_at, overdue, sent_at)


def _is_kept(facts: Facts, due_at: datetime) -> bool:
    return facts.ended_at is not None and not is_after(facts.ended_at, due_at)


def is_after(moment: datetime, limit: datetime) -> bool:
    """Whether a moment lies after the minute of another one: seconds make nothing late."""
    return moment.replace(second=0, microsecond=0) > limit


def days_before(calendar: Calendar, due_at: datetime, days: int) -> datetime:
    """The same position in the working day, so many working days earlier, at most that day's total. A moment outside
    working time stands for the end of the working time before it.
    """
    day = calendar.civil(due_at).date()
    worked = calendar.elapsed_minutes(_midnight(calendar, day), due_at)
    while not worked:
        day -= _DAY
        worked = _total(calendar, day)
    for _ in range(days):
        day -= _DAY
        while not _total(calendar, day):
            day -= _DAY
    return calendar.due(_midnight(calendar, day), min(worked, _total(calendar, day)))


def days_after(calendar: Calendar, start: datetime, days: int) -> datetime:
    """The same position in the working day, so many working days later, as the calendar counts limits."""
    return calendar.due_in_working_days(start, days)


def first_reaching(rule: Callable[[datetime], datetime], moment: datetime) -> datetime:
    """The first minute for which a rule that never runs backwards (`days_before` of a calendar) answers that moment or
    a later one: what lists ask the database for.
    """
    start = (moment - _HORIZON).replace(second=0, microsecond=0)
    minutes = range(2 * int(_HORIZON / _MINUTE))
    return start + bisect_left(minutes, moment, key=lambda minute: rule(start + minute * _MINUTE)) * _MINUTE


def _midnight(calendar: Calendar, day: date) -> datetime:
    return datetime.combine(day, time(), calendar.zone)


def _total(calendar: Calendar, day: date) -> int:
    return calendar.elapsed_minutes(_midnight(calendar, day), calendar.end_of(day))
