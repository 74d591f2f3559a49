"""An administrator sets up a unit and its people and moves an official, by forms alone, in a real browser."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from tests.factories.organizations import grant, official, unit
from tests.support.accessibility import check_accessibility
from tests.support.entering import enter


@pytest.fixture
def site(live_site: str, page: Page) -> str:
    """An administrator over a province with one commune, signed in with a second factor."""
    province = unit("tinh", name="tỉnh Mẫu")
    unit("koi", province, "commune", "xã Đăk Kôi")
    hoa = official("hoa", "Nguyễn Thị Hoa", province)
    grant(hoa, "administrator", province, covers_subtree=True)
    enter(page, live_site, hoa.code)
    return live_site


def sign_in(page: Page, site: str, username: str, password: str) -> None:
    page.goto(f"{site}/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("banner")).to_contain_text("Lò Văn Ẵng")


def fill(page: Page, **said: str) -> None:
    """Every field by its label, then save."""
    for label, text in said.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(text)
    page.get_by_role("button", name="Lưu").click()


@pytest.mark.long
def test_a_unit_and_its_people_are_set_up_and_an_official_is_moved(site: str, page: Page) -> None:
    today = localdate()
    last_month = today.replace(day=1) - timedelta(days=1)
    start = last_month.replace(day=1)
    page.goto(f"{site}/don-vi/tinh/")
    page.get_by_role("link", name="Thêm đơn vị trực thuộc").click()
    page.get_by_label("Loại", exact=True).select_option(label="Xã")
    fill(page, Tên="xã Ẵng Mới", Mã="ang-moi", Từ_ngày=f"{start:%d/%m/%Y}")
    expect(page.get_by_role("heading", level=1)).to_have_text("xã Ẵng Mới")

    page.get_by_role("link", name="Thêm cán bộ").click()
    fill(page, Họ_và_tên="Lò Văn Ẵng", Số_hiệu_cán_bộ="cb9", Chức_vụ="Chuyên viên", Từ_ngày=f"{start:%d/%m/%Y}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lò Văn Ẵng")

    page.get_by_role("link", name="Giao vai trò").first.click()
    page.get_by_label("Vai trò", exact=True).select_option(label="Công chức giải quyết")
    fill(page, Từ_ngày=f"{start:%d/%m/%Y}")
    expect(page.get_by_role("table", name="Vai trò")).to_contain_text("Công chức giải quyết")

    page.get_by_label("Tên đăng nhập").fill("ang.lv")
    page.get_by_role("button", name="Mở tài khoản").click()
    forgotten = page.locator("code").inner_text()
    page.get_by_role("link", name="Về trang cán bộ").click()
    new = new_password(page)
    assert new != forgotten

    administrator = page.context.cookies()
    page.context.clear_cookies()
    sign_in(page, site, "ang.lv", new)
    change_password(page, site, new)
    page.goto(f"{site}/tai-khoan/")
    expect(page.get_by_role("table", name="Vai trò")).to_contain_text("xã Ẵng Mới")
    page.context.clear_cookies()
    page.context.add_cookies(administrator)  # type: ignore[arg-type]

    page.goto(f"{site}/can-bo/cb9/")
    page.get_by_role("link", name="Điều động").click()
    page.get_by_role("combobox", name="Đơn vị").fill("dak koi")
    page.get_by_role("option", name="xã Đăk Kôi").click()
    fill(page, Chức_vụ="Phó Chủ tịch", Từ_ngày=f"{today:%d/%m/%Y}")
    posts = page.get_by_role("table", name="Vị trí công tác")
    expect(posts.get_by_role("rowheader")).to_have_text(["xã Đăk Kôi", "xã Ẵng Mới"])
    expect(page.get_by_role("main")).not_to_contain_text("Công chức giải quyết")

    page.get_by_role("link", name="Thôi công tác").click()
    expect(page.get_by_role("main")).to_contain_text("Phó Chủ tịch, xã Đăk Kôi")
    check_accessibility(page)
    page.get_by_role("textbox", name="Ngày làm việc cuối").fill(f"{today:%d/%m/%Y}")
    page.get_by_role("textbox", name="Lý do").fill("Chuyển cơ quan khác")
    page.get_by_role("button", name="Kết thúc tất cả").click()
    expect(page.get_by_role("table", name="Vị trí công tác")).to_contain_text(f"{today:%d/%m/%Y}")

    expect_staff(page, site, today, None)
    expect_staff(page, site, last_month, "Lò Văn Ẵng")


def new_password(page: Page) -> str:
    """The official has lost the first one: a dialog asks for the reason, and the new one is shown once."""
    page.get_by_role("link", name="Mật khẩu mới…").click()
    asked = page.get_by_role("dialog", name="Đặt mật khẩu mới cho Lò Văn Ẵng?")
    expect(asked).to_contain_text("mọi phiên đăng nhập kết thúc")
    check_accessibility(page)
    asked.get_by_label("Nêu rõ lý do").fill("Quên mật khẩu")
    asked.get_by_role("button", name="Đặt mật khẩu mới").click()
    expect(page.get_by_role("main")).to_contain_text("Chỉ hiện một lần")
    return page.locator("code").inner_text()


def change_password(page: Page, site: str, handed_over: str) -> None:
    """Nothing else opens before; then the page that was wanted does."""
    page.goto(f"{site}/tai-khoan/phien/")
    expect(page.get_by_role("main")).to_contain_text("Mật khẩu này do người khác trao")
    check_accessibility(page)
    page.get_by_label("Mật khẩu hiện tại").fill(handed_over)
    page.get_by_label("Mật khẩu mới, ít nhất 10 ký tự").fill("tu-chon-khong-ai-biet")
    page.get_by_label("Nhập lại mật khẩu mới").fill("tu-chon-khong-ai-biet")
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phiên đăng nhập")


def expect_staff(page: Page, site: str, day: date, name: str | None) -> None:
    """The list of the unit on that day."""
    page.goto(f"{site}/don-vi/ang-moi/?ngay={day:%d/%m/%Y}")
    listed = page.get_by_role("table", name="Cán bộ của đơn vị")
    if name is None:
        expect(page.get_by_role("main")).to_contain_text("Chưa có ai công tác tại chính đơn vị này")
        expect(listed).to_have_count(0)
    else:
        expect(listed.get_by_role("rowheader")).to_have_text([name])
