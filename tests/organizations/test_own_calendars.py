"""A province's own calendar is looked at beside the one in force, kept with its source, chosen like a shipped one."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cchc.audit.queries import events_of
from cchc.organizations.bringing_in import calendar_in
from cchc.organizations.calendars import NATIONAL, calendars_of, load_calendar
from cchc.organizations.models import CalendarUse, OwnCalendar, Unit
from cchc.worktime.exchange import written
from tests.factories.clients import client_of
from tests.factories.organizations import TODAY, grant, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today"), pytest.mark.requirement(73)]
ADDRESS = "/don-vi/tinh/lich/dua-vao/"
GIVEN = {"source_document": "QĐ 12/QĐ-UBND", "source_on": "02/01/2026"}


def text(code: str = "tinh-mau-2026", extends: str = "vn", day: str = "2026-12-24") -> str:
    return f"""id: {code}
title: {{vi: "Lịch riêng tỉnh Mẫu", en: "Own calendar of the sample province"}}
extends: {extends}
exceptions:
  - on: {day}
    open: []
    name: {{vi: "Ngày hội tỉnh", en: "Festival"}}
    source: {{document: "QĐ 12/QĐ-UBND", on: 2026-01-02}}
    verified: {{no: "Dữ liệu mẫu"}}
"""


@pytest.fixture(autouse=True)
def nothing_kept_from_other_tests():
    load_calendar.cache_clear()
    yield
    load_calendar.cache_clear()


def upload(client: Client, content: str | bytes, name: str = "lich.yaml"):
    raw = content.encode() if isinstance(content, str) else content
    return client.post(ADDRESS, GIVEN | {"file": SimpleUploadedFile(name, raw)})


def keep(client: Client, page) -> object:
    return client.post(ADDRESS, page.context["kept"] | {"source_on": "02/01/2026", "step": "keep"})


def test_a_calendar_is_looked_at_kept_chosen_and_inherited(administrator, province):
    commune = unit("xa", province, name="xã Ẵng Tở")
    page = upload(administrator, text())
    shown = page.content.decode()
    assert page.status_code == 200 and "1 điểm khác" in shown and "Ngày hội tỉnh" in shown and "24/12/2026" in shown
    assert not OwnCalendar.objects.exists(), "only looked at"
    assert keep(administrator, page).url == "/don-vi/tinh/lich/"
    kept = OwnCalendar.objects.get()
    assert (kept.code, kept.unit, kept.source_document, kept.file) == (
        "tinh-mau-2026", province, "QĐ 12/QĐ-UBND", "lich.yaml",
    )  # fmt: skip
    assert kept.brought_in_by.code == "quan-tri"
    (event,) = events_of(kept)
    assert event.kind == "organizations.calendar_brought_in" and "Ngày hội" not in event.payload.body
    history = administrator.get(f"/nhat-ky/organizations.Unit/{province.pk}/").content.decode()
    assert "Đưa lịch làm việc vào" in history and "QĐ 12/QĐ-UBND" in history
    listed = administrator.get("/don-vi/tinh/lich/").content.decode()
    assert "Lịch riêng tỉnh Mẫu" in listed and "Nguyễn Thị Hoa" in listed and "QĐ 12/QĐ-UBND" in listed
    chosen = {"calendar": "tinh-mau-2026", "starts_on": "23/11/2026"}
    assert administrator.post("/don-vi/xa/lich/", chosen | {"step": "save"}).status_code == 302, "of the unit above"
    assert "Lịch riêng tỉnh Mẫu" in administrator.get("/don-vi/xa/").content.decode()
    calendar = calendars_of([commune.pk], TODAY)[commune.pk]
    assert calendar.windows_on(date(2026, 12, 24)) == () and load_calendar("vn").windows_on(date(2026, 12, 24))
    evening = datetime(2026, 12, 23, 17, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert calendar.due_in_working_days(evening, 1) > load_calendar("vn").due_in_working_days(evening, 1)


@pytest.mark.long
def test_a_workbook_is_read_as_well_and_a_calendar_never_changes(administrator, province):
    workbook = written(calendar_in(text("tinh-mau-bang").encode(), "a.yaml").lineage[-1], ".xlsx")
    page = upload(administrator, workbook, "lich.xlsx")
    assert page.status_code == 200 and keep(administrator, page).status_code == 302
    assert OwnCalendar.objects.get().code == "tinh-mau-bang"
    again = keep(administrator, upload(administrator, text("tinh-mau-bang", day="2026-12-25")))
    assert again.status_code == 422 and "đã được đưa vào trước đây" in again.content.decode()
    assert OwnCalendar.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (text("vn"), "lich.yaml", "là của một lịch có sẵn"),
        (text(extends="nl", day="2013-12-24"), "lich.yaml", "không phải giờ Việt Nam"),
        (text(extends="khong-co"), "lich.yaml", "khong-co"),
        (text(day="24/12"), "lich.yaml", "lich.yaml"),
        ("id: [", "lich.yaml", "lich.yaml"),
        ("x" * 1_000_001, "lich.yaml", "lớn hơn"),
        ("ngày;tên\n", "lich.csv", "chỉ nhận"),
        (b"PK\x03\x04", "lich.xlsx", "lich.xlsx"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_what_to_do(administrator, content, name, said):
    page = upload(administrator, content, name)
    problems = page.context["problems"]
    assert page.status_code == 422 and said in page.content.decode(), problems
    assert all(one["next_step"] for one in problems) and "QĐ 12/QĐ-UBND" in page.content.decode()
    assert not OwnCalendar.objects.exists()


def test_what_is_kept_is_read_again_and_only_by_who_may(administrator, province):
    kept = upload(administrator, text()).context["kept"] | {"source_on": "", "step": "keep"}
    assert administrator.post(ADDRESS, kept | {"content": "id: ["}).status_code == 422
    assert administrator.post(ADDRESS, {"step": "keep"}).status_code == 422
    outsider = client_of(official("ngoai", works_in=unit("tinh-khac", name="tỉnh Khác")))
    assert outsider.post(ADDRESS, kept).status_code == 403
    assert not OwnCalendar.objects.exists()


def test_others_do_not_choose_it(administrator, province):
    page = upload(administrator, text())
    keep(administrator, page)
    elsewhere = Unit.objects.get(pk=unit("tinh-khac", name="tỉnh Khác").pk)
    person = official("quan-tri-khac", works_in=elsewhere)
    grant(person, "administrator", elsewhere, covers_subtree=True)
    chosen = {"calendar": "tinh-mau-2026", "starts_on": "23/11/2026", "step": "save"}
    assert client_of(person).post("/don-vi/tinh-khac/lich/", chosen).status_code == 422
    late = chosen | {"starts_on": "01/01/2099"}
    assert administrator.post("/don-vi/tinh/lich/", late).status_code == 422, "beyond the calendar"
    assert not CalendarUse.objects.exists()


def test_where_no_calendar_was_chosen_the_pages_name_the_one_that_counts(administrator):
    for address in ("/don-vi/tinh/", "/don-vi/tinh/lich/"):
        page = administrator.get(address).content.decode()
        assert (
            load_calendar(NATIONAL).title.in_language("vi") in page
            and "lịch chung cả nước; chưa chọn lịch riêng" in page
        )
