"""Jobs done in the test's own transaction."""

from __future__ import annotations

from threading import Event

from django.utils import timezone

from cchc.interface.actions import finish_job, save_part
from cchc.interface.jobs import leases
from cchc.interface.jobs.kinds import job_kind
from cchc.interface.jobs.parameters import from_json
from cchc.interface.jobs.running import Run
from cchc.interface.models import Job


def do_job(job: Job) -> Job:
    """What a worker does, without its pulse: inside a test's transaction there is one connection only."""
    lease = leases.take(worker="test", kinds=[job.kind], now=timezone.now())
    assert lease is not None and lease.job == job.pk
    run = Run(lease, job, Event(), save_part)
    writes = job_kind(job.kind).function(run, **from_json(job_kind(job.kind).function, job.parameters))
    return finish_job(actor=run.actor, now=timezone.now(), lease=lease, writes=writes)
