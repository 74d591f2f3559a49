"""Asking for jobs, cancelling and resuming them; and how a worker ends them, under its lease."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError

from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.interface.audit_kinds import JOB_CANCELLED, JOB_FAILED, JOB_FINISHED, JOB_REQUESTED, JOB_RESUMED
from cchc.interface.jobs import leases, schedule
from cchc.interface.jobs.kinds import Effect, job_kind
from cchc.interface.jobs.leases import Lease
from cchc.interface.jobs.parameters import to_json, types_of
from cchc.interface.jobs.standings import standings
from cchc.interface.models import Job, JobState
from cchc.records.errors import Problem, refuse
from cchc.records.text import LANGUAGES
from cchc.records.words import say_problem

_MOST_PROBLEMS: Final = 20


@action
def request_job(
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    parameters: Mapping[str, object] | None = None,
    key: str | None = None,
    not_before: datetime | None = None,
) -> Job:
    """Ask for a job; in the caller's transaction when there is one, so that both happen or neither.

    Who asks again with the same `key` gets the job of the first time, whatever became of it, and whoever asked then:
    name the asker in the key where that matters. Raises `LookupError` for an unknown kind, `TypeError` for parameters
    its function does not take, `ValueError` for a key that stands for other parameters.
    """
    stored = to_json(job_kind(kind).function, parameters or {})
    if (earlier := _asked_before(kind, stored, key)) is not None:
        nothing_changed()
        return earlier
    try:
        wanted = {"kind": kind, "parameters": stored, "key": key}
        return _create_job(actor=actor, now=now, free_at=not_before or now, wanted=wanted)
    except IntegrityError:
        if (earlier := _asked_before(kind, stored, key)) is None:
            raise
        nothing_changed()  # somebody asked at the same moment
        return earlier


@action
def _create_job(*, actor: Actor, now: datetime, free_at: datetime, wanted: dict[str, Any]) -> Job:
    job = Job.objects.create(**wanted, requested_by=_who_asks(actor), requested_at=now)
    leases.open_lease(job, free_at)
    record(JOB_REQUESTED, job, after=wanted)
    return job


def _who_asks(actor: Actor) -> str:
    """An official's code as it is; anything else with its kind before it, so that nobody is entered under its name and
    has its jobs.
    """
    return actor.identity if actor.kind == "official" else f"{actor.kind}:{actor.identity}"


def _asked_before(kind: str, parameters: Mapping[str, Any], key: str | None) -> Job | None:
    job = Job.objects.filter(kind=kind, key=key).order_by("pk").first() if key is not None else None
    if job is not None and job.parameters != parameters:
        raise ValueError(f"the key {key!r} of {kind} stands for other parameters")
    return job


@action
def request_due_jobs(*, actor: Actor, now: datetime) -> list[Job]:
    """Ask for what fell due since the last look, each moment once, however many workers look."""
    due = schedule.due_moments(schedule.advance(now), now)
    if not due:
        nothing_changed()
    return [
        request_job(actor=actor, now=now, kind=kind, parameters=_moment(kind, at), key=at.isoformat())
        for kind, at in due
    ]


def _moment(kind: str, at: datetime) -> dict[str, object]:
    """A recurring kind may take the moment it was due."""
    return {"due_at": at} if "due_at" in types_of(job_kind(kind).function) else {}


def cancel_job(*, actor: Actor, now: datetime, number: int) -> Job:
    """Cancel a job that is waiting or running: from this commit on nothing of it is written. What is just writing makes
    way first, and takes back what it has written.

    Raises `interface.job_over` for one that has ended otherwise.
    """
    fence = leases.fence_of(number)
    if fence is None:
        raise refuse("interface.job_not_found")
    with standings().asking_to_stop(number, fence, now=now):
        return _cancel_job(actor=actor, now=now, number=number)


@action
def _cancel_job(*, actor: Actor, now: datetime, number: int) -> Job:
    job = _locked(number)
    if job.state == JobState.CANCELLED:
        nothing_changed()
        return job
    if job.state != JobState.OPEN:
        raise refuse("interface.job_over")
    return _close(job, now, JobState.CANCELLED, JOB_CANCELLED)


@action
def resume_job(*, actor: Actor, now: datetime, number: int) -> Job:
    """Let a cancelled or failed job go on from its last checkpoint. Raises `interface.job_over` for a finished one."""
    job = _locked(number)
    if job.state == JobState.OPEN:
        nothing_changed()
        return job
    if job.state == JobState.FINISHED:
        raise refuse("interface.job_over")
    before = {"state": job.state}
    job.state, job.ended_at, job.problems = JobState.OPEN, None, []
    job.save(update_fields=["state", "ended_at", "problems"])
    leases.reopen(job, now)
    record(JOB_RESUMED, job, before=before)
    return job


@action
def save_part(
    *, actor: Actor, now: datetime, lease: Lease, saved: Any, done: int, total: int | None, writes: Effect
) -> None:
    """A checkpoint with what was written for it, under the lease. Raises `RunEnded` without it."""
    leases.hold(lease)
    writes(actor=actor, now=now)
    leases.save(lease, saved=saved, done=done, total=total)
    nothing_changed()  # of the job itself; what was written recorded its own events


@action
def finish_job(*, actor: Actor, now: datetime, lease: Lease, writes: Effect | None) -> Job:
    """What the job writes, and that it is finished, in one transaction. Raises `RunEnded` without the lease."""
    job = leases.hold(lease)
    job.result = writes(actor=actor, now=now) if writes is not None else None
    return _close(job, now, JobState.FINISHED, JOB_FINISHED, result=job.result)


@action
def fail_job(*, actor: Actor, now: datetime, lease: Lease, problems: Sequence[Problem]) -> Job:
    """The job has failed for good, unless somebody resumes it. Raises `RunEnded` without the lease.

    The chain keeps the codes: sentences may quote what somebody's file says.
    """
    job = leases.hold(lease)
    job.problems = in_both_languages(problems)
    return _close(job, now, JobState.FAILED, JOB_FAILED, problems=[one.code for one in problems])


def in_both_languages(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """Problems as a job keeps them: `{code, vi, en}`, at most twenty."""
    return [
        {"code": one.code, **{language: say_problem(one, language) for language in LANGUAGES}}
        for one in problems[:_MOST_PROBLEMS]
    ]


def _locked(number: int) -> Job:
    job = Job.objects.select_for_update().filter(pk=number).order_by("pk").first()
    if job is None:
        raise refuse("interface.job_not_found")
    return job


def _close(job: Job, now: datetime, state: JobState, kind: str, **after: object) -> Job:
    job.state, job.ended_at = state, now
    job.save(update_fields=["state", "ended_at", "result", "problems"])
    leases.end(job)
    record(kind, job, after=after or None)
    return job
