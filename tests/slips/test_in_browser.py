"""Printed forms as a browser prints them: one sheet of A5 each, heads that repeat where one runs on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page
from pypdf import PdfReader

from cchc.dossiers.actions import ending, pausing
from cchc.dossiers.actions.intake import receive, refuse_intake
from cchc.dossiers.actions.working import assign
from cchc.dossiers.models import Dossier, DossierEvent
from cchc.organizations.viewers import actor_of
from cchc.slips.models import RegisterBook
from tests.factories.dossiers import BIRTH, Desk, desk_of_a_commune, intake, step_of
from tests.slips.test_pages import FIRST_OF_2025, LAST_OF_2018, act_at
from tests.support.accessibility import check_accessibility
from tests.support.entering import enter

A5 = [420, 595]
LONG = {
    "name": "Nguyễn Thị Hoàng Ngọc Phương Thảo",
    "address": "Số nhà 125, tổ dân phố 14, thôn Đăk Rơ Wang, xã Một, tỉnh Mẫu",
}


@pytest.fixture
def desk(live_site: str) -> Desk:
    return desk_of_a_commune()


def as_(person: Any, hours: int = 0) -> dict[str, Any]:
    return {"actor": actor_of(person), "now": datetime.now(UTC) - timedelta(days=2) + timedelta(hours=hours)}


def handed_in(desk: Desk) -> Dossier:
    procedure = desk.procedures[BIRTH]
    given = {"unit": desk.commune, "procedure": procedure, "intake": intake(procedure, **LONG)}
    return receive(**as_(desk.receiver), **given, receiver=desk.receiver)


def supplemented(desk: Desk) -> Dossier:
    dossier = handed_in(desk)
    asked = "\n".join(f"Giấy tờ thứ {number}: nộp bản chính còn hiệu lực" for number in range(1, 6))
    given = {"dossier": dossier, "expected_version": dossier.version, "reason_code": "missing_papers", "asked": asked}
    return pausing.ask_supplement(**as_(desk.receiver, 1), **given)


def refused(desk: Desk) -> Dossier:
    procedure = desk.procedures[BIRTH]
    given = {"unit": desk.commune, "procedure": procedure, "intake": intake(procedure, **LONG)}
    why = {
        "reason_code": "not_competent",
        "reason": "Thẩm quyền thuộc Ủy ban nhân dân xã nơi cư trú của người yêu cầu.",
    }
    return refuse_intake(**as_(desk.receiver), **given, **why)


def stopped(desk: Desk) -> Dossier:
    dossier = handed_in(desk)
    why = {"reason_code": "not_eligible", "reason": "Qua xác minh, người yêu cầu không cư trú tại địa bàn."}
    return ending.stop(**as_(desk.head, 1), dossier=dossier, expected_version=dossier.version, **why)


FORMS: dict[str, Callable[[Desk], Dossier]] = {
    "receive": handed_in, "ask_supplement": supplemented, "refuse": refused, "stop": stopped,
}  # fmt: skip


def printed(page: Page, address: str) -> PdfReader:
    page.goto(address)
    page.emulate_media(media="print")
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))


def text_of(found: PdfReader, place: int) -> str:
    """The words of a sheet without blanks, which PDF puts inside of words, too."""
    return "".join(found.pages[place].extract_text().split())


def sizes(found: PdfReader) -> list[list[int]]:
    return [[round(float(side)) for side in one.mediabox[2:]] for one in found.pages]


@pytest.mark.requirement(43)
def test_every_form_of_both_sets_is_one_sheet_of_a5(desk: Desk, live_site: str, page: Page) -> None:
    enter(page, live_site, "ct1")
    for act, make in FORMS.items():
        dossier = make(desk)
        events = [DossierEvent.objects.get(dossier=dossier, act=act), act_at(dossier, act, FIRST_OF_2025)]
        if act != "stop":  # has no form of its own in that set
            events.append(act_at(dossier, act, LAST_OF_2018))
        for event in events:
            page.emulate_media(media="screen")
            found = printed(page, f"{live_site}/ho-so/{dossier.pk}/phieu/viec/{event.pk}/")
            assert sizes(found) == [A5], (act, event.at)
            assert dossier.code in text_of(found, 0) and "SHA-256" in text_of(found, 0)
        page.emulate_media(media="screen")
        check_accessibility(page)


@pytest.mark.requirement(43)
def test_what_runs_on_repeats_its_heads_and_two_copies_are_two_sheets(desk: Desk, live_site: str, page: Page) -> None:
    dossier = handed_in(desk)
    for _turn in range(14):  # passed to and fro
        step = step_of(dossier, "receive")
        other = desk.one_stop_head if step.holder_id == desk.receiver.pk else desk.receiver
        given = {"step": step, "expected_version": step.dossier.version, "reason_code": "workload", "reason": "Cân đối"}
        assign(**as_(desk.head, 1), official=other, **given)
    enter(page, live_site, "ct1")
    control = printed(page, f"{live_site}/ho-so/{dossier.pk}/phieu/kiem-soat/")
    assert len(control.pages) > 1 and set(map(tuple, sizes(control))) == {tuple(A5)}
    assert ["Ngườigiao" in text_of(control, place) for place in (0, 1)] == [True, True]
    page.emulate_media(media="screen")
    both = printed(page, f"{live_site}/ho-so/{dossier.pk}/phieu/ban-giao/")
    assert sizes(both) == [A5, A5]
    assert [f"Liên{copy}/2" in text_of(both, copy - 1) for copy in (1, 2)] == [True, True]
    page.emulate_media(media="screen")
    process = printed(page, f"{live_site}/ho-so/{dossier.pk}/phieu/qua-trinh/")
    assert set(map(tuple, sizes(process))) == {(595, 842)}


@pytest.mark.requirement(43)
def test_the_register_lies_on_a4_with_heads_on_every_sheet(desk: Desk, live_site: str, page: Page) -> None:
    for _line in range(24):
        handed_in(desk)
    book = RegisterBook.objects.get(year=localdate(as_(desk.head)["now"]).year)
    enter(page, live_site, "ct1")
    page.goto(f"{live_site}/so-ho-so/{book.pk}/")
    check_accessibility(page)
    found = printed(page, f"{live_site}/so-ho-so/{book.pk}/in/")
    assert len(found.pages) > 1 and set(map(tuple, sizes(found))) == {(842, 595)}
    assert ["Ngườigiao" in text_of(found, place) for place in (0, 1)] == [True, True]
