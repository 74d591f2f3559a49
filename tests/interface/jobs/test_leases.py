"""The fence: whoever has lost the right to a job cannot write under it, whatever happened in between."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.interface import actions
from cchc.interface.jobs import leases
from cchc.interface.jobs.leases import LENGTH, JobCancelled, Lease, LeaseLost, RunEnded
from cchc.interface.models import Job, JobLease, JobState
from tests.interface.jobs.room import HOA, NOON, notes, written
from tests.support.examples import share_of_examples

pytestmark = pytest.mark.usefixtures("trials")
KINDS = ("trial.count",)
WRITES = ("keep", "save", "part", "give_back", "put_off", "finish")
STEPS = st.lists(
    st.sampled_from(["take", "sleep", "overtake", "cancel", "resume"])
    | st.tuples(st.sampled_from(WRITES), st.integers(0, 3)),
    min_size=4,
    max_size=25,
)


class Told:
    """The slow oracle: one holder at a time; a fence that is not compared but remembered as "whose turn it is"."""

    def __init__(self) -> None:
        self.state = JobState.OPEN
        self.holder: Lease | None = None
        self.free_at = NOON


def ask() -> Job:
    return actions.request_job(actor=HOA, now=NOON, kind="trial.count", parameters={"name": "a"})


@settings(max_examples=share_of_examples(0.6), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_only_the_holder_writes(steps: list[str | tuple[str, int]]) -> None:
    """Any order of taking, sleeping, writing and ending, by workers that never learn that they were overtaken."""
    job, told, now = ask(), Told(), NOON
    taken: list[Lease] = []
    before, parts = len(notes()), 0
    for step in steps:
        if step in {"sleep", "overtake"}:
            now += LENGTH
        match step:
            case "take" | "overtake":
                lease = leases.take(worker=f"w{len(taken)}", kinds=KINDS, now=now)
                assert (lease is not None) == (told.state == JobState.OPEN and told.free_at <= now)
                if lease is not None:
                    assert all(lease.fence > other.fence for other in taken)
                    taken.append(lease)
                    told.holder, told.free_at = lease, now + LENGTH
            case "cancel" if told.state == JobState.OPEN:
                actions.cancel_job(actor=HOA, now=now, number=job.pk)
                told.state, told.holder = JobState.CANCELLED, None
            case "resume" if told.state == JobState.CANCELLED:
                actions.resume_job(actor=HOA, now=now, number=job.pk)
                told.state, told.free_at = JobState.OPEN, now
            case (str(what), int(which)) if taken:
                lease = taken[which % len(taken)]
                has_written = _attempt(what, lease, now)
                assert has_written == (lease is told.holder), what
                if has_written:
                    parts += what in {"part", "finish"}
                    _tell(told, what, now)
    job.refresh_from_db()
    assert job.state == told.state
    assert len(notes()) == before + parts
    if job.state == JobState.OPEN:
        actions.cancel_job(actor=HOA, now=now, number=job.pk)  # the next example is alone


def _attempt(step: str, lease: Lease, now) -> bool:  # type: ignore[no-untyped-def]
    writes = partial(written, text="part")
    attempts = {
        "keep": lambda: leases.keep(lease, until=now + LENGTH, done=1, total=2),
        "save": lambda: leases.save(lease, saved=1, done=1, total=2),
        "give_back": lambda: leases.give_back(lease, now=now),
        "put_off": lambda: leases.put_off(lease, until=now + 3 * LENGTH, problems=[]),
        "finish": lambda: actions.finish_job(actor=HOA, now=now, lease=lease, writes=writes),
        "part": lambda: actions.save_part(
            actor=HOA, now=now, lease=lease, saved=1, done=1, total=2, writes=writes
        ),
    }  # fmt: skip
    try:
        attempts[step]()
    except RunEnded:
        return False
    return True


def _tell(told: Told, step: str, now) -> None:  # type: ignore[no-untyped-def]
    if step == "keep":
        told.free_at = now + LENGTH
    elif step in {"give_back", "put_off"}:
        told.holder, told.free_at = None, now if step == "give_back" else now + 3 * LENGTH
    elif step == "finish":
        told.holder, told.state = None, JobState.FINISHED


def test_whoever_lost_the_job_learns_why() -> None:
    job = ask()
    first = leases.take(worker="một", kinds=KINDS, now=NOON)
    second = leases.take(worker="hai", kinds=KINDS, now=NOON + LENGTH)
    assert first is not None and second is not None
    with pytest.raises(LeaseLost):
        leases.check(first)
    actions.cancel_job(actor=HOA, now=NOON, number=job.pk)
    with pytest.raises(JobCancelled):
        leases.check(second)


def test_a_lease_ends_at_its_last_moment_and_not_before() -> None:
    ask()
    assert leases.take(worker="một", kinds=KINDS, now=NOON) is not None
    assert leases.take(worker="hai", kinds=KINDS, now=NOON + LENGTH - timedelta(microseconds=1)) is None
    assert leases.take(worker="hai", kinds=KINDS, now=NOON + LENGTH) is not None


def test_an_idle_look_costs_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(1):
        assert leases.take(worker="một", kinds=KINDS, now=NOON) is None


def test_what_an_attempt_left_is_handed_on() -> None:
    ask()
    first = leases.take(worker="một", kinds=KINDS, now=NOON)
    assert first is not None
    leases.save(first, saved={"row": 7}, done=7, total=9)
    leases.give_back(first, now=NOON)
    assert leases.take(worker="h" * 300, kinds=KINDS, now=NOON) == Lease(
        first.job, first.fence + 2, tries=1, done=7, total=9, saved={"row": 7}
    )
    assert JobLease.objects.get().worker == "h" * 200
