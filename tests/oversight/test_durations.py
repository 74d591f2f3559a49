"""How long a step usually takes: quantiles against an obvious count, what is left, on what an estimate rests."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.oversight.durations import SHARES, Durations, Estimate, Left, durations_of, estimate
from cchc.oversight.remaining import AtWork, remaining
from cchc.oversight.watching import read_watch_rules, watch_rules_on
from cchc.procedures.versions import ProcedureStep, Version
from cchc.records.errors import DomainError
from cchc.records.text import LocalText
from cchc.worktime import Calendar
from cchc.worktime.limits import Limit

pytestmark = pytest.mark.requirement(62)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TEN = Durations(10, 10, 30, 50, 80, 90)
"""Of 10, 20 … 100 minutes."""


def slow_quantile(cases: list[int], share: Fraction) -> int:
    """The shortest case that so large a share of all cases did not exceed."""
    return min(one for one in cases if sum(other <= one for other in cases) >= share * len(cases))


@given(st.lists(st.integers(0, 5_000), min_size=1, max_size=60))
def test_quantiles_are_those_of_an_obvious_count(cases: list[int]):
    found = durations_of(Counter(cases))
    assert (found.low, found.quarter, found.median, found.three_quarters, found.high) == tuple(
        slow_quantile(cases, share) for share in SHARES
    )
    assert found.cases == len(cases) and all(type(one) is int for one in (found.low, found.median, found.high))


def test_ten_cases_and_none():
    assert durations_of(Counter(range(10, 101, 10))) == TEN
    with pytest.raises(ValueError, match="no cases"):
        durations_of(Counter())


@pytest.mark.parametrize(
    ("used", "left"),
    [
        (0, Left(30, 50, 80, 30)),
        (29, Left(1, 21, 51, 30)),
        (30, Left(20, 20, 50, 50)),
        (49, Left(1, 1, 31, 50)),
        (50, Left(30, 30, 30, 80)),
        (80, Left(10, 10, 10, 90)),
        (89, Left(1, 1, 1, 90)),
        (90, Left(0, 0, 0, 91)),
        (91, Left(0, 0, 0, None, is_past=True)),
        (9_000, Left(0, 0, 0, None, is_past=True)),
    ],
)
def test_what_is_left_goes_by_those_that_lasted_as_long(used: int, left: Left):
    assert TEN.left(used) == left


@given(st.lists(st.integers(0, 500), min_size=1), st.integers(0, 600), st.integers(0, 600))
def test_the_expected_end_of_a_step_is_never_brought_forward_by_waiting(cases: list[int], used: int, more: int):
    found = durations_of(Counter(cases))
    before, after = found.left(used), found.left(used + more)
    assert before.early <= before.usual <= before.late or before.is_past
    assert used + before.usual <= used + more + after.usual
    if before.holds_until is not None and used + more < before.holds_until:
        assert (used + before.early, used + before.usual, used + before.late) == (
            used + more + after.early, used + more + after.usual, used + more + after.late,
        )  # fmt: skip


def of(cases: int) -> Durations:
    return Durations(cases, 1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("own", "everywhere", "basis", "cases"),
    [
        (of(10), of(99), "unit", 10),
        (of(9), of(10), "procedure", 10),
        (of(9), of(9), "limit", 0),
        (None, of(10), "procedure", 10),
        (None, None, "limit", 0),
    ],
)
def test_too_few_cases_fall_back_and_are_said(own, everywhere, basis: str, cases: int):
    found = estimate(own, everywhere, 10)
    assert (found.basis, found.cases) == (basis, cases)
    assert (found.seen, found.seen_elsewhere) == (own.cases if own else 0, everywhere.cases if everywhere else 0)


def test_rules_are_sourced_and_say_that_nobody_compared_them():
    found = watch_rules_on(date(2026, 11, 23))
    assert not found.verification.verified and found.verification.doubt_in("vi") and found.verification.doubt_in("en")
    assert (found.value.minimum, found.value.window) == (10, 12)
    assert found.value.since(date(2026, 11, 23)) == date(2025, 11, 1)
    assert found.value.since(date(2026, 1, 31)) == date(2025, 1, 1)
    with pytest.raises(DomainError):
        read_watch_rules(b"watch:\n  - {valid: {from: 2020-01-01}, source: {document: X}, verified: true}\n", "x.yaml")


def version(*steps: tuple[str, tuple[str, ...]]) -> Version:
    """Steps of four working hours, each with those it waits for."""
    made = tuple(
        ProcedureStep(id_, LocalText(id_, id_), "settling_official", Limit(4, "working_hours"), after)
        for id_, after in steps
    )
    none = LocalText("", "")
    return Version(Limit(5, "working_days"), made, (), (), "one_stop", "full", None, "", none, "suspend", 0, ())


def day(text: str) -> datetime:
    number, clock = text.split()
    return datetime(2026, 11, int(number), *map(int, clock.split(":")), tzinfo=ZONE)


def took(minutes: int, cases: int = 20) -> Estimate:
    return Estimate("unit", Durations(cases, minutes, minutes, minutes, minutes, minutes), cases, cases)


BRANCHED = version(("a", ()), ("b", ("a",)), ("c", ("a",)), ("d", ("b", "c")))


def test_of_branches_side_by_side_the_longest_counts():
    """From 08:00: half an hour of the first, then two hours (not one), then half an hour."""
    estimates = {"a": took(60), "b": took(60), "c": took(120, cases=12), "d": took(30)}
    found = remaining(BRANCHED, Calendar.load("vn"), AtWork("a", 30, 240, day("23 08:00")), estimates)
    assert [one.step.id for one in found.steps] == ["a", "c", "d"]
    assert (found.expected_at, found.minutes) == (day("23 11:00"), 180)
    assert (found.basis, found.cases) == ("unit", 12)
    assert found.stale_at == day("23 08:30")


def test_a_step_beside_has_a_forecast_of_its_own():
    estimates = {"a": took(60), "b": took(60), "c": took(120), "d": took(30)}
    found = remaining(BRANCHED, Calendar.load("vn"), AtWork("b", 0, 240, day("23 08:00")), estimates)
    assert [one.step.id for one in found.steps] == ["b", "d"] and found.minutes == 90


def test_without_history_the_limits_count_and_past_them_nothing_is_known():
    nothing = Estimate("limit", None, 3, 5)
    estimates = {"a": took(60), "b": nothing, "c": took(10), "d": took(30)}
    found = remaining(BRANCHED, Calendar.load("vn"), AtWork("b", 200, 40, day("23 08:00")), estimates)
    assert (found.basis, found.cases, found.minutes) == ("limit", 0, 70)
    past = remaining(BRANCHED, Calendar.load("vn"), AtWork("b", 300, 0, day("23 08:00")), estimates)
    assert past.steps[0].is_past and past.minutes == 30 and past.stale_at == day("23 09:00")
