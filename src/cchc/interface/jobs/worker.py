"""The worker: takes one job after another until it is told to stop. Any number of them may run at once."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta
from threading import Event
from typing import Final

import structlog
from django.db import close_old_connections
from django.utils import timezone

from cchc.audit.actions import REGISTER_BUSY
from cchc.audit.actors import Actor
from cchc.interface import actions
from cchc.interface.jobs import kinds, leases, schedule
from cchc.interface.jobs.kinds import JobKind, job_kind
from cchc.interface.jobs.leases import LENGTH, Lease, RunEnded
from cchc.interface.jobs.parameters import from_json
from cchc.interface.jobs.running import DATABASE_AWAY, Run, WorkerStopping, pulsing
from cchc.interface.jobs.standings import standings
from cchc.interface.models import Job
from cchc.records.errors import DomainError, Problem, problem, refuse

SCHEDULER: Final = Actor("system", "schedule")
_IDLE: Final = 0.5  # seconds between two looks
_PAUSE: Final = 5.0  # seconds until the next look when one failed
_FIRST_DELAY: Final = timedelta(seconds=10)
_LONGEST_DELAY: Final = timedelta(hours=1)
_log = structlog.get_logger(__name__)


def own_name() -> str:
    """`host:4711`: how a worker is called in leases and logs."""
    return f"{socket.gethostname()}:{os.getpid()}"


def work(name: str, stop: Event, *, length: timedelta = LENGTH, idle: float = _IDLE) -> None:
    """Do jobs, and ask for recurring ones, until `stop`. Goes on when the database was away for a while.

    `length` of a lease: so long after a worker was killed its job waits for the next one. Raises `ValueError` for
    what a room lists wrongly; later faults are logged, and the job at hand is taken again when its lease is over.
    """
    schedule.known_schedule()
    while not stop.is_set():
        try:
            has_worked = work_once(name, stop, timezone.now(), length)
        except DATABASE_AWAY as error:
            _log.warning("job_database_away", error=type(error).__name__)
            stop.wait(_PAUSE)
        except Exception as fault:  # noqa: BLE001 - one job must not end the worker of all others
            _log.error("job_worker_fault", exc_info=fault)
            stop.wait(_PAUSE)
        else:
            if not has_worked:
                stop.wait(idle)
        close_old_connections()


def work_once(name: str, stop: Event, now: datetime, length: timedelta = LENGTH) -> bool:
    """Look at the schedule, then do the free job that was asked for first. Whether there was one."""
    if schedule.has_work(now):
        actions.request_due_jobs(actor=SCHEDULER, now=now)
    lease = leases.take(worker=name, kinds=kinds.known_jobs(), now=now, length=length)
    if lease is not None:
        carry_out(lease, stop, length)
    return lease is not None


def carry_out(lease: Lease, stop: Event, length: timedelta = LENGTH) -> None:
    """One attempt, to its end: finished, failed, put off, given back, or no longer ours."""
    job = Job.objects.get(pk=lease.job)
    run = Run(lease, job, stop, actions.save_part)
    with structlog.contextvars.bound_contextvars(request_id=f"job-{lease.job}-{lease.fence}", job=job.kind):
        try:
            _attempt(run, job, length)
        except WorkerStopping:
            leases.give_back(lease, now=timezone.now())
            _log.info("job_given_back")
        except RunEnded as reason:
            _log.warning("job_attempt_ended", reason=type(reason).__name__)
        finally:
            standings().forget(lease.job, lease.fence)


def _attempt(run: Run, job: Job, length: timedelta) -> None:
    """Raises `RunEnded`."""
    kind = job_kind(job.kind)
    if run.tries > kind.tries:
        _fail(run, problem("interface.job_worker_lost", tries=kind.tries))
        return
    try:
        with pulsing(run, length):
            writes = kind.function(run, **_parameters(kind, job))
        actions.finish_job(actor=run.actor, now=timezone.now(), lease=run.lease, writes=writes)
    except DomainError as refusal:
        if refusal.code == REGISTER_BUSY:
            _after_fault(run, kind, refusal)
        else:
            _fail(run, *refusal.problems)
    except Exception as fault:  # noqa: BLE001 - logged, tried again, and in the end shown to who asked
        _after_fault(run, kind, fault)
    else:
        _log.info("job_finished")


def _parameters(kind: JobKind, job: Job) -> dict[str, object]:
    try:
        return from_json(kind.function, job.parameters)
    except (TypeError, ValueError) as error:
        raise refuse("interface.job_outdated") from error


def _after_fault(run: Run, kind: JobKind, fault: Exception) -> None:
    """Try again later, or give up. Only the fault's type is kept: its message may name people.

    When the fault is that the database is away, writing fails too, and the lease runs out.
    """
    _log.error("job_fault", exc_info=fault)
    what = type(fault).__name__
    if run.tries >= kind.tries:
        _fail(run, problem("interface.job_fault", what=what))
        return
    why = actions.in_both_languages([problem("interface.job_put_off", what=what)])
    leases.put_off(run.lease, until=timezone.now() + delay_after(run.tries), problems=why)


def delay_after(tries: int) -> timedelta:
    """10 s, 40 s, 160 s …, at most an hour."""
    return min(_FIRST_DELAY * 4 ** min(tries - 1, 10), _LONGEST_DELAY)


def _fail(run: Run, *problems: Problem) -> None:
    actions.fail_job(actor=run.actor, now=timezone.now(), lease=run.lease, problems=problems)
    _log.error("job_failed", code=problems[0].code)
