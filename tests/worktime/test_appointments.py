"""Appointments: reception, intake rule, limit, suspensions and restarts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.records.errors import DomainError
from cchc.worktime.appointments import Suspension, appoint
from cchc.worktime.limits import Limit
from tests.support.examples import share_of_examples
from tests.worktime.test_limits import JANUARY, MONTH, at

FIVE_DAYS = Limit(5, "working_days")
DAY_OF_MINUTES = Limit(480, "working_minutes")


def due(received: str, limit: Limit, *suspensions: Suspension, intake: bool = True) -> str:
    found = appoint(JANUARY, at(received), limit, suspensions, intake=intake).due_at
    return f"{found:%-d %H:%M}"


def suspended(start: str, end: str) -> Suspension:
    return Suspension(at(start), at(end))


def restarted(start: str, end: str) -> Suspension:
    return Suspension(at(start), at(end), "restart")


def test_the_cut_off_holds_for_appointments_and_can_be_left_out() -> None:
    assert due("5 09:15", FIVE_DAYS) == "10 09:15"
    assert due("5 15:01", FIVE_DAYS) == "10 17:00"
    assert due("5 15:01", FIVE_DAYS, intake=False) == "10 15:01"


def test_a_suspension_moves_the_date_by_its_working_minutes() -> None:
    assert due("5 07:30", DAY_OF_MINUTES) == "5 17:00"
    assert due("5 07:30", DAY_OF_MINUTES, suspended("5 09:00", "5 10:00")) == "6 08:30"
    assert due("5 07:30", DAY_OF_MINUTES, suspended("5 11:30", "5 13:00")) == "5 17:00", "lunch is no working time"
    assert due("5 07:30", DAY_OF_MINUTES, suspended("5 16:00", "7 08:00")) == "7 09:00"


def test_minutes_in_two_suspensions_move_it_once() -> None:
    both = suspended("5 09:00", "5 10:00"), suspended("5 09:30", "5 10:30")
    assert due("5 07:30", DAY_OF_MINUTES, *both) == due("5 07:30", DAY_OF_MINUTES, suspended("5 09:00", "5 10:30"))
    inner = suspended("5 09:15", "5 09:30")
    assert due("5 07:30", DAY_OF_MINUTES, both[0], inner) == due("5 07:30", DAY_OF_MINUTES, both[0])


def test_a_suspension_after_the_date_has_passed_moves_nothing() -> None:
    assert due("5 07:30", DAY_OF_MINUTES, suspended("5 16:59", "6 08:30")) == "6 08:31"
    assert due("5 07:30", DAY_OF_MINUTES, suspended("5 17:00", "6 08:30")) == "5 17:00"
    assert due("5 07:30", DAY_OF_MINUTES, suspended("6 08:00", "6 08:30"), restarted("7 08:00", "8 08:00")) == "5 17:00"


def test_a_suspension_that_an_earlier_one_makes_timely_counts() -> None:
    assert due("5 07:30", DAY_OF_MINUTES, suspended("5 16:00", "6 08:30"), suspended("6 08:00", "6 09:30")) == "6 10:30"


def test_what_lies_before_counting_starts_moves_nothing() -> None:
    assert due("5 15:01", DAY_OF_MINUTES, suspended("5 15:30", "5 16:30")) == "6 17:00"
    assert due("5 15:01", DAY_OF_MINUTES, suspended("5 15:30", "6 08:30")) == "7 08:30"


def test_a_restart_counts_from_zero_and_forgets_earlier_suspensions() -> None:
    assert due("5 07:30", FIVE_DAYS, suspended("5 09:00", "5 10:00"), restarted("7 09:00", "8 10:00")) == "14 10:00"
    found = appoint(JANUARY, at("5 07:30"), FIVE_DAYS, [restarted("7 09:00", "8 10:00")])
    assert (found.starts_at, found.suspended_minutes) == (at("8 10:00"), 0)


def test_a_restart_after_the_cut_off_counts_from_the_next_opening() -> None:
    found = appoint(JANUARY, at("5 07:30"), DAY_OF_MINUTES, [restarted("5 09:00", "6 15:01")])
    assert (found.starts_at, found.due_at) == (at("7 07:30"), at("7 17:00"))


def test_other_limits_are_moved_in_working_minutes_too() -> None:
    assert due("5 09:15", FIVE_DAYS, suspended("6 10:00", "6 11:00")) == "10 10:15"
    assert due("5 09:15", Limit(3, "calendar_days"), suspended("6 10:00", "6 11:00")) == "8 10:15"


def test_a_suspension_cannot_end_before_it_starts() -> None:
    with pytest.raises(DomainError) as refused:
        suspended("6 10:00", "6 09:59")
    assert refused.value.code == "worktime.suspension_ends_early"


moments = st.integers(5 * 1440, 9 * 1440).map(lambda minute: at("1 00:00") + minute * (at("1 00:01") - at("1 00:00")))
stretches = st.tuples(moments, moments).map(lambda pair: Suspension(min(pair), max(pair)))


@settings(max_examples=share_of_examples(0.5))
@given(st.lists(stretches, max_size=4), st.integers(1, 900), st.randoms(use_true_random=False))
def test_the_due_date_leaves_exactly_the_limit_outside_suspensions(
    suspensions: Sequence[Suspension], minutes: int, random: object
) -> None:
    """Minute by minute: between start and due date, `minutes` open ones lie in no suspension."""
    start = at("6 08:00")
    found = appoint(JANUARY, start, Limit(minutes, "working_minutes"), suspensions, intake=False)
    first, last = JANUARY.minute_of(start), JANUARY.minute_of(found.due_at)
    stopped = [range(JANUARY.minute_of(one.start), JANUARY.minute_of(one.end)) for one in suspensions]
    running = [
        minute
        for minute in range(first, last)
        if MONTH.is_open[minute] and not any(minute in stretch for stretch in stopped)
    ]
    assert len(running) == minutes
    shuffled = list(suspensions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert appoint(JANUARY, start, Limit(minutes, "working_minutes"), shuffled, intake=False) == found
