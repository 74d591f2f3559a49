"""Who may do what with jobs."""

from __future__ import annotations

from cchc.audit.actors import Actor
from cchc.interface.access import ALLOWED, Verdict, denied, permission
from cchc.interface.models import Job


@permission
def may_follow_job(actor: Actor | None, job: Job) -> Verdict:
    """See, cancel and resume a job: whoever asked for it. To others it is as if there were none."""
    is_own = actor is not None and actor.identity == job.requested_by
    return ALLOWED if is_own else denied("interface.job_not_found")
