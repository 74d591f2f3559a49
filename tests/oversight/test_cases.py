"""Cases of responsibility: from a frozen list or a late dossier to the document, who may what, what is counted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cchc.followups.models import Task
from cchc.notices.models import Notice
from cchc.organizations.models import Official
from cchc.organizations.viewers import actor_of
from cchc.oversight.actions.cases import ask_case, conclude_case, explain_case, open_case, silence_cases
from cchc.oversight.consequences import HEAD, OFFICIAL, UNIT, commendations, consequences_on, measure_named
from cchc.oversight.models import KeptDossier, KeptShare, ListedItem, ListedOfficial, ResponsibilityCase
from cchc.oversight.queries.grounds import Concerned, Origin
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.dossiers import ZONE, Desk
from tests.factories.lists import frozen_list
from tests.factories.organizations import TESTER, grant, official
from tests.factories.oversight import late_with, refreshed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today"), pytest.mark.requirement(58)]
CASES = "/theo-doi/trach-nhiem/"
NOVEMBER = date(2026, 11, 1)
OWNER = "Trần Thị Lan"


def at(day: int, month: int = 12) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=ZONE)


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.content.decode())
    return answer.content.decode()


def done(person: Official, case: ResponsibilityCase, slug: str, **typed: Any) -> ResponsibilityCase:
    """A step, as the page of the case offers it."""
    address, client = f"{CASES}{case.pk}/viec/{slug}/", client_of(person)
    case.refresh_from_db()
    assert address in said(client, f"{CASES}{case.pk}/"), "the step is offered"
    assert client.get(address).status_code == 200
    answer = client.post(address, {"version": case.version} | typed)
    assert answer.status_code == 302, answer.content.decode()
    case.refresh_from_db()
    return case


def refused(code: str, act: Any, **given: Any) -> None:
    with pytest.raises(DomainError) as found:
        act(**given)
    assert found.value.problems[0].code == code


@pytest.fixture
def above(desk: Desk) -> Official:
    """The head of the province."""
    person = official("ct0", "Bùi Thị Xuân", desk.province, is_head=True)
    grant(person, "unit_head", desk.province, covers_subtree=True)
    return person


@pytest.fixture
def late(desk: Desk, today: Any) -> list[KeptDossier]:
    for _ in range(2):
        late_with(desk)
    today.move_to(at(7))
    refreshed(at(7))
    return list(KeptDossier.objects.order_by("pk"))


def opened(desk: Desk, kept: KeptDossier, about: str = OFFICIAL, by: Official | None = None) -> ResponsibilityCase:
    person = {OFFICIAL: desk.settler, HEAD: desk.head, UNIT: None}[about]
    concerned = Concerned(about, desk.commune, person, person.name if person else "xã Một")
    actor = TESTER if by is None else actor_of(by)
    return open_case(actor=actor, now=at(7), origin=Origin(kept=kept), about=concerned, why="Quá hạn")


def test_a_case_goes_from_a_late_dossier_to_its_document(desk: Desk, late: list[KeptDossier], today: Any):
    head, settler = client_of(desk.head), client_of(desk.settler)
    address = f"{CASES}lap/ho-so/{late[0].pk}/"
    assert address in said(head, f"/theo-doi/ho-so/{late[0].pk}/")
    assert desk.settler.name in said(head, address) and desk.head.name not in said(head, address).split("<main")[1]
    key = f"official.{desk.commune.pk}.{desk.settler.pk}"
    assert head.post(address, {"about": key, "why": ""}).status_code == 422
    assert head.post(address, {"about": key, "why": "Giữ hồ sơ quá hạn"}).status_code == 302
    case = ResponsibilityCase.objects.get()
    assert (case.name, case.official, case.state) == (desk.settler.name, desk.settler, "opened")
    assert not Notice.objects.filter(kind="oversight.case_asked").exists(), "nobody is told before the question"
    done(desk.head, case, "yeu-cau-giai-trinh", question="Vì sao giữ hồ sơ?", due_on="11/12/2026")
    assert Notice.objects.get(kind="oversight.case_asked").recipient == desk.settler
    assert f"{CASES}{case.pk}/" in said(settler, "/ban-lam-viec/")
    done(desk.settler, case, "giai-trinh", text="Máy chủ hỏng hai ngày")
    assert case.state == "explained"
    done(desk.settler, case, "giai-trinh", text="Máy chủ hỏng hai ngày, có biên bản")
    done(desk.head, case, "ket-luan", conclusion="Chưa chủ động báo cáo", measure="review")
    told = Notice.objects.get(kind="oversight.case_concluded")
    assert told.recipient == desk.settler
    closing = f"{CASES}{case.pk}/viec/ket-thuc/"
    answer = head.post(closing, {"version": case.version, "number": "12/QĐ-UBND"})
    assert answer.status_code == 422 and "Kiểm điểm" in answer.content.decode(), "the measure needs its document"
    done(desk.head, case, "ket-thuc", number="12/QĐ-UBND", on="07/12/2026", by="UBND xã Một")
    page = said(settler, f"{CASES}{case.pk}/")
    assert "12/QĐ-UBND" in page and "có biên bản" in page and OWNER not in page
    assert f"{CASES}{case.pk}/" in said(settler, "/theo-doi/cua-toi/")
    assert client_of(desk.second_settler).get(f"{CASES}{case.pk}/").status_code == 404, "a colleague sees nothing of it"


def test_a_frozen_list_is_a_ground_with_reply_and_decision(desk: Desk, above: Official, today: Any):
    from tests.factories.dossiers import BIRTH

    list_ = frozen_list(desk.commune, desk.procedures[BIRTH], desk.receiver, desk.one_stop_head, desk.head)
    today.move_to(at(7))
    refreshed(at(7))
    listed = ListedOfficial.objects.get(list=list_, official=desk.receiver)
    address = f"{CASES}lap/danh-sach/{listed.pk}/"
    assert address in said(client_of(desk.head), f"/theo-doi/danh-sach/{list_.pk}/")
    key = f"official.{desk.commune.pk}.{desk.receiver.pk}"
    assert client_of(desk.head).post(address, {"about": key, "why": "Có tên"}).status_code == 302
    ground = ResponsibilityCase.objects.get().grounds.get()
    item = ListedItem.objects.get(listed=listed)
    assert (ground.item, ground.late, ground.outcome) == (item, item.late, "silent")
    assert ground.kept is not None, "what is kept of it now"
    again = client_of(desk.head).post(address, {"about": key, "why": "Có tên"})
    assert again.status_code in {409, 422} and "đã có trong hồ sơ trách nhiệm khác" in again.content.decode()
    unit_too = {"about": f"unit.{desk.commune.pk}.0", "why": "Cả đơn vị"}
    assert client_of(above).post(address, unit_too).status_code == 302, "about another it is another case"


def test_a_list_that_is_not_frozen_is_no_ground(desk: Desk, today: Any):
    from tests.factories.dossiers import BIRTH
    from tests.factories.lists import list_of_october

    list_ = list_of_october(desk.commune, desk.procedures[BIRTH], desk.receiver, now=at(7))
    listed = ListedOfficial.objects.get(list=list_, official=desk.receiver)
    today.move_to(at(7))
    client = client_of(desk.head)
    assert "lap/danh-sach" not in said(client, f"/theo-doi/danh-sach/{list_.pk}/")
    assert "chưa chốt" in client.get(f"{CASES}lap/danh-sach/{listed.pk}/").content.decode()


def test_about_a_unit_or_its_head_somebody_from_above_concludes(
    desk: Desk, above: Official, late: list[KeptDossier]
):  # fmt: skip
    for about in (HEAD, UNIT):
        case = opened(desk, late[0], about)
        done(above, case, "yeu-cau-giai-trinh", question="Vì sao?", due_on="11/12/2026")
        assert f"{CASES}{case.pk}/" in said(client_of(desk.head), "/ban-lam-viec/")
        done(desk.head, case, "giai-trinh", text="Thiếu người")
        judging = client_of(desk.head).get(f"{CASES}{case.pk}/viec/ket-luan/")
        assert judging.status_code == 403
        done(above, case, "ket-luan", conclusion="Đã rõ", measure="remind")
        done(above, case, "ket-thuc")
        assert case.state == "closed", "a reminder needs no document"


def test_edges(desk: Desk, above: Official, late: list[KeptDossier]):
    by = {"actor": actor_of(desk.head), "now": at(8)}
    own = Concerned(HEAD, desk.commune, desk.head, desk.head.name)
    refused("oversight.own_case_not_allowed", open_case, **by, origin=Origin(kept=late[0]), about=own, why="a")
    case = opened(desk, late[0])
    refused("oversight.not_heard", conclude_case, **by, case=case, expected_version=1, conclusion="a", measure="remind")
    question = by | {"case": case, "expected_version": 1, "question": "a"}
    refused("oversight.due_passed", ask_case, **question, due_on=date(2026, 12, 7))
    asked = ask_case(**question, due_on=date(2026, 12, 8))
    refused("oversight.case_stale", explain_case, **by, case=case, expected_version=1, text="a")
    assert asked.due_at is not None
    assert silence_cases(actor=TESTER, now=asked.due_at) == 0, "up to the last moment"
    assert silence_cases(actor=TESTER, now=at(9)) == 1
    late_word = explain_case(actor=actor_of(desk.settler), now=at(9), case=case, expected_version=3, text="Vẫn nói")
    assert late_word.state == "explained", "whoever is late is heard all the same"
    party = actor_of(desk.settler)
    given = {"now": at(9), "expected_version": 4, "conclusion": "a"}
    refused("oversight.own_case_not_allowed", conclude_case, actor=party, case=case, measure="none", **given)
    refused("oversight.measure_unknown", conclude_case, actor=by["actor"], case=case, measure="hang", **given)
    of_unit = opened(desk, late[1], UNIT)
    ask_case(**by, case=of_unit, expected_version=1, question="a", due_on=date(2026, 12, 9))
    explain_case(actor=actor_of(desk.head), now=at(9), case=of_unit, expected_version=2, text="b")
    given["expected_version"] = 3
    refused("oversight.measure_unknown", conclude_case, actor=by["actor"], case=of_unit, measure="discipline", **given)
    refused("oversight.party_concludes", conclude_case, actor=party, case=of_unit, measure="remind", **given)


@pytest.mark.requirement(64)
def test_a_record_without_a_late_dossier_may_be_commended(desk: Desk, late: list[KeptDossier], above: Official):
    address = f"{CASES}lap/ban-ghi/{desk.receiver.code}/{desk.commune.code}/?thang=2026-11"
    record = f"/theo-doi/can-bo/{desk.receiver.code}/{desk.commune.code}/?thang=2026-11"
    head = client_of(desk.head)
    assert address in said(head, record)
    key = f"official.{desk.commune.pk}.{desk.receiver.pk}"
    assert head.post(address, {"about": key, "why": "Tiếp nhận đúng hạn"}).status_code == 302
    case = ResponsibilityCase.objects.get()
    question = {"version": 1, "question": "a", "due_on": "09/12/2026"}
    answer = head.post(f"{CASES}{case.pk}/viec/yeu-cau-giai-trinh/", question)
    assert answer.status_code == 422, "there is nothing to explain"
    done(desk.head, case, "ket-luan", conclusion="Hoàn thành tốt", measure="commend")
    assert case.measure in commendations()


def test_every_figure_opens_its_rows(desk: Desk, late: list[KeptDossier], above: Official, today: Any):
    head = client_of(above)
    assert counted(head)["chua"] == 2
    case = opened(desk, late[0])
    question = {"question": "a", "due_on": date(2026, 12, 8)}
    ask_case(actor=actor_of(desk.head), now=at(7), case=case, expected_version=1, **question)
    expected = {"tat-ca": 2, "co": 1, "chua": 1, "da-ket-luan": 0, "qua-thoi-han": 0}
    assert counted(head) == expected
    assert KeptShare.objects.filter(is_overdue=True).count() == 2
    today.move_to(at(9))
    head = client_of(above)
    assert counted(head)["qua-thoi-han"] == 1
    silence_cases(actor=TESTER, now=at(9))
    conclude = {"conclusion": "Đã rõ", "measure": "remind", "expected_version": 3}
    conclude_case(actor=actor_of(desk.head), now=at(9), case=case, **conclude)
    assert counted(head) == expected | {"da-ket-luan": 1}


def counted(client: Client) -> dict[str, int]:
    """What the table says of the only unit, each number opened: it has so many rows."""
    import re

    page = said(client, f"{CASES}?thang=2026-12")
    found = {}
    links = re.findall(r'<td class="num" data-label="[^"]*"><a href="([^"]*phan=([a-z-]+)[^"]*)">(\d+)</a>', page)
    for url, part, number in links[:5]:
        rows = said(client, url.replace("&amp;", "&"))
        assert rows.count('<th scope="row">') == int(number), url
        found[part] = int(number)
    return found


def test_the_pages_ask_few_questions_however_many_cases(desk: Desk, late: list[KeptDossier], above: Official):
    client, asked = client_of(above), []
    for kept in late:
        case = opened(desk, kept)
        for address in (f"{CASES}?thang=2026-12", f"{CASES}ho-so-qua-han/?thang=2026-12", f"{CASES}{case.pk}/"):
            said(client, address)
            with CaptureQueriesContext(connection) as counted_:
                said(client, address)
            asked.append(len(counted_))
    assert asked[:3] == asked[3:] and max(asked) <= 9, asked


@pytest.mark.requirement(57)
def test_a_task_is_given_in_two_clicks_from_a_case_and_a_dossier(desk: Desk, late: list[KeptDossier], above: Official):
    case, client = opened(desk, late[0]), client_of(above)
    for page, address in (
        (f"{CASES}{case.pk}/", f"{CASES}{case.pk}/giao-viec/"),
        (f"/theo-doi/ho-so/{late[1].pk}/", f"{CASES}giao-viec/ho-so/{late[1].pk}/"),
    ):
        assert address in said(client, page)
        form = client.get(address)
        proposed = {name: form.context["form"][name].value() for name in ("what", "due_on", "led_by")}
        answer = client.post(address, proposed)
        assert answer.status_code == 302, answer.content.decode()
        assert page in said(client, answer.headers["Location"]), "the task links back"
    tasks = Task.objects.order_by("pk")
    assert [(one.owner, one.leader, one.watcher) for one in tasks] == [(desk.commune, desk.settler, desk.province)] * 2
    assert str(tasks[0].due_on) == "2026-12-21", "ten working days after the seventh"
    assert tasks[0].what in said(client, f"{CASES}{case.pk}/")
    with CaptureQueriesContext(connection) as asked:
        said(client, f"{CASES}giao-viec/ho-so/{late[1].pk}/")
    assert len(asked) <= 9, [one["sql"][:150] for one in asked]
    own = client_of(desk.head)
    assert "giao-viec" not in said(own, f"{CASES}{case.pk}/"), "nobody follows the own work"
    assert "cấp trên" in own.get(f"{CASES}{case.pk}/giao-viec/").content.decode()


def test_measures_are_dated_and_unverified():
    rules = consequences_on(date(2026, 12, 1))
    assert not rules.verification.verified
    assert {one.id for one in rules.value.of(UNIT)} == {"none", "remind", "review", "criticize", "commend"}
    assert measure_named("discipline").vi == "Xử lý kỷ luật"
    assert measure_named("gone").vi == "gone"
