"""Months against a walk through the days of the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from cchc.records.months import bounds, following, last_day, months_on

FIRSTS = [date(year, month, 1) for year in range(1999, 2030) for month in range(1, 13)]
ZONE = "Asia/Ho_Chi_Minh"


def test_a_month_ends_where_the_next_one_begins() -> None:
    for month, after in pairwise(FIRSTS):
        assert following(month) == following(last_day(month)) == after
        assert last_day(month).month == month.month and last_day(month) + timedelta(days=1) == after
        begins, ends = bounds(month, ZONE)
        assert (begins.date(), ends.date(), begins.hour, ends.minute) == (month, after, 0, 0)
        assert begins.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(("number", "expected"), [(0, 100), (1, 101), (-1, 99), (25, 125), (-100, 0)])
def test_months_are_counted_in_both_directions(number: int, expected: int) -> None:
    assert months_on(FIRSTS[100], number) == FIRSTS[expected]
