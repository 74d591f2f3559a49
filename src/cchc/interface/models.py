"""Jobs: what was asked for, how it stands, until when the schedule has been looked through.

What somebody did (asked, cancelled, went on) and how it ended is a `Recorded` model with its events. How it stands
changes every second and says nothing about any object of the product: `Guarded` tables, each with one writer.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.db import models

from cchc.audit.models import Guarded, Recorded


class JobState(StrEnum):
    """`open` is waiting or running; which of them, its lease tells."""

    OPEN = "open"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


_OVER: Final = [JobState.FINISHED.value, JobState.FAILED.value, JobState.CANCELLED.value]


class Job(Recorded):
    """Work that takes longer than a page.

    `kind` and `parameters` are described in `cchc.interface.jobs.kinds`; parameters hold identities, never personal
    data. `key`: whoever asks again with the same one gets this job. `requested_by`: the code of an official, or
    `system:schedule`. `result`: what the kind's link is made from. `problems`: why it failed, `[{code, vi, en}]`,
    sentences as said then.
    """

    kind = models.CharField(max_length=100)
    parameters = models.JSONField(default=dict)
    key = models.CharField(max_length=200, null=True)
    requested_by = models.CharField(max_length=200)
    requested_at = models.DateTimeField()
    state = models.CharField(max_length=20, default=JobState.OPEN.value)
    ended_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)
    problems = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="interface_job_key_once"),
            models.CheckConstraint(
                condition=models.Q(state=JobState.OPEN.value, ended_at__isnull=True)
                | models.Q(state__in=_OVER, ended_at__isnull=False),
                name="interface_job_ended_when_over",
            ),
        ]
        indexes = [
            models.Index(
                fields=["requested_by"],
                condition=models.Q(state__in=[JobState.OPEN.value, JobState.FAILED.value]),
                name="interface_jobs_on_a_desk",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class JobLease(Guarded):
    """Who may do a job until when, and how far it is. One row per job, made and ended with it.

    `fence` grows whenever the right to write passes on: nobody with an older number can commit. `free_at` is from
    when any worker may take the job: while one has it, the end of its lease; null when the job is over. `tries`
    counts the attempts since the last checkpoint. `done` of `total` (null: not known yet) is for the eye, `saved` is
    what the job's function goes on from. `problems`: why the last attempt was put off.
    """

    writer = "cchc.interface.jobs.leases"

    job = models.OneToOneField(Job, on_delete=models.CASCADE, primary_key=True, related_name="lease")
    fence = models.PositiveBigIntegerField(default=0)
    worker = models.CharField(max_length=200, blank=True)
    free_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    saved = models.JSONField(null=True)
    problems = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["free_at"], condition=models.Q(free_at__isnull=False), name="interface_lease_free"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} fence {self.fence}"


class ScheduleMark(Guarded):
    """Until when due moments have been asked for. A single row, locked while they are."""

    writer = "cchc.interface.jobs.schedule"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    looked_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="interface_schedule_mark_is_single"),
        ]

    def __str__(self) -> str:
        return f"{self.looked_until:%Y-%m-%d %H:%M:%S}"
