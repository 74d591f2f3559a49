"""An administrator merges two communes, and reads last year's list by old and new names, in a real browser."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from cchc.organizations.models import Unit
from tests.factories.organizations import grant, official, unit
from tests.support.accessibility import check_accessibility
from tests.support.entering import enter


@pytest.fixture
def site(live_site: str, page: Page) -> str:
    """An administrator over a province of three communes, signed in with a second factor."""
    province = unit("tinh", name="tỉnh Mẫu")
    for code, name in (("koi", "xã Đăk Kôi"), ("lung", "xã Đăk Tơ Lung"), ("rve", "xã Đăk Rve")):
        unit(code, province, "commune", name)
    official("thu", "A Thu", Unit.objects.get(code="lung"), post="Chủ tịch", is_head=True)
    hoa = official("hoa", "Nguyễn Thị Hoa", province)
    grant(hoa, "administrator", province, covers_subtree=True)
    enter(page, live_site, hoa.code)
    return live_site


def list_as_of(page: Page, site: str, day: date, text: str) -> None:
    page.goto(f"{site}/don-vi/")
    page.get_by_label("Tên", exact=True).fill(text)
    page.get_by_label("Tại ngày").fill(f"{day:%d/%m/%Y}")
    page.get_by_role("button", name="Lọc").click()


@pytest.mark.requirement(4)
@pytest.mark.long
def test_two_communes_are_merged_and_last_years_list_is_read_by_old_and_new_names(site: str, page: Page) -> None:
    new_year = localdate().replace(month=1, day=1)
    last_year = new_year.replace(year=new_year.year - 1, month=12, day=31)
    page.goto(f"{site}/don-vi/koi/")
    page.get_by_role("link", name="Nhập đơn vị khác vào").click()
    page.get_by_role("combobox", name="Các đơn vị nhập vào").fill("to lung")
    page.get_by_role("option", name="xã Đăk Tơ Lung").click()
    page.get_by_label("Tên mới, nếu đổi").fill("xã Ẵng Mới")
    page.get_by_label("Từ ngày").fill(f"{new_year:%d/%m/%Y}")
    page.get_by_label("Số quyết định").fill("Nghị quyết 1677/NQ-UBTVQH15")
    check_accessibility(page)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("A Thu, Chủ tịch").select_option(
        label="Chuyển đến xã Đăk Kôi (xã Ẵng Mới), không là người đứng đầu"
    )
    check_accessibility(page)
    page.get_by_role("button", name="Tiếp tục").click()
    asked = page.get_by_role("dialog", name="Nhập xã Đăk Tơ Lung vào xã Đăk Kôi (xã Ẵng Mới)?")
    expect(asked).to_contain_text("Vị trí công tác: 1 chuyển, 0 kết thúc.")
    check_accessibility(page)
    asked.get_by_role("button", name="Thực hiện").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("xã Ẵng Mới")
    expect(page.get_by_role("table", name="Cán bộ của đơn vị")).to_contain_text("A Thu")
    mergers = page.get_by_role("region", name="Sáp nhập, chia tách")
    expect(mergers.get_by_role("link", name="xã Đăk Tơ Lung")).to_be_visible()

    list_as_of(page, site, last_year, "xa")
    expect(page.get_by_role("main")).to_contain_text(f"3 đơn vị, tính đến {last_year:%d/%m/%Y}")
    listed = page.get_by_role("table", name="Đơn vị")
    for old, today in (("xã Đăk Kôi", "xã Ẵng Mới"), ("xã Đăk Rve", "như cũ"), ("xã Đăk Tơ Lung", "xã Ẵng Mới")):
        expect(listed.get_by_role("row").filter(has=page.get_by_role("rowheader", name=old))).to_contain_text(today)
    check_accessibility(page)
    list_as_of(page, site, localdate(), "xa")
    expect(page.get_by_role("table", name="Đơn vị").get_by_role("rowheader")).to_have_text(["xã Ẵng Mới", "xã Đăk Rve"])

    list_as_of(page, site, last_year, "Ẵng Mới")
    row = page.get_by_role("table", name="Tên gọi ở thời điểm khác").get_by_role("row").nth(1)
    expect(row.get_by_role("link")).to_have_text(["xã Ẵng Mới", "xã Đăk Kôi", "xã Đăk Tơ Lung"])
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_accessibility(page)

    page.goto(f"{site}/don-vi/")
    page.get_by_role("button", name="Danh mục").click()  # on a telephone the search opens from it
    page.get_by_role("searchbox", name="Tìm đơn vị, người, nhiệm vụ, văn bản").fill("dak to lung")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="xã Đăk Tơ Lung").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("xã Ẵng Mới")
