"""An official signs in, sets up the second factor and acts for another, in a real browser."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.utils.timezone import localdate
from playwright.sync_api import BrowserContext, Page, expect

from cchc.organizations.actions.accounts import open_account
from cchc.organizations.actions.rights import delegate
from tests.factories.organizations import TESTER, grant, official, unit
from tests.support.accessibility import check_accessibility
from tests.support.browser import Trouble

PASSWORD = "lua-chin-tren-nuong-cao"


@pytest.fixture
def site(live_site: str) -> str:
    """An administrator whose head is away this week."""
    now, today = datetime.now(UTC), localdate()
    place = unit("tinh", name="tỉnh Ẵng Mẫu")
    person, head = official("cb1", "Nguyễn Thị Hoa", place), official("truong", "Trần Văn Dũng", place)
    grant(person, "administrator", place, covers_subtree=True)
    grant(head, "unit_head", place)
    delegate(actor=TESTER, now=now, principal=head, deputy=person, starts_on=today, ends_on=today, reason="Họp")
    open_account(actor=TESTER, now=now, official=person, username="hoa.nt", password=PASSWORD)
    return live_site


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("hoa.nt")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("banner")).to_contain_text("Nguyễn Thị Hoa")


@pytest.mark.requirement(124)
@pytest.mark.long
def test_signing_in_with_a_second_factor_and_acting_for_another(site: str, page: Page) -> None:
    sign_in(page, site)
    page.get_by_role("link", name="Nguyễn Thị Hoa").click()
    expect(page.get_by_role("row", name="Quản trị")).to_contain_text("chờ xác thực hai lớp")
    check_accessibility(page)
    page.get_by_role("link", name="Xác thực hai lớp").click()
    page.get_by_role("link", name="Thiết lập").click()
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    secret = page.locator("code").first.inner_text()
    expect(page.get_by_role("img", name="Mã QR của khóa")).to_be_visible()
    check_accessibility(page)
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    page.get_by_label("Mã ứng dụng đang hiện").fill(code)
    page.get_by_role("button", name="Thiết lập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    check_accessibility(page)
    page.get_by_role("link", name="Xong").click()
    page.goto(f"{site}/tai-khoan/")
    page.get_by_role("button", name="Xử lý thay người này").click()
    banner = page.get_by_role("banner")
    expect(banner).to_contain_text("thay Trần Văn Dũng")
    expect(banner).to_contain_text("đến ")
    page.set_viewport_size({"width": 360, "height": 740})
    expect(banner.get_by_text("thay Trần Văn Dũng")).to_be_visible()
    box = banner.bounding_box()
    assert box is not None and box["height"] <= 90, "low on a telephone"
    expect(page.get_by_role("row", name="Người đứng đầu đơn vị")).to_be_visible()


@pytest.mark.parametrize("address", ["/dang-nhap/", "/tai-khoan/", "/tai-khoan/mat-khau/", "/tai-khoan/phien/"])
@pytest.mark.crossing
def test_pages_of_the_account_fit_a_telephone_in_every_dress(
    site: str, page: Page, browser_context: BrowserContext, address: str
) -> None:
    if address != "/dang-nhap/":
        sign_in(page, site)
    page.set_viewport_size({"width": 320, "height": 640})
    for language, text, contrast in (("", "a+", "normal"), ("/en", "a", "high")):
        cookies = {"cchc_text": text, "cchc_contrast": contrast}
        browser_context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies.items()])
        page.goto(site + language + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        check_accessibility(page)


def test_a_wrong_password_says_so_beside_what_was_typed(site: str, page: Page, page_trouble: Trouble) -> None:
    page.goto(f"{site}/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("hoa.nt")
    page.get_by_label("Mật khẩu").fill("sai-mat-khau")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("Tên hoặc mật khẩu chưa đúng")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("hoa.nt")
    check_accessibility(page)
