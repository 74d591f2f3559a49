"""A letter of apology in the browser: drafted by the official, approved by the head, signed by the leader, sent by the
officer; on a phone, too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from cchc.apologies.actions.mistakes import record_mistake
from cchc.apologies.models import Letter
from cchc.dossiers.actions.intake import receive
from cchc.dossiers.actions.working import complete, take_up
from cchc.dossiers.models import Dossier
from cchc.organizations.viewers import actor_of
from tests.factories.dossiers import LAND, Desk, desk_of_a_commune, intake, now_of, step_of
from tests.followups.test_in_browser import fits_in_every_dress
from tests.support.accessibility import check_accessibility
from tests.support.entering import enter

PHONE = {"width": 390, "height": 800}


@pytest.fixture
def desk(live_site: str) -> Desk:
    return desk_of_a_commune()


@pytest.fixture
def mistaken(desk: Desk) -> Dossier:
    """With the settling official, by the real clock; the receiving officer has recorded a mistake."""
    now, procedure = datetime.now(UTC) - timedelta(minutes=3), desk.procedures[LAND]
    by = {"actor": actor_of(desk.receiver), "now": now}
    given = {"unit": desk.commune, "procedure": procedure, "intake": intake(procedure), "receiver": desk.receiver}
    dossier = receive(**by, **given)
    step = step_of(dossier, "receive")
    complete(**by, step=step, expected_version=step.dossier.version)
    step, theirs = step_of(dossier, "examine"), {"actor": actor_of(desk.settler), "now": now}
    take_up(**theirs, step=step, official=desk.settler, expected_version=step.dossier.version)
    words = "Ghi nhầm năm sinh trên giấy hẹn"
    record_mistake(**by, dossier=now_of(dossier), cause="reception_mistake", text=words, found_at=now)
    return dossier


@pytest.mark.requirement(14, 89)
def test_a_letter_goes_from_hand_to_hand(
    mistaken: Dossier, live_site: str, signed_in: Callable[[str], Page], page: Page, browser_context: BrowserContext
) -> None:
    official = signed_in("gq1")
    official.goto(f"{live_site}/ban-lam-viec/")
    official.get_by_role("link", name="Gửi văn bản xin lỗi trước").click()
    official.get_by_role("link", name="Soạn văn bản xin lỗi").click()
    official.get_by_label("Nguyên nhân").select_option("reception_mistake")
    official.get_by_label("Lý do, như viết cho chủ hồ sơ").fill("Giấy hẹn ghi nhầm năm sinh, đã in lại")
    check_accessibility(official)
    official.get_by_role("button", name="Trình duyệt").click()
    expect(official.get_by_text("Dự thảo, chờ duyệt").first).to_be_visible()
    letter = Letter.objects.get()
    head = signed_in("mc1")
    head.goto(f"{live_site}/xin-loi/?xem=cho-duyet")
    check_accessibility(head)
    head.get_by_role("link", name=mistaken.code).click()
    head.get_by_role("link", name="Duyệt", exact=True).click()
    head.get_by_role("button", name="Duyệt").click()
    leader = signed_in("ky1")
    leader.goto(f"{live_site}/xin-loi/{letter.pk}/viec/ky/")
    leader.get_by_label("Số văn bản").fill("12/XLHS")
    leader.get_by_role("button", name="Ký").click()
    expect(leader.get_by_text("Đã ký, chờ gửi").first).to_be_visible()
    counter = signed_in("tn1")
    counter.goto(f"{live_site}/xin-loi/{letter.pk}/")
    counter.get_by_role("link", name="Ghi nhận đã gửi").click()
    expect(counter.get_by_label("Địa chỉ, số đã gửi đến")).to_have_value("0900000001")
    check_accessibility(counter)
    counter.get_by_role("button", name="Ghi nhận đã gửi").click()
    expect(counter.get_by_text("Gửi trong hạn")).to_be_visible()
    check_accessibility(counter)
    counter.goto(f"{live_site}/xin-loi/{letter.pk}/in/")
    check_accessibility(counter)
    counter.emulate_media(media="print")
    printed = PdfReader(BytesIO(counter.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 1 and "12/XLHS" in printed.pages[0].extract_text()
    enter(page, live_site, "mc1")
    page.set_viewport_size(PHONE)
    for address in ("xin-loi/", f"xin-loi/{letter.pk}/", f"ho-so/{mistaken.pk}/"):
        fits_in_every_dress(page, browser_context, live_site, address)
