"""The list of a month by pages alone: six people of a province, each in a browser of their own, and whoever reads it.

One person's reply is accepted, another's is not. What is published then, the record of each, and the file that anybody
can check say the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Page, expect

from cchc.cli.main import main
from cchc.dossiers.actions.working import claim_completion
from tests.factories.dossiers import RESULT, ZONE, Desk, at, completed, desk_of_a_commune, received, step_of, taken
from tests.factories.organizations import grant, official
from tests.factories.oversight import late_with, refreshed
from tests.factories.papers import basis
from tests.support.accessibility import check_accessibility
from tests.support.browser import Trouble
from tests.support.entering import enter

pytestmark = pytest.mark.long
OWNER = "Trần Thị Lan"
NUMBER, PHONE = "001300012345", "0900000001"
PUBLIC = "/danh-sach-cham/xa-mot/2026-11/"


def december(day: int) -> datetime:
    return datetime(2026, 12, day, 9, tzinfo=ZONE)


@dataclass
class Month:
    """The site, the one-stop, its law, a page for each who takes part, the clock."""

    site: str
    desk: Desk
    law: str
    opened: Callable[[], Page]
    clock: time_machine.Coordinates
    pages: dict[str, Page]

    def on(self, day: int) -> None:
        """That day of December; whoever takes part comes back."""
        self.clock.move_to(december(day))
        for code, page in self.pages.items():
            if code:
                enter(page, self.site, code)

    def at(self, code: str, address: str) -> Page:
        """The page of that official."""
        if code not in self.pages:
            self.pages[code] = enter(self.opened(), self.site, code) if code else self.opened()
        page = self.pages[code]
        page.goto(f"{self.site}{address}")
        return page

    def at_list(self, code: str) -> Page:
        """The same, at the list of the month, from the page that has all lists."""
        page = self.at(code, "/theo-doi/danh-sach/?thang=2026-11")
        page.get_by_role("table").get_by_role("link", name="xã Một").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("11/2026")
        return page

    def step(self, code: str, name: str, **typed: str) -> Page:
        """What the list offers that official, with what is typed."""
        page = self.at_list(code)
        page.get_by_role("link", name=name, exact=True).click()
        fill(page, **typed)
        check_accessibility(page)
        send(page)
        return page


def fill(page: Page, **typed: str) -> None:
    for label, text in typed.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(text)


def send(page: Page) -> None:
    """The form is sent, and what was accepted leads away from it."""
    address = page.url
    page.locator("main form[method=post]").last.locator("button[type=submit]").last.click()
    expect(page).not_to_have_url(address)


@pytest.fixture
def month(live_site: str, another_page: Callable[[], Page]) -> Iterator[Month]:
    """In November each settler left a dossier lying; of a third the result was there in time, and was clicked late."""
    with time_machine.travel(at("23 08:00"), tick=True) as clock:
        desk = desk_of_a_commune()
        controller = official("ks1", "Lý Thị Kim", desk.province)
        grant(controller, "procedure_control_officer", desk.province, covers_subtree=True)
        late_with(desk)
        other, clicked_late = received(desk), received(desk)
        for dossier in (other, clicked_late):
            completed(desk, dossier, "receive", desk.receiver, "23 08:30")
        taken(desk, other, "settle", desk.second_settler, "23 09:00")
        completed(desk, clicked_late, "settle", desk.settler, "23 10:00")
        completed(desk, clicked_late, "sign", desk.signer, "23 10:00", result=RESULT)
        taken(desk, clicked_late, "return", desk.receiver, "23 10:30")
        completed(desk, clicked_late, "return", desk.receiver, "30 10:00")
        claim_completion(
            **desk.as_(desk.receiver, "30 11:00"), step=step_of(clicked_late, "return"), done_at=at("23 15:00"),
            evidence="Sổ giao nhận ngày 23/11",
        )  # fmt: skip
        clock.move_to(december(7))
        refreshed(december(7))
        yield Month(live_site, desk, basis(desk.province).name, another_page, clock, {})


def verify(month: Month) -> None:
    """The officer of the province, who works in neither unit, finds that a click was forgotten."""
    page = month.at("ks1", "/theo-doi/xac-minh/?thang=2026-11")
    check_accessibility(page)
    page.get_by_role("table", name="Hồ sơ quá hạn").get_by_role("link").first.click()
    page.get_by_label("Quên thao tác").check()
    page.get_by_label("Minh chứng").fill("Sổ giao nhận ngày 23/11, lưu tại xã")
    page.get_by_label("Nêu rõ lý do").fill("Có kết quả trong hạn")
    check_accessibility(page)
    send(page)
    expect(page.get_by_role("table", name="Kết luận")).to_contain_text("Có kết quả trong hạn")


def draft_and_notify(month: Month) -> None:
    """The head of the one-stop: both are refused to those who are named."""
    page = month.at("mc1", "/theo-doi/danh-sach/?thang=2026-11")
    page.get_by_role("link", name="Lập danh sách tháng").click()
    expect(page).to_have_url(re.compile("/lap/"))
    check_accessibility(page)
    send(page)
    page = month.step("mc1", "Thông báo cho người có tên", Số_thông_báo="15/TB-UBND", Ngày_văn_bản="07/12/2026")
    expect(page.locator(".lead").first).to_contain_text("Đã thông báo, chờ phản hồi")


def reply(month: Month, code: str, words: str) -> None:
    """From the own desk to the notice, its receipt, and a reply to the dossier."""
    page = month.at(code, "/ban-lam-viec/")
    page.get_by_role("link", name="Danh sách tháng 11/2026").click()
    page.get_by_role("link", name="Xác nhận đã nhận").click()
    expect(page).to_have_url(re.compile("/da-nhan/"))
    check_accessibility(page)
    send(page)
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name="Phản hồi", exact=True).click()
    fill(page, Phản_hồi=words)
    check_accessibility(page)
    send(page)
    expect(page.get_by_text(words)).to_be_visible()


def decide(month: Month, name: str, decision: str, reason: str) -> str:
    """About the reply of one of them; the code of the dossier."""
    page = month.at_list("mc1")
    person = page.locator("h3", has_text=name).locator("xpath=following-sibling::*[.//table or self::table][1]")
    person.get_by_role("link").first.click()
    code = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Quyết định về phản hồi").click()
    page.get_by_label(decision).check()
    fill(page, Nêu_rõ_lý_do=reason)
    check_accessibility(page)
    send(page)
    expect(page.get_by_text(reason)).to_be_visible()
    return code


def publish(month: Month) -> None:
    """Who put it forward is offered no freezing; who approves names basis and decision."""
    month.step("mc1", "Kết thúc phản hồi")
    month.step("ct1", "Duyệt danh sách")
    month.step("mc1", "Đề nghị chốt")
    expect(month.at_list("mc1").get_by_role("link", name="Chốt danh sách", exact=True)).to_have_count(0)
    month.step("ky1", "Chốt danh sách")
    assert month.at("", PUBLIC).get_by_role("heading", level=1).inner_text() != "xã Một, 11/2026"
    page = month.at_list("ct1")
    page.get_by_role("link", name="Công bố", exact=True).click()
    page.get_by_role("combobox", name="Căn cứ").fill(month.law)
    fill(page, **{"Số,_ký_hiệu_quyết_định": "20/QĐ-UBND"}, Ngày_văn_bản="11/12/2026")
    check_accessibility(page)
    send(page)
    expect(page.locator(".lead").first).to_contain_text("Đã công bố")


@pytest.mark.requirement(59, 63, 66, 68, 72)
def test_a_month_of_six_people(month: Month, page_trouble: Trouble, tmp_path: Path) -> None:
    desk = month.desk
    verify(month)
    draft_and_notify(month)
    reply(month, "gq1", "Máy chủ hỏng hai ngày")
    reply(month, "gq2", "Bận việc khác")
    accepted = decide(month, desk.settler.name, "Chấp nhận: không công bố mục này", "Có biên bản sự cố")
    refused = decide(month, desk.second_settler.name, "Không chấp nhận: mục này vẫn công bố", "Không có minh chứng")
    month.on(11)
    page_trouble.expect("404")
    publish(month)

    reader = month.at("", PUBLIC)
    check_accessibility(reader)
    said = reader.locator("main").inner_text()
    assert desk.second_settler.name in said and desk.receiver.name in said and desk.settler.name not in said
    assert refused in said and accepted not in said and "quên thao tác" in said
    with reader.expect_download() as waiting:
        reader.get_by_role("link", name="JSON").click()
    file = tmp_path / "list.json"
    waiting.value.save_as(file)
    content = json.loads(file.read_text())["versions"][-1]["content"]
    assert content["totals"]["officials"] == 2 and content["left_out"] == {"accepted": 1, "postponed": 0}
    for secret in (OWNER, NUMBER, PHONE):
        assert secret not in said and secret not in file.read_text()
    assert main(["oversight", "verify", str(file)]) == 0

    decided = {"gq1": (accepted, "Có biên bản sự cố"), "gq2": (refused, "Không có minh chứng")}
    for code, (dossier, reason) in decided.items():
        own = month.at(code, f"/theo-doi/can-bo/{code}/xa-mot/?thang=2026-11")
        expect(own.locator("main")).to_contain_text(dossier)
        expect(own.locator("main")).to_contain_text(reason)
        check_accessibility(own)
    assert month.at("gq1", PUBLIC).locator("main").inner_text() == said, "signed in or not, the page is one"
