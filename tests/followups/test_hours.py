"""A deadline that names an hour: in the form, on pages, in the why-sheet, the workbook, notices, the calendar file."""

from __future__ import annotations

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from django.utils.timezone import localtime
from openpyxl import load_workbook

from cchc.followups.actions.nightly import recount_deadlines
from cchc.followups.actions.tasks import move_deadline
from cchc.followups.deadlines import Deadline
from cchc.followups.models import Task
from cchc.followups.shown import shown_tasks, why_due
from cchc.notices.calendar_files import calendar_file
from cchc.notices.models import Notice
from cchc.notices.said import said
from cchc.organizations.actions.units import choose_calendar
from tests.factories.clients import client_of
from tests.factories.followups import claimed, directive, task
from tests.factories.organizations import BY_TESTS, NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
FRIDAY = date(2026, 11, 27)
TEN = time(10)
ORDER = {
    "what": "Báo cáo nhanh", "legal_basis": "", "everyone": "on", "owners": "", "due_on": "27/11/2026",
    "working_days": "", "due_time": "10 giờ", "leader": "", "watcher": "van-phong",
}  # fmt: skip


def hour(moment):
    return f"{localtime(moment):%H:%M %d/%m/%Y}"


@pytest.mark.requirement(57, 62)
@pytest.mark.parametrize("typed", ["10:00", "10 giờ", "10h", "10g00", "10"])
@pytest.mark.long
def test_an_hour_is_given_as_people_write_it_and_stands_everywhere(people, typed):
    made = directive(people.province, [people.commune], people.office)
    officer = client_of(people.officer)
    assert officer.post(f"/van-ban-chi-dao/{made.pk}/giao-viec/", ORDER | {"due_time": typed}).status_code == 302
    given = Task.objects.get()
    assert (given.due_time, hour(given.due_at)) == ("10:00", "10:00 27/11/2026")
    for address in (f"/nhiem-vu/{given.pk}/", "/nhiem-vu/", f"/van-ban-chi-dao/{made.pk}/"):
        assert "10:00, 27/11/2026" in officer.get(address).content.decode()
    assert "đến 10:00 ngày 27/11/2026, như đã giao" in officer.get(f"/nhiem-vu/{given.pk}/vi-sao/").content.decode()
    assert (
        "until 10:00 of 27 November 2026, as given" in officer.get(f"/en/nhiem-vu/{given.pk}/vi-sao/").content.decode()
    )
    told = Notice.objects.get(kind="followups.task_given")
    assert b"DTSTART:20261127T030000Z" in calendar_file(told, "vi")
    assert "Thời hạn: 10:00, 27/11/2026" in said(told, "vi").body


def test_the_workbook_has_the_hour_beside_the_day(people):
    made = directive(people.province, [people.commune], people.office)
    for due_time in (TEN, None):
        task(
            people.commune,
            people.chairman,
            people.office,
            subject=made,
            deadline=Deadline(TODAY, FRIDAY, None, due_time),
        )
    table = client_of(people.officer).post(f"/van-ban-chi-dao/{made.pk}/bang-theo-doi.xlsx").content
    rows = list(load_workbook(BytesIO(table)).worksheets[0].iter_rows(values_only=True))
    heading = next(row for row in rows if row[0] == "STT" or "Giờ đến hạn" in row)
    column = heading.index("Giờ đến hạn")
    listed = rows[rows.index(heading) + 1 :]
    assert [row[column] or "" for row in listed] == ["10:00", ""]
    assert {row[column - 1].date() for row in listed} == {FRIDAY}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"due_time": "25:00"}, "không phải là giờ trong ngày"),
        ({"due_time": "24:00"}, "để trống nếu đến hết ngày"),
        ({"due_on": "23/11/2026", "due_time": "9:00"}, "Thời hạn 09:00 ngày 23/11/2026 đã qua"),
        ({"due_on": "", "due_time": "9:00"}, "Thời hạn chưa rõ"),
    ],
)
def test_an_hour_that_cannot_be_says_why_and_stays(people, change, said):
    made = directive(people.province, [people.commune], people.office)
    answer = client_of(people.officer).post(f"/van-ban-chi-dao/{made.pk}/giao-viec/", ORDER | change)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and f'value="{change["due_time"]}"' in page
    assert not Task.objects.exists()


def test_working_days_end_at_the_hour_of_the_last_and_the_sheet_says_so(people):
    given = task(people.commune, people.chairman, people.office, deadline=Deadline(TODAY, None, 3, TEN))
    sheet = why_due(given)
    assert hour(given.due_at) == "10:00 27/11/2026"
    assert "vào ngày cuối, 27/11/2026, đến 10:00, như đã giao" in sheet.rule
    assert sum(day.minutes for day in sheet.days) == sheet.limit
    off = task(people.commune, people.chairman, people.office, deadline=Deadline(TODAY, date(2026, 11, 28), None, TEN))
    assert (
        hour(off.due_at) == "10:00 30/11/2026"
        and "không phải ngày làm việc: đến 10:00 ngày 30/11/2026" in why_due(off).rule
    )


def test_the_hour_stays_when_the_deadline_moves_with_the_calendar_and_goes_when_it_is_moved_without(people):
    given = task(
        people.commune, people.chairman, people.office, deadline=Deadline(TODAY, date(2026, 11, 28), None, TEN)
    )
    choose_calendar(**BY_TESTS, unit=people.commune, calendar="vn-example-commune", starts_on=TODAY)
    recount_deadlines(**BY_TESTS, tasks=[given.pk])
    now = Task.objects.get(pk=given.pk)
    assert now.due_time == "10:00" and hour(now.due_at).startswith("10:00 ")
    moved = move_deadline(
        **BY_TESTS, task=now, expected_version=now.version, deadline=Deadline(TODAY, FRIDAY), reason="Cả ngày"
    )
    assert moved.due_time == "" and hour(moved.due_at) == "00:00 28/11/2026"


def test_a_proof_of_the_same_day_does_not_show_that_it_was_before_the_hour(people, today):
    for due_time, in_time in ((None, True), (TEN, False)):
        given = task(people.commune, people.chairman, people.office, deadline=Deadline(TODAY, FRIDAY, None, due_time))
        late = BY_TESTS | {"now": NOW + timedelta(days=7)}
        made = claimed(given, FRIDAY, **late)
        (shown,) = shown_tasks([made], NOW + timedelta(days=7))
        assert shown.was_done_in_time is in_time
