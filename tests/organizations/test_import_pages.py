"""Handing in a file, looking at what it changes, deciding; for administrators, and for their own units alone."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cchc.audit.queries import events_of
from cchc.notices.models import Notice
from cchc.organizations.actions.accounts import close_account
from cchc.organizations.actions.rights import delegate, withdraw_role
from cchc.organizations.actions.units import Standing, place_unit
from cchc.organizations.models import Account, ImportLine, Official, RegisterImport, RoleGrant, Unit
from cchc.organizations.queries import units
from cchc.organizations.queries.ties import ties_of
from cchc.tables.reading import read_tables
from tests.factories.clients import client_of
from tests.factories.jobs import do_job
from tests.factories.organizations import BY_TESTS, TODAY, grant, official, unit
from tests.factories.workbooks import Said, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
HERE = "/nhap-danh-sach/"
XA: Said = {"code": "xa", "name": "xã Ẵng Mới", "kind": "Xã", "parent": "tinh", "starts_on": "01/07/2025"}
ANG: Said = {"code": "cb9", "name": "Lò Văn Ẵng", "post": "Chủ tịch", "unit": "xa", "starts_on": "01/07/2025"}


def hand_in(client: Client, content: bytes, name: str = "tep.xlsx") -> RegisterImport:
    answer = client.post(HERE, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.context["form"].errors
    made = RegisterImport.objects.latest("pk")
    assert answer.url == f"{HERE}{made.pk}/"
    do_job(made.checking)
    made.refresh_from_db()
    return made


def carry_out(client: Client, made: RegisterImport) -> RegisterImport:
    assert client.post(f"{HERE}{made.pk}/thuc-hien/").status_code == 302
    made.refresh_from_db()
    do_job(made.committing)
    made.refresh_from_db()
    return made


def text(client: Client, made: RegisterImport, query: str = "") -> str:
    answer = client.get(f"{HERE}{made.pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.long
def test_nothing_is_written_before_it_is_decided(administrator, province):
    made = hand_in(administrator, workbook([XA], [ANG]))
    assert not Unit.objects.filter(code="xa").exists()
    page = text(administrator, made)
    assert "xã Ẵng Mới" in page and "Lò Văn Ẵng" in page and "3 thay đổi" in page
    carry_out(administrator, made)
    assert [one.name for one in ties_of(Unit.objects.get(code="xa"), TODAY).staff] == ["Lò Văn Ẵng"]
    assert [one.code for one in units.origins_of(Unit.objects.get(code="xa"), TODAY)] == ["xa"]
    page = text(administrator, made)
    assert "Đã thực hiện" in page
    for kind in ("Đơn vị mới", "Cán bộ mới", "Bố trí công tác"):
        assert f"<dt>{kind}</dt><dd>1</dd>" in page
    assert (bytes(made.content), made.lines.count()) == (b"", 0), "what was handed in is not kept beside the chain"
    founded = next(iter(events_of(Unit.objects.get(code="xa"))))
    assert (founded.actor_identity, founded.on_behalf_of) == ("job:organizations.commit_import", "quan-tri")
    assert administrator.post(f"{HERE}{made.pk}/thuc-hien/").status_code == 422, "once"


@pytest.mark.long
def test_errors_are_told_row_by_row_and_handed_out(administrator):
    wrong = hand_in(administrator, workbook([XA | {"kind": "vua"}], [ANG | {"unit": "Sở Nội vụ", "starts_on": "mai"}]))
    page = text(administrator, wrong)
    assert "2 lỗi" in page and "Đơn vị, dòng 2, cột C" in page and "thuc-hien" not in page
    assert administrator.post(f"{HERE}{wrong.pk}/thuc-hien/").status_code == 422
    (sheet,) = read_tables(administrator.get(f"{HERE}{wrong.pk}/loi.xlsx").content, "loi.xlsx")
    rows = [[cell.text for cell in row.cells][:3] for row in sheet.rows]
    assert rows == [["Trang tính", "Dòng", "Cột"], ["Đơn vị", "2", "C"], ["Cán bộ", "2", "E"]]
    mended = hand_in(administrator, workbook([XA], [ANG]))
    wrong.refresh_from_db()
    assert wrong.set_aside_at is not None and mended.counts["problems"] == 0
    (table,) = read_tables(administrator.get(f"{HERE}{mended.pk}/thay-doi.xlsx").content, "x.xlsx")
    assert ["Đơn vị", "2", "Đơn vị mới", "xa", "xã Ẵng Mới", "Loại", "", "Xã"] in [
        [cell.text for cell in row.cells] for row in table.rows
    ]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 not a workbook", "một,hai\r\n1,2\r\n".encode()])
def test_what_is_no_such_file_is_told_as_an_error(administrator, content):
    if not content:
        assert administrator.post(HERE, {"file": SimpleUploadedFile("a.xlsx", b"")}).status_code == 422
        return
    made = hand_in(administrator, content)
    assert made.counts["problems"] == 1
    assert "1 lỗi" in text(administrator, made)


def test_a_csv_file_is_one_of_the_sheets(administrator):
    lines = "Mã đơn vị;Tên đơn vị;Loại đơn vị;Trực thuộc (mã);Từ ngày;Lạ\r\nxa;xã Mới;Xã;tinh;2025-07-01;?\r\n"
    made = hand_in(administrator, lines.encode(), "don-vi.csv")
    assert (made.counts["found"], made.counts["remarks"]) == (1, 1)
    carry_out(administrator, made)
    assert Unit.objects.filter(code="xa").exists()
    again = hand_in(administrator, lines.encode(), "don-vi.csv")
    assert "không thay đổi gì" in text(administrator, again)
    assert administrator.post(f"{HERE}{again.pk}/thuc-hien/").status_code == 422


def test_what_changes_stands_beside_what_is(administrator, province):
    unit("xa", province, "commune", "xã Cũ")
    made = hand_in(administrator, workbook([XA | {"name": "xã Mới"}]))
    page = text(administrator, made, "?loai=rename")
    assert "<del>" in page and "xã Cũ" in page and "Tên, theo tệp" in page
    assert "xã Cũ" not in text(administrator, made, "?loai=found")


@pytest.mark.long
def test_when_the_register_has_changed_since_the_check_nothing_is_written(administrator, province):
    commune = unit("xa", province, "commune", "xã Cũ")
    made = hand_in(administrator, workbook([XA | {"name": "xã Mới"}]))
    renamed = Standing("commune", "xã Khác", province)
    place_unit(**BY_TESTS, unit=commune, standing=renamed, starts_on=TODAY - timedelta(days=900))
    with pytest.raises(Exception, match="import_stale"):
        carry_out(administrator, made)
    assert [one.name_vi for one in units.history(commune)] == ["xã Khác", "xã Cũ"]
    assert administrator.post(f"{HERE}{made.pk}/kiem-tra-lai/").status_code == 302
    made.refresh_from_db()
    do_job(made.checking)
    assert "xã Khác" in text(administrator, made)


@pytest.mark.requirement(124)
@pytest.mark.parametrize("loses", ["role", "account"])
@pytest.mark.long
def test_rights_are_those_of_the_moment_it_is_carried_out(administrator, province, loses):
    made = hand_in(administrator, workbook([XA]))
    assert administrator.post(f"{HERE}{made.pk}/thuc-hien/").status_code == 302
    if loses == "role":
        held = RoleGrant.objects.get(role="administrator")
        withdraw_role(**BY_TESTS, grant=held, ends_on=TODAY - timedelta(days=1), reason="Chuyển công tác")
    else:
        close_account(**BY_TESTS, account=Account.objects.get(), reason="Nghỉ việc")
    made.refresh_from_db()
    with pytest.raises(Exception, match="import_stale"):
        do_job(made.committing)
    assert not Unit.objects.filter(code="xa").exists()


@pytest.mark.requirement(124)
def test_only_administrators_hand_in_and_each_sees_only_their_own(administrator, province):
    other = official("khac", "Trần Văn Dũng", province)
    plain = client_of(other)
    for address in ("", "mau.xlsx"):
        assert [c.get(HERE + address).status_code for c in (Client(), plain, administrator)] == [403, 403, 200]
    made = hand_in(administrator, workbook([XA]))
    addresses = [f"{HERE}{made.pk}/", f"{HERE}{made.pk}/loi.xlsx", f"{HERE}{made.pk}/thay-doi.xlsx"]
    assert [plain.get(address).status_code for address in addresses] == [403] * 3
    grant(other, "administrator", province, covers_subtree=True)
    assert [plain.get(address).status_code for address in addresses] == [404] * 3
    for decision in ("thuc-hien", "bo", "kiem-tra-lai"):
        assert plain.post(f"{HERE}{made.pk}/{decision}/").status_code == 404
    assert plain.get(f"{HERE}999/").status_code == 404


def test_what_others_administer_is_refused_row_by_row(administrator, province):
    unit("khac", name="tỉnh Khác")
    made = hand_in(administrator, workbook([XA | {"parent": "khac"}]))
    assert "không thuộc phạm vi được quản trị" in text(administrator, made)


@pytest.mark.long
def test_everybody_gets_an_account_and_a_role_at_once(administrator, province):
    head = ANG | {"username": "Ang.LV", "role": "Người đứng đầu đơn vị"}
    clerk = ANG | {
        "code": "cb8",
        "name": "Lê Văn Ba",
        "post": "Công chức",
        "role": "auditor",
        "over": "tinh",
        "below": "Có",
    }
    made = hand_in(administrator, workbook([XA], [head, clerk]))
    page = text(administrator, made)
    for part in ("Tài khoản được mở: 1", "Vai trò được giao: 2", "ang.lv", "Người đứng đầu đơn vị"):
        assert part in page
    assert not Account.objects.filter(username="ang.lv").exists()
    carry_out(administrator, made)
    account = Account.objects.get(username="ang.lv")
    assert (account.official.code, account.is_active, account.has_usable_password()) == ("cb9", True, False)
    found = RoleGrant.objects.filter(official__code__in=["cb8", "cb9"]).order_by("role")
    assert [(one.official.code, one.role, one.unit.code, one.covers_subtree, one.starts_on) for one in found] == [
        ("cb8", "auditor", "tinh", True, TODAY), ("cb9", "unit_head", "xa", False, TODAY),
    ]  # fmt: skip
    (opened,) = events_of(account)
    assert (opened.kind, "tep.xlsx: Cán bộ 2" in opened.payload.body) == ("organizations.account_opened", True)
    assert "!" not in opened.payload.body, "no password, not even an unusable one"
    assert Notice.objects.filter(kind="notices.role_granted", recipient__code="cb9").exists()
    again = hand_in(administrator, workbook([XA], [head, clerk]))
    assert again.counts["account"] == again.counts["role"] == again.counts["problems"] == 0
    shown = administrator.post("/can-bo/cb9/tai-khoan/mat-khau/", {"reason": "Lần đầu"}).context["password"]
    account.refresh_from_db()
    assert account.check_password(shown)


def test_by_a_file_nobody_gives_what_others_administer_nor_anything_to_themselves(administrator, province):
    unit("khac", name="tỉnh Khác")
    self_ = {"code": "quan-tri", "name": "Nguyễn Thị Hoa", "unit": "tinh", "role": "auditor"}
    rows = [ANG | {"unit": "tinh", "role": "auditor", "over": "khac"}, self_]
    page = text(administrator, hand_in(administrator, workbook([], rows)))
    assert "2 lỗi" in page and "không thuộc phạm vi được quản trị" in page and "Không tự giao" in page


def test_a_deputy_imports_with_the_rights_acted_under(province):
    head, deputy = official("truong", works_in=province), official("pho", works_in=province)
    grant(head, "administrator", province, covers_subtree=True)
    delegate(**BY_TESTS, principal=head, deputy=deputy, starts_on=TODAY, ends_on=TODAY, reason="Ốm")
    client = client_of(deputy)
    session = client.session
    session["acting_for"] = "truong"
    session.save()
    made = hand_in(client, workbook([XA]))
    assert made.principal == head and made.counts["problems"] == 0
    carry_out(client, made)
    assert Unit.objects.filter(code="xa").exists()


def test_a_file_is_laid_aside(administrator):
    made = hand_in(administrator, workbook([XA]))
    assert administrator.post(f"{HERE}{made.pk}/bo/").url == HERE
    assert not ImportLine.objects.exists()
    assert "Đã bỏ" in text(administrator, made)


def test_taking_out_the_list_of_officials_is_written_down(administrator, province):
    content: Any = administrator.post(f"{HERE}dang-co.xlsx").content
    _, units_sheet, officials_sheet = read_tables(content, "x.xlsx")[:3]
    assert [row.cell(0).text for row in units_sheet.rows] == ["Mã đơn vị", "tinh"]
    assert [row.cell(1).text for row in officials_sheet.rows] == ["Họ và tên", "Nguyễn Thị Hoa"]
    taken = [event.kind for event in events_of(Official.objects.get(code="quan-tri"))]
    assert taken[-1] == "organizations.register_exported"
    without: Any = administrator.get(f"{HERE}mau.xlsx").content
    assert [row.cell(1).text for row in read_tables(without, "x.xlsx")[2].rows] == ["Họ và tên"]


def test_the_template_locks_codes_and_offers_lists(administrator, province):
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(administrator.get(f"{HERE}mau.xlsx").content))
    sheet = book["Đơn vị"]
    assert sheet.protection.sheet
    assert [sheet[cell].protection.locked for cell in ("A2", "B2")] == [True, False]
    assert sheet.column_dimensions["A"].protection.locked is False or sheet["A3"].protection.locked is False
    assert any("C" in str(rule.sqref) for rule in sheet.data_validations.dataValidation)
    assert sheet["A1"].comment is not None


@pytest.mark.requirement(84)
def test_a_file_whose_carrying_out_was_cancelled_says_that_nothing_is_written_and_is_checked_again(
    administrator, province
):
    made = hand_in(administrator, workbook([XA], [ANG]))
    assert administrator.post(f"{HERE}{made.pk}/thuc-hien/").status_code == 302
    made.refresh_from_db()
    assert administrator.post(f"/tac-vu/{made.committing_id}/dung/", {"next": f"{HERE}{made.pk}/"}).status_code == 302
    page = text(administrator, made)
    assert "chưa ghi thay đổi nào của tệp" in page and "Chưa thực hiện" in page and "Chạy lại từ đầu" in page
    assert "đã dừng, chưa ghi gì" in administrator.get(HERE).content.decode()
    assert not Unit.objects.filter(code="xa").exists()
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        assert administrator.post(f"{HERE}{made.pk}/kiem-tra-lai/").status_code == 302
        made.refresh_from_db()
        do_job(made.checking)
        carry_out(administrator, made)
    assert Unit.objects.filter(code="xa").exists()


def test_a_file_whose_carrying_out_was_cancelled_is_laid_aside(administrator, province):
    made = hand_in(administrator, workbook([XA], [ANG]))
    administrator.post(f"{HERE}{made.pk}/thuc-hien/")
    made.refresh_from_db()
    administrator.post(f"/tac-vu/{made.committing_id}/dung/")
    assert f"{HERE}{made.pk}/bo/" in text(administrator, made)
    assert administrator.post(f"{HERE}{made.pk}/bo/").status_code == 302
    made.refresh_from_db()
    assert made.set_aside_at is not None and bytes(made.content) == b""
