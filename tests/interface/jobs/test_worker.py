"""One attempt at a job, to each of its ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from threading import Event

import pytest
import time_machine
from django.db.utils import OperationalError

from cchc.audit.actions import REGISTER_BUSY
from cchc.audit.models import AuditEvent
from cchc.audit.testing import unrecorded_for_tests
from cchc.interface import actions
from cchc.interface.jobs import Effect, Run, leases, worker
from cchc.interface.jobs.running import WorkerStopping
from cchc.interface.jobs.worker import delay_after, work, work_once
from cchc.interface.models import Job, JobLease, JobState
from cchc.records.errors import refuse
from tests.interface.jobs.room import HOA, NOON, Note, kind_of, kinds_present, notes, written

pytestmark = pytest.mark.usefixtures("committed_trials")
KINDS = ("trial.count", "trial.refuse", "trial.fault", "trial.nothing")


def ask(kind: str = "trial.count", **parameters: object) -> Job:
    return actions.request_job(actor=HOA, now=NOON, kind=kind, parameters=parameters)


def work_at(now: datetime = NOON, stop: Event | None = None) -> bool:
    with time_machine.travel(now, tick=False):
        return work_once("một", stop or Event(), now)


def events() -> list[str]:
    of_jobs = AuditEvent.objects.filter(kind__startswith="interface.").order_by("sequence")
    return list(of_jobs.values_list("kind", flat=True))


def test_a_job_is_done_once_and_its_end_is_recorded_with_what_it_wrote() -> None:
    job = ask(name="a", steps=2)
    assert work_at()
    assert not work_at()
    job.refresh_from_db()
    assert (job.state, job.result, job.ended_at) == (JobState.FINISHED, {"text": "a/end"}, NOON)
    assert notes() == ["a/0", "a/1", "a/end"]
    assert events() == ["interface.job_requested", "interface.job_finished"]
    by = AuditEvent.objects.order_by("-sequence").values_list("actor_identity", "on_behalf_of").first()
    assert by == ("job:trial.count", "hoa@kon-ray")
    lease = JobLease.objects.get()
    assert (lease.done, lease.total, lease.free_at, lease.worker) == (2, 2, None, "")


def test_what_was_done_last_is_told_though_no_beat_fell_behind_it() -> None:
    def done_at_the_end(run: Run) -> None:
        run.progress(5, 5)

    with kinds_present(kind_of(done_at_the_end)):
        ask("trial.done_at_the_end")
        assert work_at()
    lease = JobLease.objects.get()
    assert (lease.done, lease.total, lease.free_at) == (5, 5, None)


def test_the_free_job_that_was_asked_for_first_is_done_first() -> None:
    for name, minutes in [("later", 3), ("first", 2), ("second", 1)]:
        actions.request_job(
            actor=HOA, now=NOON, kind="trial.count", parameters={"name": name, "steps": 0},
            not_before=NOON + timedelta(minutes=minutes),
        )  # fmt: skip
    assert not work_at()
    while work_at(NOON + timedelta(minutes=2)):
        pass
    assert list(Note.objects.order_by("pk").values_list("text", flat=True)) == ["first/end", "second/end"]


def test_a_refusal_fails_at_once_with_its_sentence_in_both_languages() -> None:
    job = ask("trial.refuse")
    work_at()
    job.refresh_from_db()
    assert (job.state, len(job.problems)) == (JobState.FAILED, 1)
    (problem,) = job.problems
    assert problem["code"] == "records.not_a_number"
    assert "mười" in problem["vi"] and "mười" in problem["en"] and problem["vi"] != problem["en"]
    assert events() == ["interface.job_requested", "interface.job_failed"]


def test_a_fault_is_tried_again_after_growing_delays_then_fails_without_its_message() -> None:
    job, now = ask("trial.fault"), NOON
    for seconds in (10, 40):
        assert work_at(now)
        lease = JobLease.objects.get()
        assert lease.free_at == now + timedelta(seconds=seconds)
        assert lease.problems[0]["code"] == "interface.job_put_off"
        assert not work_at(lease.free_at - timedelta(seconds=1))
        now = lease.free_at
    assert work_at(now)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.problems[0]["code"] == "interface.job_fault" and "OSError" in job.problems[0]["vi"]
    assert "Hoà" not in str(job.problems)
    assert not work_at(now + timedelta(days=30))


@pytest.mark.parametrize(("tries", "seconds"), [(1, 10), (2, 40), (5, 2560), (6, 3600), (99, 3600)])
def test_delays_grow_to_an_hour(tries: int, seconds: int) -> None:
    assert delay_after(tries) == timedelta(seconds=seconds)


def test_a_job_whose_workers_keep_dying_fails_and_does_not_take_them_all() -> None:
    job, now = ask("trial.fault"), NOON
    for _ in range(3):
        assert leases.take(worker="chết", kinds=KINDS, now=now) is not None
        now += leases.LENGTH
    assert work_at(now)
    job.refresh_from_db()
    assert (job.state, job.problems[0]["code"]) == (JobState.FAILED, "interface.job_worker_lost")


def test_a_checkpoint_is_where_the_next_attempt_goes_on_and_counts_attempts_anew() -> None:
    seen: list[object] = []

    def stumble(run: Run) -> Effect | None:
        seen.append(run.saved)
        run.progress(len(seen), 7)
        run.checkpoint({"part": len(seen)}, writes=partial(written, text=f"part {len(seen)}"))
        if len(seen) < 7:
            raise OSError
        return None

    now = NOON
    with kinds_present(kind_of(stumble, tries=2)):
        job = ask("trial.stumble")
        while work_at(now):
            now += timedelta(seconds=10)  # the first delay every time
    job.refresh_from_db()
    assert job.state == JobState.FINISHED
    assert seen == [None, *({"part": n} for n in range(1, 7))]
    assert notes() == [f"part {n}" for n in range(1, 8)]


def interrupted(at: Callable[[Run], None]) -> tuple[Job, list[str]]:
    """A job that writes a part, lets something happen, and goes on; what it reached."""
    reached: list[str] = []

    def walk(run: Run) -> Effect:
        run.checkpoint(1, writes=partial(written, text="part"))
        at(run)
        reached.append("after")
        run.progress(1, 2)
        reached.append("too far")
        return partial(written, text="end")

    with kinds_present(kind_of(walk)):
        job = ask("trial.walk")
        assert work_at()
    job.refresh_from_db()
    return job, reached


def until_told(run: Run) -> None:
    """Wait for the pulse, which is as slow as its lease is long."""
    for _ in range(200):
        if run._ended is not None:
            return
        time.sleep(0.02)


def test_a_cancelled_job_stops_at_its_next_sign_of_life_and_writes_nothing_more() -> None:
    def cancel(run: Run) -> None:
        actions.cancel_job(actor=HOA, now=NOON, number=run.lease.job)
        until_told(run)

    job, reached = interrupted(cancel)
    assert (job.state, reached, notes()) == (JobState.CANCELLED, ["after"], ["part"])
    assert events() == ["interface.job_requested", "interface.job_cancelled"]


def test_a_job_cancelled_at_its_last_moment_writes_nothing() -> None:
    def sprint(run: Run) -> Effect:
        actions.cancel_job(actor=HOA, now=NOON, number=run.lease.job)
        return partial(written, text="end")

    with kinds_present(kind_of(sprint)):
        job = ask("trial.sprint")
        work_at()
    job.refresh_from_db()
    assert (job.state, notes()) == (JobState.CANCELLED, [])


def test_a_cancelled_and_resumed_job_goes_on_from_its_checkpoint_with_another_right() -> None:
    def cancel_and_resume(run: Run) -> None:
        actions.cancel_job(actor=HOA, now=NOON, number=run.lease.job)
        actions.resume_job(actor=HOA, now=NOON, number=run.lease.job)
        until_told(run)

    job, reached = interrupted(cancel_and_resume)
    assert (job.state, reached, notes()) == (JobState.OPEN, ["after"], ["part"])
    lease = leases.take(worker="hai", kinds=("trial.walk",), now=NOON)
    assert lease is not None and lease.saved == 1


def test_a_worker_that_was_overtaken_writes_nothing() -> None:
    def oversleep(run: Run) -> None:
        later = NOON + leases.LENGTH
        assert leases.take(worker="hai", kinds=("trial.walk",), now=later) is not None
        until_told(run)

    job, reached = interrupted(oversleep)
    assert (job.state, reached, notes()) == (JobState.OPEN, ["after"], ["part"])


def test_a_worker_told_to_stop_gives_the_job_back_and_the_attempt_does_not_count() -> None:
    stop = Event()

    def endless(run: Run) -> None:
        stop.set()
        run.progress(0, 1)

    with kinds_present(kind_of(endless, tries=1)):
        ask("trial.endless")
        work_at(stop=stop)
    lease = JobLease.objects.get()
    assert (lease.free_at, lease.tries, lease.worker, lease.fence) == (NOON, 0, "", 2)


def test_a_worker_told_to_stop_still_writes_what_it_has_done_but_begins_nothing_more() -> None:
    stop = Event()

    def walk(run: Run) -> None:
        stop.set()
        with pytest.raises(WorkerStopping):
            run.checkpoint("not begun")
        run.checkpoint("done", writes=partial(written, text="done"))

    with kinds_present(kind_of(walk)):
        ask("trial.walk")
        assert work_at(stop=stop)
    lease = JobLease.objects.get()
    assert (notes(), lease.saved, lease.worker, lease.free_at) == (["done"], "done", "", NOON)


def test_a_long_computation_keeps_its_lease() -> None:
    kept: list[datetime] = []

    def compute(run: Run) -> None:
        deadline = time.monotonic() + 3
        while len(set(kept)) < 3 and time.monotonic() < deadline:
            time.sleep(0.02)
            kept.append(JobLease.objects.get().free_at)  # type: ignore[arg-type]

    with kinds_present(kind_of(compute)):
        job = actions.request_job(actor=HOA, now=NOON, kind="trial.compute")
        stop = Event()
        assert work_once("một", stop, datetime.now(NOON.tzinfo), timedelta(seconds=0.3))
    job.refresh_from_db()
    assert (job.state, len(set(kept))) == (JobState.FINISHED, 3)


def test_parameters_of_another_version_fail_with_a_sentence() -> None:
    job = ask(name="a")
    with kinds_present(kind_of(count_other_way)):
        work_at()
    job.refresh_from_db()
    assert (job.state, job.problems[0]["code"]) == (JobState.FAILED, "interface.job_outdated")


def count_other_way(run: Run, *, number: int) -> None: ...


count_other_way.__name__ = "count"


def test_a_kind_that_this_version_does_not_know_waits() -> None:
    def later(run: Run) -> None: ...

    with kinds_present(kind_of(later)):
        job = ask("trial.later")
    assert not work_at()
    job.refresh_from_db()
    assert job.state == JobState.OPEN


@pytest.mark.parametrize("error", [OperationalError("server closed the connection"), LookupError("a fault of ours")])
def test_the_loop_goes_on_after_a_failed_look(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    stop, calls = Event(), []

    def once(*_: object) -> bool:
        calls.append(1)
        if len(calls) == 1:
            raise error
        stop.set()
        return True

    monkeypatch.setattr(worker, "work_once", once)
    monkeypatch.setattr(worker, "_PAUSE", 0.01)
    work("một", stop)
    assert len(calls) == 2


def test_a_job_that_is_gone_is_no_longer_ours() -> None:
    def vanish(run: Run) -> Effect:
        with unrecorded_for_tests():
            Job.objects.all().delete()
        return partial(written, text="end")

    with kinds_present(kind_of(vanish)):
        ask("trial.vanish")
        assert work_at()
    assert notes() == []


def test_a_job_that_may_not_write_its_end_yet_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another one writes something large: no refusal of the job itself."""
    job, finish = ask(name="a"), actions.finish_job

    def too_early(**_: object) -> Job:
        raise refuse(REGISTER_BUSY)

    monkeypatch.setattr(actions, "finish_job", too_early)
    assert work_at()
    job.refresh_from_db()
    assert (job.state, job.lease.free_at) == (JobState.OPEN, NOON + delay_after(1))
    monkeypatch.setattr(actions, "finish_job", finish)
    assert work_at(NOON + delay_after(1))
    job.refresh_from_db()
    assert job.state == JobState.FINISHED
