"""Desk, lists and search by keyboard alone, and the pages of units, people and histories in every dress."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import BrowserContext, Page, expect

from cchc.organizations.actions.rights import delegate
from cchc.organizations.actions.units import give_supervision, reorganize
from cchc.organizations.models import Official
from cchc.records.sources import Source
from tests.factories.organizations import BY_TESTS, LONG_AGO, TESTER, grant, official, unit
from tests.support.accessibility import check_accessibility
from tests.support.entering import enter

DECISION = Source("Nghị quyết 1677/NQ-UBTVQH15")


@pytest.fixture
def site(live_site: str, page: Page) -> str:
    """Signed in as an administrator with two delegations at hand, over a province that has seen a merger."""
    now, today = datetime.now(UTC), localdate()
    province = unit("tinh", name="tỉnh Ẵng Mẫu")
    one, two = (unit(f"xa-{name}", province, "commune", f"xã Ẵng {name.title()}") for name in ("cang", "to"))
    office = unit("phong", one, name="Phòng Kinh tế")
    hoa = official("hoa", "Nguyễn Thị Hoa", province, is_head=True)
    grant(hoa, "administrator", province, covers_subtree=True)
    for number, name in enumerate(("Lò Văn Ẵng", "Trần Văn Dũng")):
        person = official(f"cb{number}", name, office)
        days = {"starts_on": today, "ends_on": today + timedelta(days=number)}
        delegate(actor=TESTER, now=now, principal=person, deputy=hoa, reason="Họp", **days)
    into = {"successors": [one], "effective_on": today, "source": DECISION}
    reorganize(**BY_TESTS, kind="merger", predecessors=[two, one], **into)
    give_supervision(**BY_TESTS, supervisor=province, unit=office, source=DECISION, starts_on=LONG_AGO)
    enter(page, live_site, hoa.code)
    return live_site


def press(page: Page, key: str) -> None:
    """On a page whose scripts have run."""
    page.wait_for_load_state("load")
    page.keyboard.press(key)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.innerText.trim()")


@pytest.mark.requirement(74)
@pytest.mark.long
def test_desk_list_and_search_by_keys_of_one_letter(site: str, page: Page) -> None:
    page.goto(f"{site}/ban-lam-viec/")
    for key, words in (("k", "Lò Văn Ẵng"), ("j", "Trần Văn Dũng"), ("j", "Trần Văn Dũng"), ("k", "Lò Văn Ẵng")):
        page.keyboard.press(key)
        assert words in focused(page), key
    for held in ("Control+j", "Alt+j", "Meta+j"):
        page.keyboard.press(held)
        assert "Lò Văn Ẵng" in focused(page), "keys of the browser stay its own"
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/tai-khoan/")

    press(page, "/")
    page.keyboard.type("jk? ang/")
    box = page.get_by_role("searchbox", name="Tìm đơn vị, người, nhiệm vụ, văn bản")
    expect(box).to_have_value("jk? ang/")
    expect(page.get_by_role("dialog")).to_have_count(0)
    box.fill("ang")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ang")
    press(page, "j")
    assert focused(page) == "tỉnh Ẵng Mẫu"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("tỉnh Ẵng Mẫu")

    page.goto(f"{site}/don-vi/?tim=ang")
    kind = page.get_by_label("Loại")
    kind.focus()
    page.keyboard.press("j")
    expect(kind).to_be_focused()
    kind.blur()
    page.keyboard.press("j")
    assert focused(page) == page.get_by_role("rowheader").first.inner_text().strip()


@pytest.mark.long
def test_the_keys_are_told_and_can_be_switched_off(site: str, page: Page) -> None:
    page.goto(f"{site}/ban-lam-viec/")
    page.keyboard.press("j")
    page.keyboard.press("?")
    told = page.get_by_role("dialog", name="Phím tắt một chữ cái")
    expect(told).to_be_visible()
    check_accessibility(page)
    page.keyboard.press("j")
    assert told.evaluate("dialog => dialog.contains(document.activeElement)"), "the page behind stays where it is"
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    assert "Lò Văn Ẵng" in focused(page), "back to the line one was on"
    page.get_by_role("button", name="Phím tắt").click()
    told.get_by_role("button", name="Tắt", exact=True).click()
    expect(told.get_by_role("button", name="Tắt", exact=True)).to_have_attribute("aria-pressed", "true")
    told.get_by_role("button", name="Đóng").click()
    for address in ("/ban-lam-viec/", "/don-vi/"):
        for key in ("j", "/", "?"):
            page.keyboard.press(key)
            assert page.evaluate("!['A', 'INPUT'].includes(document.activeElement.tagName)"), key
        expect(told).to_be_hidden()
        page.goto(site + address)


PAGES = (
    "/ban-lam-viec/", "/tim/?q=ang", "/don-vi/", "/don-vi/?tim=ang", "/don-vi/tinh/", "/don-vi/xa-to/",
    "/don-vi/phong/", "/don-vi/xa-cang/nhap-vao/", "/can-bo/", "/can-bo/cb1/", "/tep/", "/thong-bao/",
    "/nhat-ky/organizations.Unit/{unit}/",
)  # fmt: skip


@pytest.mark.requirement(74)
@pytest.mark.parametrize(
    ("language", "size", "look"),
    [("", (390, 844), {"text": "a+", "contrast": "normal"}), ("/en", (1280, 900), {"text": "a", "contrast": "high"})],
    ids=["phone-larger", "wide-high"],
)
@pytest.mark.crossing
@pytest.mark.parametrize("address", PAGES)
def test_pages_of_units_people_and_histories_in_every_dress(
    site: str, page: Page, browser_context: BrowserContext, language: str, size: tuple[int, int],
    look: dict[str, str], address: str,
) -> None:  # fmt: skip
    page.set_viewport_size({"width": size[0], "height": size[1]})
    browser_context.add_cookies([{"name": f"cchc_{n}", "value": v, "url": site} for n, v in look.items()])
    key = Official.objects.get(code="hoa").postings.get().unit_id
    page.goto(site + language + address.format(unit=key))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    check_accessibility(page)
