"""Calendars that take turns: each day by the one whose turn it is, against one boolean per minute."""

from __future__ import annotations

import pickle
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.records.errors import DomainError
from cchc.worktime import Calendar
from cchc.worktime.limits import Limit
from cchc.worktime.reading import read_rules
from cchc.worktime.splicing import SplicedCalendar, Turn, id_of, turns_of
from tests.worktime.oracle import DAY, Plain
from tests.worktime.test_limits import JANUARY, MONTH, at

MORNINGS = Plain(
    first=date(2026, 1, 1), last=date(2026, 1, 31), id="mornings",
    weeks={date(2026, 1, 1): (((450, 690),),) * 5 + ((), ()), date(2026, 1, 19): (((420, 660),),) * 6 + ((),)},
    exceptions={date(2026, 1, 14): (), date(2026, 1, 25): "mon"}, cut_off=10 * 60,
)  # fmt: skip
OTHER = Calendar([read_rules(MORNINGS.yaml(), "mornings.yaml")])
CHANGE = date(2026, 1, 12)


def spliced(day: date = CHANGE) -> SplicedCalendar:
    return SplicedCalendar(JANUARY, [(day, OTHER)])


def is_open(day: date = CHANGE) -> bytes:
    cut = (day - MONTH.first).days * DAY
    return MONTH.is_open[:cut] + MORNINGS.is_open[cut:]


@pytest.mark.requirement(48)
@given(st.integers(1, 30), st.integers(0, 20 * DAY), st.integers(0, 12 * DAY))
def test_every_minute_is_that_of_the_calendar_whose_turn_it_is(day: int, start: int, length: int):
    change = MONTH.first + timedelta(days=day)
    calendar, minutes = spliced(change), is_open(change)
    begin, end = calendar.moment_at(start), calendar.moment_at(min(start + length, len(minutes)))
    assert calendar.elapsed_minutes(begin, end) == sum(minutes[start : start + length])


@given(st.integers(0, 20 * DAY), st.integers(1, 900))
def test_a_limit_ends_where_one_who_walks_ends(start: int, limit: int):
    at_, left, minutes = start, limit, is_open()
    while left and at_ < len(minutes):
        left -= minutes[at_]
        at_ += 1
    calendar = spliced()
    assert left or Limit(limit, "working_minutes").end(calendar, calendar.moment_at(start)) == calendar.moment_at(at_)


@pytest.mark.parametrize(
    ("received", "begins"),
    [
        ("9 14:59", "9 14:59"),
        ("9 15:01", "10 07:30"),  # the Saturday that is worked
        ("10 15:01", "12 07:30"),  # by the cut-off of the first, at the opening of the second
        ("12 10:00", "12 10:00"),
        ("12 10:01", "13 07:30"),  # by the cut-off of the second
    ],
)
def test_the_intake_rule_is_that_of_the_day_of_reception(received: str, begins: str):
    calendar = spliced()
    assert calendar.counting_start(at(received)) == at(begins)
    many = calendar.counting_start(np.array([at(received).replace(tzinfo=None)], "datetime64[m]"))
    assert many[0].astype(datetime) == at(begins).replace(tzinfo=None)


def test_its_id_says_who_takes_turns_and_its_hash_changes_with_each():
    calendar = spliced()
    assert calendar.id == "test+2026-01-12+mornings" and turns_of(calendar.id) == ("test", (Turn(CHANGE, "mornings"),))
    assert turns_of("vn") == ("vn", ()) and id_of("vn", [Turn(CHANGE, "vn")]) == "vn", "a turn that changes nothing"
    assert len({calendar.hash, spliced(date(2026, 1, 13)).hash, JANUARY.hash, OTHER.hash}) == 4
    again = pickle.loads(pickle.dumps(calendar))
    assert again.hash == calendar.hash and again.counting_start(at("12 10:01")) == at("13 07:30")
    assert "12/01/2026" in calendar.title.vi and "12 January 2026" in calendar.title.in_language("en")


def test_where_one_does_not_reach_its_turn_the_whole_ends():
    late = SplicedCalendar(JANUARY, [(date(2026, 2, 10), OTHER)])
    assert (late.first, late.last) == (JANUARY.first, JANUARY.last)
    early = SplicedCalendar(JANUARY, [(date(2026, 1, 5), Calendar.load("vn")), (date(2040, 1, 1), OTHER)])
    assert early.last == Calendar.load("vn").last
    with pytest.raises(DomainError) as refused:
        Limit(100, "working_days").end(late, at("5 08:00"))
    assert refused.value.code == "worktime.ends_outside_span"


def test_another_time_zone_or_days_out_of_order_are_a_mistake_of_the_programme():
    with pytest.raises(ValueError, match="Asia"):
        SplicedCalendar(JANUARY, [(CHANGE, Calendar.load("nl"))])
    with pytest.raises(ValueError, match="2026"):
        SplicedCalendar(JANUARY, [(CHANGE, OTHER), (CHANGE, OTHER)])
