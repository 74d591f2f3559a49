"""Desk, search and panels as this room fills them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from cchc.interface.hosting.search import known_search_kinds, search
from cchc.interface.together import answer
from cchc.organizations.actions.rights import delegate, end_delegation
from cchc.organizations.desk import delegations
from cchc.organizations.models import Official, Unit
from cchc.organizations.search import find_units
from cchc.organizations.viewers import Viewer, public_viewer
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def given(principal: Official, deputy: Official, starts_on: date, ends_on: date) -> None:
    delegate(**BY_TESTS, principal=principal, deputy=deputy, starts_on=starts_on, ends_on=ends_on, reason="Họp")


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.mark.requirement(62)
@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (-30, 7, "Ends"),
        (-30, 8, ""),
        (-30, 0, "Ends"),
        (-30, -1, ""),
        (0, 300, "Begins"),
        (7, 300, "Begins"),
        (8, 300, ""),
    ],
)
def test_acting_for_others_is_on_both_desks_when_it_begins_or_ends(start: int, end: int, words: str) -> None:
    head, deputy = official("truong", "Trần Văn Dũng"), official("pho", "Lê Thị Mai")
    given(head, deputy, days(start), days(end))
    expected = [words] if words else []
    for person, other in ((head, "Lê Thị Mai"), (deputy, "Trần Văn Dũng")):
        items = answer(delegations.gather(Viewer(TODAY, person), NOW))
        assert [("Begins" if item.words == "Bắt đầu" else "Ends") for item in items] == expected
        assert all(other in item.title for item in items)
    assert answer(delegations.gather(Viewer(TODAY, official("khac")), NOW)) == []


def test_a_delegation_that_was_ended_is_gone() -> None:
    head, deputy = official("truong"), official("pho")
    held = delegate(**BY_TESTS, principal=head, deputy=deputy, starts_on=days(-9), ends_on=days(2), reason="Họp")
    end_delegation(**BY_TESTS, delegation=held, ends_on=days(-1), reason="Về sớm")
    assert answer(delegations.gather(Viewer(TODAY, deputy), NOW)) == []


@pytest.fixture
def province() -> Unit:
    return unit("tinh", name="tỉnh Mẫu")


def test_the_desk_reminds_of_the_second_factor_and_asks_the_same_however_much_there_is(
    province, django_assert_max_num_queries
):
    person = official("hoa", "Nguyễn Thị Hoa", province)
    grant(person, "administrator", province)
    client = client_of(person, second_factor=False)
    page = client.get("/ban-lam-viec/").content.decode()
    assert "Vai trò Quản trị" in page and "Chờ xác thực hai lớp" in page and "/tai-khoan/hai-lop/" in page
    for number in range(5):
        given(official(f"truong{number}"), person, days(1), days(number + 2))
    client_of(person)  # the session is another one: the desk below is still without the second factor
    with django_assert_max_num_queries(9):
        page = client.get("/ban-lam-viec/").content.decode()
    assert page.count("Xử lý thay") == 5


@pytest.mark.requirement(62)
def test_a_desk_says_what_one_is_there_for_and_where_to_begin(province):
    office = unit("phong", province, name="Phòng Nội vụ")
    auditor, clerk, guest = (official(code, works_in=office) for code in ("kiem", "thu", "khach"))
    grant(auditor, "auditor", province, covers_subtree=True)
    grant(clerk, "reform_officer", office)
    pages = [client_of(one).get("/ban-lam-viec/").content.decode() for one in (auditor, clerk, guest)]
    assert "Người xem nhật ký" in pages[0] and "/nhat-ky-xem/" in pages[0] and "tỉnh Mẫu" in pages[0]
    assert "Tự chấm điểm" in pages[1] and "Phòng Nội vụ" in pages[1] and "/nhat-ky-xem/" not in pages[1]
    assert "Hôm nay chưa có vai trò" in pages[2]


@pytest.mark.requirement(124)
def test_whose_roles_wait_for_the_second_factor_is_told_so_on_the_desk(province):
    waiting = official("quantri", works_in=province)
    grant(waiting, "administrator", province, covers_subtree=True)
    page = client_of(waiting, second_factor=False).get("/ban-lam-viec/").content.decode()
    assert "Chờ xác thực hai lớp: Quản trị" in page and 'href="/tai-khoan/hai-lop/"' in page
    assert "Hôm nay chưa có vai trò" not in page and "Quản trị của đơn vị giao vai trò" not in page


def test_somebody_signed_in_starts_from_the_desk(province):
    client = client_of(official("hoa", "Nguyễn Thị Hoa", province))
    page = client.get("/don-vi/").content.decode()
    assert 'href="/ban-lam-viec/"' in page and 'name="q"' in page
    assert 'href="/ban-lam-viec/" rel="home"' in page
    public = Client().get("/ket-qua/").content.decode()
    assert 'name="q"' not in public and "/ban-lam-viec/" not in public


@pytest.mark.requirement(128)
def test_the_search_finds_units_and_people_without_tone_marks(province, django_assert_max_num_queries):
    commune = unit("ang", province, name="xã Ẵng Tở")
    client = client_of(official("hoa", "Lò Thị Ẵng", commune, post="Chủ tịch"))
    for text in ("ang", "ẴNG", " Ang "):
        page = client.get("/tim/", {"q": text}).content.decode()
        assert "xã Ẵng Tở" in page and "Lò Thị Ẵng" in page and "Chủ tịch, xã Ẵng Tở" in page
    assert "tỉnh Mẫu" in client.get("/tim/?q=ang").content.decode(), "what stands above it"
    assert "Không tìm thấy" in client.get("/tim/?q=khong-co-ai").content.decode()
    viewer = Viewer(TODAY, Official.objects.get(code="hoa"))
    with django_assert_max_num_queries(2):  # what the scope reaches; all that is sought
        assert len(search(viewer, "ang")) == 2
    with django_assert_max_num_queries(6):  # session, account, viewer and bell
        client.get("/tim/?q=ang")


def test_a_long_list_leads_to_all_of_it(province):
    for number in range(10):
        unit(f"xa{number}", province, name=f"xã Số {number}")
    viewer = Viewer(TODAY, official("hoa", works_in=province))
    found = find_units.find(viewer, "so", 8)
    assert [hit.title for hit in found.hits] == [f"xã Số {number}" for number in range(8)]
    assert found.more == "/don-vi/?tim=so"
    assert find_units.find(viewer, "so 3", 8).more == ""


def test_the_public_finds_nothing(province):
    official("hoa", "Lò Thị Ẵng", province)
    for kind in known_search_kinds().values():
        assert kind.find(public_viewer(TODAY), "mau", 8).hits == ()
        assert kind.find(public_viewer(TODAY), "ang", 8).hits == ()
