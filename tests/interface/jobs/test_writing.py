"""What a job writes in one transaction is told while it is open, and makes way for whoever cancels the job."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connection

from cchc.audit.actions import action, record
from cchc.audit.actors import Actor
from cchc.audit.models import AuditEvent
from cchc.interface import actions
from cchc.interface.jobs import Effect, Run, leases
from cchc.interface.jobs.showing import job_shown
from cchc.interface.jobs.standings import Standings, standings
from cchc.interface.jobs.worker import work_once
from cchc.interface.models import Job, JobState
from cchc.interface.queries import get_job
from cchc.interface.shapes import Job as Shown
from cchc.records.errors import DomainError
from tests.audit.notes import WRITTEN
from tests.interface.jobs.room import HOA, NOON, Note, kind_of, kinds_present, notes

PARTS = 40


@action
def write_slowly(*, actor: Actor, now: datetime, tell: Callable[[int, int], None], reached: Event, go_on: Event) -> int:
    for number in range(1, PARTS + 1):
        record(WRITTEN, Note.objects.create(text=f"{number:02}"))
        tell(number, PARTS)
        if number == 10:
            reached.set()
            go_on.wait(10)
        time.sleep(0.01)
    return PARTS


class Written:
    """A job that writes, by a worker in a thread of its own, and waits a quarter of the way."""

    def __init__(self) -> None:
        self.reached, self.go_on = Event(), Event()

        def slow(run: Run) -> Effect:
            return partial(write_slowly, tell=run.writing, reached=self.reached, go_on=self.go_on)

        self.kind = kind_of(slow)
        self._thread = Thread(target=self._work)

    def begin(self) -> Job:
        job = actions.request_job(actor=HOA, now=NOON, kind="trial.slow")
        self._thread.start()
        assert self.reached.wait(10)
        return job

    def end(self) -> None:
        self.go_on.set()
        self._thread.join()

    def _work(self) -> None:
        try:
            work_once("một", Event(), datetime.now(NOON.tzinfo))
        finally:
            connection.close()


def shown(job: Job, **later: float) -> Shown:
    return job_shown(get_job(job.pk), datetime.now(NOON.tzinfo) + timedelta(**later))


@pytest.mark.long
@pytest.mark.requirement(84)
@pytest.mark.usefixtures("committed_trials")
def test_others_see_how_much_is_written_before_any_of_it_can_be_read() -> None:
    writing = Written()
    with kinds_present(writing.kind):
        job = writing.begin()
        seen = shown(job)
        assert (seen.state, seen.done, seen.total, seen.percent) == ("running", 10, PARTS, 25)
        assert notes() == [], "nothing is committed yet"
        assert shown(job, seconds=20).state == "running"
        writing.end()
    job.refresh_from_db()
    assert (job.state, job.result, len(notes())) == (JobState.FINISHED, PARTS, PARTS)
    assert standings().of(job.pk, 1, now=NOON) is None, "forgotten when it is over"
    assert shown(job).state == "finished"


@pytest.mark.long
@pytest.mark.requirement(84)
@pytest.mark.usefixtures("committed_trials")
def test_what_is_being_written_is_taken_back_when_somebody_cancels_the_job() -> None:
    writing = Written()
    with kinds_present(writing.kind):
        job = writing.begin()
        Thread(target=lambda: (time.sleep(0.2), writing.go_on.set())).start()
        actions.cancel_job(actor=HOA, now=NOON, number=job.pk)  # waits until the other has made way
        writing.end()
        job.refresh_from_db()
        assert (job.state, notes()) == (JobState.CANCELLED, [])
        told = AuditEvent.objects.order_by("sequence").values_list("kind", flat=True)
        assert list(told) == ["interface.job_requested", "interface.job_cancelled"]
        assert (shown(job).state, bool(shown(job).resume)) == ("cancelled", True)
        # Resumed it begins anew, under another fence, and nobody stops it any more.
        actions.resume_job(actor=HOA, now=NOON, number=job.pk)
        assert work_once("hai", Event(), datetime.now(NOON.tzinfo))
    job.refresh_from_db()
    assert (job.state, len(notes())) == (JobState.FINISHED, PARTS)


@pytest.mark.usefixtures("trials")
def test_who_cancels_too_late_is_told_so_and_leaves_no_wish_behind() -> None:
    job = actions.request_job(actor=HOA, now=NOON, kind="trial.nothing")
    lease = leases.take(worker="một", kinds=["trial.nothing"], now=NOON)
    assert lease is not None
    actions.finish_job(actor=HOA, now=NOON, lease=lease, writes=None)
    with pytest.raises(DomainError) as refused:
        actions.cancel_job(actor=HOA, now=NOON, number=job.pk)
    assert refused.value.code == "interface.job_over"
    assert not standings().tell(job.pk, leases.fence_of(job.pk) or 0, 1, 2, now=NOON)


def test_only_the_attempt_that_was_meant_is_stopped(tmp_path: Path) -> None:
    kept = Standings(tmp_path / "new" / "jobs.sqlite3")
    assert kept.of(7, 1, now=NOON) is None
    kept.forget(7, 1)
    assert not kept.tell(7, 1, 3, 9, now=NOON)
    with kept.asking_to_stop(7, 1, now=NOON):
        assert kept.tell(7, 1, 4, 9, now=NOON)
        assert not kept.tell(7, 2, 1, 9, now=NOON)
        assert not kept.tell(8, 1, 1, 9, now=NOON)
    assert not kept.tell(7, 1, 4, 9, now=NOON)
    standing = kept.of(7, 1, now=NOON)
    assert standing is not None and (standing.done, standing.total, standing.at) == (4, 9, NOON)


def test_a_wish_alone_is_no_progress_and_what_is_old_is_forgotten(tmp_path: Path) -> None:
    kept = Standings(tmp_path / "jobs.sqlite3")
    with kept.asking_to_stop(7, 1, now=NOON):
        assert kept.of(7, 1, now=NOON) is None
    kept.tell(1, 1, 3, 9, now=NOON)
    kept.tell(2, 1, 3, 9, now=NOON + timedelta(days=2))
    assert kept.of(1, 1, now=NOON) is None and kept.of(2, 1, now=NOON) is not None
