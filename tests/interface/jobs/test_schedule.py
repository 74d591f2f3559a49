"""Every due moment is asked for once; what passed while nobody looked is made up for once."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from cchc.interface import actions
from cchc.interface.jobs import WORKDAYS, Recurring, schedule
from cchc.interface.jobs.schedule import VIETNAM
from cchc.interface.jobs.worker import SCHEDULER
from cchc.interface.models import Job, ScheduleMark
from tests.interface.jobs.room import kinds_present

MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=VIETNAM)
MORNING = Recurring("trial.nothing", at=time(7), weekdays=WORKDAYS)
HOURLY = Recurring("trial.fault", every=timedelta(hours=1))
STEPS = [timedelta(minutes=m) for m in (5, 15, 60, 240, 1440)]


def is_due(entry: Recurring, minute: datetime) -> bool:
    """The slow oracle: looks at one minute."""
    local = minute.astimezone(VIETNAM)
    if local.weekday() not in entry.weekdays:
        return False
    if entry.at is not None:
        return local.time() == entry.at
    assert entry.every is not None
    return (local.hour * 60 + local.minute) % (entry.every // timedelta(minutes=1)) == 0


ENTRIES = st.builds(
    lambda when, days: Recurring("trial.nothing", weekdays=tuple(days), **when),
    st.builds(lambda at: {"at": at.replace(second=0, microsecond=0)}, st.times())
    | st.builds(lambda every: {"every": every}, st.sampled_from(STEPS)),
    st.sets(st.integers(0, 6), min_size=1),
)
MINUTES = st.integers(0, 14 * 24 * 60).map(lambda n: datetime(2026, 12, 25, tzinfo=UTC) + timedelta(minutes=n))


@given(entry=ENTRIES, now=MINUTES, seconds=st.integers(0, 59))
def test_the_latest_due_moment_is_what_walking_back_finds(entry: Recurring, now: datetime, seconds: int) -> None:
    walked = now
    while not is_due(entry, walked):
        walked -= timedelta(minutes=1)
    latest = entry.latest(now + timedelta(seconds=seconds))
    assert latest == walked
    assert latest.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"at": time(7), "every": timedelta(hours=1)},
        {"every": timedelta(minutes=4)},
        {"every": timedelta(minutes=7)},
        {"every": timedelta(days=2)},
        {"at": time(7), "weekdays": ()},
        {"at": time(7), "weekdays": (7,)},
    ],
)
def test_what_makes_no_sense_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="trial"):
        Recurring("trial.nothing", **given)  # type: ignore[arg-type]


def look(now: datetime) -> list[tuple[str, str]]:
    """What a worker does between jobs; what it asked for."""
    if not schedule.has_work(now):
        return []
    return [(job.kind, job.key) for job in actions.request_due_jobs(actor=SCHEDULER, now=now)]


@pytest.mark.usefixtures("trials")
class TestLooking:
    def test_nothing_is_made_up_for_before_the_first_look(self) -> None:
        with kinds_present(recurring=(MORNING,)):
            assert look(MONDAY + timedelta(hours=1)) == []
            assert ScheduleMark.objects.get().looked_until == MONDAY + timedelta(hours=1)

    def test_a_moment_is_asked_for_when_it_has_come_and_once(self) -> None:
        with kinds_present(recurring=(MORNING,)):
            for seconds in (-60, -1):
                assert look(MONDAY + timedelta(seconds=seconds)) == []
            assert look(MONDAY) == [("trial.nothing", "2026-11-23T07:00:00+07:00")]
            for seconds in (0, 1, 3600):
                assert look(MONDAY + timedelta(seconds=seconds)) == []
        job = Job.objects.get()
        assert job.requested_by == "system:schedule"
        assert job.parameters == {"due_at": "2026-11-23T00:00:00+00:00"}

    def test_what_passed_while_nobody_looked_is_made_up_for_once(self) -> None:
        with kinds_present(recurring=(MORNING, HOURLY)):
            look(MONDAY)
            found = look(MONDAY + timedelta(days=6, hours=2, minutes=30))  # a Sunday
        assert found == [
            ("trial.nothing", "2026-11-27T07:00:00+07:00"),
            ("trial.fault", "2026-11-29T09:00:00+07:00"),
        ]

    def test_a_look_that_finds_nothing_locks_nothing(self, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
        with kinds_present(recurring=(MORNING,)):
            look(MONDAY)
            with django_assert_num_queries(1):
                assert look(MONDAY + timedelta(hours=1)) == []
        with kinds_present(), django_assert_num_queries(0):
            assert look(MONDAY) == []

    def test_a_clock_that_was_years_ahead_silences_nothing_and_doubles_nothing(self) -> None:
        with kinds_present(recurring=(MORNING,)):
            look(MONDAY - timedelta(hours=1))
            look(MONDAY)
            look(MONDAY + timedelta(days=4000))
            assert look(MONDAY + timedelta(minutes=1)) == []
            assert look(MONDAY + timedelta(days=1)) == [("trial.nothing", "2026-11-24T07:00:00+07:00")]
        assert Job.objects.filter(key="2026-11-23T07:00:00+07:00").count() == 1

    def test_a_clock_that_is_a_little_behind_another_worker_takes_nothing_back(self) -> None:
        with kinds_present(recurring=(MORNING,)):
            look(MONDAY - timedelta(hours=1))
            look(MONDAY + timedelta(minutes=5))
            assert look(MONDAY) == []
            assert ScheduleMark.objects.get().looked_until == MONDAY + timedelta(minutes=5)


@pytest.mark.usefixtures("committed_trials")
def test_two_workers_that_look_at_once_ask_once() -> None:
    days, found = 6, []
    together = Barrier(2)

    def work() -> None:
        try:
            for day in range(days):
                together.wait()
                found.extend(look(MONDAY + timedelta(days=day)))
        finally:
            connection.close()

    with kinds_present(recurring=(MORNING, HOURLY)):
        look(MONDAY - timedelta(minutes=1))
        threads = [Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(found) == len(set(found)) == Job.objects.count() == 5 + days
