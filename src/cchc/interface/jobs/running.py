"""One attempt at a job: what its function has in hand, and the pulse beside it that keeps the lease."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any, Final, Protocol

import structlog
from django.db import connection
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone

from cchc.audit.actors import Actor
from cchc.interface.jobs import leases
from cchc.interface.jobs.kinds import Effect
from cchc.interface.jobs.leases import JobCancelled, Lease, RunEnded
from cchc.interface.jobs.standings import standings
from cchc.interface.models import Job

DATABASE_AWAY: Final = (OperationalError, InterfaceError)
BEAT: Final = timedelta(seconds=1)
_log = structlog.get_logger(__name__)


class WorkerStopping(RunEnded):
    """The worker was told to stop; the job goes on elsewhere, or later."""


class SavePart(Protocol):
    """`cchc.interface.actions.save_part`, which leans on this module."""

    def __call__(
        self, *, actor: Actor, now: datetime, lease: Lease, saved: Any, done: int, total: int | None, writes: Effect
    ) -> None: ...


class Run:
    """What a job's function has in hand. Everything here raises `RunEnded` once the attempt is over: let it pass."""

    def __init__(self, lease: Lease, job: Job, stop: Event, save_part: SavePart) -> None:
        self.lease = lease
        self.requested_by = job.requested_by
        self.requested_at = job.requested_at
        self.actor = Actor("system", f"job:{job.kind}", on_behalf_of=job.requested_by)
        self.saved = lease.saved
        """What the last checkpoint saved; None when there was none."""
        self.tries = lease.tries
        """Attempts since the last checkpoint, with this one."""
        self._standing = (lease.done, lease.total)
        self._stop = stop
        self._save_part = save_part
        self._ended: RunEnded | None = None

    def progress(self, done: int, of: int) -> None:
        """So many are done. Cheap: the pulse writes it down, at most once a second."""
        if not 0 <= done <= of:
            raise ValueError(f"{done} of {of}")
        self._standing = (done, of)
        self._expect_going_on()

    def checkpoint(self, saved: Any, *, writes: Effect | None = None) -> None:
        """Keep `saved` (JSON) for the next attempt; what `writes` does is committed together with it, or not at all.

        A worker that was told to stop still writes what has been done, and stops then: a mail that has left is noted.
        """
        done, total = self._standing
        if writes is None:
            self._expect_going_on()
            leases.save(self.lease, saved=saved, done=done, total=total)
            self.tries = 1
            return
        if self._ended is not None:
            raise self._ended
        self._save_part(
            actor=self.actor, now=timezone.now(), lease=self.lease,
            saved=saved, done=done, total=total, writes=writes,
        )  # fmt: skip
        self.tries = 1
        self._expect_going_on()

    def writing(self, done: int, of: int) -> None:
        """So many are written by what the job returned; called from within its transaction, between parts.

        It is told beside the database, where others see it at once. Raises `JobCancelled` when somebody waits to cancel
        the job: all of it is rolled back. A worker that was told to stop finishes what it is writing.
        """
        if standings().tell(self.lease.job, self.lease.fence, done, of, now=timezone.now()):
            raise JobCancelled

    @property
    def standing(self) -> tuple[int, int | None]:
        """Done, and of how many."""
        return self._standing

    def end(self, reason: RunEnded) -> None:
        """Called from the pulse: the function learns it at its next sign of life."""
        self._ended = reason

    def _expect_going_on(self) -> None:
        if self._ended is not None:
            raise self._ended
        if self._stop.is_set():
            raise WorkerStopping


class Pulse:
    """Keeps the lease: writes when there is progress, or when a third of the lease has gone; else only looks."""

    def __init__(self, run: Run, length: timedelta) -> None:
        self._run = run
        self._length = length
        self._told = run.standing
        self._next: datetime | None = None

    @property
    def has_told(self) -> bool:
        """Whether the last beat said how far the run is now."""
        return self._told == self._run.standing

    def beat(self, now: datetime) -> None:
        """Once; tells the run when it has lost the right to its job."""
        done, total = standing = self._run.standing
        try:
            if standing == self._told and self._next is not None and now < self._next:
                leases.check(self._run.lease)
                return
            leases.keep(self._run.lease, until=now + self._length, done=done, total=total)
        except RunEnded as reason:
            self._run.end(reason)
        else:
            self._told, self._next = standing, now + self._length / 3


@contextmanager
def pulsing(run: Run, length: timedelta) -> Iterator[None]:
    """Beat in a thread of its own, so that long computing needs no signs of life. Its last beat is over at the end, and
    what was done by then is told: a beat may have written down less than was saved meanwhile.
    """
    over = Event()
    pulse = Pulse(run, length)

    def beat_on() -> None:
        try:
            while not over.wait(min(BEAT, length / 3).total_seconds()):
                _beat_once(pulse)
        finally:
            connection.close()

    thread = Thread(target=beat_on, name="job-pulse")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        if not pulse.has_told:
            _beat_once(pulse)


def _beat_once(pulse: Pulse) -> None:
    """A missed beat is no harm as long as a later one succeeds: the fence decides, not the clock."""
    try:
        pulse.beat(timezone.now())
    except DATABASE_AWAY as error:
        _log.warning("job_beat_missed", error=type(error).__name__)
        connection.close()
