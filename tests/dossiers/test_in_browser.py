"""A one-stop at work in the browser: received by keyboard, taken by key, settled, handed over, looked up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from cchc.dossiers.actions.intake import receive
from cchc.dossiers.models import Dossier
from cchc.organizations.viewers import actor_of
from tests.factories.dossiers import BIRTH, Desk, desk_of_a_commune, intake
from tests.followups.test_in_browser import fits_in_every_dress
from tests.support.accessibility import check_accessibility
from tests.support.entering import enter

PHONE = {"width": 390, "height": 800}
MILLIMETRE = 96 / 25.4
"""In pixels of a page."""


@pytest.fixture
def desk(live_site: str) -> Desk:
    return desk_of_a_commune()


@pytest.fixture
def handed_in(desk: Desk) -> Dossier:
    procedure = desk.procedures[BIRTH]
    return receive(
        actor=actor_of(desk.receiver), now=datetime.now(UTC), unit=desk.commune, procedure=procedure,
        intake=intake(procedure), receiver=desk.receiver,
    )  # fmt: skip


def complete(page: Page, site: str, **typed: str) -> None:
    """The first step of the desk, by its key."""
    page.goto(f"{site}/ho-so/")
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.get_by_role("heading", name="Hoàn thành, chuyển bước")).to_be_visible()
    for label, text in typed.items():
        page.get_by_label(label.replace("_", " ")).fill(text)
    check_accessibility(page)
    page.get_by_role("button", name="Hoàn thành, chuyển bước").click()
    expect(page.get_by_text("Đã thực hiện")).to_be_visible()


def take(page: Page, site: str) -> None:
    page.goto(f"{site}/ho-so/?xem=hang-cho")
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_text("Đã thực hiện")).to_be_visible()


@pytest.mark.requirement(43, 74, 124)
def test_a_dossier_goes_its_whole_way(desk: Desk, live_site: str, signed_in: Callable[[str], Page], page: Page) -> None:
    counter = signed_in("tn1")
    counter.goto(f"{live_site}/ho-so/tiep-nhan/xa-mot/")
    check_accessibility(counter)
    counter.keyboard.type("khai sinh")
    counter.keyboard.press("Enter")
    expect(counter.get_by_label("Chủ hồ sơ", exact=True)).to_be_focused()
    counter.get_by_text("Vì sao ngày này?").click()
    expect(counter.get_by_role("table", name="Từng ngày")).to_be_visible()
    check_accessibility(counter)
    counter.get_by_label("Chủ hồ sơ", exact=True).fill("Y Ẵng Ngọc")
    counter.keyboard.press("Enter")
    expect(counter.get_by_role("heading", level=1, name="Giấy tiếp nhận hồ sơ và hẹn trả kết quả")).to_be_visible()
    check_accessibility(counter)
    dossier = Dossier.objects.select_related("slip").get()
    complete(counter, live_site)
    for code in ("gq1", "ky1"):
        official = signed_in(code)
        take(official, live_site)
        complete(official, live_site)
    take(counter, live_site)
    complete(counter, live_site, Số_văn_bản_kết_quả="12/GKS")
    counter.get_by_role("link", name="Trả kết quả", exact=True).click()
    expect(counter.get_by_label("Người nhận kết quả")).to_have_value("Y Ẵng Ngọc")
    counter.get_by_role("button", name="Trả kết quả").click()
    expect(counter.get_by_text("Đã trả kết quả").first).to_be_visible()
    check_accessibility(counter)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_site}/tra-cuu-ho-so/?ma={dossier.code}&phieu={dossier.slip.token}")
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.get_by_role("status").get_by_text("Đã trả kết quả").first).to_be_visible()
    check_accessibility(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.requirement(43)
def test_the_slip_is_one_sheet_of_a5_with_a_code_that_a_phone_can_read(
    handed_in: Dossier, live_site: str, page: Page
) -> None:
    enter(page, live_site, "tn1")
    page.goto(f"{live_site}/ho-so/{handed_in.pk}/phieu/")
    drawn = page.locator(".slip-code path").evaluate("path => path.getBoundingClientRect().width")
    assert drawn > 20 * MILLIMETRE
    page.emulate_media(media="print")
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 1
    assert [round(float(side)) for side in printed.pages[0].mediabox[2:]] == [420, 595]
    assert handed_in.code in "".join(printed.pages[0].extract_text().split())


@pytest.mark.long
@pytest.mark.requirement(74)
def test_pages_fit_a_phone_in_every_dress(
    handed_in: Dossier, live_site: str, page: Page, browser_context: BrowserContext
) -> None:
    enter(page, live_site, "tn1")
    page.set_viewport_size(PHONE)
    for address in (
        "ho-so/",
        f"ho-so/{handed_in.pk}/",
        f"ho-so/{handed_in.pk}/vi-sao/",
        f"ho-so/{handed_in.pk}/tep/",
        "ho-so/tiep-nhan/xa-mot/MAU-001/",
    ):
        fits_in_every_dress(page, browser_context, live_site, address)
