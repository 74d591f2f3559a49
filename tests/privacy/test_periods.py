"""How long: against counting back day by day and month by month."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.privacy.periods import VIETNAM, Period

_YEARS = 80 * 365
MOMENTS = st.integers(0, _YEARS * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def days_back(day: date, number: int) -> date:
    for _ in range(number):
        day -= timedelta(1)
    return day


def months_back(day: date, number: int) -> date:
    """Month by month from the first; then the same day, or the last one that there is."""
    first = day.replace(day=1)
    for _ in range(number):
        first = (first - timedelta(1)).replace(day=1)
    for shorter in range(4):
        try:
            return first.replace(day=day.day - shorter)
        except ValueError:
            continue
    raise AssertionError(day)


@given(MOMENTS, st.integers(1, 400))
def test_days(now, number):
    before = Period(days=number).before(now)
    assert before.date() == days_back(now.astimezone(VIETNAM).date(), number)
    assert (before.hour, before.minute, before.tzinfo) == (0, 0, VIETNAM)


@given(MOMENTS, st.integers(1, 200))
def test_months(now, number):
    assert Period(months=number).before(now).date() == months_back(now.astimezone(VIETNAM).date(), number)


@pytest.mark.parametrize(
    ("period", "vi", "en"),
    [
        (Period(days=1), "1 ngày", "1 day"),
        (Period(days=90), "90 ngày", "90 days"),
        (Period(months=18), "18 tháng", "18 months"),
        (Period(months=12), "1 năm", "1 year"),
        (Period(months=120), "10 năm", "10 years"),
    ],
)
def test_in_words(period, vi, en):
    assert (period.said().vi, period.said().en) == (vi, en)


def test_the_day_turns_in_vietnam():
    """17:00 in UTC is midnight in Vietnam."""
    evening = datetime(2026, 11, 23, 16, 59, tzinfo=UTC)
    assert Period(days=1).before(evening).date() == date(2026, 11, 22)
    assert Period(days=1).before(evening + timedelta(minutes=1)).date() == date(2026, 11, 23)
