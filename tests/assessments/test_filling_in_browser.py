"""Nothing that was typed into a sheet is lost: not offline, not when the session is over, not in two tabs."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from cchc.assessments.models import Answer, Sheet
from cchc.scoring import load
from tests.assessments.conftest import Council, council_of_a_province, sheets_of
from tests.factories.assessments import SET, begun
from tests.factories.files import cited, stored
from tests.files.samples import pdf
from tests.interface.test_in_browser import PHONE, WIDE
from tests.support.accessibility import check_accessibility
from tests.support.entering import enter

pytestmark = pytest.mark.long
DONE, PLANNED, NOTE = "Đã làm", "Phải làm", "Ghi chú, giải thích"
DRAFTS = "() => Object.keys(localStorage).filter(key => key.startsWith('cchc-draft:')).length"


@dataclass(frozen=True)
class Filling:
    """A sheet that is being filled in, and who does."""

    council: Council
    sheet: Sheet
    address: str


@pytest.fixture
def filling(live_site: str) -> Filling:
    council = council_of_a_province()
    round_ = begun(council.province, dict.fromkeys((council.first, council.second), "Cấp xã"))
    sheet = sheets_of(round_)[0]
    return Filling(council, sheet, f"{live_site}/dot-cham/ban/{sheet.pk}/?tc=1.1")


def said(filling: Filling, code: str = "1.1") -> Answer:
    return Answer.objects.get(sheet=filling.sheet, criterion=code, stage="self")


def fill(page: Page, done: str, planned: str = "10") -> None:
    page.get_by_label(DONE).fill(done)
    page.get_by_label(PLANNED).fill(planned)


def expect_state(page: Page, words: str) -> None:
    expect(page.locator("#save-state")).to_contain_text(words, timeout=15_000)


@pytest.mark.requirement(98, 100, 103)
def test_points_come_while_typing_and_it_saves_itself(page: Page, live_site: str, filling: Filling) -> None:
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    enter(page, live_site, filling.council.officer.code)
    page.goto(filling.address)
    fill(page, "9")
    expect(page.locator("#points")).to_contain_text("4,5")
    expect_state(page, "Đã lưu")
    assert said(filling).said == {"done": "9", "planned": "10"}
    expect(page.locator("#outline [aria-current]")).to_contain_text("4,5/5")
    assert page.evaluate(DRAFTS) == 0
    page.get_by_label(NOTE).fill("Báo cáo 12")
    expect(page.locator("#sheet-progress")).to_contain_text("1/2")
    assert said(filling).note == "Báo cáo 12"
    check_accessibility(page)
    page.get_by_label(DONE).press("Enter")
    expect(page.locator("h2#criterion")).to_contain_text("1.2")
    expect(page.get_by_label("Có", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Control+ArrowDown")
    expect(page.locator("#sheet-progress")).to_contain_text("2/2")
    assert said(filling, "1.2").said == {"answer": "yes"}
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    expect(page.locator("#outline")).to_be_hidden()
    page.get_by_text("Tiêu chí", exact=False).locator("xpath=ancestor-or-self::summary").first.click()
    expect(page.locator("#outline")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_what_cannot_be_read_is_refused_at_its_field_while_typing(
    page: Page, page_trouble, live_site: str, filling: Filling
) -> None:
    page_trouble.expect("422")
    enter(page, live_site, filling.council.officer.code)
    page.goto(filling.address)
    fill(page, "chín")
    expect_state(page, "Chưa lưu:")
    expect(page.locator("#id_so_done_error")).to_be_visible()
    fill(page, "9")
    expect_state(page, "Đã lưu")
    expect(page.locator("#id_so_done_error")).to_have_count(0)


@pytest.mark.requirement(103)
def test_a_gap_in_the_network_takes_nothing(page: Page, page_trouble, live_site: str, filling: Filling) -> None:
    page_trouble.expect("ERR_INTERNET_DISCONNECTED")
    page_trouble.expect("htmx:")
    enter(page, live_site, filling.council.officer.code)
    page.goto(filling.address)
    page.get_by_label(DONE).fill("9")
    page.context.set_offline(True)
    page.get_by_label(PLANNED).fill("10")
    page.get_by_label(NOTE).fill("Nhập khi mất mạng")
    expect_state(page, "Chưa gửi: lưu trên máy này")
    assert page.evaluate(DRAFTS) == 1
    page.get_by_label(NOTE).fill("Nhập khi mất mạng, rồi nhập tiếp")
    page.context.set_offline(False)
    expect_state(page, "Đã lưu")
    kept = said(filling)
    assert (kept.said, kept.note) == ({"done": "9", "planned": "10"}, "Nhập khi mất mạng, rồi nhập tiếp")
    assert page.evaluate(DRAFTS) == 0


@pytest.mark.requirement(103)
def test_a_session_that_ends_takes_nothing(page: Page, page_trouble, live_site: str, filling: Filling) -> None:
    page_trouble.expect("404")
    page_trouble.expect("403")
    enter(page, live_site, filling.council.officer.code)
    page.goto(filling.address)
    Session.objects.all().delete()
    fill(page, "9")
    expect_state(page, "đăng nhập lại")
    assert said(filling).version == 0
    assert page.evaluate(DRAFTS) == 1
    expect(page.get_by_label(DONE)).to_have_value("9")

    enter(page, live_site, filling.council.officer.code)
    page.goto(filling.address)
    expect(page.get_by_label(DONE)).to_have_value("")
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.get_by_label(DONE)).to_have_value("9")
    expect_state(page, "Đã lưu")
    assert said(filling).said == {"done": "9", "planned": "10"}


@pytest.mark.requirement(103)
def test_two_tabs_show_both_values_and_overwrite_nothing(
    page: Page, browser_context, page_trouble, live_site: str, filling: Filling
) -> None:
    page_trouble.expect("409")
    enter(page, live_site, filling.council.officer.code)
    other = browser_context.new_page()
    page.goto(filling.address)
    other.goto(filling.address)
    fill(page, "9")
    expect_state(page, "Đã lưu")
    fill(other, "8")
    expect_state(other, "người khác vừa ghi")
    expect(other.locator("#conflict")).to_contain_text("Chưa ghi đè", ignore_case=True)
    expect(other.get_by_label(DONE)).to_have_value("8")
    assert said(filling).said["done"] == "9"
    other.get_by_role("button", name="Lưu", exact=True).click()
    expect(other.locator("#conflict")).to_be_empty()
    assert said(filling).said["done"] == "8"


def test_a_long_outline_scrolls_in_its_box_to_what_is_open(page: Page, live_site: str) -> None:
    council = council_of_a_province()
    round_ = begun(council.province, {council.first: "Cấp xã"}, load(SET))
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    enter(page, live_site, council.officer.code)
    page.goto(f"{live_site}/dot-cham/ban/{sheets_of(round_)[0].pk}/?tc=7.3.1")
    expect(page.locator("#outline [aria-current]")).to_be_in_viewport()
    ends = (
        "document.documentElement.scrollHeight - document.querySelector('.site-footer').getBoundingClientRect().bottom"
    )
    assert page.evaluate(f"{ends} - scrollY") <= 2, "nothing stands below the foot of the page"


def test_an_open_file_stands_beside_the_fields_and_below_them_on_a_phone(
    page: Page, live_site: str, filling: Filling
) -> None:
    file = stored(pdf(2), works_in=filling.council.first, by=filling.council.officer)
    cited(file, ("assessments.Answer", said(filling).pk))
    enter(page, live_site, filling.council.officer.code)
    for size, is_beside in ((WIDE, True), (PHONE, False)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(filling.address)
        page.get_by_role("link", name="Xem bao-cao.pdf tại đây").click()
        fields, viewer = page.locator(".figures-box").bounding_box(), page.locator(".viewer").bounding_box()
        assert fields is not None and viewer is not None
        assert (viewer["x"] > fields["x"] + fields["width"]) is is_beside
        assert (viewer["y"] > fields["y"] + fields["height"]) is not is_beside
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
