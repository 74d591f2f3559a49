"""Retention, every night."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import Final

from django.utils import timezone

from cchc.audit.actors import Actor
from cchc.interface.jobs import Effect, Recurring, Run, job
from cchc.privacy.actions import BATCH, RETENTION_JOB, carry_out, seal_log
from cchc.privacy.survey import Standing, survey
from cchc.records.text import LocalText


@job(RETENTION_JOB, LocalText("Thực hiện thời hạn lưu giữ", "Carry out retention"))
def retention(run: Run, *, due_at: datetime | None = None) -> Effect:
    """End what is past its time, a few hundred at a time; whoever goes on after a stop finds only what is left."""
    standing = survey(timezone.now())
    total, done = sum(one.due.due for one in standing), 0
    for one in standing:
        for _batch in range(-(-one.due.due // BATCH)):
            done = min(done + BATCH, total)
            run.progress(done, total)
            run.checkpoint(None, writes=partial(carry_out, rule=one.rule, before=one.before))
    return partial(_conclude, standing=standing)


def _conclude(*, actor: Actor, now: datetime, standing: list[Standing]) -> dict[str, int]:
    """Seal the log; how many were past their time, by what they are."""
    seal_log(actor=actor, now=now)
    return {one.rule.value.kept.code: one.due.due for one in standing if one.due.due}


SCHEDULE: Final = (Recurring(RETENTION_JOB, at=time(1, 30)),)
