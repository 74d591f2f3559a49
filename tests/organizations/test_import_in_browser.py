"""An administrator uploads a workbook with errors, mends it, carries it out and sees the tree; in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from cchc.organizations.actions.accounts import open_account
from tests.factories.organizations import TESTER, grant, official, unit
from tests.factories.workbooks import workbook
from tests.support.accessibility import check_accessibility
from tests.support.workers import worker_at_work

XA = {"code": "xa-ang", "name": "xã Ẵng Mới", "kind": "Xã", "parent": "tinh", "starts_on": "01/07/2025"}
ANG = {"code": "cb9", "name": "Lò Văn Ẵng", "post": "Chủ tịch", "unit": "xa-ang", "starts_on": "01/07/2025"}


@pytest.fixture
def site(live_site: str, page: Page) -> Iterator[str]:
    """An administrator, signed in with a second factor; a worker."""
    place = unit("tinh", name="tỉnh Mẫu")
    person = official("cb1", "Nguyễn Thị Hoa", place)
    grant(person, "administrator", place, covers_subtree=True)
    client = Client()
    client.force_login(open_account(actor=TESTER, now=datetime.now(UTC), official=person, username="hoa.nt"))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa"}]
    session.save()
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_site}])
    with worker_at_work():
        yield live_site


def upload(page: Page, site: str, path: Path) -> None:
    page.goto(f"{site}/nhap-danh-sach/")
    page.get_by_label("Tệp (XLSX hoặc CSV)").set_input_files(path)
    page.get_by_role("button", name="Tải lên và kiểm tra").click()
    page.get_by_role("link", name="Tệp thay đổi những gì").click()


@pytest.mark.requirement(4)
@pytest.mark.long
def test_a_file_with_errors_is_mended_and_carried_out(site: str, page: Page, tmp_path: Path) -> None:
    wrong, mended = tmp_path / "sai.xlsx", tmp_path / "dung.xlsx"
    wrong.write_bytes(workbook([XA | {"parent": "tỉnh Mẫu"}], [ANG | {"starts_on": "mai"}]))
    mended.write_bytes(
        workbook([XA, {"code": "tinh", "name": "tỉnh Ẵng", "kind": "province", "starts_on": "01/07/2025"}], [ANG])
    )
    page.goto(f"{site}/don-vi/")
    page.get_by_role("link", name="Nhập từ tệp").click()
    expect(page.get_by_label("Tệp (XLSX hoặc CSV)")).to_be_visible()
    check_accessibility(page)
    upload(page, site, wrong)
    expect(page.get_by_role("alert")).to_contain_text("2 lỗi")
    expect(page.get_by_role("table")).to_contain_text("Tên đó có ở mã: tinh")
    check_accessibility(page)
    upload(page, site, mended)
    expect(page.get_by_role("heading", name="4 thay đổi")).to_be_visible()
    expect(page.locator("del")).to_contain_text(["tỉnh Mẫu"])
    check_accessibility(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_accessibility(page)
    page.get_by_role("button", name="Thực hiện tất cả").click()
    page.get_by_role("link", name="Tệp thay đổi những gì").click()
    page.get_by_role("link", name="Xem các đơn vị").click()
    page.get_by_role("table").get_by_role("link", name="tỉnh Ẵng").click()
    page.get_by_role("link", name="xã Ẵng Mới").click()
    expect(page.get_by_role("table", name="Cán bộ của đơn vị")).to_contain_text("Lò Văn Ẵng")
    check_accessibility(page)


@pytest.mark.long
def test_a_calendar_is_looked_at_before_it_is_chosen(site: str, page: Page) -> None:
    page.goto(f"{site}/don-vi/tinh/")
    page.get_by_role("link", name="Chọn lịch làm việc").click()
    page.get_by_label("Lịch làm việc").select_option("vn")
    page.get_by_label("Từ ngày").fill("01/01/2027")
    page.get_by_role("button", name="Xem đơn vị nào bị ảnh hưởng").click()
    expect(page.get_by_role("main")).to_contain_text("1 đơn vị làm việc theo lịch này")
    check_accessibility(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("tỉnh Mẫu")
