"""Who may do which job until when: the only writer of `JobLease`.

Two rules carry everything. Whoever takes the right to a job away, by taking, returning or ending it, raises its
fence. Whoever writes under the right first locks the job and its lease and compares the fence, in that order, and
keeps both locked until the commit.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, QuerySet

from cchc.interface.models import Job, JobLease, JobState

LENGTH: Final = timedelta(seconds=30)
_LONGEST_NAME: Final = 200


class RunEnded(BaseException):
    """The attempt is over, whatever the job's function does. No `Exception`: no function shall catch it unawares."""


class JobCancelled(RunEnded):
    """Somebody cancelled the job."""


class LeaseLost(RunEnded):
    """The job is another worker's by now: this one was too slow, or stood still."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to do a job, and what earlier attempts left: how far they came, how many they were with this one."""

    job: int
    fence: int
    tries: int = 1
    done: int = 0
    total: int | None = None
    saved: Any = None


def fence_of(job: int) -> int | None:
    """The fence as it was last committed; None without a job."""
    return JobLease.objects.filter(pk=job).values_list("fence", flat=True).order_by("pk").first()


def open_lease(job: Job, free_at: datetime) -> None:
    """Let any worker take a new job from then on."""
    JobLease.writable().bulk_create([JobLease(job=job, free_at=free_at)])


def take(*, worker: str, kinds: Collection[str], now: datetime, length: timedelta = LENGTH) -> Lease | None:
    """The right to the free job of those kinds that was asked for first; None when there is nothing to do.

    So a job whose worker was killed goes on before newer ones begin. An idle look takes no lock. A row that another
    worker is taking at this moment is passed over.
    """
    if not _free(kinds, now).exists():
        return None
    with transaction.atomic():
        row = _free(kinds, now).select_for_update(skip_locked=True, of=("self",)).first()
        if row is None:
            return None
        fence, tries = row.fence + 1, row.tries + 1
        JobLease.writable().filter(pk=row.pk).update(
            fence=fence, tries=tries, worker=worker[:_LONGEST_NAME], free_at=now + length
        )
    return Lease(row.pk, fence, tries, row.done, row.total, row.saved)


def _free(kinds: Collection[str], now: datetime) -> QuerySet[JobLease]:
    return JobLease.writable().filter(free_at__lte=now, job__kind__in=kinds).order_by("pk")


def hold(lease: Lease) -> Job:
    """The job, locked together with the right to it until the transaction ends. Raises `RunEnded` without it."""
    job = Job.objects.select_for_update().filter(pk=lease.job).order_by("pk").first()
    if job is None or _mine(lease).select_for_update().first() is None:
        raise _reason(lease)
    return job


def keep(lease: Lease, *, until: datetime, done: int, total: int | None) -> None:
    """The heartbeat: the lease lasts until then; how far the job is. Raises `RunEnded`."""
    _write(lease, free_at=until, done=done, total=total)


def check(lease: Lease) -> None:
    """Raise `RunEnded` when the right to the job has passed on."""
    if not _mine(lease).exists():
        raise _reason(lease)


def save(lease: Lease, *, saved: Any, done: int, total: int | None) -> None:
    """A checkpoint: from here the next attempt goes on, and attempts are counted anew. Raises `RunEnded`."""
    _write(lease, saved=saved, done=done, total=total, tries=1)


def give_back(lease: Lease, *, now: datetime) -> None:
    """A worker that stops in good order: the job is free at once, and the attempt does not count."""
    _write(lease, fence=F("fence") + 1, worker="", free_at=now, tries=F("tries") - 1)


def put_off(lease: Lease, *, until: datetime, problems: list[dict[str, str]]) -> None:
    """After a fault: free again from then on."""
    _write(lease, fence=F("fence") + 1, worker="", free_at=until, problems=problems)


def end(job: Job) -> None:
    """The job is over; whoever still works on it has lost the right to. The job's row is locked."""
    JobLease.writable().filter(pk=job.pk).update(fence=F("fence") + 1, worker="", free_at=None, problems=[])


def reopen(job: Job, now: datetime) -> None:
    """Free again; the next attempt goes on from the last checkpoint. The job's row is locked."""
    JobLease.writable().filter(pk=job.pk).update(free_at=now, tries=0)


def _mine(lease: Lease) -> QuerySet[JobLease]:
    return JobLease.writable().filter(pk=lease.job, fence=lease.fence).order_by("pk")


def _write(lease: Lease, **values: Any) -> None:
    if not _mine(lease).update(**values):
        raise _reason(lease)


def _reason(lease: Lease) -> RunEnded:
    is_cancelled = Job.objects.filter(pk=lease.job, state=JobState.CANCELLED.value).exists()
    return JobCancelled() if is_cancelled else LeaseLost()
