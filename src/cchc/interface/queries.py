"""Reading jobs."""

from __future__ import annotations

from cchc.interface.models import Job
from cchc.records.errors import refuse


def get_job(number: int) -> Job:
    """The job with its lease, one query; `permissions.may_follow_job` says who may see it.

    Raises `interface.job_not_found`.
    """
    job = Job.objects.select_related("lease").filter(pk=number).order_by("pk").first()
    if job is None:
        raise refuse("interface.job_not_found")
    return job
