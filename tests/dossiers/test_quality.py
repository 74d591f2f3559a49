"""How dossiers fared: sent back with which reasons, ready by the appointment; counted as one counts one by one."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from fractions import Fraction

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import localtime

from cchc.dossiers.actions import ending, pausing
from cchc.dossiers.actions.intake import refuse_intake
from cchc.dossiers.models import Dossier
from cchc.dossiers.periods import read_period
from cchc.dossiers.queries.quality import KINDS, Quality, fared_in, quality
from cchc.interface.together import answer
from cchc.organizations.models import Account
from cchc.organizations.viewers import Viewer, viewer_of
from tests.factories.clients import client_of
from tests.factories.dossiers import BIRTH, Desk, actor_of, at, intake, now_of, received, settled
from tests.factories.organizations import grant, official, unit
from tests.rights.test_questions import questions
from tests.support.taken import rows_of

ADDRESS, ROWS = "/ho-so/chat-luong/", "/ho-so/chat-luong/ho-so/"
NOVEMBER = read_period("2026-11")
assert NOVEMBER is not None
_MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(at("30 16:00"), tick=False):
        yield


@pytest.fixture
def controller(desk: Desk) -> Client:
    person = official("ks1", "Lò Văn Kiểm", desk.province)
    grant(person, "procedure_control_officer", desk.province, covers_subtree=True)
    return client_of(person)


def looks(client: Client) -> Viewer:
    account = Account.objects.get(pk=client.session["_auth_user_id"])
    return viewer_of(account, at("30 16:00").date(), used_second_factor=True)


def refused(desk: Desk, code: str) -> Dossier:
    return refuse_intake(
        **desk.as_(desk.receiver, "23 09:00"), unit=desk.commune, procedure=desk.procedures[BIRTH],
        intake=intake(desk.procedures[BIRTH]), reason_code=code, reason="Không đủ điều kiện",
    )  # fmt: skip


def supplemented(desk: Desk, code: str) -> Dossier:
    made = received(desk)
    return pausing.ask_supplement(
        **desk.as_(desk.receiver, "23 10:00"), dossier=made, expected_version=made.version, reason_code=code,
        asked="Giấy chứng sinh",
    )  # fmt: skip


def stopped(desk: Desk) -> Dossier:
    made = received(desk)
    return ending.stop(
        **desk.as_(desk.head, "23 11:00"), dossier=made, expected_version=made.version, reason_code="not_eligible",
        reason="Không đủ điều kiện",
    )  # fmt: skip


def handed_over(desk: Desk, ready_at: datetime, at_: datetime) -> Dossier:
    made = settled(desk, received(desk), f"{localtime(ready_at):%d %H:%M}")
    given = {"actor": actor_of(desk.receiver), "now": at_, "expected_version": made.version, "to": "Trần Thị Lan"}
    ending.hand_over(dossier=made, **given)
    return now_of(made)


def of(client: Client, key: str = "2026-11") -> Quality:
    period = read_period(key)
    assert period is not None
    return answer(quality(looks(client), period))


@pytest.mark.requirement(88)
def test_the_share_sent_back_and_why_with_the_rows_behind(desk: Desk, controller: Client):
    received(desk)
    back = [
        refused(desk, "not_eligible"), refused(desk, "not_eligible"), refused(desk, "missing_papers"),
        supplemented(desk, "missing_papers"), stopped(desk),
    ]  # fmt: skip
    found = of(controller)
    (line,) = found.units
    numbers = {kind: line.numbers[kind] for kind in KINDS[:5]}
    assert numbers == {"da-nop": 6, "tra-lai": 5, "tu-choi": 3, "bo-sung": 1, "dung": 1}
    assert line.back_share == Fraction(5, 6) == found.total.back_share and line.in_time_share is None
    assert next(iter(found.reasons.items())) == (("refuse", "not_eligible"), 2) and sum(found.reasons.values()) == 5
    page = controller.get(ADDRESS, {"ky": "2026-11"}).content.decode()
    assert "83,3" in page and "Không đủ điều kiện theo quy định" in page
    query = "ky=2026-11&amp;xem=tra-lai&amp;ly-do=refuse.not_eligible"
    assert f'<a href="{ROWS}?{query}">2</a>' in page
    rows = controller.get(f"{ROWS}?{query}".replace("&amp;", "&")).content.decode()
    assert [one.code for one in back if one.code in rows] == [back[0].code, back[1].code]
    assert "Từ chối tiếp nhận: Không đủ điều kiện theo quy định" in rows and "Trần Thị Lan" not in rows


@pytest.mark.requirement(88)
def test_a_dossier_that_was_sent_back_twice_counts_once_and_its_reasons_twice(desk: Desk, controller: Client):
    made = supplemented(desk, "missing_papers")
    ending.stop(
        **desk.as_(desk.head, "24 11:00"), dossier=made, expected_version=made.version, reason_code="not_supplemented",
        reason="Quá hạn bổ sung",
    )  # fmt: skip
    (line,) = of(controller).units
    assert (line.numbers["tra-lai"], line.numbers["bo-sung"], line.numbers["dung"]) == (1, 1, 1)
    assert line.back_share == 1 and sum(of(controller).reasons.values()) == 2


@pytest.mark.requirement(108)
@pytest.mark.parametrize(
    ("ready", "fetched", "kind", "share"),
    [
        (timedelta(0), timedelta(0), "dung-hen", 1),
        (timedelta(0), _MINUTE, "nhan-sau", 1),
        (_MINUTE, _MINUTE, "tre-hen", 0),
        (-timedelta(hours=1), timedelta(days=2), "nhan-sau", 1),
    ],
)
def test_ready_by_the_minute_of_the_appointment_whoever_fetched_it_later(desk, controller, ready, fetched, kind, share):
    due_at = received(desk).due_at
    assert due_at is not None
    made = handed_over(desk, due_at + ready, due_at + fetched)
    (line,) = of(controller).units
    numbers = Counter({one: line.numbers[one] for one in ("dung-hen", "nhan-sau", "tre-hen")})
    assert line.numbers["da-tra"] == 1 and +numbers == Counter({kind: 1})
    assert line.in_time_share == share and made.is_settled_late is not bool(share)
    rows = controller.get(f"{ROWS}?ky=2026-11&don-vi=xa-mot&xem={kind}").content.decode()
    assert made.code in rows


@pytest.mark.requirement(108)
def test_every_number_is_that_of_its_rows(desk: Desk, controller: Client):
    """Counted beside, one by one, from the rows alone."""
    received(desk)
    refused(desk, "missing_papers")
    supplemented(desk, "wrong_content")
    due_at = received(desk).due_at
    assert due_at is not None
    handed_over(desk, due_at, due_at + _MINUTE)
    handed_over(desk, due_at + _MINUTE, due_at + _MINUTE)
    (line,) = of(controller).units
    assert NOVEMBER is not None
    for kind in KINDS:
        assert len(fared_in(looks(controller), NOVEMBER, kind).order_by("pk")) == line.numbers[kind], kind
    told = [
        one for one in Dossier.objects.order_by("pk") if one.state in {"refused", "stopped"} or one.supplements
    ]  # fmt: skip
    assert len(told) == line.numbers["tra-lai"] == 2
    rows = {row[0]: row for row in rows_of(controller.get(f"{ADDRESS}bang.xlsx?ky=2026-11"))}
    assert [int(text) for text in rows["xã Một"][1:10]] == [line.numbers[kind] for kind in KINDS]
    assert rows["Đơn vị"][10:] == ["Tỷ lệ bị trả lại", "Tỷ lệ có kết quả đúng hẹn"]


def test_of_another_period_and_another_unit_nothing_is_said(desk: Desk, controller: Client):
    refused(desk, "missing_papers")
    assert of(controller, "2026-10").units == [] and of(controller, "2026-10").total.back_share is None
    assert "chưa có hồ sơ nào nộp" in controller.get(ADDRESS, {"ky": "2026-10"}).content.decode()
    stranger = official("la1", works_in=desk.other)
    grant(stranger, "unit_head", desk.other)
    assert of(client_of(stranger)).units == []
    assert client_of(official("la2", works_in=desk.other)).get(ADDRESS).status_code == 403


def test_what_an_office_received_is_its_bodys_and_nonsense_in_the_address_is_left_out(desk: Desk, controller: Client):
    office = unit("mot-cua", desk.commune, "office", "Bộ phận Một cửa")
    grant(desk.receiver, "receiving_officer", office)
    made = received(desk, unit=office)
    (line,) = of(controller).units
    assert line.name == "xã Một"
    page = controller.get(f"{ROWS}?ky=2026-13&xem=lạ&ly-do=refuse.lạ&don-vi=xa-mot")
    assert page.status_code == 200 and made.code in page.content.decode()
    assert controller.get(f"{ROWS}?don-vi=khong-co").status_code == 404


def test_it_asks_few_questions(desk: Desk, controller: Client):
    refused(desk, "missing_papers")
    few = questions(controller, f"{ADDRESS}?ky=2026-11")
    supplemented(desk, "wrong_content")
    assert questions(controller, f"{ADDRESS}?ky=2026-11") == few <= 9
    assert questions(controller, f"{ROWS}?ky=2026-11&don-vi=xa-mot&xem=tra-lai") <= 9
