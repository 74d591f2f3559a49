"""A directive is issued and followed to the end: by an officer of the province, a commune's officer, a verifier."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cchc.followups.actions.directives import Paper, enter_directive
from cchc.followups.actions.giving import Order, give_tasks
from cchc.followups.deadlines import Deadline
from cchc.papers.models import Paper as IssuedPaper
from tests.factories import papers
from tests.factories.organizations import TESTER, official, unit
from tests.followups.conftest import People
from tests.support.accessibility import check_accessibility
from tests.support.entering import enter


@pytest.fixture
def people(live_people: People) -> People:
    """The officer issues, the head of the office verifies, the commune's clerk does."""
    papers.basis(live_people.province, "61/2018/NĐ-CP", title="về cơ chế một cửa, một cửa liên thông")
    return live_people


def save(page: Page, button: str = "Lưu") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text("Đã lưu")).to_be_visible()


def pick(page: Page, label: str, typed: str, name: str) -> None:
    """By keyboard: type part of a name, go to the option, Enter."""
    box = page.get_by_role("combobox", name=label)
    box.fill("")
    box.press_sequentially(typed)
    option = page.get_by_role("option", name=name)
    expect(option).to_be_visible()
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    check_accessibility(page)
    box.press("Enter")
    expect(page.locator("[role=option]")).to_have_count(0)  # those of a list to choose from beside it have none


def issue(officer: Page, site: str) -> str:
    """A directive to all communes, posted by them, with a task; its address."""
    officer.goto(f"{site}/van-ban-chi-dao/")
    check_accessibility(officer)
    officer.get_by_role("link", name="Nhập văn bản").click()
    officer.get_by_label("Số, ký hiệu").fill("2624/UBND-TTHCC")
    officer.get_by_label("Ngày văn bản").fill(f"{localdate():%d/%m/%Y}")
    officer.get_by_label("Trích yếu").fill("Chấn chỉnh tình trạng giải quyết thủ tục hành chính quá hạn")
    officer.get_by_label("Xã (2)").check()
    officer.get_by_label("Nơi nhận đăng tải").check()
    pick(officer, "Đơn vị theo dõi", "van phong", "Văn phòng UBND tỉnh")
    check_accessibility(officer)
    save(officer)
    directive = officer.url
    officer.get_by_role("link", name="Giao nhiệm vụ").click()
    officer.get_by_label("Nội dung nhiệm vụ").fill("Công khai danh sách công chức chậm, quá hạn hằng tháng")
    pick(officer, "Căn cứ trong thư viện", "một cửa", "Nghị định số 61/2018/NĐ-CP")
    expect(officer.get_by_role("checkbox", name="Nghị định số 61/2018/NĐ-CP")).to_be_checked()
    officer.get_by_label("số ngày làm việc").fill("10")
    check_accessibility(officer)
    save(officer)
    expect(officer.get_by_role("row", name="Công khai danh sách")).to_have_count(2)
    check_accessibility(officer)
    return directive


def take_note(clerk: Page, directive: str) -> None:
    """The commune acknowledges, posts the directive on its site, and raises a difficulty with its task."""
    clerk.goto(directive)
    clerk.get_by_role("button", name="Xác nhận đã tiếp nhận").click()
    expect(clerk.get_by_role("row", name="xã Ẵng Một Đã tiếp nhận").last).to_be_visible()
    clerk.get_by_role("link", name="Ghi nhận đăng tải").click()
    clerk.get_by_label("Nơi đăng").fill("Trang thông tin điện tử xã")
    save(clerk)
    expect(clerk.get_by_role("row", name="Trang thông tin điện tử xã")).to_contain_text("0 ngày")
    clerk.get_by_role("link", name="Công khai danh sách").first.click()
    clerk.get_by_role("link", name="Nêu thuận lợi, khó khăn, đề xuất").click()
    clerk.get_by_label("Nội dung").fill("Chưa có tài khoản trang thông tin")
    save(clerk, "Nêu thuận lợi, khó khăn, đề xuất")


def report_done(clerk: Page, proof: str) -> None:
    """From the task's page, done today; who reported it is told why it is for others to verify."""
    clerk.get_by_role("link", name="Báo cáo hoàn thành").click()
    clerk.get_by_label("Kết quả và minh chứng").fill(proof)
    clerk.get_by_label("Ngày hoàn thành thực tế").fill(f"{localdate():%d/%m/%Y}")
    check_accessibility(clerk)
    save(clerk, "Báo cáo hoàn thành")
    expect(clerk.get_by_role("link", name="Xác minh hoàn thành")).to_have_count(0)
    expect(clerk.get_by_text("Người báo cáo hoàn thành không tự xác minh")).to_be_visible()


@pytest.mark.requirement(55, 57, 62, 68, 70)
@pytest.mark.long
def test_a_directive_is_issued_and_followed_to_the_end(
    people: People, live_site: str, page: Page, signed_in: Callable[[str], Page]
) -> None:
    officer = enter(page, live_site, "vp1")
    directive = issue(officer, live_site)
    clerk = signed_in("xm1")
    take_note(clerk, directive)
    report_done(clerk, "Báo cáo 12/BC-UBND")
    officer.goto(clerk.url)
    officer.get_by_role("link", name="Trả lời").click()
    officer.get_by_label("Trả lời").fill("Cấp tài khoản trong tuần")
    save(officer, "Trả lời")

    # The head of the office finds it among what waits, asks for more, then verifies.
    verifier = signed_in("vp0")
    verifier.goto(f"{live_site}/nhiem-vu/?cua-toi=follow&trang-thai=done_claimed")
    verifier.get_by_role("link", name="Công khai danh sách").click()
    verifier.get_by_role("link", name="Yêu cầu làm tiếp").click()
    verifier.get_by_label("Nêu rõ lý do").fill("Thiếu địa chỉ trang")
    save(verifier, "Yêu cầu làm tiếp")
    clerk.reload()
    report_done(clerk, "Báo cáo 12/BC-UBND, xa.example/danh-sach")
    verifier.reload()
    verifier.get_by_role("link", name="Xác minh hoàn thành").click()
    save(verifier, "Xác minh hoàn thành")
    expect(verifier.get_by_text("Đúng hạn")).to_be_visible()
    check_accessibility(verifier)
    verifier.get_by_role("link", name="Vì sao ngày này?").first.click()
    expect(verifier.get_by_text("10 ngày làm việc sau ngày đó")).to_be_visible()
    expect(verifier.get_by_text("bằng thời gian cho phép")).to_be_visible()
    check_accessibility(verifier)
    officer.goto(directive)
    expect(officer.get_by_role("row", name="xã Ẵng Một Đã tiếp nhận").last).to_contain_text("1 đã hoàn thành/1 đã giao")


def from_paper(officer: Page, site: str, paper: IssuedPaper) -> str:
    """An issued paper becomes a directive to one commune, with a task before an hour; its address."""
    officer.goto(f"{site}/van-ban/{paper.pk}/")
    check_accessibility(officer)
    officer.get_by_role("link", name="Lập văn bản chỉ đạo").click()
    expect(officer.get_by_label("Số, ký hiệu")).to_have_value("01/BC-UBND")
    expect(officer.get_by_label("Người ký")).to_have_value("Lê Thị Ẵng")
    pick(officer, "và các đơn vị này", "ang mot", "xã Ẵng Một")
    officer.get_by_label("Nơi nhận đăng tải").check()
    pick(officer, "Đơn vị theo dõi", "van phong", "Văn phòng UBND tỉnh")
    save(officer)
    directive = officer.url
    expect(officer.get_by_role("link", name="01/BC-UBND Báo cáo")).to_be_visible()
    officer.get_by_role("link", name="Giao nhiệm vụ").click()
    officer.get_by_label("Nội dung nhiệm vụ").fill("Báo cáo nhanh hồ sơ quá hạn")
    officer.get_by_label("số ngày làm việc").fill("3")
    officer.get_by_label("Giờ đến hạn").fill("10 giờ 30")
    pick(officer, "Lãnh đạo phụ trách", "dung", "Trần Văn Dũng")
    check_accessibility(officer)
    save(officer)
    expect(officer.get_by_role("row", name="Báo cáo nhanh")).to_contain_text("10:30")
    return directive


def put_right(officer: Page, clerk: Page, directive: str) -> None:
    """The commune notes a posting and corrects it; the officer corrects the directive."""
    clerk.goto(f"{directive}dang-tai/")
    clerk.get_by_label("Nơi đăng").fill("Trang xã")
    save(clerk)
    clerk.get_by_role("link", name=re.compile("Sửa.*Trang xã")).click()
    clerk.get_by_label("Nơi đăng").fill("Cổng thông tin xã")
    clerk.get_by_label("Lý do").fill("Ghi nhầm nơi đăng")
    check_accessibility(clerk)
    save(clerk, "Sửa dòng đăng tải")
    officer.goto(directive)
    officer.get_by_role("link", name="Sửa", exact=True).click()
    expect(officer.get_by_label("Lý do")).to_be_visible()
    check_accessibility(officer)
    officer.get_by_label("Trích yếu").fill("Chấn chỉnh hồ sơ quá hạn")
    officer.get_by_label("Lý do").fill("Nhầm trích yếu")
    save(officer)
    history = officer.get_by_role("region", name="Lịch sử sửa, thu hồi, bãi bỏ")
    expect(history).to_contain_text("Nhầm trích yếu")
    expect(history).to_contain_text("Trang xã → Cổng thông tin xã")
    check_accessibility(officer)


@pytest.mark.requirement(55, 57, 116)
@pytest.mark.long
def test_a_paper_becomes_a_directive_that_is_corrected_then_repealed(
    people: People, live_site: str, signed_in: Callable[[str], Page]
) -> None:
    now = datetime.now(UTC)
    paper = papers.issue_paper(
        actor=TESTER, now=now, paper=papers.draft(people.province), issuing=papers.Issuing(localdate())
    )
    officer, clerk = signed_in("vp1"), signed_in("xm1")
    directive = from_paper(officer, live_site, paper)
    put_right(officer, clerk, directive)
    officer.get_by_role("link", name="Thu hồi, bãi bỏ").click()
    expect(officer.get_by_text("1 nhiệm vụ chưa kết thúc được rút theo")).to_be_visible()
    officer.get_by_label("Hình thức").select_option(label="Bãi bỏ")
    officer.get_by_label("Lý do").fill("Có chỉ đạo mới của Thủ tướng")
    check_accessibility(officer)
    save(officer, "Thu hồi, bãi bỏ")
    expect(officer.get_by_role("link", name="Giao nhiệm vụ")).to_have_count(0)
    clerk.goto(directive)
    expect(clerk.get_by_text("Đã bãi bỏ từ ngày")).to_be_visible()
    expect(clerk.get_by_role("row", name="Báo cáo nhanh")).to_contain_text("Đã rút")
    # a day where midnight has gone by meanwhile
    expect(clerk.get_by_role("row", name="Cổng thông tin xã")).to_contain_text(re.compile(r"\b[01] ngày"))
    check_accessibility(clerk)
    officer.goto(f"{live_site}/van-ban-chi-dao/")
    expect(officer.get_by_role("row", name="01/BC-UBND")).to_contain_text("Đã bãi bỏ")


@pytest.fixture
def busy(people: People, live_site: str) -> str:
    """A directive of two weeks ago whose tasks run: one overdue, one due soon, one later."""
    now, day = datetime.now(UTC), localdate()
    sent = now - timedelta(days=20)
    paper = Paper(
        "2624/UBND-TTHCC", day - timedelta(days=20), "UBND tỉnh Mẫu",
        "Chấn chỉnh tình trạng giải quyết thủ tục hành chính quá hạn ở Ẵng, Ễ, Ự",
    )  # fmt: skip
    made = enter_directive(
        actor=TESTER, now=sent, paper=paper, unit=people.province, watcher=people.office,
        addressees=[people.commune, people.other], posting_wanted=True,
    )  # fmt: skip
    for what, days in (("Công khai danh sách chậm", -3), ("Kế hoạch mô hình thân thiện", 1), ("Ký số văn bản đi", 60)):
        deadline = Deadline(day - timedelta(days=20), due_on=day + timedelta(days=days))
        order = Order(what, deadline, people.office, "Công văn 2624/UBND-TTHCC")
        give_tasks(actor=TESTER, now=sent, subject=made, order=order, owners=[people.commune])
    return live_site


@pytest.mark.requirement(124)
@pytest.mark.long
def test_the_head_assigns_somebody_who_then_follows_until_it_ends(
    busy: str, people: People, page: Page, signed_in: Callable[[str], Page]
) -> None:
    room = unit("phong-ks", people.office, name="Phòng Kiểm soát thủ tục hành chính")
    official("cv7", "Hoàng Thị Mai", room)
    specialist, head = signed_in("cv7"), enter(page, busy, "vp0")
    specialist.goto(f"{busy}/nhiem-vu/")
    expect(specialist.get_by_text("Không có nhiệm vụ chưa kết thúc")).to_be_visible()
    head.goto(f"{busy}/van-ban-chi-dao/1/")
    head.get_by_role("link", name="Phân công người theo dõi").click()
    pick(head, "Người theo dõi", "mai", "Hoàng Thị Mai")
    head.get_by_label("Đến ngày").fill(f"{localdate() + timedelta(days=30):%d/%m/%Y}")
    head.get_by_label("Nêu rõ lý do").fill("Phụ trách lĩnh vực đất đai")
    head.set_viewport_size({"width": 320, "height": 640})
    assert head.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_accessibility(head)
    save(head, "Phân công")
    expect(head.get_by_text("Đang theo dõi")).to_be_visible()
    assert head.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check_accessibility(head)

    # The specialist finds it on the desk, and urges.
    specialist.goto(f"{busy}/ban-lam-viec/")
    specialist.get_by_role("link", name="2624/UBND-TTHCC").first.click()
    specialist.get_by_role("link", name="Công khai danh sách chậm").click()
    specialist.get_by_role("link", name="Đôn đốc").click()
    specialist.get_by_label("Nội dung đôn đốc").fill("Báo cáo trong tuần này")
    save(specialist, "Đôn đốc")
    check_accessibility(specialist)

    head.get_by_role("link", name="Kết thúc phân công").click()
    head.get_by_label("Ngày cuối").fill(f"{localdate() - timedelta(days=1):%d/%m/%Y}")
    head.get_by_label("Nêu rõ lý do").fill("Chuyển việc")
    check_accessibility(head)
    save(head, "Kết thúc phân công")
    specialist.goto(f"{busy}/nhiem-vu/")
    expect(specialist.get_by_text("Không có nhiệm vụ chưa kết thúc")).to_be_visible()


@pytest.mark.parametrize(
    "address",
    ["nhiem-vu/", "nhiem-vu/1/", "nhiem-vu/1/vi-sao/", "nhiem-vu/1/don-doc/", "nhiem-vu/chua-bao-cao/",
     "van-ban-chi-dao/", "van-ban-chi-dao/1/", "van-ban-chi-dao/them/tinh/", "van-ban-chi-dao/1/giao-viec/",
     "van-ban-chi-dao/1/don-doc/", "van-ban-chi-dao/1/sua/", "van-ban-chi-dao/1/thu-hoi/",
     "van-ban-chi-dao/1/them-noi-nhan/", "nhiem-vu/1/doi-han/", "nhiem-vu/?don-vi=ang"],
)  # fmt: skip
@pytest.mark.crossing
def test_every_page_fits_a_telephone_in_every_dress(
    busy: str, page: Page, browser_context: BrowserContext, address: str
) -> None:
    enter(page, busy, "vp1")
    page.set_viewport_size({"width": 320, "height": 640})
    fits_in_every_dress(page, browser_context, busy, address)


def fits_in_every_dress(page: Page, browser_context: BrowserContext, site: str, address: str) -> None:
    """In both languages, with large letters and high contrast."""
    for language, text, contrast in (("", "a+", "normal"), ("en/", "a", "high")):
        cookies = {"cchc_text": text, "cchc_contrast": contrast}
        browser_context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies.items()])
        page.goto(f"{site}/{language}{address}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        check_accessibility(page)


@pytest.mark.long
def test_the_board_filters_without_leaving_the_page_and_by_keyboard(busy: str, page: Page) -> None:
    enter(page, busy, "vp1")
    page.goto(f"{busy}/nhiem-vu/")
    expect(page.get_by_role("row")).to_have_count(4)
    page.get_by_role("navigation", name="Tình hình").get_by_role("link", name="Quá hạn").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("row", name="Công khai danh sách")).to_contain_text("quá hạn")
    page.get_by_role("link", name="Xóa mọi bộ lọc").first.click()
    expect(page.get_by_role("row")).to_have_count(4)
    page.wait_for_load_state()  # rows are there before the script that listens
    page.get_by_role("searchbox", name="Nội dung nhiệm vụ").press_sequentially("ky so")
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page).to_have_url(f"{busy}/nhiem-vu/?tim=ky%20so&trang-thai=open&don-vi=&nguon=&tu=&den=")


@pytest.mark.long
def test_without_javascript_a_name_is_looked_up_then_chosen(people: People, live_site: str, browser: Browser) -> None:
    context = browser.new_context(locale="vi-VN", java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = enter(context.new_page(), live_site, "vp1")
    page.goto(f"{live_site}/van-ban-chi-dao/them/tinh/")
    page.get_by_label("Số, ký hiệu").fill("1/UBND")
    page.get_by_label("Đơn vị theo dõi").fill("ubnd tinh")
    page.get_by_role("button", name="Tra cứu").last.click()
    page.get_by_role("radio", name="Văn phòng UBND tỉnh").check()
    page.get_by_label("và các đơn vị này").fill("xã Hai; ang")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_label("Số, ký hiệu")).to_have_value("1/UBND")
    expect(page.get_by_role("checkbox", name="xã Hai")).to_be_checked()
    expect(page.get_by_label("Đơn vị theo dõi")).to_have_value("Văn phòng UBND tỉnh (van-phong)")
    page.get_by_role("checkbox", name="xã Ẵng Một").check()
    page.get_by_label("Ngày văn bản").fill(f"{localdate():%d/%m/%Y}")
    page.get_by_label("Trích yếu").fill("Chấn chỉnh")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1/UBND")
    expect(page.get_by_role("rowheader", name="xã")).to_have_count(2)
    context.close()


@pytest.mark.long
def test_a_list_is_narrowed_by_the_name_of_a_unit(busy: str, page: Page) -> None:
    enter(page, busy, "vp1")
    page.goto(f"{busy}/nhiem-vu/chua-bao-cao/")
    rows = page.get_by_role("row").count()
    pick(page, "Đơn vị và cấp dưới", "hai", "xã Hai")
    expect(page).to_have_url(re.compile("don-vi=x%C3%A3.*xa-hai"))
    expect(page.get_by_role("row", name="xã Ẵng Một")).to_have_count(0)
    assert page.get_by_role("row").count() < rows
    page.goto(f"{busy}/nhiem-vu/?don-vi=x%C3%A3")
    expect(page.get_by_text("Danh sách chưa được thu hẹp")).to_be_visible()
    page.get_by_role("link", name="xã Hai (xa-hai)").click()
    expect(page.get_by_text("Danh sách chưa được thu hẹp")).to_have_count(0)
