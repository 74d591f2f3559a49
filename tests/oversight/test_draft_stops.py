"""A draft that a job makes is cancelled, killed and asked for twice, with real commits."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from typing import Any

import pytest
import time_machine

from cchc.interface.actions import cancel_job, resume_job
from cchc.interface.jobs import leases
from cchc.interface.jobs.leases import JobCancelled
from cchc.interface.jobs.running import Run
from cchc.interface.jobs.worker import carry_out, work_once
from cchc.interface.models import Job, JobState
from cchc.oversight.models import ListedItem, ListedOfficial, MonthlyList
from cchc.oversight.queries import drafting
from cchc.oversight.queries.drafts import DRAFT
from tests.factories.dossiers import Desk, desk_of_a_commune
from tests.oversight.test_draft_jobs import asked, limit, says, with_two_late
from tests.oversight.test_list_rules import at, by

__all__ = ["limit"]


@pytest.mark.requirement(66)
def test_cancelled_or_killed_it_leaves_nothing_and_twice_it_makes_one_draft(
    committed_database: Any, limit: Any, monkeypatch: pytest.MonkeyPatch
):  # fmt: skip
    """Cancelled as it reads; killed as it writes, half of it written; resumed beside a second one."""
    with time_machine.travel(at("07 09:00"), tick=False) as clock:
        desk = with_two_late(desk_of_a_commune())
        first = asked(desk)
        assert isinstance(first, Job)
        cancelled_while(first, desk, monkeypatch)
        assert nothing_made()
        second = asked(desk, "07 09:20")
        assert isinstance(second, Job) and second.pk != first.pk
        monkeypatch.setattr("cchc.oversight.actions.lists._AT_ONCE", 1)
        clock.move_to(at("07 09:30"))
        killed_while_writing(second)
        assert nothing_made() and Job.objects.get(pk=second.pk).state == JobState.OPEN
        resume_job(**by(desk.one_stop_head, "07 09:40"), number=first.pk)
        clock.move_to(at("07 10:30"))
        while work_once("test", Event(), at("07 10:30") + timedelta(minutes=1)):
            pass
        list_ = MonthlyList.objects.get()
        assert len(says(list_)) == 3, "one person with two entries"
        states = {one.state for one in Job.objects.filter(kind=DRAFT).order_by("pk")}
        assert states == {JobState.FINISHED, JobState.FAILED}, "who comes second is told that there is one"


def cancelled_while(job: Job, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody cancels it as it tells how far it has read."""
    whole = drafting.holdings_at

    def cancelling(*asked_for: Any) -> Any:
        for holding in whole(*asked_for):
            yield holding
            if Job.objects.get(pk=job.pk).state == JobState.OPEN:
                cancel_job(**by(desk.one_stop_head, "07 09:15"), number=job.pk)

    with monkeypatch.context() as patch:
        patch.setattr(drafting, "holdings_at", cancelling)
        lease = leases.take(worker="test", kinds=[DRAFT], now=at("07 09:12"))
        assert lease is not None
        carry_out(lease, Event())
    assert Job.objects.get(pk=job.pk).state == JobState.CANCELLED


def killed_while_writing(job: Job) -> None:
    """The worker is gone in the middle of its transaction."""

    def gone(self: Run, done: int, of: int) -> None:
        assert ListedItem.objects.count() == done == 1, "half of it is written"
        raise JobCancelled

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Run, "writing", gone)
        lease = leases.take(worker="test", kinds=[DRAFT], now=at("07 09:30"))
        assert lease is not None and lease.job == job.pk
        carry_out(lease, Event())


def nothing_made() -> bool:
    return not (MonthlyList.objects.exists() or ListedOfficial.objects.exists() or ListedItem.objects.exists())
