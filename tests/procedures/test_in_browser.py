"""A procedure is recorded, drafted with steps side by side, published, read by another unit, which notes it as open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import BrowserContext, Page, expect

from tests.factories.procedures import posted, procedure, published, recorded
from tests.followups.conftest import People
from tests.followups.test_in_browser import fits_in_every_dress, people, save
from tests.support.accessibility import check_accessibility
from tests.support.browser import Trouble
from tests.support.entering import enter

__all__ = ["people"]


def write_step(page: Page, number: int, name: str, amount: str, after: str = "") -> None:
    row = page.locator(".version-rows.is-step > li").nth(number - 1)
    row.get_by_label("Nội dung công việc").fill(name)
    row.get_by_label("Thời hạn").fill(amount)
    row.get_by_label("Sau bước").fill(after)


@pytest.mark.requirement(6, 35, 43, 79)
def test_a_procedure_from_its_code_to_the_notice_board(
    people: People, live_site: str, page: Page, signed_in: Callable[[str], Page], page_trouble: Trouble
) -> None:
    officer = enter(page, live_site, "vp1")
    officer.goto(f"{live_site}/thu-tuc/")
    check_accessibility(officer)
    officer.get_by_role("link", name="Ghi thủ tục mới").click()
    for label, text in (
        ("Mã thủ tục quốc gia", "1.004203"), ("Tên", "Xác nhận tình trạng đất"), ("Lĩnh vực", "Đất đai"),
        ("Cơ quan quyết định", "UBND cấp xã"),
    ):  # fmt: skip
        officer.get_by_label(label, exact=True).fill(text)
    officer.get_by_label("Cấp thực hiện").select_option("commune")
    check_accessibility(officer)
    save(officer)

    officer.get_by_role("link", name="Phiên bản mới").click()
    officer.get_by_label("Có hiệu lực từ").fill(f"01/01/{localdate().year}")
    officer.get_by_label("Quyết định", exact=True).fill("Quyết định 1217/QĐ-UBND")
    officer.get_by_label("Đã đối chiếu với quyết định").check()
    officer.get_by_label("Thời hạn giải quyết").fill("8")
    officer.get_by_label("Kết quả", exact=True).fill("Văn bản xác nhận")
    write_step(officer, 1, "Tiếp nhận", "1")
    write_step(officer, 2, "Thẩm tra", "5")
    write_step(officer, 3, "Lấy ý kiến", "9", "1")
    officer.locator("fieldset", has=officer.locator(".is-step")).get_by_role("button", name="Thêm dòng").click()
    write_step(officer, 4, "Ký kết quả", "2", "2, 3")
    page_trouble.expect("422")
    officer.get_by_role("button", name="Lưu nháp").click()
    expect(officer.get_by_text("quá thời hạn của thủ tục")).to_be_visible()
    check_accessibility(officer)
    write_step(officer, 3, "Lấy ý kiến", "5", "1")
    save(officer, "Lưu nháp")
    check_accessibility(officer)
    officer.get_by_role("link", name="Công bố phiên bản").click()
    save(officer, "Công bố phiên bản")

    clerk = signed_in("xm1")
    clerk.goto(f"{live_site}/thu-tuc/?tim=tinh+trang+dat")
    clerk.get_by_role("link", name="Xác nhận tình trạng đất").click()
    expect(clerk.get_by_role("row", name="Lấy ý kiến")).to_contain_text("5 ngày làm việc")
    expect(clerk.get_by_role("img", name="Sơ đồ 4 bước")).to_be_visible()
    expect(clerk.get_by_role("link", name="Phiên bản mới")).to_have_count(0)
    check_accessibility(clerk)
    with clerk.expect_download() as taken:
        clerk.get_by_role("link", name="Quy trình dạng BPMN 2.0").click()
    assert "parallelGateway" in Path(taken.value.path()).read_text(encoding="utf-8")
    clerk.get_by_role("link", name="01/01").first.click()
    clerk.get_by_role("link", name="Ghi nơi công khai").click()
    expect(clerk.get_by_role("combobox", name="Đơn vị công khai")).to_have_value("xã Ẵng Một (xa-mot)")
    clerk.get_by_label("Nơi đăng").fill("Bảng niêm yết")
    check_accessibility(clerk)
    save(clerk)
    clerk.goto(f"{live_site}/thu-tuc/cong-khai/")
    expect(clerk.get_by_role("row", name="Xác nhận tình trạng đất")).to_contain_text("Bảng niêm yết")
    check_accessibility(clerk)


@pytest.mark.long
def test_pages_fit_in_every_dress(people: People, live_site: str, page: Page, browser_context: BrowserContext) -> None:
    version = published(recorded(people.province))
    procedure(people.province, "1.2")
    line = posted(version, people.commune)
    enter(page, live_site, "vp1")
    page.set_viewport_size({"width": 360, "height": 740})
    for address in (
        "thu-tuc/", "thu-tuc/ma/1.001193/", f"thu-tuc/phien-ban/{version.pk}/", "thu-tuc/cong-khai/",
        f"thu-tuc/cong-khai/{line.pk}/", "thu-tuc/nhap/tinh/", "thu-tuc/ma/1.001193/phien-ban/",
        "thu-tuc-hanh-chinh/", "thu-tuc-hanh-chinh/1.001193/",
    ):  # fmt: skip
        fits_in_every_dress(page, browser_context, live_site, address)
