"""Where limits end: a table with a case on each side of every edge, one moment at a time and in arrays.

January 2026: Thursday 1 and Friday 2 are off, Saturday 10 is worked, Monday 12 is open in the morning only, Tuesday 13
until 24:00. Else 07:30-11:30 and 13:00-17:00 from Monday to Friday.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from cchc.records.errors import DomainError
from cchc.records.yaml_text import read_yaml
from cchc.worktime import Calendar
from cchc.worktime.limits import Limit, LimitUnit, as_limit
from cchc.worktime.reading import read_rules
from tests.worktime.oracle import DAY, Hours, Plain

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE: Hours = ((450, 690), (780, 1020))
MONTH = Plain(
    first=date(2026, 1, 1),
    last=date(2026, 1, 31),
    weeks={date(2026, 1, 1): (OFFICE,) * 5 + ((), ())},
    exceptions={
        date(2026, 1, 1): (),
        date(2026, 1, 2): (),
        date(2026, 1, 10): "fri",
        date(2026, 1, 12): ((450, 690),),
        date(2026, 1, 13): ((450, DAY),),
    },
    cut_off=15 * 60,
)
JANUARY = Calendar([read_rules(MONTH.yaml(), "january.yaml")])


def at(text: str) -> datetime:
    """`5 09:15` is 09:15 on 5 January; 24:00 ends a day."""
    day, clock = text.split()
    hours, minutes = map(int, clock.split(":"))
    return datetime(2026, 1, int(day), tzinfo=ZONE) + timedelta(hours=hours, minutes=minutes)


def civil(moment: datetime) -> np.datetime64:
    return np.datetime64(moment.replace(tzinfo=None), "m")


Row = tuple[str, str, int, LimitUnit, str]
TABLE: list[Row] = [
    ("nothing at all ends at once, in closed time too", "3 12:00", 0, "working_minutes", "3 12:00"),
    ("one minute", "5 07:30", 1, "working_minutes", "5 07:31"),
    ("the last minute of a window ends at its close", "5 11:29", 1, "working_minutes", "5 11:30"),
    ("one more passes lunch", "5 11:29", 2, "working_minutes", "5 13:01"),
    ("from a close on", "5 11:30", 1, "working_minutes", "5 13:01"),
    ("during lunch", "5 12:15", 240, "working_minutes", "5 17:00"),
    ("a limit that fills a window", "5 07:30", 240, "working_minutes", "5 11:30"),
    ("a limit that fills a day", "5 07:30", 480, "working_minutes", "5 17:00"),
    ("one more minute", "5 07:30", 481, "working_minutes", "6 07:31"),
    ("before opening", "5 00:00", 480, "working_minutes", "5 17:00"),
    ("after the close of a Friday before a worked Saturday", "9 17:00", 1, "working_minutes", "10 07:31"),
    ("over a half day", "12 07:30", 241, "working_minutes", "13 07:31"),
    ("up to midnight", "13 23:00", 60, "working_minutes", "13 24:00"),
    ("past midnight", "13 23:00", 61, "working_minutes", "14 07:31"),
    ("hours are sixty minutes each", "5 09:15", 8, "working_hours", "6 09:15"),
    ("no working day at all", "3 12:00", 0, "working_days", "3 12:00"),
    ("from an opening: the close of that day", "5 07:30", 1, "working_days", "5 17:00"),
    ("before the opening is from the opening", "5 00:00", 1, "working_days", "5 17:00"),
    ("after the close is from the next opening", "5 17:00", 1, "working_days", "6 17:00"),
    ("a minute after the opening: the same position next day", "5 07:31", 1, "working_days", "6 07:31"),
    ("the last minute of a day", "5 16:59", 1, "working_days", "6 16:59"),
    ("five days from an opening", "5 07:30", 5, "working_days", "9 17:00"),
    ("six days count the worked Saturday", "5 07:30", 6, "working_days", "10 17:00"),
    ("on a Sunday", "4 10:00", 1, "working_days", "5 17:00"),
    ("on a holiday", "1 10:00", 2, "working_days", "6 17:00"),
    ("at the start of lunch is at its end: where the morning closes", "5 11:30", 1, "working_days", "6 11:30"),
    ("during lunch", "5 12:00", 1, "working_days", "6 11:30"),
    ("a minute after lunch", "5 13:01", 1, "working_days", "6 13:01"),
    ("an afternoon has no place in a half day: its close", "10 15:00", 1, "working_days", "12 11:30"),
    ("a position is minutes, not a clock time", "13 12:30", 1, "working_days", "14 14:00"),
    ("at most that day's total", "13 20:00", 1, "working_days", "14 17:00"),
    ("a half day counts as a day", "12 07:30", 2, "working_days", "13 24:00"),
    ("no calendar day at all", "3 12:00", 0, "calendar_days", "3 12:00"),
    ("the same clock time", "5 09:15", 2, "calendar_days", "7 09:15"),
    ("on a close it stays", "5 17:00", 1, "calendar_days", "6 17:00"),
    ("a minute after it rolls on", "5 17:01", 1, "calendar_days", "7 07:30"),
    ("at the close of the morning it stays", "5 11:30", 1, "calendar_days", "6 11:30"),
    ("in lunch it rolls to the afternoon", "5 11:31", 1, "calendar_days", "6 13:00"),
    ("on a day off it rolls to the next opening", "5 09:15", 6, "calendar_days", "12 07:30"),
    ("on a worked Saturday it stays", "5 09:15", 5, "calendar_days", "10 09:15"),
    ("at an opening", "5 07:30", 1, "calendar_days", "6 07:30"),
    ("at midnight where a window closes", "13 00:00", 1, "calendar_days", "13 24:00"),
    ("at midnight elsewhere", "14 00:00", 1, "calendar_days", "15 07:30"),
    ("an afternoon rolls past a half day", "10 15:00", 2, "calendar_days", "13 07:30"),
]  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[3]}: {row[0]}")
def test_where_a_limit_ends(row: Row) -> None:
    _, start, amount, unit, end = row
    limit = Limit(amount, unit)
    assert limit.end(JANUARY, at(start)) == at(end)
    assert limit.end(JANUARY, np.array([civil(at(start))])).tolist() == [at(end).replace(tzinfo=None)]


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [(5, 0, 5), (5, 1, 6), (5, 5, 10), (5, 6, 12), (1, 1, 5), (4, 0, 4), (12, 1, 13)],
)
def test_a_date_without_a_time_ends_with_a_day(start: int, days: int, end: int) -> None:
    assert JANUARY.due_in_calendar_days(date(2026, 1, start), days) == at(f"{end} 24:00")
    assert JANUARY.end_of(date(2026, 1, end)) == at(f"{end} 24:00")


INTAKE: list[tuple[str, str, str]] = [
    ("in the morning", "5 09:15", "5 09:15"),
    ("at the cut-off", "5 15:00", "5 15:00"),
    ("a minute later", "5 15:01", "6 07:30"),
    ("a Friday evening before a worked Saturday", "9 20:00", "10 07:30"),
    ("a Saturday off, early", "3 09:00", "3 09:00"),
    ("a Saturday off, late", "3 16:00", "5 07:30"),
]


@pytest.mark.parametrize("row", INTAKE, ids=lambda row: row[0])
def test_when_counting_starts(row: tuple[str, str, str]) -> None:
    _, received, start = row
    assert JANUARY.counting_start(at(received)) == at(start)
    assert JANUARY.counting_start(np.array([civil(at(received))])).tolist() == [at(start).replace(tzinfo=None)]


@pytest.mark.parametrize(("second", "start"), [(0, "5 15:00"), (59, "5 15:00"), (60, "6 07:30")])
def test_the_cut_off_is_a_whole_minute(second: int, start: str) -> None:
    assert JANUARY.counting_start(at("5 15:00") + timedelta(seconds=second)) == at(start)


def test_day_zero_that_is_not_counted() -> None:
    text = MONTH.yaml().replace('cut_off: "15:00", day_zero: counted', "day_zero: not_counted")
    calendar = Calendar([read_rules(text, "x.yaml")])
    assert calendar.counting_start(at("5 07:30")) == at("6 07:30")
    assert calendar.counting_start(at("3 09:00")) == at("5 07:30")
    assert calendar.counting_start(np.array([civil(at("9 09:00"))])).tolist() == [at("10 07:30").replace(tzinfo=None)]


@pytest.mark.parametrize("unit", ["working_minutes", "working_hours", "working_days", "calendar_days"])
def test_a_limit_past_the_end_and_one_below_zero_are_refused(unit: LimitUnit) -> None:
    for amount, code in ((20_000, "worktime.ends_outside_span"), (-1, "worktime.negative_limit")):
        for start in (at("5 09:15"), np.array([civil(at("5 09:15"))])):
            with pytest.raises(DomainError) as refused:
                Limit(amount, unit).end(JANUARY, start)
            assert refused.value.code == code
    with pytest.raises(DomainError) as refused:
        JANUARY.due_in_calendar_days(date(2026, 1, 30), 1)
    assert refused.value.code == "worktime.ends_outside_span"


def test_limits_in_arrays_are_broadcast_and_whole_numbers() -> None:
    starts = np.array([[civil(at("5 07:30"))], [civil(at("6 07:30"))]])
    ends = JANUARY.due_in_working_days(starts, [1, 2])
    assert ends.tolist() == [
        [at("5 17:00").replace(tzinfo=None), at("6 17:00").replace(tzinfo=None)],
        [at("6 17:00").replace(tzinfo=None), at("7 17:00").replace(tzinfo=None)],
    ]
    with pytest.raises(TypeError):
        JANUARY.due(starts, [1.5])
    far = JANUARY.due_in_calendar_days(starts, np.iinfo(np.int64).max, beyond="nat")
    assert np.isnat(far).all()


def test_a_limit_is_read_from_one_key() -> None:
    assert as_limit(read_yaml("{working_days: 20}", "x")) == Limit(20, "working_days")
    assert as_limit(read_yaml("{working_minutes: 4800}", "x")) == Limit(4800, "working_minutes")
    for text in ("{working_days: 20, calendar_days: 1}", "{working_days: ~}"):
        with pytest.raises(DomainError) as refused:
            as_limit(read_yaml(text, "x"))
        assert refused.value.code == "worktime.not_one_limit"
