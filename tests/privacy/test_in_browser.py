"""An official finds out who saw the own data; an auditor sees everybody's, and how long data is kept."""

from __future__ import annotations

import re

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from tests.factories.organizations import grant, official, unit
from tests.support.accessibility import check_accessibility
from tests.support.entering import enter


@pytest.fixture
def site(live_site: str) -> str:
    place = unit("tinh", name="tỉnh Ẵng Mẫu")
    official("ba", "Lê Văn Ba", place)
    for code, name, role in (("hoa", "Nguyễn Thị Hoa", "administrator"), ("kiem", "Trần Kiểm", "auditor")):
        grant(official(code, name, place), role, place, covers_subtree=True)
    return live_site


@pytest.mark.requirement(125)
@pytest.mark.long
def test_an_official_finds_who_saw_and_who_took_out_the_own_data(site: str, page: Page) -> None:
    enter(page, site, "hoa")
    page.goto(f"{site}/can-bo/ba/")
    page.goto(f"{site}/nhap-danh-sach/")
    with page.expect_download():
        page.get_by_role("button", name="Tải tệp kèm danh sách cán bộ").click()
    enter(page, site, "ba")
    page.goto(f"{site}/tai-khoan/")
    page.get_by_role("link", name="Ai đã xem dữ liệu của tôi").click()
    rows = page.get_by_role("table").locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Tải danh sách đơn vị, cán bộ")
    expect(rows.nth(0)).to_contain_text("đã tải về")
    expect(rows.nth(1)).to_contain_text("Nguyễn Thị Hoa")
    check_accessibility(page)


@pytest.mark.requirement(125)
@pytest.mark.long
def test_an_auditor_sees_everybodys_and_how_long_data_is_kept(site: str, page: Page) -> None:
    enter(page, site, "hoa")
    page.goto(f"{site}/can-bo/ba/")
    enter(page, site, "kiem")
    page.goto(f"{site}/tai-khoan/")
    page.get_by_role("link", name="Thời hạn lưu giữ dữ liệu").click()
    expect(page.get_by_role("row", name="Phiên đăng nhập")).to_contain_text("30 ngày")
    check_accessibility(page)
    page.get_by_role("link", name="Ai đã xem dữ liệu của ai").click()
    row = page.get_by_role("row", name=localdate().strftime("%d/%m/%Y")).first
    expect(row).to_contain_text("Lê Văn Ba")
    check_accessibility(page)


@pytest.mark.requirement(125)
@pytest.mark.long
def test_an_auditor_reads_who_changed_what_from_the_desk_on_and_on_a_telephone(site: str, page: Page) -> None:
    enter(page, site, "kiem")
    page.goto(f"{site}/ban-lam-viec/")
    page.get_by_role("complementary").get_by_role("link", name="Ai đã sửa gì").click()
    expect(page.get_by_role("heading", name="Giao vai trò").first).to_be_visible()
    check_accessibility(page)
    page.get_by_label("Loại đối tượng").select_option("Đơn vị")
    expect(page.get_by_role("heading", name="Giao vai trò")).to_have_count(0)
    expect(page.get_by_role("link", name="tỉnh Ẵng Mẫu").first).to_be_visible()
    expect(page.get_by_role("link", name="CSV")).to_have_attribute("href", re.compile("loai=organizations.Unit"))
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải về (XLSX)").click()
    assert taken.value.suggested_filename == "nhat-ky-thay-doi.xlsx"
    page.get_by_role("button", name="Kiểm tra toàn bộ nhật ký").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiểm tra chuỗi nhật ký")
    page.set_viewport_size({"width": 320, "height": 640})
    page.context.add_cookies([{"name": "cchc_text", "value": "a+", "url": site}])
    page.goto(f"{site}/nhat-ky-thay-doi/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_accessibility(page)
