"""Recurring jobs as data: `SCHEDULE` in a room's module `jobs`. The only writer of `ScheduleMark`.

Times are civil time in Vietnam. A moment that passes while no worker runs is made up for once, however many passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from cchc.interface.jobs.kinds import known_jobs
from cchc.interface.jobs.parameters import types_of
from cchc.interface.models import ScheduleMark
from cchc.interface.rooms import room_modules

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
WORKDAYS: Final = (0, 1, 2, 3, 4)
_EVERY_DAY: Final = (*WORKDAYS, 5, 6)
_DAY: Final = timedelta(days=1)
_SHORTEST: Final = timedelta(minutes=5)
_CLOCK_SKEW: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Recurring:
    """One kind, either `at` a time on `weekdays` (Monday is 0), or `every` so often, counted from midnight.

    `every` divides a day and is at least five minutes: each run leaves events in the audit chain for ever.
    """

    kind: str
    at: time | None = None
    every: timedelta | None = None
    weekdays: Sequence[int] = _EVERY_DAY

    def __post_init__(self) -> None:
        if (self.at is None) == (self.every is None):
            raise ValueError(f"{self.kind}: a recurring job has either `at` or `every`")
        if self.every is not None and (self.every < _SHORTEST or _DAY % self.every):
            raise ValueError(f"{self.kind}: `every` is at least {_SHORTEST} and divides a day, not {self.every}")
        if not self.weekdays or not set(self.weekdays) <= set(_EVERY_DAY):
            raise ValueError(f"{self.kind}: weekdays are 0 (Monday) to 6, not {self.weekdays}")

    def latest(self, now: datetime) -> datetime:
        """The last due moment that is not after `now`."""
        local = now.astimezone(VIETNAM)
        today = local.replace(hour=0, minute=0, second=0, microsecond=0)
        starts = (today - _DAY * back for back in range(8))
        return next(
            due
            for start in starts
            if start.weekday() in self.weekdays and (due := self._last_on(start, local)) is not None
        )

    def _last_on(self, start: datetime, now: datetime) -> datetime | None:
        """The last due moment of the day that begins at `start`, not after `now`."""
        if self.every is not None:
            elapsed = min(now - start, _DAY - self.every)
            return start + elapsed // self.every * self.every
        assert self.at is not None
        due = datetime.combine(start.date(), self.at, VIETNAM)
        return due if due <= now else None


@cache
def known_schedule() -> tuple[Recurring, ...]:
    """What recurs, of all rooms. Raises `ValueError` for a kind of another room, or that takes more than `due_at`."""
    listed: list[Recurring] = []
    for room, module in room_modules("jobs"):
        for entry in getattr(module, "SCHEDULE", ()):
            kind = known_jobs().get(entry.kind)
            if kind is None or not entry.kind.startswith(f"{room.label}."):
                raise ValueError(f"the schedule of room {room.label!r} names the kind {entry.kind!r}")
            if not types_of(kind.function).keys() <= {"due_at"}:
                raise ValueError(f"{entry.kind!r} recurs, so it takes due_at: datetime or nothing")
            listed.append(entry)
    return tuple(listed)


def due_moments(since: datetime, now: datetime) -> list[tuple[str, datetime]]:
    """Kind and moment of what fell due after `since`, until now; of several moments of one entry the last."""
    moments = [(entry.kind, entry.latest(now)) for entry in known_schedule()]
    return sorted({(kind, at) for kind, at in moments if at > since}, key=lambda due: (due[1], due[0]))


def has_work(now: datetime) -> bool:
    """Whether `advance` would move the mark for a reason. Takes no lock."""
    if not known_schedule():
        return False
    since = ScheduleMark.objects.values_list("looked_until", flat=True).order_by("pk").first()
    return since is None or _is_absurd(since, now) or bool(due_moments(since, now))


def advance(now: datetime) -> datetime:
    """Lock the mark, move it to `now`, and say where it stood. Nothing is made up for before the very first look.

    A mark far in the future was set by a wrong clock and is taken back: moments asked for twice have one key.
    """
    ScheduleMark.writable().bulk_create([ScheduleMark(looked_until=now)], ignore_conflicts=True)
    mark = ScheduleMark.writable().select_for_update().get(pk=1)
    if mark.looked_until < now or _is_absurd(mark.looked_until, now):
        ScheduleMark.writable().filter(pk=1).update(looked_until=now)
    return mark.looked_until


def _is_absurd(since: datetime, now: datetime) -> bool:
    return since > now + _CLOCK_SKEW
