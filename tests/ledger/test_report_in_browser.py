"""The page as Chromium shows it: accessible in both languages and in high contrast, whole on a phone, no script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from cchc.records.text import LANGUAGES
from tests.ledger.test_report import LOG, reported
from tests.support.accessibility import check_accessibility

ADDRESS = "http://127.0.0.1/report.html"
Show = Callable[..., None]


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The page in each language; a dossier's name tries to run a script."""
    rows = LOG.replace("\nD,", "\n<script>console.error('ran')</script>,")
    made = {}
    for language in LANGUAGES:
        output = reported(tmp_path_factory.mktemp(language), rows, language=language).outcome.output
        made[language] = (output / "report.html").read_bytes()
    return made


@pytest.fixture
def show(page: Page, contents: dict[str, bytes]) -> Show:
    def opened(language: str = "vi", width: int = 1280) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        page.route(ADDRESS, lambda route: route.fulfill(body=contents[language], content_type="text/html"))
        page.goto(ADDRESS)

    return opened


@pytest.mark.crossing
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("contrast", ["no-preference", "more"])
def test_it_is_accessible_and_nothing_is_cut_off(page: Page, show: Show, language: str, width: int, contrast: str):
    page.emulate_media(contrast=contrast)
    show(language, width)
    check_accessibility(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("html").get_attribute("lang") == language


def test_a_late_dossier_leads_to_its_course(page: Page, show: Show):
    show()
    page.get_by_role("link", name="B", exact=True).click()
    page.wait_for_url(f"{ADDRESS}#course-1")
    assert page.locator("#course-1").inner_text().startswith("B")


def test_on_paper_it_lies_across_with_numbered_pages(page: Page, show: Show, tmp_path: Path):
    from pypdf import PdfReader

    show()
    page.pdf(path=tmp_path / "p.pdf", prefer_css_page_size=True)
    printed = PdfReader(tmp_path / "p.pdf")
    first = printed.pages[0]
    assert first.mediabox.width > first.mediabox.height
    assert f"1/{len(printed.pages)}" in first.extract_text()
