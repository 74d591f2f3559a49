"""Visitors on the public pages, in a real browser: reading, filtering, downloading, trying a criterion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cchc.demo.loading import load_shipped_rounds, shipped_round
from cchc.scoring.published import check_table
from cchc.tables.reading import read_path
from tests.factories import rounds
from tests.support.accessibility import check_accessibility
from tests.support.browser import Trouble

KON_RAY = "/ket-qua/kon-ray-2022/"
PAGES = (
    "/", "/ket-qua/", KON_RAY, f"{KON_RAY}?tim=khong-co", f"{KON_RAY}ubnd-xa-tan-lap/", "/bo-tieu-chi/",
    "/bo-tieu-chi/tt01-2018/", "/bo-tieu-chi/tt01-2018/1/?tinh-thu=1&shorter=3&equal=x",
    "/bo-tieu-chi/sample-commune-2026/1.2.5/?tinh-thu=1", "/ket-qua/khong-co/",
)  # fmt: skip


@pytest.fixture
def site(live_site: str) -> str:
    """The site with the shipped round."""
    load_shipped_rounds(rounds.NOW)
    return live_site


def _fits(page: Page) -> bool:
    """Whether nothing sticks out at the side."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.requirement(98, 99, 104, 122)
def test_a_visitor_finds_the_misprint_and_follows_it(site: str, page: Page) -> None:
    page.goto(site)
    ranking = page.get_by_role("region", name="Xếp hạng đơn vị")
    expect(ranking.locator("tbody tr")).to_have_count(7)
    row = ranking.get_by_role("row", name="Đăk Pnê")
    expect(row).to_contain_text("84,71")
    expect(row).to_contain_text("in 84,41")
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("UBND xã Đăk Pnê")
    expect(page.locator("main")).to_contain_text("79,63 ÷ 94 × 100 = 84,7127…")
    check_accessibility(page)


@pytest.mark.long
def test_filters_work_without_a_reload_and_stay_in_the_address(site: str, page: Page) -> None:
    page.goto(site + KON_RAY)
    page.evaluate("window.sameDocument = true")
    page.get_by_label("Tìm đơn vị").fill("dak")
    page.get_by_role("button", name="Lọc").click()
    expect(page.get_by_role("status").first).to_have_text("6 đơn vị")
    assert "tim=dak" in page.url and page.evaluate("window.sameDocument") is True
    page.get_by_label("Xếp theo").select_option(label="Tên")
    first = page.get_by_role("region", name="Xếp hạng đơn vị").locator("tbody tr").first
    expect(first).to_contain_text("Đăk Rve")
    page.reload()
    expect(page.get_by_label("Tìm đơn vị")).to_have_value("dak")
    expect(first).to_contain_text("Đăk Rve")
    page.locator(".filter-line").get_by_role("link", name=re.compile("dak")).click()
    expect(page.get_by_role("status").first).to_have_text("7 đơn vị")


@pytest.mark.requirement(126)
def test_a_download_opens_again_with_the_same_figures(site: str, page: Page, tmp_path: Path) -> None:
    page.goto(site + KON_RAY)
    with page.expect_download() as caught:
        page.get_by_role("link", name="Tải bảng XLSX").first.click()
    assert caught.value.suggested_filename == "kon-ray-2022.xlsx"
    target = tmp_path / caught.value.suggested_filename
    caught.value.save_as(target)
    again, original = check_table(read_path(target)), check_table(shipped_round("kon-ray-2022")[1])
    assert {(row.unit, row.computed, row.disagree) for row in again.rows} == {
        (row.unit, row.computed, row.disagree) for row in original.rows
    }


@pytest.mark.long
def test_a_criterion_is_scored_while_typing_and_keeps_what_was_typed(site: str, page: Page) -> None:
    page.goto(f"{site}/bo-tieu-chi/tt01-2018/1/")
    fields = page.locator("main form input[type=text]")
    for field, figure in zip(fields.all(), ("3", "1", "2"), strict=True):
        field.fill(figure)
    expect(page.locator("#trial-result")).to_contain_text("1,2")
    check_accessibility(page)
    fields.first.fill("ba")
    expect(page.locator("#trial-result")).to_contain_text("“ba” không phải là số đếm.")
    page.get_by_role("button", name="Tính điểm").click()
    expect(page.get_by_role("alert")).to_contain_text("“ba” không phải là số đếm.")
    expect(fields.first).to_have_value("ba")
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(fields.first).to_be_focused()


def test_who_is_quicker_than_the_script_keeps_the_focus(site: str, page: Page) -> None:
    page.add_init_script(
        """new MutationObserver((_, watcher) => {
          const link = document.querySelector("[data-focus] a");
          if (link) { link.focus(); watcher.disconnect(); }
        }).observe(document, { childList: true, subtree: true });"""
    )
    page.goto(f"{site}/bo-tieu-chi/tt01-2018/1/?tinh-thu=1&shorter=ba")
    expect(page.get_by_role("alert").get_by_role("link").first).to_be_focused()


def test_an_error_summary_is_gone_to_by_itself(site: str, page: Page) -> None:
    page.goto(f"{site}/bo-tieu-chi/tt01-2018/1/?tinh-thu=1&shorter=ba")
    expect(page.get_by_role("alert")).to_be_focused()


def test_a_criteria_set_is_read_from_top_to_bottom_in_columns_that_agree(site: str, page: Page) -> None:
    page.goto(f"{site}/bo-tieu-chi/sample-commune-2026/")
    boxes = page.locator(".table-box").evaluate_all(
        """boxes => boxes.map(box => [box.scrollHeight - box.clientHeight,
          ...[...box.querySelectorAll("thead th")].map(head => Math.round(head.getBoundingClientRect().left))])"""
    )
    assert len(boxes) == 8
    assert all(hidden <= 1 for hidden, *_ in boxes)
    assert len({tuple(columns) for _, *columns in boxes}) == 1


def test_on_paper_a_table_never_leaves_its_head_behind(site: str, page: Page) -> None:
    """Chromium offers no look at its sheets but the file, so what it obeys is asserted."""
    page.emulate_media(media="print")
    page.goto(site + KON_RAY)
    expect(page.locator("thead").first).to_have_css("break-after", "avoid")
    expect(page.locator("tbody tr").first).to_have_css("break-before", "avoid")


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_everything_works_without_javascript(site: str, plain_page: Page) -> None:
    plain_page.goto(f"{site}{KON_RAY}?xep=ten")
    plain_page.locator("#loc-tim").fill("pne")
    plain_page.locator("form.filters button").click()
    expect(plain_page.locator("#results tbody").first.locator("tr")).to_have_count(1)
    plain_page.goto(f"{site}/bo-tieu-chi/tt01-2018/1/")
    for name in ("shorter", "equal", "longer"):
        plain_page.locator(f"#thu-{name}").fill("1")
    plain_page.locator("main form button").click()
    expect(plain_page.locator("#trial-result")).to_contain_text("1 / 2")


@pytest.mark.requirement(74)
@pytest.mark.crossing
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_accessible_as_it_comes(site: str, page: Page, page_trouble: Trouble, address: str) -> None:
    page_trouble.expect("404")
    page.goto(site + address)
    check_accessibility(page)


@pytest.mark.requirement(74)
@pytest.mark.crossing
@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_accessible_large_high_in_contrast_and_narrow(
    site: str, browser_context: BrowserContext, page: Page, page_trouble: Trouble, address: str, language: str
) -> None:
    page_trouble.expect("404")
    cookies = {"cchc_text": "a+", "cchc_contrast": "high"}
    browser_context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(site + language + address)
    assert page.locator("html").get_attribute("data-contrast") == "high"
    assert _fits(page)
    check_accessibility(page)


@pytest.mark.requirement(74)
def test_the_keyboard_reaches_everything_in_order(site: str, page: Page) -> None:
    page.goto(site + KON_RAY)
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
            .filter(e => e.type !== "hidden" && e.checkVisibility()).length"""
    )
    reached, places = 0, []
    for _ in range(wanted + 2):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return null;
              const s = getComputedStyle(e), r = e.getBoundingClientRect();
              return [r.width > 0 && r.bottom > 0 && r.top < innerHeight, s.outlineStyle !== "none"]; }"""
        )
        if seen is None:
            break
        places.append(seen)
        reached += 1
    assert reached == wanted
    assert all(is_shown and is_marked for is_shown, is_marked in places)


@pytest.mark.requirement(74)
def test_text_size_and_contrast_are_kept_from_page_to_page(site: str, page: Page) -> None:
    page.goto(site)
    page.get_by_role("button", name="Cỡ chữ lớn").or_(page.locator("button[value='a+']")).click()
    expect(page.locator("html")).to_have_attribute("data-text", "a+")
    page.get_by_role("link", name="Bộ tiêu chí").first.click()
    expect(page.locator("html")).to_have_attribute("data-text", "a+")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{site}/en/bo-tieu-chi/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Criteria sets")
