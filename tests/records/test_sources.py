"""Validity: both ends included, never stretched."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.records.errors import DomainError
from cchc.records.sources import Validity, Verification
from cchc.records.trees import DOUBT, DOUBT_EN, from_columns, to_columns, verification_tree

START, END = date(2026, 1, 1), date(2026, 12, 31)
DAYS = st.dates(date(2025, 12, 1), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("day", "closed", "still_open"),
    [
        (date(2025, 12, 31), False, False),
        (START, True, True),
        (date(2026, 6, 30), True, True),
        (END, True, True),
        (date(2027, 1, 1), False, True),
        (date.max, False, True),
        (date.min, False, False),
    ],
)
def test_both_ends_are_inside(day: date, closed: bool, still_open: bool) -> None:
    assert Validity(START, END).holds_on(day) is closed
    assert Validity(START).holds_on(day) is still_open


def test_outside_is_refused_with_what_and_when() -> None:
    Validity(START, END).require(END, "Bộ tiêu chí")
    with pytest.raises(DomainError) as caught:
        Validity(START, END).require(date(2027, 1, 1), "Bộ tiêu chí")
    assert caught.value.code == "records.not_in_force"
    assert caught.value.problems[0].message.params == {"what": "Bộ tiêu chí", "day": date(2027, 1, 1)}


def test_a_stretch_of_no_days_is_refused() -> None:
    assert Validity(START, START).holds_on(START)
    with pytest.raises(DomainError) as caught:
        Validity(START, START - timedelta(1))
    assert caught.value.code == "records.ends_before_start"


@given(DAYS, DAYS, DAYS)
def test_holds_exactly_on_the_days_counted_out(first: date, second: date, day: date) -> None:
    start, end = min(first, second), max(first, second)
    counted = {start + timedelta(n) for n in range((end - start).days + 1)}
    assert Validity(start, end).holds_on(day) == (day in counted)


def test_a_doubt_in_one_language_is_written_plainly_as_ever() -> None:
    """So a set, a calendar and a rule without English keep their hash."""
    assert verification_tree(Verification(False, "chưa rõ")) == {"no": "chưa rõ"}
    assert verification_tree(Verification(False, "chưa rõ", "unclear")) == {"no": {"vi": "chưa rõ", "en": "unclear"}}


@pytest.mark.parametrize("columns", [{DOUBT: "a"}, {DOUBT: "a", DOUBT_EN: "b"}, {"verified": "true"}, {DOUBT_EN: "b"}])
def test_columns_of_a_doubt_come_back(columns: dict[str, str]) -> None:
    assert to_columns(from_columns(columns)) == columns


def test_a_doubt_is_told_in_the_readers_language() -> None:
    both, one, none = Verification(False, "chưa rõ", "unclear"), Verification(False, "chưa rõ"), Verification(True)
    assert [told.doubt_in("vi") for told in (both, one, none)] == ["chưa rõ", "chưa rõ", ""]
    assert [told.doubt_in("en") for told in (both, one, none)] == ["unclear", "chưa rõ", ""]
