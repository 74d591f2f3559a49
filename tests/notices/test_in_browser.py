"""An official is told, opens it, and chooses how to be told; in a real browser, in every dress."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import BrowserContext, Page, expect

from cchc.organizations.actions.rights import grant_role
from tests.factories.organizations import TESTER, official, unit
from tests.notices.room import person, told
from tests.support.accessibility import check_accessibility
from tests.support.entering import enter


@pytest.fixture
def site(live_site: str) -> str:
    """Somebody with a role, a task with a due moment, and the delivery log of a unit."""
    by = {"actor": TESTER, "now": datetime.now(UTC)}
    place = unit("tinh", name="tỉnh Ẵng Mẫu")
    hoa = person("hoa", "Nguyễn Thị Hoa")
    official("cb1", "Lò Văn Ẵng", place)
    for role in ("reform_officer", "inspector"):
        grant_role(**by, official=hoa, role=role, unit=place, starts_on=localdate(), covers_subtree=True)
    told(hoa, due_at=by["now"] + timedelta(days=2), by=by)
    return live_site


@pytest.mark.requirement(62)
@pytest.mark.long
def test_the_bell_leads_to_what_one_was_told_and_it_is_opened_and_mailed_as_one_wishes(site: str, page: Page) -> None:
    enter(page, site, "hoa").goto(f"{site}/ban-lam-viec/")
    bell = page.get_by_role("banner").get_by_role("link", name="Thông báo")
    expect(bell).to_contain_text("3")
    bell.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thông báo")
    row = page.get_by_role("row", name="vai trò Thành viên đoàn kiểm tra")
    expect(row).to_contain_text("tỉnh Ẵng Mẫu")
    check_accessibility(page)
    row.get_by_role("button", name="Mở").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nguyễn Thị Hoa")
    expect(page.get_by_role("banner").get_by_role("link", name="Thông báo")).to_contain_text("2")
    page.get_by_role("banner").get_by_role("link", name="Thông báo").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tệp lịch").click()
    assert download.value.suggested_filename == "lich.ics"
    page.get_by_role("button", name="Đánh dấu tất cả là đã đọc").click()
    expect(page.get_by_text("Đã đọc hết.")).to_be_visible()
    page.get_by_role("link", name="Cách nhận thông báo").click()
    expect(page.get_by_label("Được giao vai trò")).to_be_visible()
    check_accessibility(page)
    page.get_by_label("Được giao vai trò").select_option("Gộp vào một thư mỗi ngày")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã lưu")).to_be_visible()
    expect(page.get_by_label("Được giao vai trò")).to_have_value("daily")


@pytest.mark.parametrize("address", ["/thong-bao/", "/thong-bao/cach-nhan/"])
@pytest.mark.crossing
def test_pages_fit_a_telephone_in_every_dress(
    site: str, page: Page, browser_context: BrowserContext, address: str
) -> None:
    enter(page, site, "hoa").goto(f"{site}/ban-lam-viec/")
    page.set_viewport_size({"width": 320, "height": 640})
    for language, text, contrast in (("", "a+", "normal"), ("/en", "a", "high")):
        cookies = {"cchc_text": text, "cchc_contrast": contrast}
        browser_context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies.items()])
        page.goto(site + language + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        check_accessibility(page)


def test_the_delivery_log_in_a_browser(site: str, page: Page, browser_context: BrowserContext) -> None:
    """Administrators need a second factor, so the session is made by hand."""
    from tests.factories.clients import client_of
    from tests.factories.organizations import grant

    admin = official("quan-tri", "Trần Văn Dũng")
    place = unit("phong-mau")
    grant(admin, "administrator", place, covers_subtree=True)
    told(official("cb2", "Đinh Thị Mơ", place), person("cb3"))
    client = client_of(admin)
    browser_context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page.goto(f"{site}/thong-bao/nhat-ky/")
    expect(page.get_by_role("row", name="Đinh Thị Mơ").first).to_contain_text("Chưa có địa chỉ thư điện tử.")
    check_accessibility(page)
    page.get_by_label("Trạng thái").select_option("Đã gửi")
    expect(page.get_by_role("row", name="Đinh Thị Mơ")).to_have_count(1)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_accessibility(page)
