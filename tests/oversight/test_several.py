"""One reason for several rows: verdicts and decisions about replies, each by its own action and by the same rights."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cchc.audit.models import AuditEvent
from cchc.audit.recording import unguarded
from cchc.organizations.models import Official
from cchc.oversight.actions.replies import decide_about, reply_to
from cchc.oversight.actions.verdicts import Found, give_verdict
from cchc.oversight.models import DelayVerdict, KeptDossier, ListedItem, MonthlyList
from tests.factories.clients import client_of
from tests.factories.dossiers import Desk
from tests.factories.organizations import grant, official, unit
from tests.factories.oversight import late_with, refreshed
from tests.oversight.test_list_rules import at, by, drafted, notified

__all__ = ["drafted"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
VERIFY = "/theo-doi/xac-minh/nhieu/"
REASON = {"finding": "forgotten", "reason": "Kết quả ký trước hạn", "evidence": "Sổ giao nhận tháng 11"}


@pytest.fixture
def verifier(desk: Desk) -> Official:
    person = official("ks1", "Lý Thị Kim", desk.province)
    grant(person, "procedure_control_officer", desk.province, covers_subtree=True)
    return person


@pytest.fixture
def waiting(desk: Desk, today: Any) -> list[KeptDossier]:
    """Three late dossiers whose result is said to have been there earlier."""
    for _ in range(3):
        late_with(desk)
    today.move_to(at("07 09:00"))
    refreshed(at("07 09:00"))
    with unguarded():
        KeptDossier.objects.update(evidenced_at=at("01 09:00"))
    return list(KeptDossier.objects.order_by("pk"))


def keys(rows: list[Any]) -> list[str]:
    return [str(one.pk) for one in rows]


def events(kind: str) -> int:
    return AuditEvent.objects.filter(kind=kind).count()


def shown(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.requirement(59)
def test_several_dossiers_get_a_verdict_each(waiting: list[KeptDossier], verifier: Official):
    client, before = client_of(verifier), events("oversight.verdict_found")
    page = shown(client.get(VERIFY))
    assert all(one.code in page for one in waiting) and page.count('name="ho-so"') == 3
    assert VERIFY in shown(client.get("/theo-doi/xac-minh/"))
    answer = client.post(VERIFY, REASON | {"ho-so": keys(waiting[:2])})
    assert answer.status_code == 302 and "Đã xong 2 dòng" in shown(client.get(answer["Location"]))
    found = DelayVerdict.objects.order_by("pk")
    assert [(one.kept_id, one.finding, one.reason, one.evidence, one.found_by) for one in found] == [
        (one.pk, "forgotten", REASON["reason"], REASON["evidence"], verifier) for one in waiting[:2]
    ]
    assert events("oversight.verdict_found") == before + 2
    assert shown(client.get(VERIFY)).count('name="ho-so"') == 1


@pytest.mark.requirement(59)
def test_what_is_refused_for_one_row_takes_back_no_other_and_loses_nothing(
    waiting: list[KeptDossier], verifier: Official
):
    client, first = client_of(verifier), waiting[0]
    give_verdict(**by(verifier, "07 09:00"), kept=first, found=Found("real", "Chưa có kết quả"))
    answer = client.post(VERIFY, REASON | {"ho-so": [*keys(waiting[:2]), "999999"]})
    text = shown(answer)
    assert answer.status_code == 422 and DelayVerdict.objects.filter(finding="forgotten").get().kept == waiting[1]
    assert DelayVerdict.objects.get(kept=first).finding == "real", "the verdict that was there stands"
    assert "2 dòng không thực hiện được, 1 dòng đã xong" in text
    assert text.count("<strong>") >= 3 and first.code in text and "999999" in text
    assert REASON["reason"] in text and REASON["evidence"] in text, "nothing that was typed is lost"
    assert f'value="{waiting[2].pk}"' in text and "checked" not in text.partition(f'value="{waiting[2].pk}"')[2][:10]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ho-so": []}, "Chưa đánh dấu dòng nào"),
        ({"ho-so": ["x", "-1", "", "9" * 30]}, "Chưa đánh dấu dòng nào"),
        ({"reason": ""}, "checked"),
        ({"evidence": ""}, "dòng không thực hiện được"),
    ],
)
def test_what_lacks_something_is_refused_with_the_ticks_kept(
    given: dict[str, Any], said: str, waiting: list[KeptDossier], verifier: Official
):
    answer = client_of(verifier).post(VERIFY, REASON | {"ho-so": keys(waiting)} | given)
    assert answer.status_code == 422 and said in shown(answer) and not DelayVerdict.objects.exists()
    if "ho-so" not in given:
        ticks = [part for part in shown(answer).split('name="ho-so"')[1:] if "checked" in part[:60]]
        assert len(ticks) == 3


@pytest.mark.requirement(59)
def test_nobody_verifies_the_own_dossier_or_that_of_the_own_unit(
    waiting: list[KeptDossier], desk: Desk, verifier: Official
):
    """The same as one by one: each row says why."""
    for person in (desk.settler, desk.second_settler):
        grant(person, "procedure_control_officer", desk.commune)
        client = client_of(person)
        page = shown(client.get(VERIFY))
        assert page.count('name="ho-so"') == 0 and waiting[0].code in page
        answer = client.post(VERIFY, REASON | {"ho-so": keys(waiting)})
        assert answer.status_code == 422 and not DelayVerdict.objects.exists()
        assert "3 dòng không thực hiện được, 0 dòng đã xong" in shown(answer)
    assert Client().get(VERIFY).status_code in {302, 403}
    assert client_of(desk.head).get(VERIFY).status_code == 403


def test_the_page_asks_as_little_of_dossiers_of_many_units(waiting: list[KeptDossier], desk: Desk, verifier: Official):
    client = client_of(verifier)
    with CaptureQueriesContext(connection) as of_one:
        client.get(VERIFY)
    for number, kept in enumerate(waiting):
        with unguarded():
            kept.spells.update(unit=unit(f"xa-{number}", desk.province))
    with CaptureQueriesContext(connection) as of_many:
        page = shown(client.get(VERIFY))
    assert page.count('name="ho-so"') == 3 and len(of_many) <= len(of_one) <= 9


@pytest.fixture
def replied(drafted: MonthlyList, desk: Desk, today: Any) -> MonthlyList:
    """Both entries are replied to."""
    today.move_to(at("08 10:00"))
    list_ = notified(drafted, desk)
    for item in ListedItem.objects.order_by("pk"):
        reply_to(**by(desk.settler, "08 09:00"), item=item, text=f"Máy chủ hỏng, {item.code}")
    return list_


def address(list_: MonthlyList) -> str:
    return f"/theo-doi/danh-sach/{list_.pk}/quyet-dinh/"


@pytest.mark.requirement(68)
def test_several_replies_are_decided_each_by_its_own_act(replied: MonthlyList, desk: Desk):
    items, client = list(ListedItem.objects.order_by("pk")), client_of(desk.head)
    assert address(replied) in shown(client.get(f"/theo-doi/danh-sach/{replied.pk}/"))
    page = shown(client.get(address(replied)))
    assert all(one.code in page and f"Máy chủ hỏng, {one.code}" in page for one in items)
    before = events("oversight.item_decided")
    given = {"accepts": "yes", "reason": "Biên bản sự cố 12/11", "muc": keys(items)}
    answer = client.post(address(replied), given)
    assert answer.status_code == 302 and answer["Location"] == f"/theo-doi/danh-sach/{replied.pk}/"
    decided = [(one.outcome, one.reason, one.decided_by) for one in ListedItem.objects.order_by("pk")]
    assert decided == [("accepted", "Biên bản sự cố 12/11", desk.head)] * 2
    assert events("oversight.item_decided") == before + 2
    assert address(replied) not in shown(client.get(f"/theo-doi/danh-sach/{replied.pk}/"))
    assert "Không có phản hồi nào chờ xem xét" in shown(client.get(address(replied)))


@pytest.mark.requirement(68)
def test_the_late_official_decides_none_of_them_and_others_stand(replied: MonthlyList, desk: Desk):
    items = list(ListedItem.objects.order_by("pk"))
    grant(desk.settler, "one_stop_head", desk.commune)
    own = client_of(desk.settler)
    page = shown(own.get(address(replied)))
    assert page.count('name="muc"') == 0 and items[0].code in page
    given = {"accepts": "yes", "reason": "Đồng ý", "muc": keys(items)}
    answer = own.post(address(replied), given)
    assert answer.status_code == 422 and not ListedItem.objects.exclude(outcome="").exists()
    decide_about(**by(desk.head, "08 09:30"), item=items[0], accepts=False, reason="Không có minh chứng")
    answer = client_of(desk.head).post(address(replied), given)
    assert answer.status_code == 422 and "1 dòng không thực hiện được, 1 dòng đã xong" in shown(answer)
    assert "Đồng ý" in shown(answer)
    outcomes = [one.outcome for one in ListedItem.objects.order_by("pk")]
    assert outcomes == ["refused", "accepted"], "what was decided stands, the other one is done"


def test_entries_of_another_list_and_a_list_that_is_not_open_are_refused(
    replied: MonthlyList, desk: Desk, drafted: MonthlyList
):
    client = client_of(desk.head)
    answer = client.post(address(replied), {"accepts": "yes", "reason": "Đồng ý", "muc": ["999999"]})
    assert answer.status_code == 422 and "999999" in shown(answer)
    with unguarded():
        MonthlyList.objects.filter(pk=replied.pk).update(state="decided")
    assert client.get(address(replied)).status_code == 422
    items = keys(list(ListedItem.objects.order_by("pk")))
    answer = client.post(address(replied), {"accepts": "yes", "reason": "Đồng ý", "muc": items})
    assert answer.status_code == 422 and not ListedItem.objects.exclude(outcome="").exists()
    assert client_of(desk.receiver).get(address(replied)).status_code == 404
