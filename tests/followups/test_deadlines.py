"""Deadlines: a day or working days, by the calendar; who is reminded when; what the rules file must say."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.followups.deadlines import Deadline
from cchc.followups.reminding import UNHEARD, reminders_due
from cchc.followups.rules import rules_on
from cchc.records.errors import DomainError
from cchc.worktime import Calendar

VN = Calendar.load("vn")
RULES = rules_on(date(2026, 11, 23)).value
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = date(2026, 11, 23)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


# 24/11/2026 is Ngày Văn hóa Việt Nam, a day off of the packaged calendar.
@pytest.mark.parametrize(
    ("deadline", "due"),
    [
        (Deadline(MONDAY, due_on=date(2026, 11, 27)), "2026-11-28T00:00"),
        (Deadline(MONDAY, due_on=date(2026, 11, 28)), "2026-12-01T00:00"),  # Saturday → Monday's end
        (Deadline(MONDAY, due_on=MONDAY), "2026-11-24T00:00"),
        (Deadline(MONDAY, due_on=date(2026, 11, 27), due_time=time(10, 30)), "2026-11-27T10:30"),
        (Deadline(MONDAY, due_on=date(2026, 11, 28), due_time=time(10)), "2026-11-30T10:00"),
        (Deadline(MONDAY, working_days=3, due_time=time(9)), "2026-11-27T09:00"),
        (Deadline(MONDAY, working_days=1, due_time=time(20)), "2026-11-25T20:00"),  # named after hours: as named
        (Deadline(MONDAY, working_days=1), "2026-11-25T17:00"),
        (Deadline(MONDAY, working_days=3), "2026-11-27T17:00"),
        (Deadline(MONDAY, working_days=4), "2026-11-30T17:00"),
    ],
)
@pytest.mark.requirement(62)
def test_a_deadline_ends_with_a_day_or_after_working_days(deadline, due):
    assert deadline.due_at(VN, RULES) == at(due)


@given(start=st.dates(VN.first, date(2026, 12, 1)), days=st.integers(1, 60))
def test_working_days_are_counted_one_by_one(start, days):
    """The slow way: walk on from the day after until so many days were open; the last one's close is the deadline."""
    day, left = start, days
    while left:
        day += timedelta(days=1)
        left -= bool(VN.windows_on(day))
    due = Deadline(start, working_days=days).due_at(VN, RULES)
    assert due.date() == day
    assert VN.elapsed_minutes(due, VN.end_of(day)) == 0 < VN.elapsed_minutes(due - timedelta(minutes=1), due)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "not_one_deadline"),
        ({"due_on": MONDAY, "working_days": 1}, "not_one_deadline"),
        ({"due_on": date(2026, 11, 22)}, "deadline_before_start"),
        ({"working_days": 0}, "not_a_limit"),
        ({"working_days": 1_001}, "not_a_limit"),
    ],
)
def test_what_is_no_deadline_is_refused(given, code):
    with pytest.raises(DomainError) as refused:
        Deadline(MONDAY, **given)
    assert refused.value.code == f"followups.{code}"


DUE = at("2026-12-04T17:00")  # a Friday


def test_an_hour_outside_the_calendar_is_refused_as_a_day_is():
    for due_time in (None, time(10)):
        with pytest.raises(DomainError, match="outside_span"):
            Deadline(MONDAY, due_on=VN.last + timedelta(days=1), due_time=due_time).due_at(VN, RULES)


@pytest.mark.parametrize(
    ("now", "rules"),
    [
        ("2026-12-03T09:59", ["soon"]),
        ("2026-12-03T10:00", ["last_day"]),
        ("2026-12-04T10:00", ["last_day"]),
        ("2026-12-04T10:01", ["overdue"]),
        ("2026-12-08T10:00", ["overdue", "overdue_to_head"]),
    ],
)
@pytest.mark.requirement(62)
def test_reminders_go_by_the_hour_where_one_was_named(now, rules):
    due_at = Deadline(MONDAY, due_on=date(2026, 12, 4), due_time=time(10)).due_at(VN, RULES)
    assert [due.rule for due in reminders_due(VN, RULES, at(now), due_at, None)] == rules


@pytest.mark.parametrize(
    ("now", "rules"),
    [
        ("2026-12-01T16:59", []),
        ("2026-12-01T17:00", ["soon"]),
        ("2026-12-03T16:59", ["soon"]),
        ("2026-12-03T17:00", ["last_day"]),
        ("2026-12-04T17:00", ["last_day"]),
        ("2026-12-04T17:01", ["overdue"]),
        ("2026-12-08T16:59", ["overdue"]),
        ("2026-12-08T17:00", ["overdue", "overdue_to_head"]),
        ("2026-12-11T17:00", ["overdue", "overdue_to_head", "overdue_to_watcher"]),
    ],
)
@pytest.mark.requirement(62)
def test_who_is_told_on_each_side_of_every_edge(now, rules):
    assert [due.rule for due in reminders_due(VN, RULES, at(now), DUE, None)] == rules


def test_whoever_should_have_been_heard_is_asked_apart_from_the_deadline():
    heard_by, now = at("2026-11-25T17:00"), at("2026-11-25T17:01")
    (due,) = reminders_due(VN, RULES, now, DUE, heard_by)
    assert (due.rule, due.about_at) == (UNHEARD, heard_by)
    assert list(reminders_due(VN, RULES, heard_by, DUE, heard_by)) == []


def test_rules_hold_from_the_first_day_of_the_calendar_on():
    assert rules_on(date(2008, 1, 1)).verification.verified is False
    with pytest.raises(DomainError):
        rules_on(date(2004, 12, 31))
