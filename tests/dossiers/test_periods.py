"""The months, quarters and years of reports, with a case on each side of every edge."""

from __future__ import annotations

from datetime import date

import pytest

from cchc.dossiers.periods import choices_on, month_of, read_period


@pytest.mark.parametrize(
    ("text", "first", "last", "months"),
    [
        ("2026-01", date(2026, 1, 1), date(2026, 1, 31), 1),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), 1),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), 1),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), 3),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), 3),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), 12),
    ],
)
def test_a_period_has_its_days(text: str, first: date, last: date, months: int):
    found = read_period(text)
    assert found is not None and (found.key, found.first, found.last, len(found.months)) == (text, first, last, months)


@pytest.mark.parametrize(
    "text",
    ["", "2026-", "2026-00", "2026-13", "2026-1", "2026-Q0", "2026-Q5", "2019", "3000", "26-01", "2026-01-01", "x"],
)
def test_anything_else_is_none(text: str):
    assert read_period(text) is None


@pytest.mark.parametrize(("day", "quarter"), [(date(2026, 3, 31), "2026-Q1"), (date(2026, 4, 1), "2026-Q2")])
def test_what_is_offered_begins_with_what_runs(day: date, quarter: str):
    offered = [one.key for one in choices_on(day)]
    assert offered[0] == month_of(day).key and offered[12] == quarter and offered[16] == "2026"
    assert len(offered) == len(set(offered)) == 19
