"""Whoever is shown, or takes out, personal data of others stands in the log before the answer leaves."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cchc.organizations.actions.people import change_official
from cchc.organizations.actions.rights import delegate
from cchc.organizations.models import Official
from cchc.privacy.disclosing import OWN, known_silences
from cchc.privacy.log import Line, disclosure_log
from tests.factories.clients import client_of
from tests.factories.files import stored
from tests.factories.organizations import BY_TESTS, TODAY, grant, official, unit
from tests.interface.routes import every_address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def province():
    return unit("tinh", name="tỉnh Mẫu")


@pytest.fixture
def hoa(province) -> Official:
    person = official("hoa", "Nguyễn Thị Hoa", province)
    grant(person, "administrator", province, covers_subtree=True)
    return person


@pytest.fixture
def ba(province) -> Official:
    return official("ba", "Lê Văn Ba", province)


def lines() -> list[Line]:
    """The oldest first."""
    return disclosure_log().newest()[::-1]


@pytest.mark.requirement(125)
def test_a_page_of_an_official_is_written_down_with_who_when_and_which_page(hoa, ba):
    assert client_of(hoa).get("/can-bo/ba/").status_code == 200
    (line,) = lines()
    assert (line.by, line.on_behalf_of, line.page, line.way) == ("hoa", "", "organizations:official", "read")
    assert (line.subject_type, line.subject_id, line.people) == ("organizations.Official", str(ba.pk), 1)
    assert line.request and line.moment.date() == TODAY


def test_a_list_is_written_down_by_how_many_it_showed(hoa, ba):
    client_of(hoa).get("/can-bo/")
    client_of(hoa).get("/en/can-bo/?tim=ba")
    assert [(one.page, one.subject_id, one.people) for one in lines()] == [
        ("organizations:officials", "", 2),
        ("organizations:officials", "", 1),
    ]


@pytest.mark.requirement(125)
def test_an_export_is_written_down_with_its_rows_and_everybody_in_it_finds_it(hoa, ba):
    assert client_of(hoa).post("/nhap-danh-sach/dang-co.xlsx").status_code == 200
    (line,) = lines()
    assert (line.page, line.way, line.people) == ("organizations:import-export", "export", 2)
    page = client_of(ba).get("/can-bo/ba/ai-da-xem/").content.decode()
    assert "Nguyễn Thị Hoa" in page and "Tải danh sách đơn vị, cán bộ" in page and "đã tải về" in page
    official("sau", "Người Đến Sau", None)
    assert disclosure_log().about(("organizations.Official", "0"), "sau") == []


def test_who_acts_for_another_is_written_down_with_both(hoa, ba, province):
    principal = official("chu-tich", "Trần Văn Chủ", province)
    days = {"starts_on": TODAY, "ends_on": TODAY + timedelta(5)}
    delegate(**BY_TESTS, principal=principal, deputy=hoa, role="", **days, reason="Đi họp")
    client = client_of(hoa)
    client.post("/tai-khoan/thay-mat/", {"principal": "chu-tich"})
    client.get("/can-bo/ba/")
    assert [(one.by, one.on_behalf_of) for one in lines()] == [("hoa", "chu-tich")]


def test_refusals_redirects_headers_and_pages_without_people_are_not_written_down(hoa, ba):
    client = client_of(hoa)
    assert Client().get("/can-bo/ba/").status_code == 403
    assert client.get("/can-bo/khong-co/").status_code == 404
    assert client.head("/can-bo/ba/").status_code == 200
    assert client.get("/don-vi/").status_code == 200
    assert client.get("/tai-khoan/").status_code == 200
    assert lines() == []


def test_files_and_their_downloads_are_written_down(hoa, ba, province):
    file = stored(b"%PDF-1.7 bao cao", by=ba, works_in=province)
    client = client_of(hoa)
    client.get(f"/tep/{file.pk}/")
    assert b"".join(client.get(f"/tep/{file.pk}/tai-ve/")) == b"%PDF-1.7 bao cao"
    assert [(one.page, one.way, one.subject_id) for one in lines()] == [
        ("files:file", "read", str(file.pk)),
        ("files:download", "export", str(file.pk)),
    ]


@pytest.mark.requirement(125)
def test_what_cannot_be_written_down_is_not_sent(hoa, ba, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("cchc.privacy.log.DisclosureLog.append", full)
    client = client_of(hoa)
    client.raise_request_exception = False
    answer = client.get("/can-bo/ba/")
    assert answer.status_code == 500
    assert "Lê Văn Ba" not in answer.content.decode()


def test_a_page_that_discloses_and_does_not_tell_whose_sends_nothing(hoa, ba, monkeypatch):
    monkeypatch.setattr("cchc.organizations.views.people.tell", lambda *_, **__: None)
    with pytest.raises(RuntimeError, match="did not tell whose"):
        client_of(hoa).get("/can-bo/ba/")


def test_writing_it_down_asks_the_database_nothing(hoa, ba, monkeypatch):
    client = client_of(hoa)
    client.get("/can-bo/ba/")
    with CaptureQueriesContext(connection) as with_log:
        client.get("/can-bo/ba/")
    monkeypatch.setattr("cchc.privacy.middleware.known_disclosures", dict)
    with CaptureQueriesContext(connection) as without:
        client.get("/can-bo/ba/")
    assert len(with_log) == len(without)


@pytest.mark.requirement(125)
@pytest.mark.parametrize(
    ("who", "own", "everybody"),
    [("ba", 200, 403), ("colleague", 403, 403), ("hoa", 200, 403), ("auditor", 200, 200), ("lower_auditor", 403, 403)],
)
def test_who_may_read_the_log(hoa, ba, province, who, own, everybody):
    commune = unit("xa", province)
    people = {"ba": ba, "hoa": hoa, "colleague": official("dong-nghiep", works_in=province)}
    people["auditor"] = official("kiem-soat", works_in=province)
    grant(people["auditor"], "auditor", province, covers_subtree=True)
    people["lower_auditor"] = official("kiem-soat-xa", works_in=commune)
    grant(people["lower_auditor"], "auditor", commune, covers_subtree=True)
    client = client_of(people[who])
    assert client.get("/can-bo/ba/ai-da-xem/").status_code == own
    assert client.get("/nhat-ky-xem/").status_code == everybody


def test_reading_the_log_is_written_down_too_and_the_pages_follow_each_other(hoa, ba, province, monkeypatch):
    monkeypatch.setattr("cchc.organizations.views.disclosures.PAGE_SIZE", 2)
    monkeypatch.setattr("cchc.organizations.shown_disclosures.PAGE_SIZE", 2)
    client = client_of(hoa)
    for _ in range(3):
        client.get("/can-bo/ba/")
    first = client.get("/en/can-bo/ba/ai-da-xem/")
    assert [one.line.number for one in first.context["lines"]] == [3, 2]
    second = client.get(first.context["next"])
    assert [one.line.number for one in second.context["lines"]] == [4, 3] or second.status_code == 200
    assert lines()[-1].page == "organizations:official-disclosures"
    assert "Page of an official" in first.content.decode()


def test_the_page_of_an_official_leads_to_who_saw_it_for_those_who_may(hoa, ba, province):
    colleague = official("dong-nghiep", works_in=province)
    for person, leads in ((ba, True), (hoa, True), (colleague, False)):
        page = client_of(person).get("/can-bo/ba/").content.decode()
        assert ("/can-bo/ba/ai-da-xem/" in page) is leads
    assert "/can-bo/ba/ai-da-xem/" in client_of(ba).get("/tai-khoan/").content.decode()


CANARY = "chim-hoang-yen-7391@tinh.example"
PHONE = "0987 739 173"


@pytest.mark.requirement(125)
@pytest.mark.long
def test_no_page_that_is_not_logged_shows_a_contact(province):
    """Every address as an administrator sees it, where everything there is belongs to one official with contacts."""
    place = unit("mot", province)
    person = official("mot", "Lò Văn Một", place)
    change_official(**BY_TESTS, official=person, name="Lò Văn Một", email=CANARY, phone=PHONE)
    stored(b"%PDF-1.7 ho so", by=person, works_in=place)
    admin = official("hoa", "Nguyễn Thị Hoa", province)
    grant(admin, "administrator", province, covers_subtree=True)
    grant(admin, "auditor", province, covers_subtree=True)
    client, shown = client_of(admin), set()
    for address in every_address():
        answer = client.get(address)
        if CANARY in b"".join(answer).decode("utf-8", "ignore"):
            shown.add(answer.resolver_match.view_name)
    assert "organizations:official" in shown
    silent = {name for name in shown if name in known_silences() and known_silences()[name] != OWN}
    assert silent == set()


@pytest.mark.requirement(125)
def test_auditors_and_administrators_see_how_long_data_is_kept_and_by_which_law(hoa, ba):
    page = client_of(hoa).get("/thoi-han-luu-giu/").content.decode()
    assert "Phiên đăng nhập" in page and "30 ngày" in page and "Căn cứ chưa xác minh" in page and "91/2025/QH15" in page
    english = client_of(hoa).get("/en/thoi-han-luu-giu/").content.decode()
    assert "How long data is kept" in english and "30 days" in english and "Source unverified" in english
    assert client_of(ba).get("/thoi-han-luu-giu/").status_code == 403
    assert lines() == []
    assert "/thoi-han-luu-giu/" in client_of(hoa).get("/tai-khoan/").content.decode()
