"""A remediation plan is opened, filled by hand and from a file, gives a task that is followed, and is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import BrowserContext, Page, expect

from cchc.followups.actions.giving import Order
from cchc.followups.deadlines import Deadline
from cchc.registers.actions.entries import EntryFacts, enter_entry, give_by_entry, strike_entry
from cchc.registers.actions.imports import hand_in_entries
from cchc.registers.actions.registers import RegisterFacts, open_register
from tests.factories.organizations import TESTER
from tests.factories.registers import VALUES
from tests.followups.conftest import People
from tests.followups.test_in_browser import fits_in_every_dress, people, pick, report_done, save
from tests.support.accessibility import check_accessibility
from tests.support.browser import Trouble
from tests.support.entering import enter

__all__ = ["people"]
HEADINGS = "Đơn vị khắc phục;Hạn chế cần khắc phục;Tiêu chí, tiêu chí thành phần;Biện pháp khắc phục;Thời hạn khắc phục"
MEND_BY = localdate() + timedelta(days=40)


def open_plan(officer: Page, site: str) -> str:
    """Opened for the office, with a first row; its address."""
    officer.goto(f"{site}/so-theo-doi/")
    check_accessibility(officer)
    officer.goto(f"{site}/so-theo-doi/mo/van-phong/")
    officer.get_by_role("radio", name="Kế hoạch khắc phục").check()
    officer.get_by_label("Tên sổ, kế hoạch").fill("Khắc phục tiêu chí đạt thấp")
    officer.get_by_label("Số văn bản làm căn cứ").fill("49/KH-UBND")
    check_accessibility(officer)
    save(officer)
    officer.get_by_role("link", name="Ghi dòng mới").click()
    pick(officer, "Đơn vị khắc phục", "ang", "xã Ẵng Một")
    officer.get_by_label("Hạn chế cần khắc phục").fill("Chưa phát phiếu đánh giá")
    officer.get_by_label("Tiêu chí, tiêu chí thành phần").fill("Sự hài lòng")
    officer.get_by_label("Biện pháp khắc phục").fill("Phát phiếu khi trả kết quả")
    officer.get_by_label("Thời hạn khắc phục").fill(f"{MEND_BY:%d/%m/%Y}")
    check_accessibility(officer)
    save(officer)
    return officer.url


def bring_in(officer: Page, file: Path) -> None:
    """A file with a wrong row is told its place; mended, it is shown and carried out."""
    row = f"Hồ sơ quá hạn;Giải quyết đúng hạn;Rà soát hằng tuần;{MEND_BY:%d/%m/%Y}"
    for unit, is_good in (("xã Ba", False), ("xã Hai", True)):
        file.write_text(f"{HEADINGS}\n{unit};{row}\n", encoding="utf-8")
        officer.get_by_role("link", name="Nhập từ tệp").click()
        officer.get_by_label("Tệp (XLSX hoặc CSV)").set_input_files(file)
        officer.get_by_role("button", name="Tải lên và so sánh").click()
        if not is_good:
            wrong = officer.get_by_role("table", name="Lỗi").get_by_role("row").filter(has_text="xã Ba")
            expect(wrong.get_by_role("rowheader")).to_contain_text("dòng 2")
        check_accessibility(officer)
    expect(officer.get_by_role("heading", name="1 dòng được ghi hoặc sửa")).to_be_visible()
    officer.get_by_role("button", name="Thực hiện tất cả").click()
    officer.get_by_role("link", name="Đến các dòng của sổ").click()
    expect(officer.get_by_role("row", name="Hồ sơ quá hạn")).to_contain_text("xã Hai")


@pytest.mark.requirement(110, 115)
@pytest.mark.long
def test_a_remediation_plan_is_filled_followed_and_closed(
    people: People,
    live_site: str,
    page: Page,
    signed_in: Callable[[str], Page],
    tmp_path: Path,
    page_trouble: Trouble,
) -> None:
    officer = enter(page, live_site, "vp1")
    plan = open_plan(officer, live_site)
    bring_in(officer, tmp_path / "khac-phuc.csv")

    officer.get_by_role("link", name="Chưa phát phiếu đánh giá").click()
    officer.get_by_role("link", name="Giao nhiệm vụ").click()
    expect(officer.get_by_role("checkbox", name="xã Ẵng Một")).to_be_checked()
    expect(officer.get_by_label("Ngày đến hạn")).to_have_value(f"{MEND_BY:%d/%m/%Y}")
    check_accessibility(officer)
    save(officer, "Giao nhiệm vụ")
    check_accessibility(officer)

    # It stands on the commune's board and leads back to its row; what concerns the other commune is not shown there.
    clerk = signed_in("xm1")
    clerk.goto(f"{live_site}/nhiem-vu/")
    row = clerk.get_by_role("row", name="Phát phiếu khi trả kết quả")
    row.get_by_role("link", name="Khắc phục tiêu chí đạt thấp").click()
    expect(clerk.get_by_text("Sự hài lòng")).to_be_visible()
    clerk.goto(plan)
    expect(clerk.get_by_role("row", name="Hồ sơ quá hạn")).to_have_count(0)
    expect(clerk.get_by_role("link", name="Ghi dòng mới")).to_have_count(0)

    # The plan is not closed while the task is open.
    page_trouble.expect("422")
    officer.goto(f"{plan}khoa-so/")
    officer.get_by_role("button", name="Khóa sổ").click()
    expect(officer.get_by_role("alert")).to_contain_text("1 nhiệm vụ chưa kết thúc")
    clerk.goto(f"{live_site}/nhiem-vu/")
    clerk.get_by_role("link", name="Phát phiếu khi trả kết quả").first.click()
    clerk.get_by_role("link", name="Tiếp nhận nhiệm vụ").click()
    save(clerk, "Tiếp nhận nhiệm vụ")
    report_done(clerk, "Báo cáo 12/BC-UBND")
    officer.goto(clerk.url)
    officer.get_by_role("link", name="Xác minh hoàn thành").click()
    save(officer, "Xác minh hoàn thành")

    officer.goto(plan)
    done = officer.get_by_role("navigation", name="Tình hình nhiệm vụ").get_by_role("link", name="Đã hoàn thành")
    expect(done).to_contain_text("1")
    check_accessibility(officer)
    done.click()
    expect(officer.get_by_role("row", name="Phát phiếu khi trả kết quả")).to_be_visible()
    check_accessibility(officer)
    officer.goto(plan)
    officer.get_by_role("link", name="Khóa sổ").click()
    save(officer, "Khóa sổ")
    expect(officer.get_by_text("Đã khóa sổ")).to_be_visible()
    expect(officer.get_by_role("link", name="Ghi dòng mới")).to_have_count(0)


@pytest.fixture
def busy(people: People, live_site: str) -> str:
    """A plan with a struck entry, a task that runs, and a file that waits."""
    now = {"actor": TESTER, "now": datetime.now(UTC)}
    facts = RegisterFacts("Kế hoạch của Ẵng, Ễ, Ự", localdate(), number="49/KH-UBND")
    plan = open_register(**now, kind="plan", keeper=people.office, facts=facts)
    values = VALUES["plan"] | {"led_by": "xa-hai"}
    row = enter_entry(**now, register=plan, facts=EntryFacts(people.commune, values))
    struck = enter_entry(**now, register=plan, facts=EntryFacts(people.other, values))
    strike_entry(**now, entry=struck, expected_version=1, reason="Ghi nhầm xã")
    order = Order("Rà soát thủ tục hành chính", Deadline(localdate(), working_days=5), people.office)
    give_by_entry(**now, entry=row, order=order, owners=[people.commune])
    lines = "Đơn vị thực hiện;Nội dung công việc;Từ ngày;Đến ngày\nxa-hai;Kiểm tra;01/03/2026;02/03/2026\n"
    hand_in_entries(**now, register=plan, file="ke-hoach.csv", content=lines.encode(), official=people.officer)
    return live_site


@pytest.mark.parametrize(
    "address",
    ["", "1/", "1/?dong=gach", "1/nhiem-vu/", "1/nhap/", "1/them/", "1/sua/", "1/khoa-so/", "tep/1/", "dong/1/",
     "dong/2/", "dong/1/giao-viec/", "mo/van-phong/"],
)  # fmt: skip
@pytest.mark.crossing
def test_every_page_fits_a_telephone_in_every_dress(
    busy: str, page: Page, browser_context: BrowserContext, address: str
) -> None:
    enter(page, busy, "vp1")
    page.set_viewport_size({"width": 320, "height": 640})
    fits_in_every_dress(page, browser_context, busy, f"so-theo-doi/{address}")
