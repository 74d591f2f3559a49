"""The list of a month from the cut-off to the file that anybody can check, through its pages."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from cchc.notices.models import Notice
from cchc.organizations.models import Official
from cchc.oversight.models import ListedItem, ListNotice, MonthlyList
from cchc.oversight.published_list import check
from cchc.papers.models import LegalBasis
from tests.factories.clients import client_of
from tests.factories.dossiers import ZONE, Desk, received
from tests.factories.oversight import late_with, refreshed
from tests.factories.papers import basis

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LISTS = "/theo-doi/danh-sach/"
OWNER = "Trần Thị Lan"


def december(text: str) -> datetime:
    """`07 09:00` in December 2026; the 7th is a Monday."""
    return datetime.fromisoformat(f"2026-12-{text}").replace(tzinfo=ZONE)


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.content.decode())
    return answer.content.decode()


def done(client: Client, address: str, **typed: Any) -> str:
    answer = client.post(address, typed)
    assert answer.status_code == 302, (address, answer.content.decode())
    return str(answer.headers["Location"])


def acted(person: Official, slug: str, **typed: Any) -> MonthlyList:
    """A step of the only list, as its page offers it."""
    list_, client = MonthlyList.objects.get(), client_of(person)
    address = f"{LISTS}{list_.pk}/viec/{slug}/"
    assert address in said(client, f"{LISTS}{list_.pk}/"), "the step is offered"
    done(client, address, version=list_.version, **typed)
    list_.refresh_from_db()
    return list_


@pytest.fixture
def late(desk: Desk, today: Any) -> Desk:
    """Two dossiers lie with one settler, one with the other, one in the queue; the month is over."""
    for _ in range(2):
        late_with(desk)
    from tests.factories.dossiers import completed, taken

    third = received(desk)
    completed(desk, third, "receive", desk.receiver, "23 08:30")
    taken(desk, third, "settle", desk.second_settler, "23 09:00")
    fourth = received(desk)
    completed(desk, fourth, "receive", desk.receiver, "23 08:30")
    today.move_to(december("07 09:00"))
    refreshed(december("07 09:00"))
    return desk


@pytest.fixture
def law(late: Desk) -> LegalBasis:
    return basis(late.province)


@pytest.mark.requirement(63, 66, 68, 72)
def test_a_month_goes_all_its_way(late: Desk, law: LegalBasis, today: Any):
    keeper, settler = map(client_of, (late.one_stop_head, late.settler))
    assert "xã Một" in said(keeper, f"{LISTS}?thang=2026-11"), "the unit has not published"
    done(keeper, f"{LISTS}lap/xa-mot/", month="2026-11")
    acted(late.one_stop_head, "thong-bao", number="15/TB-UBND", noticed_on="07/12/2026")
    assert Notice.objects.filter(kind="oversight.list_named").count() == 2
    assert Notice.objects.filter(kind="oversight.list_of_unit", recipient=late.head).count() == 1

    notice = ListNotice.objects.get(recipient=late.settler)
    assert "Xác nhận đã nhận" in said(settler, f"{LISTS}thong-bao/{notice.pk}/")
    done(settler, f"{LISTS}thong-bao/{notice.pk}/da-nhan/")
    notice.refresh_from_db()
    assert notice.received_by == late.settler

    accepted, refused = ListedItem.objects.filter(listed__official=late.settler).order_by("place")
    for item, words in ((accepted, "Máy chủ hỏng"), (refused, "Bận việc khác")):
        assert said(settler, f"{LISTS}muc/{item.pk}/")
        done(settler, f"{LISTS}muc/{item.pk}/phan-hoi/", text=words)
    done(keeper, f"{LISTS}muc/{accepted.pk}/quyet-dinh/", accepts="yes", reason="Có biên bản sự cố")
    done(keeper, f"{LISTS}muc/{refused.pk}/quyet-dinh/", accepts="no", reason="Không có minh chứng")
    assert "Không có minh chứng" in said(settler, f"{LISTS}muc/{refused.pk}/")

    today.move_to(december("11 09:00"))
    acted(late.one_stop_head, "ket-thuc-phan-hoi")
    silent = ListedItem.objects.get(listed__official=late.second_settler)
    assert silent.outcome == "silent"
    acted(late.head, "duyet")
    acted(late.one_stop_head, "de-nghi-chot")
    acted(late.signer, "chot")
    public = Client()
    assert public.get("/danh-sach-cham/xa-mot/2026-11/").status_code == 404, "nothing unpublished is reachable"
    acted(late.head, "cong-bo", basis=law.name, decision_number="20/QĐ-UBND", decided_on="11/12/2026")

    answer = public.get("/danh-sach-cham/xa-mot/2026-11/")
    page = answer.content.decode()
    assert answer["X-Robots-Tag"].startswith("noindex") and 'name="robots" content="noindex' in page
    assert late.settler.name in page and late.second_settler.name in page
    assert refused.code in page and accepted.code not in page and OWNER not in page
    assert "Hàng chờ chung" in page and late.head.name in page, "a queue is nobody's, its head answers"
    assert "giờ làm việc" in page and " phút" not in page

    acted(late.head, "dinh-chinh", entry="1.2", text="Tòa án hủy kết luận", struck="on")
    file = public.get("/danh-sach-cham/xa-mot/2026-11.json").getvalue()
    found = check(file)
    assert (found.versions, found.errata, list(found.problems)) == (2, 1, [])
    newest = json.loads(file)["versions"][-1]["content"]
    assert newest["totals"]["officials"] == 2 and newest["totals"]["overdue"] == 1
    assert newest["officials"][0]["late_minutes"] == 0, "its one entry was struck"
    assert newest["totals"]["late_minutes"] == silent.late and newest["totals"]["overrun_minutes"] == 0
    assert OWNER not in file.decode()
    assert "Tòa án hủy kết luận" in public.get("/danh-sach-cham/xa-mot/2026-11/").content.decode()
    assert "xã Một" not in said(client_of(late.one_stop_head), f"{LISTS}?thang=2026-11").split('id="missing"')[1]
    second = client_of(late.second_settler)
    assert second.get(f"{LISTS}muc/{refused.pk}/").status_code == 404, "a colleague sees nothing of it"
