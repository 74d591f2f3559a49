"""Pages of procedures: found, read, compared, drawn; drafted by a form, published, ended, withdrawn."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cchc.procedures.models import ProcedureVersion
from cchc.procedures.queries.versions import kept_version_on
from cchc.procedures.versions import Component, Fee
from cchc.records.text import LocalText
from cchc.worktime.limits import Limit
from tests.factories.clients import client_of
from tests.factories.organizations import TODAY
from tests.factories.procedures import STEPS, dated, drafted, procedure, published, recorded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
FACTS = {
    "code": "1.004203", "name_vi": "Xác nhận tình trạng đất", "name_en": "", "field_vi": "Đất đai", "field_en": "",
    "level": "commune", "authority_vi": "UBND cấp xã", "authority_en": "", "settled_by": "",
}  # fmt: skip
MAIN = {
    "starts_on": "01/01/2026", "ends_on": "", "document": "Quyết định 1217/QĐ-UBND", "issued_on": "20/12/2025",
    "article": "", "url": "", "verified": "on", "doubt": "", "limit_amount": "10", "limit_unit": "working_days",
    "result": "Văn bản xác nhận", "mechanism": "one_stop", "online": "partial", "not_full_because": "Phải có mặt",
    "portal": "", "on_supplement": "suspend", "extensions": "1", "bases": "Luật Đất đai 31/2024/QH15\n\n",
    "step_count": "4", "paper_count": "1", "fee_count": "1",
}  # fmt: skip
EMPTY = {
    "name": "",
    "role": "settling_official",
    "amount": "",
    "unit": "working_days",
    "after": "",
    "agency": "",
    "id": "",
}


def rows(
    *steps: dict[str, str], papers: dict[str, str] | None = None, fees: dict[str, str] | None = None
) -> dict[str, str]:
    """As a page sends them: four rows of steps, one of papers, one of fees."""
    typed = {f"step_{number}_{key}": value for number in range(4)
             for key, value in (EMPTY | (steps[number] if number < len(steps) else {})).items()}  # fmt: skip
    paper = {"name": "", "originals": "", "certified": "", "copies": "", "id": ""} | (papers or {})
    fee = {"name": "", "amount": "", "payment": "before"} | (fees or {})
    return typed | {f"paper_0_{k}": v for k, v in paper.items()} | {f"fee_0_{k}": v for k, v in fee.items()}


RECEIVE = {"name": "Tiếp nhận", "role": "receiving_officer", "amount": "4", "unit": "working_hours"}
EXAMINE = {"name": "Thẩm tra", "amount": "6", "after": "1"}
ASK = {"name": "Lấy ý kiến", "amount": "5", "after": "1", "agency": "Chi nhánh đất đai"}
SIGN = {"name": "Ký", "role": "signing_leader", "amount": "3", "after": "2, 3"}


@pytest.fixture
def officer(people) -> Client:
    return client_of(people.officer)


@pytest.fixture
def clerk(people) -> Client:
    return client_of(people.clerk)


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


@pytest.mark.requirement(35, 56, 79)
def test_a_procedure_is_recorded_drafted_rewritten_published_and_read(officer, clerk, people):
    assert officer.post("/thu-tuc/moi/tinh/", FACTS).status_code == 302
    assert "Chưa công bố phiên bản nào" in text(officer, "/thu-tuc/ma/1.004203/")
    text(clerk, "/thu-tuc/ma/1.004203/", 404)
    typed = MAIN | rows(RECEIVE, EXAMINE, ASK, SIGN, papers={"name": "Đơn", "originals": "1"},
                        fees={"name": "Lệ phí", "amount": "15000"})  # fmt: skip
    answer = officer.post("/thu-tuc/ma/1.004203/phien-ban/", typed)
    assert answer.status_code == 302, answer.content.decode()
    draft = ProcedureVersion.objects.get()
    value = draft.value
    assert [(step.name.vi, step.limit, step.after) for step in value.steps] == [
        ("Tiếp nhận", Limit(4, "working_hours"), ()),
        ("Thẩm tra", Limit(6, "working_days"), ("buoc_1",)),
        ("Lấy ý kiến", Limit(5, "working_days"), ("buoc_1",)),
        ("Ký", Limit(3, "working_days"), ("buoc_2", "buoc_3")),
    ]
    assert value.components == (Component("giay_1", LocalText("Đơn"), 1),) and value.bases == (
        "Luật Đất đai 31/2024/QH15",
    )
    assert value.fees == (Fee(LocalText("Lệ phí"), 15000, "before"),)
    text(clerk, f"/thu-tuc/phien-ban/{draft.pk}/", 404)
    form = text(officer, f"/thu-tuc/phien-ban/{draft.pk}/sua/")
    assert 'value="2, 3"' in form and "Chi nhánh đất đai" in form and 'value="buoc_4"' in form
    changed = typed | {"limit_amount": "12", "version": "1"}
    assert officer.post(f"/thu-tuc/phien-ban/{draft.pk}/sua/", changed).status_code == 302
    stale = officer.post(f"/thu-tuc/phien-ban/{draft.pk}/sua/", changed | {"limit_amount": "11"})
    assert stale.status_code == 409 and 'value="11"' in stale.content.decode()
    assert officer.post(f"/thu-tuc/phien-ban/{draft.pk}/cong-bo/", {"version": "2"}).status_code == 302
    page = text(clerk, "/thu-tuc/ma/1.004203/")
    for said in ("12 ngày làm việc", "Chi nhánh đất đai", "Chưa có trên Cổng", "15.000", "Luật Đất đai 31/2024/QH15",
                 "Quyết định 1217/QĐ-UBND", "trực tuyến một phần: Phải có mặt", "50,0\xa0%"):  # fmt: skip
        assert said in page, said
    assert text(clerk, f"/thu-tuc/phien-ban/{draft.pk}/").count("Nguyễn Thị Hoa") >= 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"step_0_amount": ""}, "Ghi thời hạn của bước."),
        ({"step_0_name": ""}, "Ghi tên, hoặc xóa trắng dòng này."),
        ({"step_1_after": "2"}, "Ghi số thứ tự các bước đứng trước"),
        ({"step_1_after": "một"}, "Ghi số thứ tự các bước đứng trước"),
        ({"paper_0_name": "Đơn"}, "Ghi số bản chính"),
        ({"fee_0_name": "Phí"}, "Ghi số tiền."),
        ({"step_1_amount": "30"}, "quá thời hạn của thủ tục"),
        ({"not_full_because": ""}, "phải nêu lý do chưa toàn trình"),
        ({"extensions": "2"}, "Số lần gia hạn quá lớn"),
        ({"verified": ""}, "phải nêu điều chưa xác minh"),
        ({"portal": "không phải"}, "không phải"),
        ({"starts_on": "mồng một"}, "mồng một"),
        ({"ends_on": "01/01/2025"}, "01/01/2025"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_nothing_typed_is_lost(officer, people, change, said):
    recorded(people.province, "1.004203")
    typed = MAIN | rows(RECEIVE, EXAMINE) | change
    answer = officer.post("/thu-tuc/ma/1.004203/phien-ban/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page
    assert "Văn bản xác nhận" in page and "Thẩm tra" in page and not ProcedureVersion.objects.exists()


@pytest.mark.parametrize("count", ["x" * 9, "-1", "", "100000", "0"])
def test_a_count_of_rows_that_nobody_sent_breaks_nothing(officer, people, count):
    recorded(people.province, "1.004203")
    answer = officer.post("/thu-tuc/ma/1.004203/phien-ban/", MAIN | rows(RECEIVE) | {"step_count": count})
    assert answer.status_code == (422 if count == "0" else 302)


def test_more_rows_are_added_without_judging(officer, people):
    recorded(people.province, "1.004203")
    typed = MAIN | rows(RECEIVE) | {"them": "step", "document": ""}
    page = officer.post("/thu-tuc/ma/1.004203/phien-ban/", typed)
    assert (
        page.status_code == 200
        and "step_6_name" in page.content.decode()
        and "step_7_name" not in page.content.decode()
    )
    assert 'value="Tiếp nhận"' in page.content.decode() and "field-error" not in page.content.decode()


@pytest.mark.requirement(79)
def test_a_version_says_what_it_changes_and_what_was_english_stays(officer, people):
    named = (
        STEPS[0].__class__(
            "receive", LocalText("Tiếp nhận", "Receive"), "receiving_officer", Limit(4, "working_hours")
        ),
    )
    birth = recorded(people.province)
    published(birth, dated(steps=named, result=LocalText("Giấy", "Paper")))
    form = text(officer, "/thu-tuc/ma/1.001193/phien-ban/")
    assert 'value="Tiếp nhận"' in form and 'value="receive"' in form
    typed = MAIN | {"result": "Giấy", "starts_on": "01/12/2026"} | rows(RECEIVE | {"id": "receive", "after": "0"})
    assert officer.post("/thu-tuc/ma/1.001193/phien-ban/", typed).status_code == 302
    later = ProcedureVersion.objects.get(state="draft")
    assert later.value.result == LocalText("Giấy", "Paper") and later.value.steps[0].name.en == "Receive"
    page = text(officer, f"/thu-tuc/phien-ban/{later.pk}/")
    assert (
        "Thay đổi so với phiên bản từ 01/01/2026" in page and "3 ngày làm việc" in page and "10 ngày làm việc" in page
    )
    officer.post(f"/thu-tuc/phien-ban/{later.pk}/cong-bo/", {"version": "1"})
    assert kept_version_on(birth, TODAY).ends_on == date(2026, 11, 30)


def test_ended_and_withdrawn_with_a_reason(officer, people):
    birth = procedure(people.province)
    version = kept_version_on(birth, TODAY)
    end = {"last_day": "30/11/2026", "reason": "Bãi bỏ theo Quyết định 5", "version": "2"}
    assert officer.post(f"/thu-tuc/phien-ban/{version.pk}/het-hieu-luc/", end | {"reason": ""}).status_code == 422
    assert officer.post(f"/thu-tuc/phien-ban/{version.pk}/het-hieu-luc/", end).status_code == 302
    assert officer.post(f"/thu-tuc/phien-ban/{version.pk}/rut/", {"reason": "Nhầm", "version": "2"}).status_code == 409
    assert officer.post(f"/thu-tuc/phien-ban/{version.pk}/rut/", {"reason": "Nhầm", "version": "3"}).status_code == 302
    assert "Nhầm" in text(officer, f"/thu-tuc/phien-ban/{version.pk}/")
    text(officer, f"/thu-tuc/phien-ban/{version.pk}/cong-bo/", 422)


@pytest.mark.requirement(10, 11, 38)
def test_the_catalogue_is_narrowed_by_each_filter(officer, people):
    procedure(people.province)
    procedure(people.province, "1.2", dated(portal="", online="none"), field=LocalText("Đất đai"), level="province",
              name=LocalText("Cấp đổi giấy chứng nhận"), authority=LocalText("Sở Nông nghiệp"))  # fmt: skip
    procedure(people.province, "1.3", dated(date(2027, 1, 1)), name=LocalText("Sang năm"))
    drafted(recorded(people.province, "1.4", name=LocalText("Còn dự thảo")))

    def codes(query: str) -> list[str]:
        page = text(officer, f"/thu-tuc/?{query}")
        return [code for code in ("1.001193", "1.2", "1.3", "1.4") if f"/thu-tuc/ma/{code}/" in page]

    assert codes("") == ["1.001193", "1.2"]
    assert codes("tim=cap+doi") == codes("linh-vuc=dat+dai") == codes("cap=province") == ["1.2"]
    assert (
        codes("co-quan=S%E1%BB%9F+N%C3%B4ng+nghi%E1%BB%87p")
        == codes("truc-tuyen=none")
        == codes("cong=chua")
        == ["1.2"]
    )
    assert codes("cong=co") == ["1.001193"] and codes("hieu-luc=khong") == ["1.3", "1.4"]
    assert codes("hieu-luc=tat-ca") == ["1.001193", "1.2", "1.3", "1.4"]
    assert "1 thủ tục đang áp dụng chưa có trên Cổng" in text(officer, "/thu-tuc/")
    for odd in ("cap=%00", "truc-tuyen=x", "sau=9", "sau=x", "tim=%00"):
        text(officer, f"/thu-tuc/?{odd}")


def test_steps_are_taken_along_as_bpmn(clerk, people):
    version = kept_version_on(procedure(people.province), TODAY)
    answer = clerk.get(f"/thu-tuc/phien-ban/{version.pk}/quy-trinh.bpmn")
    assert answer["Content-Disposition"].startswith("attachment") and "1.001193" in answer["Content-Disposition"]
    root = ET.fromstring(answer.content)
    assert root.tag.endswith("definitions") and "Đăng ký khai sinh" in answer.content.decode()
    english = clerk.get(f"/en/thu-tuc/phien-ban/{version.pk}/quy-trinh.bpmn").content.decode()
    assert "Receiving officer" in english and "1 working days" in english


def test_the_search_finds_a_procedure(clerk, people):
    procedure(people.province)
    assert "/thu-tuc/ma/1.001193/" in text(clerk, "/tim/?q=khai+sinh")


@pytest.mark.parametrize("address", ["/thu-tuc/", "/thu-tuc/ma/1.001193/", "/thu-tuc/?tim=thu&cong=chua"])
def test_the_same_questions_at_any_size(officer, people, address):
    birth = procedure(people.province)
    procedure(people.province, "1.2", dated(portal=""), name=LocalText("Thủ tục khác"))
    published(birth, dated(date(2026, 6, 1)))
    text(officer, address)

    def asked() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as seen:
            text(officer, address)
        return len(seen)

    few = asked()
    for number in range(40):
        procedure(people.province, f"2.{number:06}", dated(portal=""), name=LocalText(f"Thủ tục {number}"))
    published(birth, dated(date(2026, 7, 1)))
    assert asked() == few <= 9


def test_whoever_is_not_signed_in_is_asked_to(client, people):
    procedure(people.province)
    assert client.get("/thu-tuc/").status_code in {302, 403}
