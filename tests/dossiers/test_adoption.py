"""How far units use the system: nothing is counted twice or left out, every number opens its rows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from fractions import Fraction

import pytest
import time_machine
from django.test import Client

from cchc.dossiers.actions.intake import Intake, refuse_intake
from cchc.dossiers.actions.paper_volumes import OnPaper, note_paper
from cchc.dossiers.models import Dossier, PaperVolume
from cchc.dossiers.periods import read_period
from cchc.dossiers.queries.adoption import Use, adoption, marks_of
from cchc.dossiers.thresholds import Thresholds, read_thresholds, thresholds_on
from cchc.interface.together import answer
from cchc.organizations.models import Account, Unit
from cchc.organizations.viewers import Viewer, viewer_of
from cchc.records.errors import DomainError
from tests.factories.clients import client_of
from tests.factories.dossiers import BIRTH, LAND, Desk, at, intake, received
from tests.factories.organizations import BY_TESTS, TODAY, grant, official, unit
from tests.rights.test_questions import questions
from tests.support.taken import rows_of

ADDRESS = "/ho-so/su-dung/"
NOVEMBER = read_period("2026-11")


@pytest.fixture(autouse=True)
def friday():
    with time_machine.travel(at("27 08:00"), tick=False):
        yield


@pytest.fixture
def controller(desk: Desk) -> Client:
    """Procedure control over the province and all below."""
    person = official("ks1", "Lò Văn Kiểm", desk.province)
    grant(person, "procedure_control_officer", desk.province, covers_subtree=True)
    return client_of(person)


def by_channel(desk: Desk, channel: str, when: str = "23 08:00", code: str = BIRTH) -> Dossier:
    given = intake(desk.procedures[code])
    return received(desk, code, when, intake=Intake(given.person, given.papers, channel=channel, is_no_duplicate=True))


def looks(client: Client) -> Viewer:
    """The viewer behind a client."""
    account = Account.objects.get(pk=client.session["_auth_user_id"])
    return viewer_of(account, at("27 08:00").date(), used_second_factor=True)


def use_of(client: Client, code: str, key: str = "2026-11") -> Use:
    period = read_period(key)
    assert period is not None
    found = answer(adoption(looks(client), period))
    return next(one for one in found.units if one.code == code)


def noted(of: Unit, number: int, month: str = "2026-11") -> PaperVolume:
    period = read_period(month)
    assert period is not None
    return note_paper(**BY_TESTS, unit=of, on_paper=OnPaper(period.first, number, "staff", "Sổ tiếp nhận"))


@pytest.mark.requirement(52)
@pytest.mark.requirement(54)
def test_each_unit_by_channel_and_the_rows_behind_each_number(desk: Desk, controller: Client):
    made = [by_channel(desk, one) for one in ("direct", "direct", "online", "post")]
    refuse_intake(
        **desk.as_(desk.receiver, "23 09:00"), unit=desk.commune, procedure=desk.procedures[BIRTH],
        intake=intake(desk.procedures[BIRTH]), reason_code="not_eligible", reason="Không đủ điều kiện",
    )  # fmt: skip
    use = use_of(controller, "xa-mot")
    assert (use.number, use.direct, use.online, use.post) == (4, 2, 1, 1)
    assert (use.online_share, use.post_share, use.system_share) == (Fraction(1, 4), Fraction(1, 4), None)
    page = controller.get(ADDRESS, {"ky": "2026-11"}).content.decode()
    for query, codes in (
        ("don-vi=xa-mot", [one.code for one in made]),
        ("don-vi=xa-mot&amp;kenh=online", [made[2].code]),
        ("don-vi=xa-mot&amp;kenh=post", [made[3].code]),
    ):
        address = f"/ho-so/su-dung/ho-so/?ky=2026-11&amp;{query}"
        assert address in page
        rows = controller.get(address.replace("&amp;", "&")).content.decode()
        assert [one.code for one in made if one.code in rows] == codes and "Trần Thị Lan" not in rows
    assert (
        "/ho-so/su-dung/ho-so/?ky=2026-10&amp;don-vi=xa-mot"
        in controller.get(ADDRESS, {"ky": "2026-10"}).content.decode()
    )


@pytest.mark.requirement(53)
def test_units_that_received_nothing_stand_first_and_alone(desk: Desk, controller: Client):
    by_channel(desk, "direct")
    found = answer(adoption(looks(controller), NOVEMBER))
    assert [one.code for one in found.without_any] == ["tinh", "xa-hai"]
    assert [one.code for one in found.units][-1] == "xa-mot"
    page = controller.get(ADDRESS, {"ky": "2026-11", "xem": "khong-co"}).content.decode()
    assert "xã Hai" in page and "xã Một" not in page and "chưa có hồ sơ" in page


@pytest.mark.requirement(47)
@pytest.mark.requirement(44)
def test_procedures_by_which_nothing_was_received(desk: Desk, controller: Client):
    by_channel(desk, "online")
    found = answer(adoption(looks(controller), NOVEMBER))
    assert found.unused == 1 and sum(one.number for one in found.levels) == 1 == sum(
        one.came_online for one in found.levels
    )
    assert sum(one.procedures for one in found.levels) == 2
    page = controller.get("/ho-so/su-dung/thu-tuc/?ky=2026-11").content.decode()
    assert LAND in page and BIRTH not in page


@pytest.mark.requirement(90)
@pytest.mark.requirement(22)
def test_marks_begin_below_a_threshold():
    half = Thresholds(Fraction(1, 2), Fraction(1, 2), Fraction(1, 2))
    at_the_edge = Use(0, "", "", Counter(online=1, post=1), 2, True)
    assert marks_of(at_the_edge, half) == frozenset()
    below = Use(0, "", "", Counter(online=1, direct=2), 4, True)
    assert marks_of(below, half) == {"system", "online", "post"}
    assert marks_of(Use(0, "", "", Counter(online=3), 9, False), half) == {"post"}, "half a quarter says nothing"
    assert marks_of(Use(0, "", ""), half) == frozenset()


def test_the_shipped_thresholds_are_sourced_and_say_that_nobody_verified_them():
    dated = thresholds_on(TODAY)
    assert dated.source.document and not dated.verification.verified and dated.verification.doubt_told
    known = b"{valid: {from: 2020-01-01}, source: {document: D}, verified: true"
    wrong = b"rules:\n- " + known + b", system: 101, online: 0, post: 0}\n"
    with pytest.raises(DomainError) as refused:
        read_thresholds(wrong, "x.yaml")
    assert refused.value.code == "dossiers.not_a_percentage"


@pytest.mark.requirement(52)
def test_what_came_on_paper_is_noted_and_put_right_by_another_note(desk: Desk, controller: Client):
    by_channel(desk, "direct")
    head = client_of(desk.head)
    asked = {"month": "2026-11-01", "number": "3", "reason_code": "connection", "evidence": "Sổ tiếp nhận số 1"}
    assert head.post("/ho-so/su-dung/giay/xa-mot/", asked).status_code == 302
    assert use_of(controller, "xa-mot").system_share == Fraction(1, 4)
    noted(desk.commune, 1)
    use = use_of(controller, "xa-mot")
    assert (use.paper, use.system_share) == (1, Fraction(1, 2)) and PaperVolume.objects.count() == 2
    page = head.get("/ho-so/su-dung/giay/xa-mot/").content.decode()
    assert "Sổ tiếp nhận số 1" in page and "Đường truyền không có hoặc chậm" in page and desk.head.name in page
    assert use_of(controller, "xa-mot", "2026-Q4").system_share is None, "October is not said yet"
    noted(desk.commune, 2, "2026-10")
    assert use_of(controller, "xa-mot", "2026-Q4").system_share == Fraction(1, 4), "December is to come"


def test_a_month_to_come_or_no_evidence_is_refused_and_nothing_typed_is_lost(desk: Desk):
    with pytest.raises(DomainError) as refused:
        noted(desk.commune, 1, "2026-12")
    assert refused.value.code == "dossiers.month_to_come"
    asked = {"month": "2026-11-01", "number": "7", "reason_code": "other", "evidence": " "}
    page = client_of(desk.head).post("/ho-so/su-dung/giay/xa-mot/", asked)
    assert page.status_code == 422 and 'value="7"' in page.content.decode() and not PaperVolume.objects.exists()
    assert client_of(desk.settler).get("/ho-so/su-dung/giay/xa-mot/").status_code == 403


def test_what_an_office_received_is_its_bodys(desk: Desk, controller: Client):
    office = unit("mot-cua", desk.commune, "office", "Bộ phận Một cửa")
    grant(desk.receiver, "receiving_officer", office)
    received(desk, unit=office)
    assert use_of(controller, "xa-mot").number == 1
    rows = controller.get("/ho-so/su-dung/ho-so/?ky=2026-11&don-vi=xa-mot").content.decode()
    assert "mot-cua-261123-0001" in rows


def test_who_works_in_an_office_alone_sees_its_line(desk: Desk):
    office = unit("mot-cua", desk.commune, "office", "Bộ phận Một cửa")
    clerk = official("tn9", works_in=office)
    grant(clerk, "receiving_officer", office)
    empty = client_of(clerk).get(ADDRESS, {"ky": "2026-11"}).content.decode()
    assert "Bộ phận Một cửa" in empty and "chưa có hồ sơ" in empty
    received(desk, unit=office)
    page = client_of(clerk).get(ADDRESS, {"ky": "2026-11"}).content.decode()
    assert "Bộ phận Một cửa" in page and "xã Một" not in page and "chưa có hồ sơ<" not in page


def test_a_commune_sees_itself_alone(desk: Desk, controller: Client):
    by_channel(desk, "direct")
    page = client_of(desk.head).get(ADDRESS, {"ky": "2026-11"}).content.decode()
    assert "xã Một" in page and "xã Hai" not in page
    assert client_of(official("la", works_in=desk.other)).get(ADDRESS).status_code == 403


def test_the_table_is_taken_along(desk: Desk, controller: Client):
    by_channel(desk, "online")
    noted(desk.commune, 1)
    rows = rows_of(controller.get(f"{ADDRESS}bang.xlsx?ky=2026-11"))
    assert rows[0][0] == "Đơn vị" and ["xã Một", "1", "0", "1", "0", "1"] in [list(row[:6]) for row in rows]
    text = controller.get(f"{ADDRESS}bang.csv?ky=2026-11").content.decode("utf-8-sig")
    taken = {row[0]: row[1:] for row in csv.reader(io.StringIO(text), delimiter=";")}
    assert taken["xã Một"][:5] == ["1", "0", "1", "0", "1"] and "50,0" in taken["xã Một"][7]


@pytest.mark.long
def test_two_hundred_units_ask_the_same_nine_questions(desk: Desk, controller: Client):
    by_channel(desk, "direct")
    few = questions(controller, f"{ADDRESS}?ky=2026-11")
    for number in range(198):
        unit(f"xa-{number}", desk.province, "commune", f"xã {number}")
    assert questions(controller, f"{ADDRESS}?ky=2026-11") <= few <= 9, "few units are asked for one by one"
    page = controller.get(ADDRESS, {"ky": "2026-11"}).content.decode()
    assert "100 trong số 201" in page or "100 trong 201" in page
