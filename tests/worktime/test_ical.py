"""iCalendar files of other people: all-day events become closed days, everything else is left out and said."""

from datetime import date

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.records.errors import DomainError, Problem, Unreadable
from cchc.records.sources import Validity
from cchc.records.words import say_problem
from cchc.worktime.exchange import Found, calendar_of, found_in, written
from cchc.worktime.ical_reading import MAX_BYTES, MAX_DAYS, MAX_EVENTS
from cchc.worktime.rules import CalendarRules
from tests.worktime.written_rules import shipped

BASE = shipped("vn")
SPAN = Validity(date(2026, 1, 1), date(2027, 12, 31))


def ical(*events: str) -> bytes:
    """A calendar of others; each event is given by its lines, `|` between them."""
    blocks = [["BEGIN:VEVENT", *event.split("|"), "END:VEVENT"] for event in events]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Google Inc//Google Calendar 70.9054//EN"]
    return "\r\n".join([*lines, *(line for block in blocks for line in block), "END:VCALENDAR", ""]).encode()


def read(*events: str) -> Found:
    return found_in(ical(*events), "nghi.ics", SPAN)


def imported(*events: str) -> CalendarRules:
    return calendar_of(read(*events), BASE)


def codes(found: Found) -> list[str]:
    return [problem.code for problem in found.left_out]


def test_an_all_day_event_is_a_closed_day_that_nobody_verified():
    (day,) = imported("DTSTART;VALUE=DATE:20260427|DTEND;VALUE=DATE:20260428|SUMMARY:Nghỉ bù|UID:1").exceptions
    assert (day.on, day.open, day.name.vi) == (date(2026, 4, 27), (), "Nghỉ bù")
    assert day.source.document == "nghi.ics"
    assert not day.verification.verified
    assert day.verification.doubt == "Nhập từ tệp iCalendar; chưa đối chiếu với văn bản"
    assert day.verification.doubt_in("en") == "Taken from an iCalendar file; not compared with a document"


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ("DTSTART;VALUE=DATE:20270204|DTEND;VALUE=DATE:20270211", 7),
        ("DTSTART;VALUE=DATE:20270204|DURATION:P7D", 7),
        ("DTSTART;VALUE=DATE:20270204", 1),
        ("DTSTART;VALUE=DATE:20270204|DTEND;VALUE=DATE:20270204", 1),  # some programs write no length so
        ("DTSTART;VALUE=DATE:20270204|DTEND;VALUE=DATE:20270101", 1),
        ("DTSTART;VALUE=DATE:20271230|DTEND;VALUE=DATE:20280105", 2),  # what lies outside the base's days is not taken
        ("DTSTART;VALUE=DATE:20300101", 0),
        ("DTSTART;VALUE=DATE:99991231|DURATION:P30D", 0),
    ],
)
def test_how_many_days_an_event_takes(lines, days):
    assert len(read(lines).days) == days


def test_an_event_of_every_year_comes_every_year():
    rules = "RRULE:FREQ=YEARLY;INTERVAL=1;BYMONTH=9;BYMONTHDAY=2;WKST=MO"
    made = imported(f"DTSTART;VALUE=DATE:20100902|{rules}|SUMMARY:Quốc khánh")
    assert [day.on for day in made.exceptions] == [date(2026, 9, 2), date(2027, 9, 2)]


def test_an_event_of_every_29_february_comes_in_leap_years_only():
    longer = Validity(SPAN.start, date(2028, 12, 31))
    found = found_in(ical("DTSTART;VALUE=DATE:20240229|RRULE:FREQ=YEARLY"), "x.ics", longer)
    assert [day.entries["on"].text for day in found.days] == ["2028-02-29"]


def test_an_event_over_the_turn_of_the_year_reaches_into_the_first_year():
    found = read("DTSTART;VALUE=DATE:20201230|DTEND;VALUE=DATE:20210103|RRULE:FREQ=YEARLY")
    assert [day.entries["on"].text for day in found.days][:3] == ["2026-01-01", "2026-01-02", "2026-12-30"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("SUMMARY:không có ngày", "event_without_day"),
        ("DTSTART:20260427T090000Z", "event_without_day"),
        ("DTSTART;TZID=Asia/Ho_Chi_Minh:20260427T090000", "event_without_day"),
        ("DTSTART;VALUE=DATE:20260431", "event_without_day"),
        ("DTSTART;VALUE=DATE:20260427|STATUS:CANCELLED", "event_cancelled"),
        ("DTSTART;VALUE=DATE:20260427|RRULE:FREQ=WEEKLY", "event_repeats"),
        ("DTSTART;VALUE=DATE:20260427|RRULE:FREQ=SECONDLY;COUNT=2", "event_repeats"),
        ("DTSTART;VALUE=DATE:20260427|RRULE:FREQ=YEARLY;UNTIL=20270101", "event_repeats"),
        ("DTSTART;VALUE=DATE:20260427|RRULE:FREQ=YEARLY;INTERVAL=2", "event_repeats"),
        ("DTSTART;VALUE=DATE:20260427|RRULE:FREQ=YEARLY;BYMONTH=5", "event_repeats"),
        ("DTSTART;VALUE=DATE:20260427|RRULE:FREQ=YEARLY|EXDATE;VALUE=DATE:20270427", "event_repeats"),
        ("DTSTART;VALUE=DATE:20260427|RRULE:FREQ=YEARLY|RRULE:FREQ=YEARLY", "event_repeats"),
        ("DTSTART;VALUE=DATE:20260427|RRULE:nonsense", "event_repeats"),
        ("DTSTART;VALUE=DATE:20260101|DTEND;VALUE=DATE:20270103", "event_too_long"),
    ],
)
def test_what_cannot_be_a_closed_day_is_left_out_and_said(lines, code):
    found = read("DTSTART;VALUE=DATE:20260430", lines)
    assert codes(found) == [f"worktime.{code}"]
    assert str(found.left_out[0].place) == "nghi.ics:2"
    assert len(found.days) == 1
    assert all(say_problem(found.left_out[0], language).startswith("nghi.ics:2: ") for language in ("vi", "en"))


def test_an_event_of_366_days_is_the_longest():
    assert codes(read("DTSTART;VALUE=DATE:20260101|DURATION:P366D")) == []
    assert codes(read("DTSTART;VALUE=DATE:20260101|DURATION:P367D")) == ["worktime.event_too_long"]


def test_without_days_to_count_on_a_yearly_event_is_left_out():
    found = found_in(ical("DTSTART;VALUE=DATE:20260427|RRULE:FREQ=YEARLY"), "x.ics")
    assert codes(found) == ["worktime.event_repeats"]


def test_events_of_one_day_put_their_names_together_once():
    day = "DTSTART;VALUE=DATE:20260430"
    (made,) = imported(f"{day}|SUMMARY:A", f"{day}|SUMMARY:B", f"{day}|SUMMARY:A", day).exceptions
    assert made.name.vi == "A; B; Ngày nghỉ"


def test_what_nobody_sees_is_not_kept():
    (made,) = imported("DTSTART;VALUE=DATE:20260430|SUMMARY:Ngày\u200b Chiến thắng").exceptions
    assert made.name.vi == "Ngày Chiến thắng"


def test_an_event_added_to_our_own_file_is_a_closed_day_not_verified():
    ours = written(BASE, ".ics")
    theirs = ical("DTSTART;VALUE=DATE:20261225|SUMMARY:Giáng sinh").partition(b"BEGIN:VEVENT")[2]
    made = calendar_of(found_in(ours.replace(b"END:VCALENDAR", b"BEGIN:VEVENT" + theirs), "vn.ics"))
    added = set(made.exceptions) - set(BASE.exceptions)
    assert [(day.on, day.verification.verified) for day in added] == [(date(2026, 12, 25), False)]
    assert len(made.exceptions) == len(BASE.exceptions) + 1


def test_another_program_may_fold_and_order_our_file_anew():
    events = icalendar.Calendar.from_ical(written(BASE, ".ics"))
    events.subcomponents.reverse()
    assert calendar_of(found_in(events.to_ical(), "vn.ics")) == BASE


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('{"id"', '{"id'), "worktime.bad_calendar_property"),
        (("CALENDAR;VALUE=TEXT:", "CALENDAR;VALUE=TEXT:[1\\,2]\r\nX-OLD:"), "worktime.bad_calendar_property"),
        (("X-CCHC-OPEN;VALUE=TEXT:closed", "X-CCHC-OPEN;VALUE=TEXT:dong"), "worktime.not_a_window"),
        (("VERIFIED;VALUE=TEXT:true", "VERIFIED;VALUE=TEXT:maybe"), "records.not_verified_without_reason"),
        (("X-CCHC-SOURCE-DOCUMENT;", "X-CCHC-SOURCE;"), "records.missing_key"),
        (("DTSTART;VALUE=DATE:20190105", "DTSTART;VALUE=DATE:20190101"), "worktime.exceptions_twice"),
    ],
)
def test_a_damaged_file_of_ours_is_refused_with_the_event(change, code):
    content = written(BASE, ".ics").decode()
    assert change[0] in content
    with pytest.raises(DomainError) as caught:
        calendar_of(found_in(content.replace(*change, 1).encode(), "vn.ics"))
    assert caught.value.code == code
    assert caught.value.problems[0].place is not None
    assert caught.value.problems[0].place.file == "vn.ics"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"BEGIN:VCALENDAR\nX:" + b"\xff" * 3 + b"\nEND:VCALENDAR", "worktime.ical_not_utf8"),
        (b"BEGIN:VCALENDAR\nnonsense", "worktime.not_ical"),
        (b"begin:vcalendar\n" + b" " * MAX_BYTES, "worktime.ical_too_large"),
        (ical(*["SUMMARY:a"] * (MAX_EVENTS + 1)), "worktime.too_many_events"),
        (ical(*["DTSTART;VALUE=DATE:20260101|DURATION:P366D"] * (MAX_DAYS // 366 + 1)), "worktime.too_many_days"),
    ],
)
def test_what_is_no_usable_file_is_unreadable(content, code):
    with pytest.raises(Unreadable) as caught:
        found_in(content, "x.ics", SPAN)
    assert caught.value.code == code


def test_time_zones_of_the_file_are_passed_by():
    zone = b"BEGIN:VTIMEZONE\r\nTZID:x\r\nBEGIN:STANDARD\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"
    content = ical("DTSTART;VALUE=DATE:20260430", "DTSTART;TZID=x:20260430T080000").replace(b"BEGIN:VEVENT", zone, 1)
    found = found_in(content, "x.ics", SPAN)
    assert (len(found.days), codes(found)) == (1, ["worktime.event_without_day"])


def test_a_byte_order_mark_and_small_letters_do_no_harm():
    content = b"\xef\xbb\xbf" + ical("DTSTART;VALUE=DATE:20260430").replace(b"BEGIN:VCAL", b"begin:vcal")
    assert len(found_in(content, "x.ics", SPAN).days) == 1


line = st.one_of(
    st.sampled_from(
        ["BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VTIMEZONE", "END:VTIMEZONE",
         "DTSTART;VALUE=DATE:20260101", "DTSTART:20260101T000000", "DTEND;VALUE=DATE:20260201", "DTSTART:",
         "RRULE:FREQ=YEARLY", "RRULE:FREQ=YEARLY;BYMONTH=13", "SUMMARY:Tết", "SUMMARY;LANGUAGE=vi:Tết", "DURATION:-P3D",
         "DURATION:PT1H", "STATUS:CANCELLED", "X-CCHC-OPEN:fri", 'X-CCHC-CALENDAR:{"id":"a"}', "X-CCHC-CALENDAR:[[",
         "TZID:x", "EXDATE:1", "DTSTART;TZID=x:20260101T000000", " folded", ":", ";", 'A;B="C'],
    ),
    st.text(max_size=12),
)  # fmt: skip


@given(st.lists(line, max_size=14))
def test_no_file_brings_a_traceback(lines):
    content = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]).encode("utf-8", "replace")
    problems: tuple[Problem, ...] = ()
    try:
        calendar_of(found_in(content, "x.ics", SPAN), BASE)
    except DomainError as error:
        problems = error.problems
    assert all(say_problem(problem) for problem in problems)
