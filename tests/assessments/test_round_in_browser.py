"""A scoring round from its opening to its published result and what follows, by pages alone: eight roles, each in a
browser of their own, phase by phase as the calendar goes. At the end every number stands as the evaluator says it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import time_machine
from playwright.sync_api import Download, Page, expect

from cchc.organizations.models import Official
from cchc.records.numbers import format_number
from cchc.scoring import evaluate
from cchc.scoring.results import Results
from cchc.scoring.writing import to_yaml
from tests.assessments.conftest import Council, council_of_a_province
from tests.factories.assessments import SMALL
from tests.factories.organizations import grant, official
from tests.followups.test_in_browser import pick
from tests.support.accessibility import check_accessibility
from tests.support.browser import Trouble
from tests.support.entering import enter

pytestmark = pytest.mark.long
TITLE = "Chấm điểm cải cách hành chính"
FIRST, SECOND = "Xã Mẫu 1", "Xã Mẫu 2"
DAYS = {
    "prepare": datetime(2026, 11, 23, 9, tzinfo=UTC),
    "fill": datetime(2026, 11, 30, 2, tzinfo=UTC),
    "appraise": datetime(2026, 12, 8, 2, tzinfo=UTC),
    "explain": datetime(2026, 12, 22, 2, tzinfo=UTC),
    "reappraise": datetime(2026, 12, 28, 2, tzinfo=UTC),
    "deliberate": datetime(2027, 1, 5, 2, tzinfo=UTC),
    "approve": datetime(2027, 1, 7, 2, tzinfo=UTC),
    "remedy": datetime(2027, 1, 11, 2, tzinfo=UTC),
}
TIMETABLE = {
    "Đơn vị tự chấm điểm": ("23/11/2026", "04/12/2026"),
    "Thẩm định hồ sơ, tài liệu": ("07/12/2026", "18/12/2026"),
    "Kiểm tra thực tế": ("07/12/2026", "25/12/2026"),
    "Giải trình": ("21/12/2026", "25/12/2026"),
    "Thẩm định lần 2": ("28/12/2026", "31/12/2026"),
    "Hội đồng họp": ("04/01/2027", "08/01/2027"),
}
PAPERS = {
    "Kế hoạch chấm điểm": ("210/KH-UBND", "10/11/2026"),
    "Quyết định thành lập Hội đồng": ("685/QĐ-UBND", "12/11/2026"),
    "Thông báo mở đợt chấm điểm": ("45/TB-HĐ", "20/11/2026"),
}
# What is said in this story, as a sheet of the command line would have it: the evaluator reads it without the register.
SAID = f"""Đơn vị,Nhóm,Giai đoạn,Tiêu chí,Chỉ tiêu,Giá trị
{FIRST},Cấp xã,Tự chấm,1.1,done,9
{FIRST},Cấp xã,Tự chấm,1.1,planned,10
{FIRST},Cấp xã,Tự chấm,1.2,applicable,no
{FIRST},Cấp xã,document1,1.1,done,7
{FIRST},Cấp xã,document1,2.1,ratio,85%
{FIRST},Cấp xã,document2,1.1,done,8
{FIRST},Cấp xã,council,1.1,points,"4,5"
{FIRST},Cấp xã,council,1.1,reason,Đã gửi đủ báo cáo
{FIRST},Cấp xã,council,1.2,applicable,no
{SECOND},Cấp xã,Tự chấm,1.1,done,8
{SECOND},Cấp xã,Tự chấm,1.1,planned,10
{SECOND},Cấp xã,Tự chấm,1.2,answer,yes
{SECOND},Cấp xã,document1,2.1,ratio,90%
{SECOND},Cấp xã,field,1.2,points,"0,5"
{SECOND},Cấp xã,field,1.2,reason,Mô hình đã dừng từ tháng 6
"""


@dataclass(frozen=True)
class Story:
    """The site, who takes part, a page for each, the clock."""

    site: str
    council: Council
    opened: Callable[[], Page]
    clock: time_machine.Coordinates
    pages: dict[str, Page]

    def on(self, day: str) -> None:
        """The calendar goes on; whoever comes has signed in anew."""
        self.clock.move_to(DAYS[day])
        for code, page in self.pages.items():
            enter(page, self.site, code)

    def at_round(self, code: str) -> Page:
        """The page of that official, who went from the list of rounds to this one."""
        if code not in self.pages:
            self.pages[code] = enter(self.opened(), self.site, code)
        page = self.pages[code]
        page.goto(f"{self.site}/dot-cham/")
        page.get_by_role("link", name=TITLE).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
        return page

    def at_sheet(self, code: str, unit: str, criterion: str = "") -> Page:
        """The same, at a unit's sheet, at one criterion."""
        page = self.at_round(code)
        page.get_by_role("link", name=unit).first.click()
        expect(page).to_have_url(re.compile(r"/dot-cham/ban/"))
        if criterion:
            page.locator("#outline").get_by_role("link", name=criterion).click()
            expect(page).to_have_url(re.compile(r"[?]tc="))  # the first one stands there before
            expect(page.locator("h2#criterion")).to_contain_text(criterion)
        page.wait_for_load_state()  # fields are there before the script that listens
        return page

    def at_grid(self, code: str, criterion: str) -> Page:
        """The same, at one criterion in all units."""
        page = self.at_round(code)
        go(page, "Theo tiêu chí")
        page.get_by_role("link", name=criterion).click()
        return page

    def at_item(self, code: str, unit: str, criterion: str) -> Page:
        """The same, at what is open about a criterion of a unit."""
        page = self.at_round(code)
        go(page, "Hội đồng")
        row = page.get_by_role("row").filter(has_text=unit)
        row.get_by_role("link", name=re.compile(rf"^{re.escape(criterion)} ")).click()
        return page


@pytest.fixture
def story(live_site: str, another_page: Callable[[], Page]) -> Iterator[Story]:
    with time_machine.travel(DAYS["prepare"], tick=True) as clock:
        council = council_of_a_province()
        official("t2", "Vũ Thị Hai", council.department)
        official("kt", "Bùi Văn Tra", council.department)
        leader: Official = official("ub", "Nguyễn Văn Duyệt", council.province, post="Chủ tịch UBND tỉnh")
        grant(leader, "approving_authority", council.province)
        yield Story(live_site, council, another_page, clock, {})


def go(page: Page, link: str) -> None:
    """To where the link leads; the page there has come."""
    address = page.url
    page.get_by_role("link", name=link, exact=True).first.click()
    expect(page).not_to_have_url(address)
    page.wait_for_load_state()


def send(page: Page, button: str = "Lưu") -> None:
    """Press it; what was accepted leads away from the form."""
    address = page.url
    page.get_by_role("button", name=button, exact=True).click()
    expect(page).not_to_have_url(address)


def fill(page: Page, **typed: str) -> None:
    for label, text in typed.items():
        page.get_by_label(label.replace("_", " ")).fill(text)


def move_on(story: Story, step: str, state: str) -> None:
    """The secretary takes the next step of the table."""
    secretary = story.at_round("tk")
    go(secretary, step)
    check_accessibility(secretary)
    send(secretary, step)
    expect(secretary.locator(".lead").first).to_contain_text(state)


def prepare(story: Story, set_file: Path) -> None:
    """The secretary opens the round, with its set, units, timetable, papers, charges and field team."""
    secretary = story.pages["tk"] = enter(story.opened(), story.site, "tk")
    secretary.goto(f"{story.site}/dot-cham/")
    check_accessibility(secretary)
    secretary.get_by_role("link", name="Lập đợt chấm điểm").click()
    secretary.get_by_label("Tên đợt chấm điểm").fill(TITLE)
    expect(secretary.get_by_label("Năm đánh giá")).to_have_value("2026")
    send(secretary)
    go(secretary, "Đưa bộ tiêu chí vào")
    secretary.get_by_label("Hoặc một tệp").set_input_files(set_file)
    send(secretary, "Đưa bộ tiêu chí vào")
    go(secretary, "Đưa đơn vị vào")
    secretary.get_by_label("Nhóm xếp hạng").fill("Cấp xã")
    for unit in (FIRST, SECOND):
        pick(secretary, "Đơn vị", unit.lower(), unit)
    check_accessibility(secretary)
    send(secretary, "Đưa đơn vị vào")
    go(secretary, "Lịch và văn bản")
    for phase, (first, last) in TIMETABLE.items():
        secretary.get_by_label(f"{phase}: từ ngày").fill(first)
        secretary.get_by_label(f"{phase}: đến ngày").fill(last)
    for paper, (number, day) in PAPERS.items():
        secretary.get_by_label(f"{paper}: số, ký hiệu").fill(number)
        secretary.get_by_label(f"{paper}: ngày").fill(day)
    check_accessibility(secretary)
    send(secretary, "Lịch và văn bản")
    expect(secretary.get_by_text("685/QĐ-UBND")).to_be_visible()
    charge(secretary)
    move_on(story, "Mở tự chấm điểm", "Đơn vị tự chấm điểm")


def charge(secretary: Page) -> None:
    """An appraiser for the field, another for the second appraisal, somebody who looks on site."""
    go(secretary, "Phân công thẩm định")
    for name in ("Trần Thị Thẩm", "Vũ Thị Hai"):
        go(secretary, "Phân công thẩm định")
        pick(secretary, "Người thẩm định", name.lower(), name)
        secretary.get_by_label("Lĩnh vực, tiêu chí").select_option("1")
        secretary.get_by_label("Nhóm đơn vị").select_option("Cấp xã")
        send(secretary, "Phân công thẩm định")
        expect(secretary.get_by_role("row", name=name).first).to_contain_text("Chỉ đạo")
    go(secretary, "Đưa vào đoàn kiểm tra")
    pick(secretary, "Cán bộ, công chức", "bùi văn tra", "Bùi Văn Tra")
    send(secretary, "Đưa vào đoàn kiểm tra")


def self_score(story: Story) -> None:
    """The officer of the first commune types without a mouse; its head locks. The second is filled in by its head."""
    officer = story.at_sheet("x1", FIRST, "1.1")
    officer.get_by_label("Đã làm").focus()
    for key in ("9", "Tab", "1", "0"):
        officer.keyboard.press(key)
    expect(officer.locator("#points")).to_contain_text("4,5")
    officer.get_by_label("Ghi chú, giải thích").fill("Báo cáo 12/BC-UBND")
    officer.get_by_label("Phải làm").press("Enter")
    expect(officer.locator("h2#criterion")).to_contain_text("1.2")
    officer.wait_for_load_state()
    officer.get_by_label("Không áp dụng cho đơn vị").press("Space")
    officer.get_by_label("Lý do không áp dụng").fill("Xã không có mô hình được giao")
    officer.keyboard.press("Control+ArrowDown")
    expect(officer.locator("#sheet-progress")).to_contain_text("2/2")
    expect(officer.get_by_role("link", name="Khóa và gửi")).to_have_count(0)
    check_accessibility(officer)

    other = story.at_sheet("y0", SECOND, "1.1")
    fill(other, Đã_làm="8", Phải_làm="10", **{"Ghi_chú,_giải_thích": "Báo cáo 7/BC-UBND"})
    other.get_by_label("Phải làm").press("Enter")
    expect(other.locator("h2#criterion")).to_contain_text("1.2")
    other.wait_for_load_state()
    other.get_by_label("Có", exact=True).press("Space")
    other.get_by_label("Ghi chú, giải thích").fill("Mô hình “5 tại chỗ”")
    other.keyboard.press("Control+ArrowDown")
    expect(other.locator("#sheet-progress")).to_contain_text("2/2")
    for code, unit in (("x0", FIRST), ("y0", SECOND)):
        head = story.at_sheet(code, unit)
        go(head, "Khóa và gửi")
        check_accessibility(head)
        send(head, "Khóa và gửi")
        expect(head.get_by_text("Đã khóa và gửi", exact=False).first).to_be_visible()


def appraise(story: Story, trouble: Trouble) -> None:
    """In the grid by keys: a deduction with its reason, a question, the rest accepted; the secretary brings surveys."""
    grid = story.at_grid("td", "1.1")
    row = grid.get_by_role("row").filter(has_text=FIRST)
    row.get_by_role("link", name=FIRST).focus()
    grid.keyboard.press("s")
    grid.get_by_label("Đã làm").fill("7")
    trouble.expect("422")
    grid.get_by_role("button", name="Lưu", exact=True).click()
    expect(grid.get_by_role("alert")).to_contain_text("lý do")
    expect(grid.get_by_label("Đã làm")).to_have_value("7")
    grid.get_by_label("Lý do trừ điểm, lý do").fill("Hai báo cáo không có văn bản gửi kèm")
    check_accessibility(grid)
    send(grid)
    row.get_by_role("link", name=FIRST).focus()
    grid.keyboard.press("g")
    grid.get_by_label("Nội dung cần giải trình").fill("Gửi văn bản của hai báo cáo còn thiếu")
    send(grid, "Yêu cầu giải trình")
    expect(row).to_contain_text("cần giải trình")
    grid.get_by_role("row").filter(has_text=SECOND).get_by_role("button", name="Chấp nhận").click()
    expect(grid.get_by_text("Đã thẩm định 1 bản chấm điểm")).to_be_visible()
    go(grid, "Tiêu chí sau")
    for unit in (FIRST, SECOND):
        grid.get_by_role("checkbox", name=unit).check()
    grid.get_by_role("button", name="Chấp nhận các đơn vị đã chọn").click()
    expect(grid.get_by_text("Đã thẩm định 2 bản chấm điểm")).to_be_visible()
    for unit, ratio in ((FIRST, "85%"), (SECOND, "90%")):
        secretary = story.at_sheet("tk", unit, "2.1")
        secretary.get_by_label("Tỷ lệ so với điểm tối đa").fill(ratio)
        secretary.get_by_role("button", name="Lưu", exact=True).click()
        expect(secretary.get_by_text("2.1: đã lưu")).to_be_visible()


def look_on_site(story: Story) -> None:
    """The field team enters what it found at the second commune; whoever appraises the criterion accepts it."""
    checker = story.at_sheet("kt", SECOND)
    go(checker, "Kiểm tra thực tế")
    go(checker, "Ghi kết quả kiểm tra")
    checker.get_by_label("Tiêu chí").select_option("1.2")
    checker.get_by_label("Ngày phát hiện").fill("03/12/2026")
    checker.get_by_label("Nội dung phát hiện").fill("Mô hình đã dừng từ tháng 6")
    checker.get_by_role("radio", name="trừ điểm").check()
    checker.get_by_label("Điểm", exact=True).fill("1,5")
    check_accessibility(checker)
    send(checker)
    expect(checker.get_by_role("button", name="Chấp nhận kết quả kiểm tra")).to_have_count(0)
    appraiser = story.at_sheet("td", SECOND)
    go(appraiser, "Kiểm tra thực tế")
    appraiser.get_by_role("link", name="1.2").click()
    appraiser.get_by_role("button", name="Chấp nhận kết quả kiểm tra").click()
    expect(appraiser.get_by_text("đã chấp nhận")).to_be_visible()
    check_accessibility(appraiser)


def explain(story: Story) -> None:
    """The unit reads what was taken and why, explains, and its head locks a second time."""
    officer = story.at_sheet("x1", FIRST, "1.1")
    expect(officer.get_by_text("Hai báo cáo không có văn bản gửi kèm").first).to_be_visible()
    go(officer, "Giải trình")
    officer.get_by_role("link", name="1.1").click()
    officer.get_by_role("textbox", name="Giải trình").fill("Văn bản gửi báo cáo tháng 9 kèm theo")
    check_accessibility(officer)
    send(officer, "Giải trình")
    expect(officer.get_by_role("link", name="Khóa và gửi")).to_have_count(0)
    head = story.at_sheet("x0", FIRST)
    go(head, "Giải trình")
    go(head, "Khóa và gửi")
    send(head, "Khóa và gửi giải trình")
    expect(head.get_by_text("Đã khóa và gửi giải trình")).to_be_visible()


def appraise_again(story: Story) -> None:
    """The second appraiser reads the explanation beside the points, and gives one report back."""
    sheet = story.at_sheet("t2", FIRST, "1.1")
    expect(sheet.get_by_text("Văn bản gửi báo cáo tháng 9 kèm theo")).to_be_visible()
    grid = story.at_grid("t2", "1.1")
    grid.get_by_role("row").filter(has_text=FIRST).get_by_role("link", name=FIRST).focus()
    grid.keyboard.press("s")
    grid.get_by_label("Đã làm").fill("8")
    grid.get_by_label("Lý do trừ điểm, lý do").fill("Công nhận báo cáo tháng 9")
    send(grid)
    expect(grid.get_by_role("row").filter(has_text=FIRST)).to_contain_text("Công nhận báo cáo tháng 9")


def put_to_the_vote(story: Story, unit: str, criterion: str, what: str, reason: str) -> None:
    """The secretary puts it, members vote, the secretary concludes."""
    secretary = story.at_item("tk", unit, criterion)
    go(secretary, "Đưa ra biểu quyết")
    secretary.get_by_role("radio", name=what).check()
    secretary.get_by_label("Lý do").fill(reason)
    expect(secretary.locator(".effect")).to_contain_text("Điểm tự chấm")
    check_accessibility(secretary)
    send(secretary, "Đưa ra biểu quyết")
    for code, vote in (("ct", "Tán thành"), ("tv", "Tán thành"), ("tk", "Không có ý kiến")):
        member = story.at_item(code, unit, criterion)
        go(member, "Biểu quyết")
        expect(member.locator(".effect")).to_have_text(f"{what}. Lý do: {reason}")
        member.get_by_role("radio", name=vote, exact=True).check()
        check_accessibility(member)
        send(member, "Biểu quyết")
    go(secretary, "Kết luận")
    secretary.get_by_label("Nêu rõ lý do").fill("Đa số tán thành")
    send(secretary, "Kết luận")
    expect(secretary.get_by_text("thông qua").first).to_be_visible()


def deliberate(story: Story) -> None:
    """Slips, a session, two votes, an exclusion: then nothing is open any more."""
    member = story.at_round("tv")
    go(member, "Hội đồng")
    expect(member.get_by_text("Còn 3 nội dung chưa quyết định")).to_be_visible()
    check_accessibility(member)
    for code, opinion in (("tv", "Ý kiến khác"), ("ct", "Đồng ý điểm thẩm định")):
        member = story.at_item(code, FIRST, "1.1")
        go(member, "Ghi ý kiến")
        member.get_by_role("radio", name=opinion).check()
        if code == "tv":
            fill(member, Điểm_đề_nghị="4,5", Lý_do="Đủ văn bản gửi báo cáo")
        send(member)
    expect(member.get_by_role("row").filter(has_text="Phạm Văn Viên")).to_contain_text("Điểm khác: 4,5")
    check_accessibility(member)
    secretary = story.at_round("tk")
    go(secretary, "Hội đồng")
    go(secretary, "Phiên họp mới")
    secretary.get_by_label("Địa điểm").fill("Phòng họp số 2")
    for name in ("Nguyễn Văn Chủ", "Lê Thị Thư", "Phạm Văn Viên"):
        secretary.get_by_role("checkbox", name=name).check()
    check_accessibility(secretary)
    send(secretary)
    put_to_the_vote(story, FIRST, "1.1", "Công nhận điểm tự chấm", "Đã gửi đủ báo cáo")
    put_to_the_vote(story, SECOND, "1.2", "Giữ điểm thẩm định", "Mô hình đã dừng")
    secretary = story.at_round("tk")
    go(secretary, "Không áp dụng")
    secretary.get_by_role("link", name="1.2").click()
    secretary.get_by_role("checkbox", name=FIRST).check()
    secretary.get_by_role("radio", name="Chấp nhận không áp dụng", exact=True).check()
    secretary.get_by_label("Lý do").fill("Tỉnh không giao mô hình cho xã")
    check_accessibility(secretary)
    send(secretary, "Ghi quyết định")
    expect(secretary.get_by_text("Hội đồng đã quyết định mọi tiêu chí không áp dụng")).to_be_visible()


def freeze(story: Story) -> None:
    """One puts the result forward and cannot confirm it; another does."""
    secretary = story.at_round("tk")
    go(secretary, "Kết quả")
    go(secretary, "Đề nghị chốt kết quả")
    send(secretary, "Đề nghị chốt kết quả")
    go(secretary, "Kết quả")
    expect(secretary.get_by_role("link", name="Xác nhận, chốt kết quả")).to_have_count(0)
    chair = story.at_round("ct")
    go(chair, "Kết quả")
    go(chair, "Xác nhận, chốt kết quả")
    chair.get_by_label("Nêu rõ lý do").fill("Hội đồng thống nhất")
    check_accessibility(chair)
    send(chair, "Chốt kết quả")
    expect(chair.get_by_text("Đã chốt kết quả").first).to_be_visible()


def approve(story: Story) -> None:
    """The leader of the province records the decision and makes the result public."""
    leader = story.at_round("ub")
    go(leader, "Kết quả")
    go(leader, "Ghi phê duyệt")
    leader.get_by_label("Số, ký hiệu quyết định").fill("12/QĐ-UBND")
    leader.get_by_label("Ngày quyết định").fill("07/01/2027")
    leader.get_by_label("Người ký").fill("Chủ tịch Nguyễn Văn Duyệt")
    check_accessibility(leader)
    send(leader, "Phê duyệt kết quả")
    leader = story.at_round("ub")
    go(leader, "Kết quả")
    go(leader, "Công bố kết quả")
    check_accessibility(leader)
    send(leader, "Công bố kết quả")
    expect(leader.get_by_role("heading", level=1)).to_contain_text(TITLE)


def remedy(story: Story) -> None:
    """What is weak becomes a task of the commune that is low, which finds it among its tasks."""
    secretary = story.at_round("tk")
    go(secretary, "Điểm đạt, điểm mất")
    check_accessibility(secretary)
    secretary.get_by_role("row").filter(has_text="1.2").get_by_role("link", name="Giao nhiệm vụ").click()
    expect(secretary.get_by_role("checkbox", name=SECOND)).to_be_checked()
    expect(secretary.get_by_role("checkbox", name=FIRST)).not_to_be_checked()
    secretary.get_by_label("Nội dung nhiệm vụ").fill("Khôi phục mô hình “5 tại chỗ”")
    pick(secretary, "Đơn vị theo dõi", "sở nội vụ", "Sở Nội vụ")
    check_accessibility(secretary)
    send(secretary, "Giao nhiệm vụ")
    head = story.at_round("y0")
    go(head, "Nhiệm vụ")
    expect(head.get_by_role("row", name="Khôi phục mô hình")).to_contain_text(SECOND)


def expected_results(tmp_path: Path) -> Results:
    """What the evaluator makes of the same words in a file."""
    file = tmp_path / "ban-cham.csv"
    file.write_text(SAID, encoding="utf-8")
    return evaluate(SMALL, file)


def check_inside(story: Story, expected: Results) -> None:
    """Each criterion of each unit in the matrix, then what it comes to on the page of results and in its workbook."""
    page = story.at_round("tv")
    go(page, "Đơn vị theo tiêu chí")
    check_accessibility(page)
    for unit in (FIRST, SECOND):
        wanted = expected.of(unit, "council")
        cells = page.get_by_role("row").filter(has_text=unit).locator("td")
        totals = [format_number(wanted.points), format_number(wanted.maximum), format_number(wanted.index, decimals=2)]
        leaves = ["–" if leaf.points is None else format_number(leaf.points) for leaf in wanted.leaves]
        expect(cells).to_have_text([*totals, *leaves])
    page = story.at_round("tv")
    go(page, "Kết quả")
    check_accessibility(page)
    for unit in (FIRST, SECOND):
        row = page.get_by_role("row").filter(has_text=unit)
        expect(row.locator("td")).to_have_text(list(shown_inside(expected, unit)))
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải bảng XLSX").click()
    check_workbook(download.value, expected, {"Hạng": "rank", "Điểm cuối cùng": "points", "Chỉ số": "index"})


def shown_inside(expected: Results, unit: str) -> Iterator[str]:
    """Rank, group, points by stage, index and class, as the page of results says them."""
    own, final = expected.of(unit, "self"), expected.of(unit, "council")
    yield from (str(final.rank), "Cấp xã", f"{format_number(own.points)}/{format_number(own.maximum)}")
    for stage in ("document1", "field"):
        yield format_number(expected.of(unit, stage).points)
    yield f"{format_number(final.points)}/{format_number(final.maximum)}"
    yield from (format_number(final.index, decimals=2), final.band.name.vi)


def check_outside(story: Story, expected: Results) -> None:
    """Who is not signed in finds the very numbers from the first page on, in the workbook, and at each unit."""
    reader = story.opened()
    reader.goto(story.site)
    check_accessibility(reader)
    go(reader, "Xem toàn bộ kết quả")
    check_accessibility(reader)
    for unit in (FIRST, SECOND):
        wanted = expected.of(unit, "council")
        row = reader.get_by_role("table", name="Xếp hạng đơn vị").get_by_role("row").filter(has_text=unit)
        points = f"{format_number(wanted.points)} / {format_number(wanted.maximum)}"
        for told in (points, format_number(wanted.index, decimals=2), wanted.band.name.vi):
            expect(row).to_contain_text(told)
        expect(row.locator("td").first).to_have_text(str(wanted.rank))
    with reader.expect_download() as download:
        reader.get_by_role("link", name="Tải bảng XLSX").first.click()
    names = {"Xếp hạng tính lại": "rank", "Điểm thẩm định": "points", "Chỉ số tính lại": "index"}
    check_workbook(download.value, expected, names)
    go(reader, FIRST)
    check_accessibility(reader)
    expect(reader.locator("dl.facts").first).to_contain_text(
        format_number(expected.of(FIRST, "council").index, decimals=2)
    )


def check_workbook(download: Download, expected: Results, columns: Mapping[str, str]) -> None:
    """Each unit's row says what the evaluator says, in the columns of these headings."""
    sheet = openpyxl.load_workbook(BytesIO(download.path().read_bytes()), data_only=True).active
    lines = list(sheet.iter_rows(values_only=True))
    head = next(line for line in lines if "Đơn vị" in line)
    for unit in (FIRST, SECOND):
        line = dict(zip(head, next(line for line in lines if unit in line), strict=True))
        for heading, figure in columns.items():
            wanted = getattr(expected.of(unit, "council"), figure)
            assert Fraction(str(line[heading])) == Fraction(wanted), (unit, heading)


@pytest.mark.requirement(1, 4, 23, 24, 25, 96, 97, 98, 99, 100, 101, 103, 115, 120, 122, 124)
def test_a_whole_round_by_pages_alone(story: Story, tmp_path: Path, page_trouble: Trouble) -> None:
    set_file = tmp_path / "bo-tieu-chi.yaml"
    set_file.write_text(to_yaml(SMALL), encoding="utf-8")
    prepare(story, set_file)
    story.on("fill")
    self_score(story)
    story.on("appraise")
    move_on(story, "Chuyển sang thẩm định", "Thẩm định")
    appraise(story, page_trouble)
    look_on_site(story)
    story.on("explain")
    move_on(story, "Thông báo kết quả thẩm định, mở giải trình", "Đơn vị giải trình")
    explain(story)
    story.on("reappraise")
    move_on(story, "Chuyển sang thẩm định lần 2", "Thẩm định lần 2")
    appraise_again(story)
    story.on("deliberate")
    move_on(story, "Trình Hội đồng", "Hội đồng xem xét")
    deliberate(story)
    freeze(story)
    story.on("approve")
    approve(story)
    story.on("remedy")
    remedy(story)
    expected = expected_results(tmp_path)
    check_inside(story, expected)
    check_outside(story, expected)
