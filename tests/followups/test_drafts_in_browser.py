"""What was typed into a long form outlives the session: on this device, for the same person, until it is saved."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from cchc.followups.models import Directive
from cchc.organizations.actions.accounts import open_account
from tests.factories.clients import PASSWORD
from tests.factories.organizations import TESTER
from tests.followups.conftest import People, people_of_a_province
from tests.followups.test_in_browser import pick
from tests.interface.test_in_browser import PHONE, WIDE
from tests.support.accessibility import check_accessibility
from tests.support.entering import enter

FORM = "/van-ban-chi-dao/them/tinh/"
TITLE = "Chấn chỉnh tình trạng giải quyết thủ tục hành chính quá hạn"
KEPT = "Bản nháp lưu trên máy này lúc"
OFFER = "Có bản nháp chưa lưu lúc"
DRAFTS = "() => Object.keys(localStorage).filter(key => key.startsWith('cchc-draft:')).length"
# Changes the one draft on the device: a function of the draft.
CHANGE = """(change) => {
  const key = Object.keys(localStorage).find(key => key.startsWith('cchc-draft:'));
  const draft = JSON.parse(localStorage.getItem(key));
  if (change === 'old') draft.at -= 8 * 24 * 3600 * 1000;
  if (change === 'younger') draft.at -= 6 * 24 * 3600 * 1000;
  if (change === 'meanwhile') draft.fields.title.was = ['Trích yếu trước đó'];
  localStorage.setItem(key, JSON.stringify(draft));
}"""


@pytest.fixture
def people(live_site: str) -> People:
    """Two who issue directives of the province at one computer."""
    people = people_of_a_province()
    for person in (people.officer, people.office_head):
        given = {"official": person, "username": f"{person.code}.ten", "password": PASSWORD}
        open_account(actor=TESTER, now=datetime.now(UTC), **given)
    return people


def sign_in(page: Page, code: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(f"{code}.ten")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator(".acting")).to_be_visible()


def sign_out(page: Page, site: str) -> None:
    page.goto(f"{site}/tai-khoan/")
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.locator(".acting")).to_have_count(0)


def write(page: Page, address: str) -> None:
    """Half a directive, then a pause."""
    page.goto(address)
    page.get_by_label("Trích yếu").fill(TITLE)
    page.get_by_label("Nơi nhận đăng tải").check()
    pick(page, "và các đơn vị này", "hai", "xã Hai")
    expect(page.locator("form .is-kept")).to_contain_text(KEPT)


def expect_written(page: Page) -> None:
    expect(page.get_by_label("Trích yếu")).to_have_value(TITLE)
    expect(page.get_by_label("Nơi nhận đăng tải")).to_be_checked()
    expect(page.locator("[data-many=units]").get_by_label("xã Hai")).to_be_checked()


@pytest.mark.long
def test_a_session_that_ends_takes_no_text_with_it(page: Page, page_trouble, live_site: str, people: People) -> None:
    page_trouble.expect("403")
    page_trouble.expect("422")
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    enter(page, live_site, people.officer.code)
    write(page, live_site + FORM)
    Session.objects.all().delete()
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Nội dung đã nhập được giữ trên máy này")).to_be_visible()

    page.get_by_role("link", name="Đăng nhập").last.click()
    sign_in(page, people.office_head.code)
    expect(page).to_have_url(live_site + FORM)
    expect(page.get_by_label("Trích yếu")).to_have_value("")
    expect(page.locator("form [data-draft-bar]")).to_have_count(0)
    sign_out(page, live_site)

    page.goto(f"{live_site}/dang-nhap/?next={FORM}")
    sign_in(page, people.officer.code)
    offer = page.locator("form [data-draft-bar]")
    expect(offer).to_contain_text(OFFER)
    expect(page.locator("form [role=status]").last).to_contain_text(OFFER)
    expect(page.get_by_label("Trích yếu")).to_have_value("")
    check_accessibility(page)
    offer.get_by_role("button", name="Khôi phục").click()
    expect_written(page)
    expect(page.get_by_label("Trích yếu")).to_be_focused()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_label("Trích yếu")).to_have_value("")
    page.get_by_role("button", name="Khôi phục").click()
    expect_written(page)

    page.get_by_label("Số, ký hiệu").fill("2624/UBND-TTHCC")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()  # the day is missing
    expect(page.get_by_text(OFFER)).to_have_count(0)
    expect_written(page)
    page.get_by_label("Ngày văn bản").fill(f"{localdate():%d/%m/%Y}")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã lưu")).to_be_visible()
    assert Directive.objects.get().title == TITLE
    assert page.evaluate(DRAFTS) == 0
    page.goto(live_site + FORM)
    expect(page.get_by_label("Trích yếu")).to_have_value("")
    expect(page.locator("form [data-draft-bar]")).to_have_count(0)


@pytest.mark.long
def test_a_draft_is_offered_and_never_put_back_unasked(page: Page, live_site: str, people: People) -> None:
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    enter(page, live_site, people.officer.code)
    write(page, live_site + FORM)
    page.evaluate(CHANGE, "meanwhile")
    page.goto(f"{live_site}/en{FORM}")  # the same form
    expect(page.get_by_text("What stands here was changed since")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    check_accessibility(page)
    page.get_by_role("button", name="Discard it").click()
    assert page.evaluate(DRAFTS) == 0
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    page.evaluate(CHANGE, "younger")
    page.goto(live_site + FORM)
    expect(page.get_by_role("button", name="Khôi phục")).to_be_visible()
    page.evaluate(CHANGE, "old")
    page.reload()
    expect(page.get_by_label("Trích yếu")).to_have_value("")
    expect(page.locator("form [data-draft-bar]")).to_have_count(0)
    assert page.evaluate(DRAFTS) == 0

    page.get_by_label("Số, ký hiệu").fill("2625")
    expect(page.locator("form .is-kept")).to_contain_text(KEPT)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    page.get_by_label("Số, ký hiệu").fill("2626")
    expect(page.locator("form .is-failed")).to_be_visible()
    expect(page.locator("form .is-kept")).to_have_count(0)
    sign_out(page, live_site)
    assert page.evaluate(DRAFTS) == 0
    page.goto(f"{live_site}/dang-nhap/?next={FORM}")
    sign_in(page, people.officer.code)
    expect(page.get_by_label("Số, ký hiệu")).to_have_value("")
    expect(page.locator("form [data-draft-bar]")).to_have_count(0)
