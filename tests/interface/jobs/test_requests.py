"""Asking, cancelling, resuming: each an action with its event; asking twice with one key is asking once."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from cchc.audit.actions import action
from cchc.audit.actors import Actor
from cchc.audit.errors import UnrecordedWrite
from cchc.audit.models import AuditEvent
from cchc.interface import actions
from cchc.interface.jobs import leases
from cchc.interface.models import Job, JobLease, JobState, ScheduleMark
from cchc.records.errors import DomainError
from tests.audit.notes import write_note
from tests.interface.jobs.room import HOA, NOON, notes

KINDS = ("trial.count",)


def ask(name: str = "a", key: str | None = None, **more: object) -> Job:
    return actions.request_job(actor=HOA, now=NOON, kind="trial.count", parameters={"name": name}, key=key, **more)


def events() -> list[tuple[str, str]]:
    return list(AuditEvent.objects.order_by("sequence").values_list("kind", "subject_id"))


@pytest.mark.usefixtures("trials")
class TestAsking:
    def test_a_job_waits_from_then_on(self) -> None:
        job = ask()
        assert (job.state, job.requested_by, job.parameters) == (JobState.OPEN, "hoa@kon-ray", {"name": "a"})
        assert events() == [("interface.job_requested", str(job.pk))]
        assert leases.take(worker="một", kinds=KINDS, now=NOON - timedelta(seconds=1)) is None
        assert leases.take(worker="một", kinds=KINDS, now=NOON) is not None

    def test_a_job_may_wait_for_a_moment(self) -> None:
        ask(not_before=NOON + timedelta(hours=1))
        assert leases.take(worker="một", kinds=KINDS, now=NOON + timedelta(minutes=59)) is None
        assert leases.take(worker="một", kinds=KINDS, now=NOON + timedelta(hours=1)) is not None

    def test_the_same_key_is_the_same_job_also_when_it_is_over(self) -> None:
        first = ask(key="k")
        actions.cancel_job(actor=HOA, now=NOON, number=first.pk)
        assert ask(key="k") == first
        assert ask(key="other") != first
        assert ask() != ask()
        kinds = [kind for kind, _ in events()]
        assert kinds.count("interface.job_requested") == 4

    def test_a_key_stands_for_its_parameters(self) -> None:
        ask(key="k")
        with pytest.raises(ValueError, match="other parameters"):
            ask("b", key="k")

    @pytest.mark.parametrize(("kind", "error"), [("trial.unknown", LookupError), ("trial.count", TypeError)])
    def test_mistakes_of_the_program_are_refused_before_anything_is_written(
        self, kind: str, error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            actions.request_job(actor=HOA, now=NOON, kind=kind)
        assert not Job.objects.exists()

    def test_a_job_and_what_it_belongs_to_happen_both_or_neither(self) -> None:
        @action
        def write_and_ask(*, actor: Actor, now: object, fails: bool) -> None:
            write_note(actor=actor, now=now, text="với tác vụ")
            ask()
            if fails:
                raise LookupError

        with pytest.raises(LookupError):
            write_and_ask(actor=HOA, now=NOON, fails=True)
        assert (notes(), Job.objects.count(), JobLease.objects.count()) == ([], 0, 0)
        write_and_ask(actor=HOA, now=NOON, fails=False)
        assert (notes(), Job.objects.count(), JobLease.objects.count()) == (["với tác vụ"], 1, 1)


@pytest.mark.usefixtures("trials")
class TestChanging:
    def test_a_cancelled_job_is_not_taken_and_resumed_it_is(self) -> None:
        job = ask()
        for _ in range(2):
            actions.cancel_job(actor=HOA, now=NOON, number=job.pk)
        assert leases.take(worker="một", kinds=KINDS, now=NOON) is None
        for _ in range(2):
            actions.resume_job(actor=HOA, now=NOON, number=job.pk)
        assert leases.take(worker="một", kinds=KINDS, now=NOON) is not None
        assert [kind for kind, _ in events()] == [
            "interface.job_requested", "interface.job_cancelled", "interface.job_resumed",
        ]  # fmt: skip

    @pytest.mark.parametrize("change", [actions.cancel_job, actions.resume_job])
    def test_a_finished_job_stays_finished(self, change) -> None:  # type: ignore[no-untyped-def]
        job = ask()
        lease = leases.take(worker="một", kinds=KINDS, now=NOON)
        assert lease is not None
        actions.finish_job(actor=HOA, now=NOON, lease=lease, writes=None)
        with pytest.raises(DomainError) as refused:
            change(actor=HOA, now=NOON, number=job.pk)
        assert refused.value.code == "interface.job_over"

    def test_a_failed_job_is_not_cancelled_and_can_be_resumed_with_all_its_tries(self) -> None:
        from cchc.records.errors import problem

        job = ask()
        lease = leases.take(worker="một", kinds=KINDS, now=NOON)
        assert lease is not None
        actions.fail_job(actor=HOA, now=NOON, lease=lease, problems=[problem("interface.job_outdated")] * 30)
        job.refresh_from_db()
        assert len(job.problems) == 20
        with pytest.raises(DomainError):
            actions.cancel_job(actor=HOA, now=NOON, number=job.pk)
        resumed = actions.resume_job(actor=HOA, now=NOON, number=job.pk)
        assert (resumed.state, resumed.problems, resumed.ended_at) == (JobState.OPEN, [], None)
        again = leases.take(worker="hai", kinds=KINDS, now=NOON)
        assert again is not None and (again.tries, again.fence > lease.fence) == (1, True)

    @pytest.mark.parametrize("change", [actions.cancel_job, actions.resume_job])
    def test_a_job_that_is_not_there_is_a_sentence(self, change) -> None:  # type: ignore[no-untyped-def]
        with pytest.raises(DomainError) as refused:
            change(actor=HOA, now=NOON, number=1)
        assert refused.value.code == "interface.job_not_found"


@pytest.mark.usefixtures("trials")
class TestGuards:
    def test_a_job_is_written_by_actions_alone(self) -> None:
        with pytest.raises(UnrecordedWrite):
            Job.objects.create(kind="trial.count", requested_by="x", requested_at=NOON)

    @pytest.mark.parametrize("model", [JobLease, ScheduleMark])
    def test_what_leaves_no_events_is_written_by_its_one_module(self, model) -> None:  # type: ignore[no-untyped-def]
        for write in (
            model.objects.create,
            lambda: model.objects.update(pk=1),
            lambda: model.objects.all().delete(),
            lambda: model.objects.bulk_create([]),
            lambda: model().save(),
            lambda: model().delete(),
        ):
            with pytest.raises(UnrecordedWrite, match=model.writer):
                write()


@pytest.mark.usefixtures("committed_trials")
def test_two_who_ask_at_the_same_moment_get_one_job() -> None:
    together, got = Barrier(2), []

    def work() -> None:
        try:
            together.wait()
            got.append(ask(key="k").pk)
        finally:
            connection.close()

    for _ in range(3):
        threads = [Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(set(got)) == 1 and len(got) == 6
    assert len(events()) == 1
