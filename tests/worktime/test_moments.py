"""Moments as people write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from cchc.records.errors import Unreadable
from cchc.worktime.moments import parse_moment

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23T08:30", datetime(2026, 11, 23, 8, 30, tzinfo=HANOI)),
        (" 23/11/2026  8:30 ", datetime(2026, 11, 23, 8, 30, tzinfo=HANOI)),
        ("23-11-2026 08:30:59.999", datetime(2026, 11, 23, 8, 30, tzinfo=HANOI)),
        ("2026-11-23 24:00", datetime(2026, 11, 24, tzinfo=HANOI)),
        ("2026-11-23T01:30Z", datetime(2026, 11, 23, 1, 30, tzinfo=UTC)),
        ("2026-11-23T01:30:00 +00:00", datetime(2026, 11, 23, 1, 30, tzinfo=UTC)),
        ("2026-11-23T03:30+0200", datetime(2026, 11, 23, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_moment(text: str, moment: datetime) -> None:
    found = parse_moment(text, HANOI)
    assert isinstance(found, datetime)
    assert found.tzinfo is not None
    assert found == moment


@pytest.mark.parametrize("text", ["2026-11-23", "23/11/2026"])
def test_a_date_without_a_time_stays_a_date(text: str) -> None:
    found = parse_moment(text, HANOI)
    assert type(found) is date
    assert found == date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "", "08:30", "2026-11-31T08:30", "2026-11-23T24:01", "2026-11-23T08:60", "2026-11-23T08:30:60",
        "2026-11-23T8h30", "20261123T0830", "2026-11-23T08:30+99:00", "2026-11-23Z", "9999-12-31T24:00", "1764000000",
    ],
)  # fmt: skip
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_moment(text, HANOI)
    assert refused.value.code == "worktime.not_a_moment"
