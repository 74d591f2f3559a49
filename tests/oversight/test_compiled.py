"""Lists of a month compiled for a province: what bodies have published, added up, and who has not published."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from cchc.documents.blocks import Table
from cchc.interface.together import answer
from cchc.organizations.models import Account, Official
from cchc.organizations.viewers import viewer_of
from cchc.oversight.actions.lists import draft_list, withdraw_list
from cchc.oversight.actions.publishing import Erratum, correct_list, expire_list, newest, publish_list
from cchc.oversight.compiled_papers import compiled_paper
from cchc.oversight.models import MonthlyList
from cchc.oversight.published_list import LATE
from cchc.oversight.queries.compiled import Compiled, reading_compiled
from cchc.oversight.shown_compiled import kept_sheet
from tests.documents.reading import squeezed, xlsx_text
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk
from tests.factories.organizations import TESTER, grant, official
from tests.factories.papers import basis
from tests.oversight.test_list_papers import published, said, texts
from tests.oversight.test_list_rules import NOVEMBER, at, by, drafted, frozen

__all__ = ["drafted"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAGE = "/theo-doi/danh-sach/tong-hop/tinh/?thang=2026-11"
PUBLIC = "/danh-sach-cham/tong-hop/tinh/2026-11"


@pytest.fixture
def controller(desk: Desk) -> Official:
    """Of the province, over all of it."""
    person = official("ks1", "Ksor H'Nga", desk.province)
    grant(person, "procedure_control_officer", desk.province, covers_subtree=True)
    return person


def compiled(person: Official, desk: Desk) -> Compiled:
    client_of(person)
    viewer = viewer_of(Account.objects.get(official=person), localdate(), used_second_factor=True)
    return answer(reading_compiled(viewer, desk.province, NOVEMBER))


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


def without_noise(text: str) -> str:
    """But for what differs with every request."""
    return re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}', "", text)


@pytest.mark.requirement(66, 68)
def test_each_body_stands_with_its_list_and_who_has_not_published_is_named(
    drafted: MonthlyList, desk: Desk, controller: Official, today: Any
):  # fmt: skip
    today.move_to(at("24 09:00"))
    client = client_of(controller)
    page = text_of(client, PAGE)
    assert "Chưa có đơn vị nào công bố" in page and "Dự thảo" in page and "Chưa lập danh sách" in page
    assert "còn trong hạn, đến 24/12/2026" in page
    published(drafted, desk)
    found = compiled(controller, desk)
    assert [one.code for one in found.shown] == ["xa-mot"]
    assert {one.code for one in found.missing} == {"tinh", "xa-hai"}
    today.move_to(at("25 09:00"))
    page = text_of(client_of(controller), PAGE)
    assert "25/12/2026" in page and "1 ngày" in page, "a day after the last one"
    assert f'href="/theo-doi/danh-sach/{drafted.pk}/"' in page


@pytest.mark.requirement(66, 68)
def test_the_sums_are_those_of_the_lists_and_every_entry_stands_once(
    drafted: MonthlyList, desk: Desk, controller: Official, today: Any
):  # fmt: skip
    list_ = published(drafted, desk)
    second = draft_list(actor=TESTER, now=at("07 11:00"), unit=desk.other, month=NOVEMBER)
    today.move_to(at("11 15:00"))
    found = compiled(controller, desk)
    content = newest(list_)
    assert found.sums["overdue"] == content["totals"]["overdue"] == 2
    assert found.sums[LATE] == content["totals"][LATE] > 0
    assert found.sums["volume"] == sum(one["volume"] for one in content["officials"])
    rows = list(kept_sheet(found, localdate()).rows())
    entries = {(one["code"]) for official_ in content["officials"] for one in official_["entries"]}
    assert {row.entry["code"] for row in rows} == entries and len({row.pk for row in rows}) == len(rows) == 2
    assert second.pk not in {one.list.pk for one in found.shown if one.list}
    erratum = Erratum(1, 2, "Tòa án hủy kết luận", True)
    correct_list(**by(desk.head, "12 08:00"), list_=list_, expected_version=list_.version, erratum=erratum)
    found = compiled(controller, desk)
    assert found.sums["overdue"] == 1 and found.shown[0].version is not None and found.shown[0].version.number == 2
    assert [row.struck for row in kept_sheet(found, localdate()).rows()] == [False, True]


@pytest.mark.requirement(66, 125)
def test_the_public_reads_what_units_published_and_cannot_tell_a_draft_from_nothing(
    drafted: MonthlyList, desk: Desk, today: Any
):  # fmt: skip
    today.move_to(at("26 09:00"))
    public = Client()
    assert public.get(f"{PUBLIC}/").status_code == 404
    list_ = frozen(drafted, desk)
    assert public.get(f"{PUBLIC}/").status_code == 404, "what is frozen is not there either"
    assert "tong-hop" not in text_of(public, "/danh-sach-cham/")
    given: dict[str, Any] = {
        "basis": basis(desk.province),
        "decision_number": "20/QĐ",
        "decided_on": date(2026, 12, 11),
    }
    publish_list(**by(desk.head, "11 14:00"), list_=list_, expected_version=list_.version, **given)
    before = text_of(public, f"{PUBLIC}/")
    assert desk.settler.name in before and "xã Hai" in before and "25/12/2026" in before
    assert f'href="{PUBLIC}/"' in text_of(public, "/danh-sach-cham/")
    draft_list(actor=TESTER, now=at("07 11:00"), unit=desk.other, month=NOVEMBER)
    assert without_noise(text_of(public, f"{PUBLIC}/")) == without_noise(before)
    assert "/theo-doi/" not in before


@pytest.mark.requirement(66)
def test_what_left_the_page_is_said_to_have_been_published_and_no_more(
    drafted: MonthlyList, desk: Desk, controller: Official, today: Any
):  # fmt: skip
    """It is neither shown nor counted in public; nor is its unit named as one that did not publish."""
    list_ = published(drafted, desk)
    today.move_to(at("11 15:00"))
    assert Client().get(f"{PUBLIC}/").status_code == 200
    assert list_.expires_on is not None
    over = at("11 15:00") + timedelta(days=(list_.expires_on - localdate(at("11 15:00"))).days + 1)
    today.move_to(over)
    assert Client().get(f"{PUBLIC}/").status_code == 404
    assert all(Client().get(f"{PUBLIC}.{form}").status_code == 404 for form in ("docx", "pdf", "xlsx"))
    expire_list(actor=TESTER, now=over, list_=list_)
    assert Client().get(f"{PUBLIC}/").status_code == 404
    found = compiled(controller, desk)
    assert [one.code for one in found.shown] == ["xa-mot"] and "xa-mot" not in {one.code for one in found.missing}
    assert "không còn trên trang công khai" in text_of(client_of(controller), PAGE)


def test_a_withdrawn_list_counts_nowhere(drafted: MonthlyList, desk: Desk, controller: Official, today: Any):
    list_ = published(drafted, desk)
    today.move_to(at("11 15:00"))
    withdraw_list(**by(desk.head, "11 14:30"), list_=list_, expected_version=list_.version, reason="Nhầm tháng")
    found = compiled(controller, desk)
    assert not found.shown and "xa-mot" in {one.code for one in found.missing}
    assert Client().get(f"{PUBLIC}/").status_code == 404


@pytest.mark.requirement(66, 126)
def test_on_paper_it_says_what_the_page_says(drafted: MonthlyList, desk: Desk, controller: Official, today: Any):
    list_ = published(drafted, desk)
    draft_list(actor=TESTER, now=at("07 11:00"), unit=desk.other, month=NOVEMBER)
    today.move_to(at("26 09:00"))
    public = texts(Client(), PUBLIC)
    codes = [one["code"] for official_ in newest(list_)["officials"] for one in official_["entries"]]
    said(public, "Danh sách tổng hợp", "xã Hai", "Chưa công bố", desk.settler.name, *codes, "20/QĐ-UBND", "25/12/2026")
    said(public, list_.versions.get().content_hash, "Tổng cộng", "2 mục quá hạn")
    assert not any(squeezed("Dự thảo").casefold() in text for text in public.values())
    client = client_of(controller)
    inside = {form: client.get(f"/theo-doi/danh-sach/tong-hop/tinh/2026-11.{form}") for form in ("docx", "pdf", "xlsx")}
    assert {one.status_code for one in inside.values()} == {200}
    assert squeezed("Dự thảo").casefold() in squeezed(xlsx_text(inside["xlsx"].content)).casefold()
    assert client.get("/theo-doi/danh-sach/tong-hop/tinh/2026-11.exe").status_code == 404
    assert client.get("/theo-doi/danh-sach/tong-hop/tinh/2026-13.pdf").status_code == 404
    for address in (f"{PUBLIC}.exe", "/danh-sach-cham/tong-hop/tinh/hai/", "/danh-sach-cham/tong-hop/khong/2026-11/"):
        assert Client().get(address).status_code == 404, address


def test_more_entries_than_paper_holds_are_counted(
    drafted: MonthlyList, desk: Desk, controller: Official, today: Any
):  # fmt: skip
    list_ = published(drafted, desk)
    sheet = kept_sheet(compiled(controller, desk), localdate())
    entries = sum(len(one["entries"]) for one in newest(list_)["officials"])
    fits = compiled_paper(sheet, localdate(), shows_states=True, most=entries)
    assert [one.caption for one in fits.blocks if isinstance(one, Table)][-1] == "3. Hồ sơ"
    more = compiled_paper(sheet, localdate(), shows_states=True, most=entries - 1)
    assert len([one for one in more.blocks if isinstance(one, Table)]) == 2
    assert any(f"3. Hồ sơ: {entries} mục" in str(one) for one in more.blocks)


def test_a_unit_with_none_below_has_nothing_to_compile(drafted: MonthlyList, desk: Desk, today: Any):
    published(drafted, desk)
    today.move_to(at("11 15:00"))
    assert client_of(desk.one_stop_head).get("/theo-doi/danh-sach/tong-hop/xa-mot/").status_code == 404
    assert client_of(desk.one_stop_head).get("/theo-doi/danh-sach/tong-hop/tinh/").status_code == 403
    assert Client().get("/danh-sach-cham/tong-hop/xa-mot/2026-11/").status_code == 404
    assert "Danh sách tổng hợp" not in text_of(client_of(desk.one_stop_head), "/theo-doi/danh-sach/?thang=2026-11")


def test_entries_are_paged_and_the_pages_ask_little(
    drafted: MonthlyList, desk: Desk, controller: Official, today: Any, monkeypatch: pytest.MonkeyPatch
):  # fmt: skip
    listed = [one["code"] for person in newest(published(drafted, desk))["officials"] for one in person["entries"]]
    today.move_to(at("11 15:00"))
    client = client_of(controller)
    assert "/theo-doi/danh-sach/tong-hop/tinh/?thang=2026-11" in text_of(client, "/theo-doi/danh-sach/?thang=2026-11")
    monkeypatch.setattr("cchc.interface.paging.PAGE_SIZE", 1)
    for address, reader, most in ((PAGE, client, 9), (f"{PUBLIC}/", Client(), 4)):
        with CaptureQueriesContext(connection) as asked:
            first = text_of(reader, address)
        assert len(asked) <= most
        after = re.search(r'href="([^"]*sau=[^"]*)"', first)
        assert after is not None
        second = text_of(reader, after[1].replace("&amp;", "&"))
        codes = [[code for code in listed if code in text] for text in (first, second)]
        assert codes == [listed[:1], listed[1:]], "each entry on one page"
