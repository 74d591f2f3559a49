"""The timetable of the monthly list: dated, sourced, unverified; its days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cchc.oversight.timetable import read_timetable, timetable_on
from cchc.records.errors import DomainError


def test_what_holds_is_sourced_and_says_that_nobody_compared_it():
    found = timetable_on(date(2026, 10, 1))
    assert "2624/UBND-TTHCC" in found.source.document and not found.verification.verified
    assert found.verification.doubt_in("vi") and found.verification.doubt_in("en")
    assert (found.value.reply, found.value.publish_before) == (3, 25)


@pytest.mark.parametrize(
    ("month", "cut_off", "last"),
    [
        (date(2026, 10, 1), datetime(2026, 11, 5, 17, tzinfo=UTC), date(2026, 11, 24)),
        (date(2026, 12, 1), datetime(2027, 1, 5, 17, tzinfo=UTC), date(2027, 1, 24)),
    ],
)
def test_days_are_those_of_the_following_month(month: date, cut_off: datetime, last: date):
    rules = timetable_on(month).value
    assert rules.cut_off_of(month, "Asia/Ho_Chi_Minh") == cut_off
    assert rules.last_day_of(month) == last


def test_a_file_with_a_rule_that_nobody_knows_is_refused():
    text = b"timetable:\n  - {valid: {from: 2020-01-01}, source: {document: X}, verified: true, silence: maybe}\n"
    with pytest.raises(DomainError):
        read_timetable(text, "x.yaml")
