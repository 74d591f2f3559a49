"""A job as its component shows it; any page may hold one: `{% job shown %}`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface import shapes
from cchc.interface.durations import clock_time
from cchc.interface.errors import current_language
from cchc.interface.jobs import kinds
from cchc.interface.jobs.leases import LENGTH
from cchc.interface.jobs.standings import Standing, standings
from cchc.interface.models import Job, JobState

_MOST_PROBLEMS: Final = 3


def job_shown(job: Job, now: datetime) -> shapes.Job:
    """The component of a job that was read with its lease."""
    lease, kind = job.lease, kinds.known_jobs().get(job.kind)
    is_open = job.state == JobState.OPEN
    writing = standings().of(job.pk, lease.fence, now=now) if is_open and lease.worker else None
    done, total = _how_far(job, writing)
    is_resumable = job.state in {JobState.CANCELLED, JobState.FAILED}
    return shapes.Job(
        key=f"job-{job.pk}",
        title=kind.title.in_language(current_language()) if kind else job.kind,
        done=done,
        total=total,
        state=_state(job, writing, now),
        problem=_retrying(job) if is_open else _in_words(job.problems),
        cancel=reverse("interface:job-cancel", args=[job.pk]) if is_open else "",
        resume=reverse("interface:job-resume", args=[job.pk]) if is_resumable else "",
        refresh=reverse("interface:job", args=[job.pk]) if is_open else "",
        result=kind.link(job.result) if kind and kind.link and job.state == JobState.FINISHED else None,
    )


def _how_far(job: Job, writing: Standing | None) -> tuple[int, int | None]:
    """What is finished is done, however far its last beat was."""
    if writing is not None:
        return writing.done, writing.total
    total = job.lease.total
    return (total if job.state == JobState.FINISHED and total is not None else job.lease.done), total


def _state(job: Job, writing: Standing | None, now: datetime) -> str:
    if job.state != JobState.OPEN:
        return job.state
    # A killed worker's lease runs out. While one writes, nothing prolongs it, and nobody takes the job either.
    is_taken = job.lease.worker and (job.lease.free_at > now or (writing is not None and writing.at + LENGTH > now))
    return "running" if is_taken else "waiting"


def _retrying(job: Job) -> str:
    """Why the last attempt was put off, and when the next one is due."""
    if not job.lease.problems or job.lease.worker:
        return ""
    when = _("It is tried again at %(time)s.") % {"time": clock_time(job.lease.free_at)}
    return f"{_in_words(job.lease.problems)} {when}"


def _in_words(problems: Sequence[dict[str, str]]) -> str:
    said = [problem[current_language()] for problem in problems[:_MOST_PROBLEMS]]
    if left := len(problems) - len(said):
        said.append(_("And %(count)d more.") % {"count": left})
    return " ".join(said)
