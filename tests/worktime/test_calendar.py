"""What `Calendar` takes for a moment: time zones, clock changes, seconds, the ends of the span, kinds of arrays."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from cchc.records.errors import DomainError
from cchc.records.words import say_problem
from cchc.worktime import Calendar, bulk
from cchc.worktime.reading import read_rules
from tests.worktime.oracle import DAY, Hours, Plain

OFFICE: Hours = ((450, 690), (780, 1020))
AROUND_THE_CLOCK: Hours = ((0, DAY),)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def calendar(hours: Hours = OFFICE, zone: str = "Asia/Ho_Chi_Minh", year: int = 2026) -> Calendar:
    plain = Plain(date(year, 1, 1), date(year, 12, 31), {date(year, 1, 1): (hours,) * 7}, time_zone=zone)
    return Calendar([read_rules(plain.yaml(), "test.yaml")])


OPEN = calendar()
NIGHTS = calendar(AROUND_THE_CLOCK, "Europe/Amsterdam")


def refused(ask: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as error:
        ask()
    return error.value


def test_moments_of_any_time_zone_are_the_same() -> None:
    local = datetime(2026, 1, 5, 9, 15, tzinfo=HANOI)
    end = datetime(2026, 1, 6, 9, 15, tzinfo=HANOI)
    for zone in (UTC, AMSTERDAM, timezone(timedelta(hours=-9, minutes=-30)), ZoneInfo("Asia/Kathmandu")):
        assert OPEN.elapsed_minutes(local.astimezone(zone), end.astimezone(zone)) == 480
        assert OPEN.due(local.astimezone(zone), 480) == end
    assert OPEN.due(local.astimezone(UTC), 480).tzinfo is OPEN.zone


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Tokyo"])
def machine_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


def test_the_time_zone_of_the_machine_does_not_matter(machine_zone: str) -> None:
    start = datetime(2026, 1, 5, 2, 15, tzinfo=UTC)
    assert OPEN.elapsed_minutes(start, start + timedelta(days=1)) == 480
    assert OPEN.due(start, 480) == start + timedelta(days=1)
    spans = OPEN.explain(start, start + timedelta(hours=3))
    assert [(span.start.hour, span.start.minute) for span in spans] == [(9, 15), (11, 30)]


class Nowhere(tzinfo):
    """A zone that does not know its offset: as good as none."""

    def utcoffset(self, dt: datetime | None) -> None:
        return None

    def tzname(self, dt: datetime | None) -> str:
        return "nowhere"

    def dst(self, dt: datetime | None) -> None:
        return None


def test_a_moment_without_a_time_zone_is_refused() -> None:
    aware = datetime(2026, 1, 5, 9, 15, tzinfo=HANOI)
    for naive in (aware.replace(tzinfo=None), aware.replace(tzinfo=Nowhere())):
        for ask in (
            lambda naive=naive: OPEN.elapsed_minutes(naive, aware),
            lambda naive=naive: OPEN.elapsed_minutes(aware, naive),
            lambda naive=naive: OPEN.due(naive, 0),
            lambda naive=naive: OPEN.explain(aware, naive),
        ):
            error = refused(ask)
            assert error.code == "worktime.naive_moment"
            assert "+07:00" in say_problem(error.problems[0], "en")


def test_seconds_are_dropped() -> None:
    start = datetime(2026, 1, 5, 9, 15, 59, 999_999, tzinfo=HANOI)
    assert OPEN.elapsed_minutes(start, start.replace(minute=16, second=0)) == 1
    assert OPEN.due(start, 0) == start.replace(second=0, microsecond=0)
    assert OPEN.due(start, 1) == start.replace(minute=16, second=0, microsecond=0)


def test_both_ends_of_the_span_are_inside() -> None:
    first = datetime(2026, 1, 1, tzinfo=HANOI)
    last = datetime(2027, 1, 1, tzinfo=HANOI)
    assert OPEN.elapsed_minutes(first, last) == 365 * 480
    assert OPEN.due(first, 365 * 480) == datetime(2026, 12, 31, 17, tzinfo=HANOI)
    for outside in (first - timedelta(minutes=1), last + timedelta(minutes=1)):
        assert refused(lambda outside=outside: OPEN.elapsed_minutes(first, outside)).code == "worktime.outside_span"  # type: ignore[misc]
    assert (
        refused(lambda: OPEN.elapsed_minutes(first, datetime.max.replace(tzinfo=UTC))).code == "worktime.outside_span"
    )
    assert (
        refused(lambda: OPEN.elapsed_minutes(first, datetime.min.replace(tzinfo=UTC))).code == "worktime.outside_span"
    )
    civil = np.array(["2026-01-01T00:00", "2027-01-01T00:00", "2025-12-31T23:59", "2027-01-01T00:01", "NaT"], "M8[m]")
    assert OPEN.inside(civil).tolist() == [True, True, False, False, False]
    for moment in civil[2:]:
        assert refused(lambda moment=moment: OPEN.minutes_until(np.array([civil[0], moment]))).code == (  # type: ignore[misc]
            "worktime.outside_span"
        )


def test_what_lies_outside_is_named() -> None:
    error = refused(lambda: OPEN.due(datetime(2030, 5, 6, 9, 15, tzinfo=HANOI), 1))
    assert "2030-05-06 09:15" in say_problem(error.problems[0])
    in_bulk = refused(lambda: OPEN.due(np.array(["2026-05-06T09:15", "2030-05-06T09:15"], "M8[m]"), 1))
    assert "2030-05-06 09:15" in say_problem(in_bulk.problems[0])
    assert refused(lambda: OPEN.windows_on(date(2027, 1, 1))).code == "worktime.outside_span"
    assert refused(lambda: OPEN.end_of(date(2025, 12, 31))).code == "worktime.outside_span"


def test_an_hour_left_out_has_its_minutes_like_any_other() -> None:
    """On 29 March 2026 clocks in Amsterdam go from 02:00 to 03:00."""
    before = datetime(2026, 3, 29, 1, 30, tzinfo=AMSTERDAM)
    after = datetime(2026, 3, 29, 3, 30, tzinfo=AMSTERDAM)
    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=1)
    assert NIGHTS.elapsed_minutes(before, after) == 120
    assert NIGHTS.due(before, 120) == after
    assert NIGHTS.elapsed_minutes(before.astimezone(UTC), after.astimezone(UTC)) == 120


def test_an_hour_that_comes_twice_is_the_same_minutes_both_times() -> None:
    """On 25 October 2026 clocks in Amsterdam go from 03:00 back to 02:00."""
    first = datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM)
    second = first.replace(fold=1)
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)
    assert NIGHTS.elapsed_minutes(first, second) == 0
    later = datetime(2026, 10, 25, 4, 30, tzinfo=AMSTERDAM)
    assert NIGHTS.elapsed_minutes(first, later) == NIGHTS.elapsed_minutes(second, later) == 120
    assert NIGHTS.due(second, 0).fold == 1, "no limit ends at the very moment it starts"
    assert NIGHTS.due(second.astimezone(UTC), 0).astimezone(UTC) == second.astimezone(UTC)


def test_office_hours_do_not_feel_a_clock_change() -> None:
    office = calendar(OFFICE, "Europe/Amsterdam")
    friday = datetime(2026, 3, 27, 16, tzinfo=AMSTERDAM)
    monday = datetime(2026, 3, 30, 8, 30, tzinfo=AMSTERDAM)
    assert office.elapsed_minutes(friday, monday) == 60 + 2 * 480 + 60
    civil = [np.datetime64(moment.replace(tzinfo=None), "m") for moment in (friday, monday)]
    assert office.elapsed_minutes(*(np.array([moment]) for moment in civil)).tolist() == [1080]


@pytest.mark.parametrize("unit", ["m", "s", "ms", "us", "ns"])
def test_arrays_of_any_unit_are_floored_to_the_minute(unit: str) -> None:
    starts = np.array(["2026-01-05T09:15:59"], "M8[s]").astype(f"M8[{unit}]")
    assert OPEN.elapsed_minutes(starts, np.array(["2026-01-05T09:16:01"], "M8[s]")).tolist() == [1]
    assert OPEN.due(starts, 1) == np.array(["2026-01-05T09:16"], "M8[m]")
    assert OPEN.due(starts, 1).dtype == np.dtype("M8[m]")


def test_arrays_of_any_shape_and_layout() -> None:
    starts = np.arange("2026-01-05T00:00", "2026-01-05T04:00", dtype="M8[m]").reshape(4, 60)
    end = np.datetime64("2026-01-06T09:15", "m")
    expected = np.full((4, 60), 480 + 105)
    assert (OPEN.elapsed_minutes(starts, end) == expected).all()
    assert (OPEN.elapsed_minutes(starts.T, end) == expected.T).all()
    assert (OPEN.elapsed_minutes(starts[:, ::-7], end) == 585).all()
    assert (OPEN.elapsed_minutes(end, starts) == -expected).all()
    assert OPEN.elapsed_minutes(end, end).shape == ()
    assert OPEN.elapsed_minutes(starts[:0], starts[:0]).shape == (0, 60)
    assert OPEN.due(starts[:0], 5).shape == (0, 60)
    assert OPEN.due_in_working_days(starts.T, 1).shape == (60, 4)


def test_arrays_longer_than_a_chunk() -> None:
    rows = 2 * 65_536 + 7
    starts = np.datetime64("2026-01-05T00:00", "m") + (np.arange(rows) % 5000).astype("m8[m]")
    assert (OPEN.elapsed_minutes(starts, starts[0]) == -OPEN.elapsed_minutes(starts[0], starts)).all()
    assert (OPEN.elapsed_minutes(starts[0], starts) == OPEN.minutes_until(starts) - OPEN.minutes_until(starts[0])).all()
    broken = starts.copy()
    broken[-1] = np.datetime64("2031-01-01T00:00", "m")
    assert refused(lambda: OPEN.elapsed_minutes(starts, broken)).code == "worktime.outside_span"


def test_what_is_no_moment_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError):
        OPEN.elapsed_minutes(np.array([1, 2]), np.array([3, 4]))
    with pytest.raises(TypeError):
        OPEN.due(["2026-01-05"], 5)


def test_an_array_that_ends_outside_names_its_start() -> None:
    starts = np.array(["2026-05-06T09:15", "2026-12-30T09:15"], "M8[m]")
    error = refused(lambda: OPEN.due_in_working_days(starts, 5))
    assert error.code == "worktime.ends_outside_span"
    assert "2026-12-30 09:15" in say_problem(error.problems[0])


def test_a_limit_is_a_whole_number() -> None:
    start = datetime(2026, 1, 5, 9, 15, tzinfo=HANOI)
    assert OPEN.due(start, np.int32(5)) == OPEN.due(start, 5)
    with pytest.raises(TypeError):
        OPEN.due(start, 1.5)  # type: ignore[call-overload]


def test_a_calendar_travels_to_other_processes() -> None:
    there = pickle.loads(pickle.dumps(OPEN))
    assert (there.hash, there.timetable) == (OPEN.hash, OPEN.timetable)


def test_calendars_with_the_same_hours_share_a_table() -> None:
    other = calendar()
    assert other.timetable is not OPEN.timetable
    assert bulk.worked_table(other.timetable) is bulk.worked_table(OPEN.timetable)
    longer = calendar(((450, 690), (780, 1021)))
    assert bulk.worked_table(longer.timetable) is not bulk.worked_table(OPEN.timetable)


def test_the_table_is_the_prefix_sums_unfolded() -> None:
    table = bulk.worked_table(OPEN.timetable)
    assert table.dtype == np.int32
    assert table.tolist() == [OPEN.timetable.worked(minute) for minute in range(OPEN.timetable.length + 1)]
    reached = bulk.reached_table(OPEN.timetable)
    some = [1, 2, 239, 240, 241, 480, 481, OPEN.timetable.total]
    assert reached[some].tolist() == [OPEN.timetable.reached(worked) for worked in some]


def test_a_calendar_that_is_never_open() -> None:
    closed = calendar(())
    start = datetime(2026, 1, 5, tzinfo=HANOI)
    assert closed.elapsed_minutes(start, start + timedelta(days=9)) == 0
    for ask in (closed.due, closed.due_in_working_days, closed.due_in_calendar_days):
        assert ask(start, 0) == start
        assert refused(lambda ask=ask: ask(start, 1)).code == "worktime.ends_outside_span"  # type: ignore[misc]
        assert np.isnat(ask(np.array(["2026-01-05"], "M8[m]"), 1, beyond="nat")).all()


def test_single_answers_need_no_numpy() -> None:
    script = (
        "import sys; from datetime import datetime; from cchc.worktime import Calendar; "
        "c = Calendar.load('vn'); t = datetime(2026, 1, 5, tzinfo=c.zone); c.explain(t, c.due(t, 5)); "
        "sys.exit('numpy' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", script], check=False, env=environment).returncode == 0
