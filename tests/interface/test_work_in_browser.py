"""Matrices by keyboard, evidence, jobs and paper in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.interface.test_in_browser import PHONE, WIDE, look
from tests.support.accessibility import check_accessibility

A4_LANDSCAPE, A5 = (842, 595), (420, 595)  # points

# Of the cell in focus: its ring, whether the ground shows inside it, whether it stands clear of the unit's name.
FOCUS = """() => {
  const cell = document.activeElement, style = getComputedStyle(cell);
  const name = cell.closest('tr').cells[0].getBoundingClientRect();
  return [style.outlineStyle, style.boxShadow !== 'none', cell.getBoundingClientRect().left >= name.right - 1];
}"""


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent.trim()")


def test_arrow_keys_move_in_a_matrix_and_tab_leaves_it(page, live_site):
    look(page, live_site, "/thanh-phan/", WIDE)
    grid = page.get_by_role("grid")
    assert grid.evaluate("grid => [...grid.querySelectorAll('*')].filter(e => e.tabIndex >= 0).length") == 1
    grid.get_by_role("link", name="Xã Mẫu Một").focus()
    for key, words in [
        ("ArrowRight", "95"), ("ArrowDown", "90"), ("End", "19"), ("ArrowRight", "19"), ("ArrowLeft", "85"),
        ("Control+End", "–"), ("ArrowDown", "–"), ("Control+Home", "Đơn vị"), ("ArrowRight", "TC 1"),
        ("ArrowDown", "95"),
    ]:  # fmt: skip
        page.keyboard.press(key)
        assert focused(page) == words, key
    page.keyboard.press("Tab")
    assert not page.evaluate("Boolean(document.activeElement.closest('[data-grid]'))")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "95"


def test_the_focus_is_seen_on_every_step_and_never_under_the_unit_s_name(page, live_site):
    look(page, live_site, "/thanh-phan/", PHONE)
    page.get_by_role("grid").get_by_role("link", name="Xã Mẫu Một").focus()
    for contrast in ("normal", "high"):
        page.evaluate("contrast => { document.documentElement.dataset.contrast = contrast; }", contrast)
        page.keyboard.press("End")
        for _ in range(7):
            page.keyboard.press("ArrowLeft")
            assert page.evaluate(FOCUS) == ["solid", True, True]


@pytest.mark.long
def test_the_colour_of_a_matrix_can_be_off_and_without_javascript_all_is_there(browser, live_site):
    with browser.new_context(java_script_enabled=False, locale="vi-VN") as context:
        page = context.new_page()
        page.goto(f"{live_site}/thanh-phan/")
        cell = page.locator(".matrix td.heat-5").first
        expect(cell).to_have_css("background-color", "rgb(10, 63, 124)")
        page.get_by_label("Tô màu theo mức").uncheck()
        expect(cell).to_have_css("background-color", "rgb(255, 255, 255)")
        expect(cell).to_have_css("color", "rgb(20, 32, 46)")
        page.locator("#evidence-ready").get_by_role("link", name="Trang sau").click()
        expect(page.locator("#evidence-ready")).to_contain_text("trang 2/2")
        page.locator("#evidence-ready").get_by_role("link", name="Phóng to").click()
        image = page.locator("#evidence-ready").get_by_role("img", name="BC-45-mau.pdf, trang 2 trên 2")
        expect(image).to_have_class("zoom-150")
        expect(page.get_by_role("button", name="In", exact=True)).to_have_count(0)


@pytest.mark.long
def test_a_job_goes_on_by_itself_and_is_announced_once_per_tenth(page, live_site):
    look(page, live_site, "/thanh-phan/?done=96", WIDE)
    said = page.locator("#job-run-said")
    expect(said).to_have_text("Đã xong 30 %")
    said.evaluate(
        """said => {
          window.heard = [];
          new MutationObserver(() => window.heard.push(said.textContent)).observe(said, {childList: true});
        }"""
    )
    expect(page.locator("#job-run")).to_contain_text("105/250")
    fetch = "done => htmx.ajax('GET', `?done=${done}`, {target: '#job-run', select: '#job-run', swap: 'outerHTML'})"
    for done, words in [(110, "Đã xong 40 %"), (124, "Đã xong 40 %"), (126, "Đã xong 50 %"), (250, "Đã xong")]:
        page.evaluate(fetch, done)
        expect(page.locator("#job-run")).to_contain_text(f"{done}/250")
        expect(said).to_have_text(words)
    assert page.evaluate("window.heard") == ["Đã xong 40 %", "Đã xong 50 %", "Đã xong"]


@pytest.mark.parametrize("address", ["/thanh-phan/phieu/", "/en/thanh-phan/danh-sach/"])
def test_printed_forms_are_accessible_on_the_screen(page, live_site, address):
    look(page, live_site, address, WIDE, contrast="high")
    check_accessibility(page)
    look(page, live_site, address, PHONE, text="a+")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    check_accessibility(page)


@pytest.mark.parametrize(
    ("address", "size", "sheets"), [("/thanh-phan/phieu/", A5, 1), ("/thanh-phan/danh-sach/", A4_LANDSCAPE, 3)]
)
def test_forms_are_printed_on_their_own_paper(page, live_site, address, size, sheets):
    look(page, live_site, address, WIDE, text="a+", contrast="high")
    printed = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", printed)
    assert [(round(float(x)), round(float(y))) for x, y in boxes] == [size] * sheets
    page.emulate_media(media="print")
    expect(page.locator(".site-header, .print-head, .page-title").filter(visible=True)).to_have_count(0)
    expect(page.locator(".paper")).to_have_css("color", "rgb(0, 0, 0)")
