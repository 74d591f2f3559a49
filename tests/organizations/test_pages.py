"""Pages of units and officials: found by whoever is signed in, changed by administrators."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cchc.organizations.actions.people import change_official
from cchc.organizations.actions.units import Standing, give_supervision, place_unit, reorganize
from cchc.organizations.models import Account, Official, RoleGrant
from cchc.organizations.queries import people, units
from cchc.records.sources import Source
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY, grant, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
REFORM = date(2025, 7, 1)
DECISION = Source("Nghị quyết 1677/NQ-UBTVQH15", date(2025, 6, 16))


@pytest.fixture
def colleague(province) -> Client:
    return client_of(official("dong-nghiep", "Trần Văn Dũng", province))


ADDRESSES = (
    "/don-vi/", "/don-vi/tinh/", "/don-vi/tinh/sua/", "/don-vi/tinh/them/", "/don-vi/tinh/nhap-vao/",
    "/don-vi/tinh/chia-tach/", "/don-vi/tinh/giai-the/", "/don-vi/tinh/can-bo/them/", "/can-bo/", "/can-bo/cb1/",
    "/can-bo/cb1/dieu-dong/", "/can-bo/cb1/vai-tro/", "/don-vi/tinh/lich/", "/don-vi/tinh/theo-doi/",
    "/can-bo/cb1/uy-quyen/",
)  # fmt: skip
READ = {"/don-vi/", "/don-vi/tinh/", "/can-bo/", "/can-bo/cb1/"}


@pytest.mark.requirement(124)
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_public_reads_nothing_colleagues_read_administrators_write(province, administrator, colleague, address):
    official("cb1", "Lê Văn Ba", province)
    assert Client().get(address).status_code == 403
    assert colleague.get(address).status_code == (200 if address in READ else 403)
    assert administrator.get(address).status_code == 200


def test_the_list_of_units_begins_with_the_way_to_the_own_one(province):
    commune = unit("xa-toi", province, "commune", name="xã Tôi")
    unit("xa-khac", province, "commune", name="xã Khác")
    page = client_of(official("o-xa", works_in=commune)).get("/don-vi/").content.decode()
    own = re.findall(r'href="/don-vi/([a-z-]+)/"', page.partition('class="lead"')[2].partition("</p>")[0])
    assert own == ["tinh", "xa-toi"]
    assert "Nơi tôi công tác" not in client_of(official("khong-don-vi")).get("/don-vi/").content.decode()


def test_an_administrator_without_the_second_factor_only_reads(province, administrator):
    person = Official.objects.get(code="quan-tri")
    assert client_of(person, second_factor=False).get("/don-vi/tinh/sua/").status_code == 403


@pytest.mark.requirement(4)
def test_founding_a_unit_and_its_people(administrator, province):
    new = {"name_vi": "xã Ẵng Mới", "code": "ang-moi", "kind": "commune", "parent": "tinh", "starts_on": "01/07/2025"}
    assert administrator.post("/don-vi/tinh/them/", new).url == "/don-vi/ang-moi/"
    person = {"name": "Lò Văn Ẵng", "code": "cb9", "post": "Chủ tịch", "starts_on": "01/07/2025", "is_head": "on"}
    assert administrator.post("/don-vi/ang-moi/can-bo/them/", person).url == "/can-bo/cb9/"
    page = administrator.get("/don-vi/ang-moi/").content.decode()
    assert "Lò Văn Ẵng" in page and "đứng đầu" in page
    move = {"unit": "tinh", "post": "Chuyên viên", "starts_on": "23/11/2026"}
    assert administrator.post("/can-bo/cb9/dieu-dong/", move).status_code == 302
    assert people.main_unit(Official.objects.get(code="cb9"), TODAY) == province


def test_what_is_refused_keeps_what_was_typed(administrator, province):
    wrong = {"name_vi": "xã Mới", "code": "tinh", "kind": "commune", "parent": "tinh", "starts_on": "01/07/2025"}
    answer = administrator.post("/don-vi/tinh/them/", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mã “tinh” đã có" in page and 'value="xã Mới"' in page
    answer = administrator.post("/don-vi/tinh/them/", wrong | {"starts_on": "31/02/2025", "parent": "khong-co"})
    assert {"starts_on", "parent"} <= set(answer.context["form"].errors)
    engaged = {"name": "A", "code": "cb9", "post": "B", "starts_on": "01/01/1990"}
    assert administrator.post("/don-vi/tinh/can-bo/them/", engaged).status_code == 422
    assert not Official.objects.filter(code="cb9").exists(), "neither half"


def test_of_two_administrators_the_second_is_told_and_loses_nothing(administrator, province):
    commune = unit("xa", province)
    seen = administrator.get("/don-vi/xa/sua/").context["form"].initial["version"]
    change = {"kind": "commune", "parent": "tinh", "starts_on": "23/11/2026", "version": seen}
    assert administrator.post("/don-vi/xa/sua/", change | {"name_vi": "xã Một"}).status_code == 302
    answer = administrator.post("/don-vi/xa/sua/", change | {"name_vi": "xã Hai", "starts_on": "24/11/2026"})
    page = answer.content.decode()
    assert "vừa được người khác sửa" in page and 'value="xã Hai"' in page
    assert units.history(commune)[0].name_vi == "xã Một"


@pytest.mark.requirement(4)
def test_merging_two_communes_and_reading_them_by_old_and_new_names(administrator, province):
    for code, name in (("koi", "xã Đăk Kôi"), ("lung", "xã Đăk Tơ Lung")):
        unit(code, province, "commune", name)
    merge = {"predecessors": "lung", "starts_on": "01/07/2025", "source_document": "Nghị quyết 1677/NQ-UBTVQH15"}
    sure = {"buoc": "xac-nhan", "reason": "Theo nghị quyết"}
    assert administrator.post("/don-vi/koi/nhap-vao/", merge | sure).status_code == 302
    gone = administrator.get("/don-vi/lung/").content.decode()
    assert "Ngày đó không có đơn vị này" in gone and "xã Đăk Kôi" in gone
    assert "Ngày đó" not in administrator.get("/don-vi/lung/?ngay=2025-06-30").content.decode()
    assert [row.name_vi for row in administrator.get("/don-vi/?tim=lung").context["rows"]] == []
    old = administrator.get("/don-vi/?tim=lung&ngay=30/06/2025")
    assert [row.name_vi for row in old.context["rows"]] == ["xã Đăk Tơ Lung"]


def test_nobody_merges_away_a_unit_of_others(administrator, province):
    other = unit("khac", name="tỉnh Khác")
    unit("xa", province)
    unit("xa-nguoi", other, "commune")
    merge = {"predecessors": "xa-nguoi", "starts_on": "01/07/2025", "source_document": "QĐ 1"}
    assert administrator.post("/don-vi/xa/nhap-vao/", merge).status_code == 403
    move = {"name_vi": "xã", "code": "cuop", "kind": "commune", "parent": "khac", "starts_on": "01/07/2025"}
    assert administrator.post("/don-vi/tinh/them/", move).status_code == 403
    assert units.children(other, TODAY).count() == 1


def test_nobody_moves_their_unit_under_one_of_others(administrator, province):
    unit("khac", name="tỉnh Khác")
    commune = unit("xa", province)
    move = {"name_vi": "xã", "kind": "commune", "parent": "khac", "starts_on": "23/11/2026", "version": 1}
    assert administrator.post("/don-vi/xa/sua/", move).status_code == 403
    assert administrator.post("/don-vi/xa/sua/", move | {"parent": ""}).status_code == 403
    assert len(units.history(commune)) == 1


def test_roles_are_given_and_withdrawn_and_never_to_oneself(administrator, province):
    person = official("cb1", "Lê Văn Ba", province)
    give = {"role": "appraiser", "unit": "tinh", "starts_on": "23/11/2026", "covers_subtree": "on"}
    assert administrator.post("/can-bo/cb1/vai-tro/", give).status_code == 302
    (held,) = people.named_grants(person, TODAY)
    assert administrator.post(f"/can-bo/cb1/vai-tro/{held.pk}/thu-hoi/", {"reason": ""}).status_code == 422
    assert administrator.post(f"/can-bo/cb1/vai-tro/{held.pk}/thu-hoi/", {"reason": "Nhầm"}).status_code == 302
    assert not people.named_grants(person, TODAY)
    assert administrator.post("/can-bo/quan-tri/vai-tro/", give).status_code == 403
    own = RoleGrant.objects.get(official__code="quan-tri")
    assert administrator.post(f"/can-bo/quan-tri/vai-tro/{own.pk}/thu-hoi/", {"reason": "x"}).status_code == 403
    assert administrator.post("/can-bo/cb1/vai-tro/999/thu-hoi/", {"reason": "x"}).status_code == 404


def test_an_account_is_opened_and_its_password_shown_once(administrator, province):
    official("cb1", "Lê Văn Ba", province)
    page = administrator.post("/can-bo/cb1/tai-khoan/", {"username": "ba.lv"})
    password = page.context["password"]
    assert password in page.content.decode()
    assert Account.objects.get(username="ba.lv").check_password(password)
    assert "ba.lv" in administrator.get("/can-bo/cb1/").content.decode()
    assert administrator.post("/can-bo/cb1/tai-khoan/", {"username": "khac"}).status_code == 422


def test_contacts_are_for_colleagues(administrator, colleague, province):
    outsider = client_of(official("ngoai", "Người Ngoài", unit("tinh-khac")))
    person = official("cb1", "Lê Văn Ba", province)
    change_official(**BY_TESTS, official=person, name=person.name, email="", phone="0912345678")
    shown = ["0912345678" in client.get("/can-bo/cb1/").content.decode() for client in (colleague, outsider)]
    assert shown == [True, False]


@pytest.mark.requirement(125)
@pytest.mark.parametrize("size", [1, 4])
def test_pages_ask_the_same_number_of_questions_at_any_size(
    administrator, province, size, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr("cchc.interface.paging.PAGE_SIZE", 2)
    deputy = official("giam-sat", "Người Kiểm", province)
    for number in range(size):
        commune = unit(f"xa-{number}", province)
        official(f"cb{number}", f"Người {number}", province if number % 2 else commune)
        grant(deputy, ["auditor", "reform_officer", "unit_head", "inspector"][number], province)
        give_supervision(**BY_TESTS, supervisor=commune, unit=province, source=DECISION, starts_on=LONG_AGO)
    is_long = size > 2
    counted = [("/don-vi/", 6), ("/don-vi/tinh/", 8), ("/don-vi/?tim=vi", 6 + is_long), ("/can-bo/", 6)]
    if is_long:
        counted.append((administrator.get("/don-vi/tinh/").context["next"], 8))
    for address, number in counted:  # session, account, viewer and bell: four of them
        with django_assert_num_queries(number):
            assert administrator.get(address).status_code == 200


@pytest.mark.parametrize("size", [1, 4])
def test_a_unit_that_is_gone_asks_no_more_than_one_that_is_there(
    administrator, province, size, django_assert_max_num_queries
):
    heirs = [unit(f"moi-{number}", province, "commune", f"xã Mới {number}", REFORM) for number in range(size)]
    old = unit("cu", province, "commune", "xã Cũ")
    reorganize(**BY_TESTS, kind="split", predecessors=[old], successors=heirs, effective_on=REFORM, source=DECISION)
    with django_assert_max_num_queries(9):
        page = administrator.get("/don-vi/cu/").content.decode()
    assert all(f"xã Mới {number}</a>" in page for number in range(size))


def test_a_unit_that_is_gone_says_where_one_is_and_nothing_of_today(administrator, province):
    old, heir = unit("cu", province, "commune", "xã Cũ"), unit("moi", province, "commune", "xã Mới")
    into = {"successors": [heir], "effective_on": REFORM, "source": DECISION}
    reorganize(**BY_TESTS, kind="merger", predecessors=[old], **into)
    gone, there = (administrator.get(f"/don-vi/{code}/").content.decode() for code in ("cu", "moi"))
    assert '<span aria-current="page">xã Cũ</span>' in gone
    for words in ("Chưa có ai công tác", "Lịch làm việc</h2>"):
        assert words in there and words not in gone
    assert "Nhập đơn vị: " in gone


def test_a_merger_says_the_names_of_then(administrator, province):
    old, heir = unit("cu", province, "commune", "xã Cũ"), unit("moi", province, "commune", "xã Xưa")
    into = {"successors": [heir], "effective_on": REFORM, "source": DECISION}
    reorganize(**BY_TESTS, kind="merger", predecessors=[old, heir], **into)
    place_unit(**BY_TESTS, unit=heir, standing=Standing("ward", "phường Nay", province), starts_on=TODAY)
    page = administrator.get("/don-vi/moi/").content.decode()
    assert ">xã Cũ</a>" in page and ">xã Xưa</a>" in page
    assert "phường Nay</a>" in administrator.get("/don-vi/cu/").content.decode(), "who carries it on, as called today"


def test_a_long_list_goes_on_by_key(administrator, province, monkeypatch):
    monkeypatch.setattr("cchc.interface.paging.PAGE_SIZE", 2)
    for number in range(3):
        unit(f"xa-{number}", province, "commune", f"xã Số {number}")
    page = administrator.get("/don-vi/tinh/")
    assert [row.name_vi for row in page.context["rows"]] == ["xã Số 0", "xã Số 1"]
    rest = administrator.get(page.context["next"])
    assert [row.name_vi for row in rest.context["rows"]] == ["xã Số 2"]
    assert (rest.context["total"], rest.context["next"]) == (3, "")


@pytest.mark.parametrize("query", ["sau=abc", "sau=99999999999999999999", "ngay=mai", "tim=%00", "loai=vua", "sau=-1"])
def test_a_strange_address_shows_the_list(administrator, query):
    assert administrator.get(f"/don-vi/?{query}").status_code == 200
    assert administrator.get(reverse("organizations:officials") + f"?{query}").status_code == 200


def test_every_day_may_be_asked(administrator, province):
    assert administrator.get("/don-vi/tinh/?ngay=01/01/2001").status_code == 200
    assert administrator.get("/don-vi/?ngay=2001-01-01").context["day"] == date(2001, 1, 1)


def test_a_list_without_officials_says_what_stands_there_and_a_search_what_to_search_for(
    administrator, colleague, monkeypatch
):
    monkeypatch.setattr(people, "search_officials", lambda text, day: Official.objects.none())
    page = administrator.get("/can-bo/").content.decode()
    assert "Chưa có cán bộ" in page and 'href="/nhap-danh-sach/">Nhập từ tệp' in page
    assert '<a href="/don-vi/">Đơn vị</a>' in colleague.get("/can-bo/").content.decode()
    searched = administrator.get("/can-bo/?tim=khong").content.decode()
    assert "Không có ai phù hợp" in searched and "Chưa có cán bộ" not in searched


def test_an_official_without_a_role_says_what_one_is_and_who_gives_it(administrator, colleague):
    page = administrator.get("/can-bo/dong-nghiep/").content.decode()
    assert "Vai trò cho biết" in page and '<a href="/can-bo/dong-nghiep/vai-tro/">Giao vai trò</a>' in page
    page = colleague.get("/can-bo/dong-nghiep/").content.decode()
    assert "Quản trị của đơn vị nơi cán bộ công tác giao vai trò." in page and "/vai-tro/" not in page
