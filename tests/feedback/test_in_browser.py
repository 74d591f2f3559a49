"""An owner rates by link on a phone with large letters; on the tablet that an officer hands over nothing else opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cchc.dossiers.actions.intake import receive
from cchc.dossiers.actions.working import complete, take_up
from cchc.dossiers.models import Dossier
from cchc.feedback.models import Rating, RatingHandOut
from cchc.organizations.viewers import actor_of
from tests.factories.dossiers import BIRTH, RESULT, Desk, desk_of_a_commune, intake, step_of
from tests.followups.test_in_browser import fits_in_every_dress
from tests.support.accessibility import check_accessibility
from tests.support.browser import Trouble

PHONE = {"width": 390, "height": 800}


@pytest.fixture
def desk(live_site: str) -> Desk:
    return desk_of_a_commune()


@pytest.fixture
def done(desk: Desk) -> Dossier:
    """Settled just now."""
    now, procedure = datetime.now(UTC), desk.procedures[BIRTH]
    dossier = receive(
        actor=actor_of(desk.receiver), now=now, unit=desk.commune, procedure=procedure, intake=intake(procedure),
        receiver=desk.receiver,
    )  # fmt: skip
    hands = {"receive": desk.receiver, "settle": desk.settler, "sign": desk.signer, "return": desk.receiver}
    for id_, person in hands.items():
        by = {"actor": actor_of(person), "now": datetime.now(UTC)}
        if (step := step_of(dossier, id_)).holder_id is None:
            take_up(**by, step=step, official=person, expected_version=step.dossier.version)
            step = step_of(dossier, id_)
        complete(**by, step=step, expected_version=step.dossier.version, result=RESULT if id_ == "sign" else None)
    return dossier


@pytest.mark.requirement(13)
def test_the_form_goes_out_by_key_and_its_owner_rates_on_a_phone(
    done: Dossier, live_site: str, signed_in: Callable[[str], Page], page: Page, browser_context: BrowserContext,
    page_trouble: Trouble,
) -> None:  # fmt: skip
    page_trouble.expect("422")
    counter = signed_in("tn1")
    counter.goto(f"{live_site}/ho-so/{done.pk}/")
    check_accessibility(counter)
    counter.get_by_role("link", name="In phiếu giấy").focus()
    counter.keyboard.press("l")
    expect(counter.get_by_text("Đã ghi nhận phát phiếu.")).to_be_visible()
    assert RatingHandOut.objects.get().way == "link"
    browser_context.add_cookies([{"name": "cchc_text", "value": "a+", "url": live_site}])
    page.set_viewport_size(PHONE)
    page.goto(f"{live_site}/danh-gia/?ma={done.code}&phieu={done.slip.token}")
    check_accessibility(page)
    page.get_by_role("button", name="Đến các câu hỏi").click()
    expect(page.get_by_role("group", name="Ông/Bà có hài lòng")).to_be_visible()
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.get_by_text("Chọn một câu trả lời").first).to_be_visible()
    page.get_by_role("group", name="Ông/Bà có hài lòng").get_by_text("Rất hài lòng").click()
    page.get_by_role("group", name="Thái độ").get_by_text("Lịch sự, đúng mực").click()
    page.get_by_label("Ông/Bà muốn nói thêm điều gì?").fill("Nhanh, rõ ràng")
    check_accessibility(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.get_by_role("heading", level=1, name="Cảm ơn Ông/Bà đã đánh giá")).to_be_visible()
    assert Rating.objects.get().words == "Nhanh, rõ ràng"


@pytest.mark.requirement(13)
def test_the_officers_tablet_signs_out_and_shows_the_form_alone(
    done: Dossier, live_site: str, signed_in: Callable[[str], Page]
) -> None:
    tablet = signed_in("tn1")
    tablet.goto(f"{live_site}/ho-so/{done.pk}/")
    tablet.get_by_role("button", name="Mở trên máy tính bảng").click()
    expect(tablet.get_by_role("img", name="Mã QR mở phiếu trên máy tính bảng")).to_be_visible()
    check_accessibility(tablet)
    tablet.get_by_role("button", name="Đăng xuất và mở phiếu").click()
    expect(tablet.get_by_role("heading", level=1, name="Ông/Bà thấy thế nào?")).to_be_visible()
    expect(tablet.get_by_role("link").and_(tablet.locator(":not(.skip)"))).to_have_count(0)
    check_accessibility(tablet)
    tablet.get_by_text("Không hài lòng").click()
    tablet.get_by_role("button", name="Gửi đánh giá").click()
    expect(tablet.get_by_text("Mời Ông/Bà trả lại máy tính bảng.")).to_be_visible()
    check_accessibility(tablet)
    assert Rating.objects.get().channel == "tablet"


@pytest.mark.long
@pytest.mark.requirement(13)
def test_pages_fit_a_phone_in_every_dress(
    done: Dossier, live_site: str, signed_in: Callable[[str], Page], page: Page, browser_context: BrowserContext
) -> None:
    page.set_viewport_size(PHONE)
    for address in ("danh-gia/", "danh-gia/cam-on/", "muc-do-hai-long/", "muc-do-hai-long/xa-mot/"):
        fits_in_every_dress(page, browser_context, live_site, address)
    head = signed_in("ct1")
    head.set_viewport_size(PHONE)
    for address in ("danh-gia/ket-qua/", "danh-gia/ket-qua/xa-mot/", "danh-gia/ket-qua/xa-mot/ho-so/"):
        fits_in_every_dress(head, head.context, live_site, address)
