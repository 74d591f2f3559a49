"""Reading jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from cchc.interface.models import Job, JobState
from cchc.records.errors import refuse

MOST_JOBS: Final = 50


def get_job(number: int) -> Job:
    """The job with its lease, one query; `permissions.may_follow_job` says who may see it.

    Raises `interface.job_not_found`.
    """
    job = Job.objects.select_related("lease").filter(pk=number).order_by("pk").first()
    if job is None:
        raise refuse("interface.job_not_found")
    return job


def jobs_to_look_after(identity: str, *, failed_since: datetime) -> QuerySet[Job]:
    """Somebody's jobs that are not over or have failed since then, each with its lease; the newest first, one query."""
    open_or_failed = Q(state=JobState.OPEN) | Q(state=JobState.FAILED, ended_at__gte=failed_since)
    found = Job.objects.filter(open_or_failed, requested_by=identity).select_related("lease")
    return found.order_by("-pk")[:MOST_JOBS]
