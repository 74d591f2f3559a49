"""What is missing to begin work: units without a head, officials without an account or a role."""

from __future__ import annotations

import pytest

from cchc.organizations.models import Official
from tests.factories.clients import client_of
from tests.factories.organizations import grant, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.requirement(84)]


@pytest.fixture
def places():
    province = unit("tinh", name="tỉnh Mẫu")
    led, unled = unit("xa-mot", province, name="xã Một"), unit("xa-hai", province, name="xã Hai")
    official("ct", "Y Ngọc", led, is_head=True)
    return province, led, unled


def test_units_without_a_head_are_found(places):
    page = client_of(official("cv", "A Bình", places[0])).get("/don-vi/?thieu=dung-dau")
    assert {one.unit.code for one in page.context["rows"]} == {"tinh", "xa-hai"}
    assert "Chưa ghi người đứng đầu" in page.content.decode()


def test_administrators_find_who_has_no_account_or_no_role(places):
    head = official("qt", "A Bình", places[0])
    grant(head, "administrator", places[0], covers_subtree=True)
    page = client_of(head)
    for what, expected in (("tai-khoan", {"ct"}), ("vai-tro", {"ct"}), ("la", {"ct", "qt"})):
        found = page.get(f"/can-bo/?thieu={what}").context["rows"]
        assert {one.code for one in found} == expected, what
    plain = client_of(official("cv", "Y Hoa", places[1])).get("/can-bo/?thieu=tai-khoan")
    assert {one.code for one in plain.context["rows"]} == {"ct", "qt", "cv"}, "nobody else is told who has none"


def test_the_desk_of_administrators_counts_what_is_missing_and_leads_there(places):
    head = official("qt", "A Bình", places[0])
    grant(head, "administrator", places[0], covers_subtree=True)
    desk = client_of(head).get("/ban-lam-viec/").content.decode()
    for address, said in (
        ("/don-vi/?thieu=dung-dau", "Chưa ghi người đứng đầu: 2"), ("/can-bo/?thieu=tai-khoan", "Chưa có tài khoản: 1"),
        ("/can-bo/?thieu=vai-tro", "Chưa có vai trò: 1"),
    ):  # fmt: skip
        assert f'<a href="{address}">{said}</a>' in desk
    grant(Official.objects.get(code="ct"), "unit_head", places[1])
    assert "Chưa có vai trò" not in client_of(head).get("/ban-lam-viec/").content.decode(), "nothing is left to do"
    assert "thieu=" not in client_of(official("cv", "Y Hoa", places[1])).get("/ban-lam-viec/").content.decode()
