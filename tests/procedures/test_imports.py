"""Catalogues taken along and brought in: nothing changes on the way, every fault has its row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cchc.procedures import uses
from cchc.procedures.importing.cells import line_of, read_fee, read_limit, read_paper, read_step, written_limit
from cchc.procedures.importing.layout import SHEET
from cchc.procedures.importing.planning import plan_file
from cchc.procedures.loading import load
from cchc.procedures.models import CatalogueImport, Procedure, ProcedureVersion
from cchc.procedures.queries.versions import kept_version_on, kept_versions
from cchc.procedures.sheets import catalogue_csv, template_workbook
from cchc.procedures.uses import Use
from cchc.procedures.writing import catalogue_text
from cchc.records.errors import DomainError
from cchc.records.text import LocalText
from cchc.worktime.limits import LIMIT_UNITS, Limit
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, TODAY
from tests.factories.procedures import procedure
from tests.procedures.test_loading import SHIPPED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def officer(people) -> Client:
    return client_of(people.officer)


def hand_in(client: Client, content: bytes, name: str = "thu-tuc.csv") -> str:
    """The address of the page on which it is decided about."""
    answer = client.post("/thu-tuc/nhap/tinh/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def carry_out(client: Client, address: str) -> int:
    page = client.get(address).content.decode()
    digest = page.split('name="digest" value="')[1].split('"')[0]
    return client.post(f"{address}thuc-hien/", {"digest": digest}).status_code


def csv(*rows: dict[str, str]) -> bytes:
    """Rows by the keys of the sheet, under the headings that these rows have."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    names = {column.key: column.names[0] for column in SHEET.columns}
    quoted = [[f'"{row.get(key, "")}"' for key in keys] for row in rows]
    return "\n".join(";".join(cells) for cells in ([names[key] for key in keys], *quoted)).encode()


ROW = {
    "code": "1.004203", "name": "Xác nhận đất", "field": "Đất đai", "level": "cấp xã", "authority": "UBND xã",
    "starts_on": "01/01/2026", "document": "1217/QĐ-UBND", "verified": "Có", "limit": "10 ngày làm việc",
    "mechanism": "một cửa", "online": "không trực tuyến", "on_supplement": "suspend", "result": "Giấy xác nhận",
    "steps": "Tiếp nhận // Công chức tiếp nhận // 4 giờ\nThẩm tra // settling_official // 6 ngày làm việc\n"
             "Lấy ý kiến // Công chức giải quyết // 5 ngày làm việc // 1 // Chi nhánh đất đai\n"
             "Ký // Lãnh đạo ký // 3 ngày làm việc // 2, 3",
    "papers": "Đơn // 1\nBản đồ // 0 // 1 // 2", "fees": "Lệ phí // 15.000 // nộp khi nhận kết quả",
    "bases": "Luật Đất đai",
}  # fmt: skip


@pytest.mark.requirement(10, 35, 38, 79)
def test_what_is_taken_along_says_nothing_new_when_it_comes_back(officer, people):
    entries = load(SHIPPED)
    address = hand_in(officer, catalogue_text(entries).encode(), "mau.yaml")
    assert carry_out(officer, address) == 302
    assert ProcedureVersion.objects.filter(state="published").count() == 3
    taken = officer.get("/thu-tuc/danh-muc.xlsx?hieu-luc=tat-ca")
    workbook = b"".join(taken.streaming_content) if taken.streaming else taken.content
    for content, name in (
        (workbook, "a.xlsx"),
        (officer.get("/thu-tuc/danh-muc.csv").content, "a.csv"),
        (officer.get("/thu-tuc/nhap/tinh/mau.xlsx").content, "mau.xlsx"),
        (catalogue_text(entries).encode(), "a.yml"),
    ):
        plan = plan_file(content, name, people.province)
        assert (list(plan.problems), list(plan.changes)) == ([], []), name
        assert plan.unchanged >= 2
    assert "Tệp không thay đổi gì" in officer.get(hand_in(officer, workbook, "a.xlsx")).content.decode()


@pytest.mark.requirement(35)
def test_rows_are_shown_first_then_written_whole(officer, people):
    address = hand_in(officer, csv(ROW))
    page = officer.get(address).content.decode()
    assert (
        "Thủ tục mới trong danh mục" in page and "10 ngày làm việc; 4 bước" in page and not Procedure.objects.exists()
    )
    assert carry_out(officer, address) == 302
    made = Procedure.objects.get()
    value = kept_version_on(made, TODAY).value
    assert [(step.id, step.role, step.limit, step.after) for step in value.steps] == [
        ("buoc_1", "receiving_officer", Limit(4, "working_hours"), ()),
        ("buoc_2", "settling_official", Limit(6, "working_days"), ("buoc_1",)),
        ("buoc_3", "settling_official", Limit(5, "working_days"), ("buoc_1",)),
        ("buoc_4", "signing_leader", Limit(3, "working_days"), ("buoc_2", "buoc_3")),
    ]
    assert value.steps[2].agency == LocalText("Chi nhánh đất đai")
    assert [(one.name.vi, one.originals, one.certified, one.copies) for one in value.components] == [
        ("Đơn", 1, 0, 0), ("Bản đồ", 0, 1, 2),
    ]  # fmt: skip
    assert (value.fees[0].amount, value.fees[0].payment, value.bases) == (15000, "after", ("Luật Đất đai",))
    assert officer.post(f"{address}thuc-hien/", {"digest": "x"}).status_code in {409, 422}
    assert CatalogueImport.objects.get().content == b""


def test_a_later_version_keeps_ids_english_and_what_is_not_said(officer, people):
    carry_out(officer, hand_in(officer, catalogue_text(load(SHIPPED)).encode(), "mau.yaml"))
    row = {"code": "MAU-001", "name": "Đăng ký khai sinh (mẫu)", "starts_on": "01/12/2026", "document": "QĐ 5",
           "verified": "Có", "limit": "2 ngày làm việc"}  # fmt: skip
    address = hand_in(officer, csv(row))
    page = officer.get(address).content.decode()
    assert "Thời hạn giải quyết, trong danh mục" in page and "1 ngày làm việc" in page and "2 ngày làm việc" in page
    assert carry_out(officer, address) == 302
    birth = Procedure.objects.get(code="MAU-001")
    before, after = (kept_version_on(birth, day) for day in (TODAY, date(2026, 12, 1)))
    assert before.ends_on == date(2026, 11, 30) and after.value.limit == Limit(2, "working_days")
    assert after.value.steps == before.value.steps and birth.name_en == "Registration of a birth (sample)"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"limit": "mười ngày"}, "không phải là thời hạn"),
        ({"limit": "0 ngày làm việc"}, "không phải là thời hạn"),
        ({"level": "cấp huyện"}, "không có trong danh sách"),
        ({"steps": "Tiếp nhận"}, "không đọc được thành một bước"),
        ({"steps": "A // Thủ quỹ // 1 giờ"}, "Không có vai trò “Thủ quỹ”"),
        ({"steps": "A // Lãnh đạo ký // 1 giờ // 1"}, "Không có bước nào “1”"),
        ({"steps": "A // Lãnh đạo ký // 20 ngày làm việc"}, "quá thời hạn của thủ tục"),
        ({"papers": "Đơn // một"}, "không đọc được thành một giấy tờ"),
        ({"papers": "Đơn"}, "không ghi số bản nào"),
        ({"fees": "Phí"}, "không đọc được thành một khoản phí"),
        ({"online": "trực tuyến một phần"}, "phải nêu lý do"),
        ({"extensions": "3"}, "Số lần gia hạn quá lớn"),
        ({"verified": "", "doubt": ""}, "phải nêu điều chưa xác minh"),
        ({"document": ""}, "Dòng này còn thiếu: Quyết định công bố"),
        ({"steps": "", "field": ""}, "Dòng này còn thiếu"),
        ({"starts_on": "31/02/2026"}, "31/02/2026"),
        ({"ends_on": "01/01/2025"}, "01/01/2025"),
        ({"portal": "cổng"}, "không phải là địa chỉ"),
    ],
)
def test_every_fault_is_told_with_its_row_and_nothing_is_written(officer, people, change, said):
    page = officer.get(hand_in(officer, csv(ROW | {"code": "9.9"}, ROW | change))).content.decode()
    assert said in page and "dòng 3" in page and 'name="digest"' not in page
    assert not Procedure.objects.exists()


def test_files_that_contradict_the_catalogue_or_themselves(officer, people):
    procedure(people.commune, "2.2")
    twice = plan_file(csv(ROW, ROW), "a.csv", people.province)
    named = plan_file(csv(ROW, ROW | {"name": "Tên khác", "starts_on": "01/02/2026"}), "a.csv", people.province)
    foreign = plan_file(csv(ROW | {"code": "2.2"}), "a.csv", people.province)
    column = plan_file(csv(ROW).replace("Lĩnh vực".encode(), "Cột lạ".encode()), "a.csv", people.province)
    assert [plan.problems[0].code for plan in (twice, named, foreign, column)] == [
        "records.validities_overlap", "procedures.import_called_twice", "procedures.kept_elsewhere",
        "procedures.import_other_column",
    ]  # fmt: skip
    for content, name in ((b"x", "a.csv"), (b"procedures: [1", "a.yaml"), (b"PK\x03\x04", "a.xlsx")):
        assert "Lỗi" in officer.get(hand_in(officer, content, name)).content.decode(), name


def test_a_file_longer_than_somebody_waits_for_is_refused(people):
    many = [ROW | {"code": f"9.{number}"} for number in range(1_001)]
    (one, *_) = load(SHIPPED)
    entries = [replace(one, code=f"9.{number}") for number in range(1_001)]
    for content, name in ((csv(*many), "a.csv"), (catalogue_text(entries).encode(), "a.yaml")):
        with pytest.raises(DomainError) as error:
            plan_file(content, name, people.province)
        assert error.value.problems[0].code == "procedures.import_too_long"


def test_a_version_by_which_something_was_received_is_not_replaced(officer, people):
    carry_out(officer, hand_in(officer, csv(ROW)))
    other = csv(ROW | {"limit": "12 ngày làm việc"})
    assert [one.kind for one in plan_file(other, "a.csv", people.province).changes] == ["other_version"]

    class One:
        def count(self) -> int:
            return 1

    kind = Use("dossiers.received", LocalText("hồ sơ", "dossiers"), lambda *_: One())
    with patch.object(uses, "offers", lambda *_: {kind.code: kind}):
        plan = plan_file(other, "a.csv", people.province)
    assert [one.code for one in plan.problems] == ["procedures.version_used"]
    taken = csv(ROW | {"starts_on": "01/06/2025"})
    assert [one.code for one in plan_file(taken, "a.csv", people.province).problems] == ["procedures.days_taken"]
    assert not plan_file(
        csv(ROW | {"starts_on": "01/06/2025", "ends_on": "31/12/2025"}), "a.csv", people.province
    ).problems


def test_what_was_looked_at_is_what_is_written(officer, people):
    first, second = hand_in(officer, csv(ROW)), hand_in(officer, csv(ROW | {"name": "Tên khác"}))
    digest = officer.get(second).content.decode().split('name="digest" value="')[1].split('"')[0]
    assert carry_out(officer, first) == 302
    refused = officer.post(f"{second}thuc-hien/", {"digest": digest})
    assert refused.status_code in {409, 422} and Procedure.objects.get().name_vi == "Xác nhận đất"
    assert officer.post(f"{second}bo/").status_code == 302
    assert client_of(people.clerk).get(second).status_code == 404


@given(st.sampled_from(LIMIT_UNITS), st.integers(1, 999))
def test_limits_are_read_as_they_are_written(unit, amount):
    assert read_limit(written_limit(Limit(amount, unit))) == Limit(amount, unit)


def test_the_mark_in_a_name_does_not_end_it():
    assert read_step(line_of("A//B", "Lãnh đạo ký", "1 giờ làm việc", 0)).name == "A/B"
    assert read_paper(line_of("Đơn", 1, 0, 0)).counts == (1, 0, 0)
    assert read_fee("Phí // 1000").payment == "before"
    for line in (
        "",
        " // Lãnh đạo ký // 1 giờ",
        "A // Lãnh đạo ký",
        "A // Lãnh đạo ký // 1 giờ // x",
        "A//b//c//d//e//f",
    ):
        with pytest.raises(DomainError):
            read_step(line)


def test_the_catalogue_is_written_as_text_alone(people):
    procedure(people.province, name=LocalText("=HYPERLINK(1)"))
    versions = list(kept_versions(people.province, TODAY))
    assert b"=HYPERLINK" in catalogue_csv(versions) or b"'=HYPERLINK" in catalogue_csv(versions)
    assert BytesIO(template_workbook(versions)).read(2) == b"PK"
    assert BY_TESTS
