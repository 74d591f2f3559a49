"""What differs between two calendars: against a slow walk over the days, and in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from cchc.records.errors import DomainError
from cchc.records.sources import Source, Validity, Verification
from cchc.records.text import LocalText
from cchc.records.words import say
from cchc.worktime import Calendar
from cchc.worktime.comparison import compare
from cchc.worktime.comparison_words import differences
from cchc.worktime.rules import CalendarRules, Intake
from cchc.worktime.windows import Window
from tests.worktime.strategies import calendars, loaded
from tests.worktime.written_rules import shipped

SWAP = date(2026, 1, 2)


def changed(rules: CalendarRules, day: date, **changes: object) -> CalendarRules:
    return replace(
        rules,
        exceptions=tuple(replace(found, **changes) if found.on == day else found for found in rules.exceptions),  # type: ignore[arg-type]
    )


def without(rules: CalendarRules, *days: date) -> CalendarRules:
    return replace(rules, exceptions=tuple(found for found in rules.exceptions if found.on not in days))


def compared(before: CalendarRules, after: CalendarRules, first: date | None = None, last: date | None = None):
    return compare(Calendar([before]).rules, Calendar([after]).rules, first, last)


@pytest.fixture(scope="module")
def vn() -> CalendarRules:
    return shipped("vn")


def test_a_calendar_is_the_same_as_itself(vn):
    same = compared(vn, vn)
    assert same.are_same
    assert same.before == same.after
    assert same.before.working_days == 2499
    assert same.before.minutes == 2499 * 480


def test_a_forgotten_swap_opens_one_day_and_closes_another(vn):
    found = compared(vn, without(vn, SWAP, date(2026, 1, 10)))
    assert [(d.day, d.what) for d in found.days] == [
        (SWAP, ("opened", "name", "source", "verified")),
        (date(2026, 1, 10), ("closed", "name", "source", "verified")),
    ]
    assert found.before == found.after  # a swap does not change how many days are worked


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"open": (Window(450, 690),)}, ("opened",)),
        ({"open": "mon"}, ("opened",)),
        ({"name": LocalText("Nghỉ")}, ("name",)),
        ({"source": Source("Công văn khác")}, ("source",)),
        ({"verification": Verification(False, "vì")}, ("verified",)),
        ({"source": Source("Công văn khác"), "verification": Verification(False, "vì")}, ("source", "verified")),
        ({}, None),
    ],
)
def test_what_is_other_about_a_day(vn, changes, what):
    found = compared(vn, changed(vn, SWAP, **changes))
    assert [d.what for d in found.days] == ([] if what is None else [what])
    assert found.are_same == (what is None)


def test_other_hours_of_a_working_day(vn):
    (found,) = compared(vn, changed(vn, date(2026, 1, 10), open=(Window(450, 690),))).days
    assert found.what == ("hours",)
    assert (found.before.minutes, found.after.minutes) == (480, 240)


def test_the_same_hours_said_in_two_ways_are_the_same(vn):
    friday = (Window(450, 690), Window(780, 1020))
    assert compared(vn, changed(vn, date(2026, 1, 10), open=friday)).are_same


def test_what_differs_beside_the_days(vn):
    shorter = replace(vn, validity=Validity(vn.exceptions[0].on, date(2027, 12, 31)))
    shorter = replace(shorter, exceptions=tuple(found for found in vn.exceptions if found.on.year < 2028))
    elsewhere = replace(shorter, time_zone="Asia/Bangkok", intake=Intake(16 * 60))
    found = compared(vn, elsewhere)
    assert found.whole == ("span", "time_zone", "intake")
    assert found.days == ()
    assert not found.are_same
    assert (found.first, found.last) == (date(2019, 1, 1), date(2027, 12, 31))
    asked = compared(vn, shorter, date(2026, 1, 1), date(2026, 12, 31))
    assert asked.are_same
    assert asked.before.working_days == 249


def test_only_the_days_asked_for_count(vn):
    later = without(vn, SWAP)
    assert compared(vn, later, SWAP + timedelta(days=1)).are_same
    assert compared(vn, later, last=SWAP - timedelta(days=1)).are_same
    assert [d.day for d in compared(vn, later, SWAP, SWAP).days] == [SWAP]


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2018, 12, 31), None, "worktime.not_in_both"),
        (None, date(2029, 1, 1), "worktime.not_in_both"),
        (date(2026, 1, 2), date(2026, 1, 1), "records.ends_before_start"),
    ],
)
def test_days_that_cannot_be_compared_are_refused(vn, first, last, code):
    with pytest.raises(DomainError) as caught:
        compared(vn, vn, first, last)
    assert caught.value.code == code


def test_calendars_of_different_times_are_refused(vn):
    with pytest.raises(DomainError) as caught:
        compared(vn, shipped("nl"))
    assert caught.value.code == "worktime.no_day_in_both"


@given(calendars(), calendars())
def test_hours_differ_exactly_where_the_days_do(one, other):
    before, after = loaded(one), loaded(other)
    found = compare(before.rules, after.rules)
    told = {d.day for d in found.days if {"opened", "closed", "hours"} & set(d.what)}
    days = [found.first + timedelta(offset) for offset in range((found.last - found.first).days + 1)]
    assert told == {day for day in days if before.windows_on(day) != after.windows_on(day)}
    assert found.before.minutes == sum(end - start for day in days for start, end in before.windows_on(day))
    assert found.after.working_days == sum(bool(after.windows_on(day)) for day in days)


@given(calendars(), calendars())
@pytest.mark.long
def test_the_other_way_round_everything_is_turned(one, other):
    there = compare(loaded(one).rules, loaded(other).rules)
    back = compare(loaded(other).rules, loaded(one).rules)
    turned = {"opened": "closed", "closed": "opened"}
    assert [(d.day, tuple(turned.get(w, w) for w in d.what), d.after, d.before) for d in there.days] == [
        (d.day, d.what, d.before, d.after) for d in back.days
    ]
    assert (there.before, there.after) == (back.after, back.before)


def test_ordinary_days_that_changed_alike_are_told_in_one_line():
    before, after = Calendar.load("vn"), Calendar.load("vn-example-commune")
    groups = compare(before.rules, after.rules, date(2026, 10, 1), date(2026, 10, 31)).alike()
    assert [(group[0].day.day, len(group)) for group in groups] == [(1, 20), (3, 5), (4, 4), (14, 1), (15, 1)]


def test_in_words(vn):
    swap, saturday = differences(compared(vn, without(vn, SWAP, date(2026, 1, 10))))
    headline, before, after = map(say, swap)
    assert headline == "02/01/2026 (thứ Sáu): thành ngày làm việc"
    assert before == "nghỉ | Nghỉ hoán đổi với 10/01/2026 | Công văn 12729/VPCP-KGVX, 25/12/2025 | đã xác minh"
    assert after.startswith("07:30-11:30, 13:00-17:00 | ngày thường | Quyết định 188/1999/QĐ-TTg; 17/09/1999; Điều 1 |")
    headline, before, _ = (say(message, "en") for message in saturday)
    assert headline == "10 January 2026 (Saturday): becomes a day off"
    assert before.startswith("07:30-11:30, 13:00-17:00 | Worked for 2 January | Công văn 12729/VPCP-KGVX")


def test_weekdays_in_words():
    before, after = Calendar.load("vn"), Calendar.load("vn-example-commune")
    found = compare(before.rules, after.rules, date(2026, 10, 5), date(2026, 10, 13))
    assert [say(headline) for headline, *_ in differences(found)] == [
        "7 ngày từ 05/10/2026 đến 13/10/2026 (thứ Hai đến thứ Sáu): đổi giờ làm việc",
        "10/10/2026 (thứ Bảy): thành ngày làm việc",
        "11/10/2026 (Chủ nhật): đổi căn cứ; đổi xác minh",
    ]
