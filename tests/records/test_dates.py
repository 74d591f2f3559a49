"""Civil dates: every day of two centuries, and what is no day."""

import re
import unicodedata
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.records.dates import format_date, format_official_date, parse_clock, parse_date, parse_near_date
from cchc.records.errors import DomainError

DAYS = [date(1900, 1, 1) + timedelta(days) for days in range((date(2100, 12, 31) - date(1900, 1, 1)).days + 1)]
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


@pytest.mark.requirement(128)
def test_every_day_of_two_centuries_comes_back_in_all_forms() -> None:
    assert DAYS[-1] == date(2100, 12, 31)
    for day in DAYS:
        vietnamese = format_date(day)
        assert vietnamese == day.strftime("%d/%m/%Y")
        spoken = format_date(day, "en").split()
        assert date(int(spoken[2]), MONTHS.index(spoken[1]) + 1, int(spoken[0])) == day
        official = re.fullmatch(r"ngày (\d\d) tháng (\d\d?) năm (\d{4})", format_official_date(day))
        assert official is not None
        assert date(int(official[3]), int(official[2]), int(official[1])) == day
        for written in (day.isoformat(), vietnamese, vietnamese.replace("/", "-"), f"{day.day}/{day.month}/{day.year}"):
            assert parse_date(written) == day


@pytest.mark.parametrize(
    ("day", "vietnamese", "english", "official"),
    [
        (date(2022, 12, 1), "01/12/2022", "1 December 2022", "ngày 01 tháng 12 năm 2022"),
        (date(2026, 1, 9), "09/01/2026", "9 January 2026", "ngày 09 tháng 01 năm 2026"),
        (date(2026, 2, 10), "10/02/2026", "10 February 2026", "ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 31), "31/03/2026", "31 March 2026", "ngày 31 tháng 3 năm 2026"),
        (date(2024, 2, 29), "29/02/2024", "29 February 2024", "ngày 29 tháng 02 năm 2024"),
        (date(938, 10, 5), "05/10/0938", "5 October 938", "ngày 05 tháng 10 năm 938"),
    ],
)
def test_forms(day: date, vietnamese: str, english: str, official: str) -> None:
    assert format_date(day) == format_date(day, "vi") == vietnamese
    assert format_date(day, "en") == english
    assert format_official_date(day) == official
    assert parse_date(vietnamese) == day


@pytest.mark.parametrize("text", [" 23/11/2026 ", "23/11/2026\n", "\u00a02026-11-23"])
def test_space_around_does_not_matter(text: str) -> None:
    assert parse_date(text) == date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "", "2026", "11/2026", "23/11/26", "23/11", "31/04/2026", "30/02/2024", "29/02/2023", "29/02/2100",
        "00/01/2026",
        "01/00/2026", "01/13/2026", "11/23/2026", "01/01/0000", "0000-01-01", "2026-13-01", "2026-1-1", "2026/11/23",
        "23/11-2026", "23-11/2026", "23.11.2026", "23 11 2026", "23//11/2026", "2026-11-23T00:00", "23/11/2026 07:30",
        "123/1/2026", "1/123/2026", "1/1/20266", "٢٣/11/2026", "２３/11/2026", "-1/1/2026",
        "ngày 23 tháng 11 năm 2026", "hôm nay",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_as_typed(text: str) -> None:
    with pytest.raises(DomainError) as caught:
        parse_date(text)
    assert caught.value.code == "records.not_a_date"
    assert caught.value.problems[0].message.params == {"text": text}


@given(st.text("0123456789/- ", max_size=12))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        assert isinstance(parse_date(text), date)
    except DomainError as error:
        assert error.code == "records.not_a_date"  # noqa: PT017


@pytest.mark.parametrize(
    "written", ["10:30", "10h30", "10 h 30", "10g30", "10 giờ 30", "10 giờ 30 phút", " 10 GIỜ 30 "]
)
def test_an_hour_is_read_as_people_write_it(written):
    assert parse_clock(written) == time(10, 30)
    assert parse_clock(unicodedata.normalize("NFD", written)) == time(10, 30)


def test_a_full_hour_needs_no_minutes():
    assert [parse_clock(written) for written in ("7", "7h", "07:00", "7 giờ")] == [time(7)] * 4


@pytest.mark.parametrize(
    "written", ["", "24:00", "10:60", "10:3", "10.30", "mười giờ", "10:30:00", "-1", "10 giờ 30 giây"]
)
def test_what_is_no_hour_is_refused(written):
    with pytest.raises(DomainError, match="not_a_clock_time"):
        parse_clock(written)


@pytest.mark.parametrize("text", ["31/12/1899", "0001-01-01", "01/01/2201", "31/12/9999"])
def test_a_year_far_away_is_a_slip_of_the_hand(text: str) -> None:
    with pytest.raises(DomainError) as caught:
        parse_near_date(text)
    assert caught.value.code == "records.far_date"


def test_the_first_and_the_last_day_that_can_be_typed() -> None:
    assert parse_near_date("01/01/1900") == date(1900, 1, 1)
    assert parse_near_date("31/12/2200") == date(2200, 12, 31)
