"""One criterion in all units, by keys: along rows and differences, choose, accept, change, ask; many accepted at once;
two appraisers at one cell, of whom the second is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from cchc.assessments.models import Answer, Sheet
from tests.assessments.conftest import NAMES, Council, council_of_a_province
from tests.factories.assessments import appraising, begun, write
from tests.factories.organizations import NOW, official
from tests.support.accessibility import check_accessibility
from tests.support.browser import Trouble
from tests.support.entering import enter

pytestmark = pytest.mark.long
FIRST, SECOND, THIRD = NAMES
KEYS = (
    ("j", FIRST), ("j", THIRD), ("n", THIRD), ("k", FIRST), ("k", FIRST), ("n", THIRD), ("ArrowDown", THIRD),
    ("ArrowUp", SECOND), ("k", FIRST), ("ArrowUp", FIRST), ("ArrowDown", SECOND),
)  # fmt: skip
"""Differences are in the first row and in the third."""
CHANGE = "Lý do trừ điểm, lý do"


@dataclass(frozen=True)
class Grid:
    """Three communes under appraisal by two appraisers; points of the first and the third are taken away."""

    council: Council
    sheets: list[Sheet]
    address: str


@pytest.fixture
def grid(live_site: str) -> Iterator[Grid]:
    with time_machine.travel(NOW + timedelta(hours=1), tick=True):
        council = council_of_a_province()
        second = official("t2", "Vũ Thị Hai", council.department)
        round_ = begun(council.province, dict.fromkeys((council.first, council.second, council.third), "Cấp xã"))
        sheets = appraising(round_, council.appraiser, second)
        for sheet in (sheets[0], sheets[2]):
            write(sheet, "1.1", "document1", reason="Thiếu hai báo cáo", done="6")
        yield Grid(council, sheets, f"{live_site}/dot-cham/{round_.pk}/")


def at_criterion(page: Page, site: str, grid: Grid, code: str = "td") -> Page:
    enter(page, site, code).goto(f"{grid.address}tieu-chi/1.1/")
    page.wait_for_load_state()  # rows are there before the script that listens
    return page


def row(page: Page, unit: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=unit, exact=True))


def at(page: Page, unit: str) -> Locator:
    return page.get_by_role("link", name=unit, exact=True)


def said(sheet: Sheet, code: str = "1.1") -> Answer:
    return Answer.objects.get(sheet=sheet, criterion=code, stage="document1")


@pytest.mark.requirement(122)
def test_keys_go_along_the_rows_and_do_what_the_row_offers(page: Page, live_site: str, grid: Grid) -> None:
    at_criterion(page, live_site, grid)
    for key, unit in KEYS:
        page.keyboard.press(key)
        expect(at(page, unit)).to_be_focused()
    for is_chosen in (True, False):
        page.keyboard.press("x")
        expect(page.get_by_role("checkbox", name=SECOND)).to_be_checked(checked=is_chosen)
        expect(at(page, SECOND)).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_text("Đã thẩm định 1 bản chấm điểm")).to_be_visible()
    assert said(grid.sheets[1]).version == 1
    page.wait_for_load_state()
    expect(at(page, THIRD)).to_be_focused()
    page.keyboard.press("s")
    reason = page.get_by_label(CHANGE)
    expect(reason).to_have_value("Thiếu hai báo cáo")
    page.wait_for_load_state()
    reason.fill("")
    reason.press_sequentially("Thiếu ba, ngang")  # letters that are keys elsewhere
    page.get_by_label("Đã làm").fill("5")
    check_accessibility(page)
    page.get_by_label("Đã làm").press("Enter")
    expect(row(page, THIRD)).to_contain_text("Thiếu ba, ngang")
    assert said(grid.sheets[2]).said == {"done": "5", "reason": "Thiếu ba, ngang"}
    page.wait_for_load_state()  # the keys are those of the page that has come
    at(page, FIRST).focus()
    page.keyboard.press("g")
    expect(page.get_by_label("Nội dung cần giải trình")).to_be_focused()
    page.go_back()
    page.wait_for_load_state()
    at(page, SECOND).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(SECOND)


def test_the_form_of_a_row_lies_across_the_whole_table_and_over_no_other_row(
    page: Page, live_site: str, grid: Grid
) -> None:
    at_criterion(page, live_site, grid).goto(f"{grid.address}tieu-chi/1.1/?sua={grid.sheets[1].pk}")
    opened, table, below = (
        one.bounding_box() for one in (page.locator("#sua form"), page.get_by_role("table"), row(page, THIRD))
    )
    assert opened and table and below
    assert opened["width"] > table["width"] * 0.9
    assert opened["y"] + opened["height"] <= below["y"]


def test_arrows_move_in_the_table_of_units_by_criteria_and_enter_opens(page: Page, live_site: str, grid: Grid) -> None:
    enter(page, live_site, "td").goto(f"{grid.address}bang/")
    expect(page.get_by_role("grid")).to_be_visible()
    at(page, FIRST).focus()
    for key, words in (("ArrowDown", SECOND), ("ArrowDown", THIRD), ("End", "–"), ("Home", THIRD)):
        page.keyboard.press(key)
        expect(page.locator(":focus")).to_have_text(words)
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.locator(":focus")).to_have_text("3")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(THIRD)
    expect(page.locator("h2#criterion")).to_contain_text("1.1")


@pytest.mark.requirement(122)
def test_many_are_accepted_at_once_and_say_so(page: Page, live_site: str, grid: Grid) -> None:
    at_criterion(page, live_site, grid)
    page.get_by_role("link", name="Tiêu chí sau").click()
    for unit in (FIRST, THIRD):
        box = page.get_by_role("checkbox", name=unit)
        box.focus()
        page.keyboard.press("Space")
        expect(box).to_be_checked()
    page.get_by_role("button", name="Chấp nhận các đơn vị đã chọn").click()
    expect(page.get_by_text("Đã thẩm định 2 bản chấm điểm")).to_be_visible()
    check_accessibility(page)
    assert [said(grid.sheets[place], "1.2").version for place in (0, 2)] == [1, 1]
    assert not Answer.objects.filter(sheet=grid.sheets[1], criterion="1.2", stage="document1").exists()
    page.get_by_role("link", name="chưa thẩm định").click()
    expect(at(page, SECOND)).to_be_visible()
    expect(at(page, FIRST)).to_have_count(0)


@pytest.mark.requirement(125)
def test_whoever_comes_second_at_a_cell_is_told_and_overwrites_nothing(
    page: Page, another_page: Callable[[], Page], page_trouble: Trouble, live_site: str, grid: Grid
) -> None:
    page_trouble.expect("409")
    first, second = at_criterion(page, live_site, grid), at_criterion(another_page(), live_site, grid, "t2")
    for opened in (first, second):
        at(opened, SECOND).focus()
        opened.keyboard.press("s")
        expect(opened.get_by_label(CHANGE)).to_be_visible()
    for opened, done, reason in ((first, "7", "Thiếu một báo cáo"), (second, "5", "Thiếu ba báo cáo")):
        opened.get_by_label("Đã làm").fill(done)
        opened.get_by_label(CHANGE).fill(reason)
        opened.get_by_role("button", name="Lưu", exact=True).click()
    warned = second.locator("#sua")
    for told in ("Giá trị hiện có", "Trần Thị Thẩm", "Thiếu một báo cáo", "Đã làm: 7"):
        expect(warned).to_contain_text(told)
    check_accessibility(second)
    expect(second.get_by_label("Đã làm")).to_have_value("5")
    assert said(grid.sheets[1]).said == {"done": "7", "reason": "Thiếu một báo cáo"}
    second.get_by_role("button", name="Lưu", exact=True).click()
    expect(row(second, SECOND)).to_contain_text("Thiếu ba báo cáo")

    first.get_by_role("checkbox", name=SECOND).check()  # as it stood before the other wrote
    first.get_by_role("checkbox", name=THIRD).check()
    first.get_by_role("button", name="Chấp nhận các đơn vị đã chọn").click()
    told = first.get_by_role("alert").filter(has_text=SECOND)
    expect(told).to_be_focused()
    expect(first.get_by_role("checkbox", name=THIRD)).to_be_checked()
    expect(first.get_by_role("checkbox", name=SECOND)).not_to_be_checked()
    check_accessibility(first)
    assert said(grid.sheets[1]).said == {"done": "5", "reason": "Thiếu ba báo cáo"}
    assert said(grid.sheets[2]).said == {"done": "6", "reason": "Thiếu hai báo cáo"}
