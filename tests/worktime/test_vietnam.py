"""The shipped calendar of Vietnam against lists written from the notices, by hand and apart from the calendar file."""

from datetime import date, timedelta

import holidays
import pytest

from cchc.worktime import Calendar
from cchc.worktime.rules import WEEKDAYS
from tests.worktime.written_rules import shipped

# Days from Monday to Friday on which nobody works, and Saturdays that are worked: day/month.
WEEKDAYS_OFF = {
    2019: "1/1 4/2 5/2 6/2 7/2 8/2 15/4 29/4 30/4 1/5 2/9",
    2020: "1/1 23/1 24/1 27/1 28/1 29/1 2/4 30/4 1/5 2/9",
    2021: "1/1 10/2 11/2 12/2 15/2 16/2 21/4 30/4 3/5 2/9 3/9",
    2022: "3/1 31/1 1/2 2/2 3/2 4/2 11/4 2/5 3/5 1/9 2/9",
    2023: "2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9",
    2024: "1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9",
    2025: "1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9",
    2026: "1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11",
    2027: "1/1 4/2 5/2 8/2 9/2 10/2 16/4 30/4 3/5 2/9 3/9 24/11",
    2028: "3/1 24/1 25/1 26/1 27/1 28/1 4/4 1/5 2/5 1/9 4/9 24/11",
}
SATURDAYS_WORKED = {2019: "5/1 4/5", 2024: "4/5", 2025: "26/4", 2026: "10/1 22/8"}

# Working days of each month, January to December, and of the year.
WORKING_DAYS = """
2019  23 15 21 19 23 20 23 22 20 23 21 22  252
2020  17 20 22 20 20 22 23 21 21 22 21 23  252
2021  20 15 23 20 20 22 22 22 20 21 22 23  250
2022  19 16 23 20 20 22 21 23 20 21 22 22  249
2023  16 20 23 20 20 22 21 23 19 22 22 21  249
2024  22 16 21 19 23 20 23 22 19 23 21 22  251
2025  17 20 21 21 20 21 23 21 20 23 20 23  250
2026  21 15 22 20 20 22 23 21 20 22 20 23  249
2027  20 15 23 20 20 22 22 22 20 21 21 23  249
2028  15 21 23 19 21 22 21 23 19 22 21 21  248
"""

# Off, worked for it. The day off of the first lies before the calendar begins.
SWAPS = [
    ("2018-12-31", "2019-01-05"),
    ("2019-04-29", "2019-05-04"),
    ("2024-04-29", "2024-05-04"),
    ("2025-05-02", "2025-04-26"),
    ("2026-01-02", "2026-01-10"),
    ("2026-08-31", "2026-08-22"),
]

# Where the library `holidays` says otherwise, and why the calendar does not follow.
KNOWN_DISAGREEMENTS = {
    "2025-02-01": "It adds 4 of the lunar year, a Saturday; the notice counts five days up to the 3rd.",
    "2026-01-02": "It does not know the exchange of 2 for 10 January (Công văn 12729/VPCP-KGVX of 25/12/2025).",
    "2026-01-10": "It does not know the exchange of 2 for 10 January (Công văn 12729/VPCP-KGVX of 25/12/2025).",
    "2028-01-29": "As in 2025: a Saturday that is free anyway.",
}  # fmt: skip


@pytest.fixture(scope="module")
def vn() -> Calendar:
    return Calendar.load("vn")


def in_year(year: int, text: str) -> set[date]:
    parts = (day.split("/") for day in text.split())
    return {date(year, int(month), int(day)) for day, month in parts}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(offset) for offset in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_days_off_and_saturdays_worked_are_those_of_the_notices(vn, year):
    off = {day for day in days_of(year) if day.weekday() < 5 and not vn.windows_on(day)}
    worked = {day for day in days_of(year) if day.weekday() >= 5 and vn.windows_on(day)}
    assert off == in_year(year, WEEKDAYS_OFF[year])
    assert worked == in_year(year, SATURDAYS_WORKED.get(year, ""))


@pytest.mark.parametrize("line", WORKING_DAYS.split("\n")[1:-1])
def test_working_days_of_every_month(vn, line):
    year, *months, whole = map(int, line.split())
    counted = [0] * 12
    for day in days_of(year):
        counted[day.month - 1] += bool(vn.windows_on(day))
    assert counted == months
    assert sum(counted) == whole


@pytest.mark.parametrize(("off", "worked"), SWAPS)
def test_every_swap_is_off_and_worked_with_the_hours_of_that_weekday(vn, off, worked):
    rules = vn.rules.exceptions
    day_off, saturday = date.fromisoformat(off), date.fromisoformat(worked)
    assert saturday.weekday() == 5
    assert rules[saturday].open == WEEKDAYS[day_off.weekday()]
    assert vn.windows_on(saturday) == vn.rules.week_on(saturday).days[day_off.weekday()] != ()
    if day_off >= vn.first:
        assert rules[day_off].open == ()
        assert rules[day_off].source == rules[saturday].source


def test_no_saturday_is_worked_without_a_swap(vn):
    worked = {str(day) for day, exception in vn.rules.exceptions.items() if exception.open}
    assert worked == {saturday for _, saturday in SWAPS}


def test_a_compensatory_day_names_a_holiday_on_a_day_of_rest(vn):
    exceptions = vn.rules.exceptions
    made_up = [day for day in exceptions.values() if day.name.vi.startswith("Nghỉ bù")]
    named = [day.name.vi.rpartition("(")[2].rstrip(")") for day in made_up]
    holidays_made_up = [date(int(text[6:]), int(text[3:5]), int(text[:2])) for text in named]
    assert len(set(holidays_made_up)) == len(made_up) == 25
    for day, holiday in zip(made_up, holidays_made_up, strict=True):
        assert holiday.weekday() >= 5
        assert exceptions[holiday].open == ()
        assert day.on > holiday
        assert day.on.weekday() < 5


def test_every_holiday_on_a_day_of_rest_is_made_up_once(vn):
    resting = [day for day in vn.rules.exceptions if day.weekday() >= 5 and not vn.windows_on(day)]
    made_up = [day for day in vn.rules.exceptions.values() if day.name.vi.startswith("Nghỉ bù")]
    assert len(resting) == len(made_up)


def test_every_exception_changes_its_day_or_is_a_holiday_on_a_day_of_rest(vn):
    for day, exception in vn.rules.exceptions.items():
        ordinary = vn.rules.week_on(day).days[day.weekday()]
        assert bool(vn.windows_on(day)) != bool(ordinary) or (day.weekday() >= 5 and not exception.open)


def test_the_file_lists_the_days_in_order_each_once():
    rules = shipped("vn")
    places = [exception.place.line for exception in rules.exceptions if exception.place]
    assert places == sorted(places)
    assert len({exception.on for exception in rules.exceptions}) == len(places) == 147


def test_what_is_computed_or_not_confirmed_says_so(vn):
    unverified = {day for day, exception in vn.rules.exceptions.items() if not exception.verification.verified}
    doubts = {vn.rules.exceptions[day].verification.doubt for day in unverified}
    assert None not in doubts
    of_the_code = {"Tết Dương lịch", "Ngày Chiến thắng", "Ngày Quốc tế lao động", "Quốc khánh", "Ngày Văn hóa Việt Nam"}
    for day, exception in vn.rules.exceptions.items():
        if day.year >= 2027:
            assert (day in unverified) == (exception.name.vi not in of_the_code)
    assert {day.year for day in unverified} == {2020, 2023, 2027, 2028}


def test_every_day_has_a_document_and_verified_notices_their_date(vn):
    for exception in vn.rules.exceptions.values():
        assert exception.source.document
        if exception.verification.verified:
            assert exception.source.on is not None
            assert exception.source.on < exception.on


def test_culture_day_is_off_from_2026(vn):
    assert [year for year in WEEKDAYS_OFF if date(year, 11, 24) in vn.rules.exceptions] == [2026, 2027, 2028]
    assert vn.windows_on(date(2025, 11, 24))
    assert vn.windows_on(date(2026, 11, 23))  # its exchange for 28 November was proposed only
    assert not vn.windows_on(date(2026, 11, 28))


def test_the_state_works_eight_hours_a_day(vn):
    totals = {sum(end - start for start, end in vn.windows_on(day)) for day in vn.rules.days()}
    assert totals == {0, 480}
    assert vn.rules.intake.cut_off == 15 * 60


def test_the_second_opinion_differs_only_where_we_know_why(vn):
    theirs = holidays.country_holidays("VN", years=range(2018, 2029))
    found = set()
    for year in WEEKDAYS_OFF:
        for day in days_of(year):
            exception = vn.rules.exceptions.get(day)
            closed_here = exception is not None and not exception.open
            if closed_here != (day in theirs) or bool(vn.windows_on(day)) != theirs.is_working_day(day):
                found.add(str(day))
    assert found == set(KNOWN_DISAGREEMENTS)


@pytest.mark.parametrize(("year", "first_day"), [(2007, "2007-02-17"), (2030, "2030-02-02")])
def test_lunar_days_of_the_second_opinion_are_those_of_hanoi(year, first_day):
    theirs = holidays.country_holidays("VN", years=year, language="en_US")
    assert theirs[date.fromisoformat(first_day)].startswith("Lunar New Year")
    assert date.fromisoformat(first_day) + timedelta(days=1) in theirs
