"""What is to come is seen with its first day, and is taken back before it begins; what has begun ends instead."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from cchc.audit.queries import events_of
from cchc.notices.models import Notice
from cchc.organizations.actions.rights import delegate
from cchc.organizations.actions.units import give_supervision
from cchc.organizations.models import Delegation, Official, RoleGrant, Supervision, Unit
from cchc.organizations.queries.ties import ties_of
from cchc.records.sources import Source
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, TODAY, grant, official, unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TOMORROW, MARCH = date(2026, 11, 24), date(2027, 3, 1)
DECISION = Source("QĐ 5/QĐ-UBND")
SAID = "từ 01/03/2027"
WHY = {"reason": "Nhập nhầm ngày"}


@pytest.fixture
def commune(province) -> Unit:
    return unit("xa", province, name="xã Một")


@pytest.fixture
def person(commune) -> Official:
    return official("cb1", "Lê Văn Ba", commune)


def narrow(where: Unit) -> Client:
    """An administrator of that one unit."""
    clerk = official(f"quan-tri-{where.code}", "Trần Thị Hẹp", where)
    grant(clerk, "administrator", where)
    return client_of(clerk)


def kinds(subject: object) -> list[str]:
    return [event.kind for event in events_of(subject)]  # type: ignore[arg-type]


@pytest.mark.requirement(124)
def test_a_role_to_come_is_shown_and_taken_back_and_then_the_days_are_free(administrator, person, commune):
    held = grant(person, "unit_head", commune, starts_on=MARCH)
    for address in ("/can-bo/cb1/", "/don-vi/xa/"):
        assert SAID in administrator.get(address).content.decode()
    assert SAID in client_of(person).get("/tai-khoan/").content.decode()
    assert "Rút lại" in administrator.get("/can-bo/cb1/").content.decode()
    assert SAID not in administrator.get("/don-vi/xa/?ngay=2026-11-22").content.decode(), "a page of the past"
    address = f"/can-bo/cb1/vai-tro/{held.pk}/thu-hoi/"
    assert administrator.post(address, {"reason": " "}).status_code == 422
    assert administrator.post(address, WHY).status_code == 302
    assert not RoleGrant.objects.filter(official=person).exists()
    assert kinds(("organizations.RoleGrant", held.pk))[-1] == "organizations.role_withdrawn"
    gone = events_of(person).last()
    assert gone.kind == "organizations.taken_back" and "Nhập nhầm ngày" in gone.payload.body
    history = administrator.get(f"/nhat-ky/organizations.Official/{person.pk}/").content.decode()
    assert "Rút lại nội dung chưa bắt đầu" in history and "01/03/2027" in history
    assert grant(person, "unit_head", commune, starts_on=TODAY).pk, "the days are free again"


def test_a_role_that_holds_today_ends_and_stays_in_the_register(administrator, person, commune):
    held = grant(person, "unit_head", commune, starts_on=date(2026, 11, 22))
    assert administrator.post(f"/can-bo/cb1/vai-tro/{held.pk}/thu-hoi/", WHY).status_code == 302
    held.refresh_from_db()
    assert held.ends_on == date(2026, 11, 22)
    assert "organizations.taken_back" not in kinds(person)


@pytest.mark.requirement(124)
def test_withdrawing_is_offered_for_what_the_reader_may_withdraw_alone(administrator, person, commune, province):
    own, below = grant(person, "unit_head", commune), grant(person, "auditor", commune, covers_subtree=True)
    above = grant(person, "reform_officer", province)
    offered = {
        client: [
            held.pk for held in (own, below, above)
            if f"/vai-tro/{held.pk}/thu-hoi/" in client.get("/can-bo/cb1/").content.decode()
        ]
        for client in (narrow(commune), administrator, client_of(person))
    }  # fmt: skip
    assert list(offered.values()) == [[own.pk], [own.pk, below.pk, above.pk], []]
    for client, may in offered.items():
        for held in (own, below, above):
            expected = 302 if held.pk in may else 403
            if client is not administrator:
                assert client.post(f"/can-bo/cb1/vai-tro/{held.pk}/thu-hoi/", {}).status_code in {expected, 422}


@pytest.mark.parametrize(("starts_on", "stays"), [(TODAY, True), (TOMORROW, False)])
def test_a_deputyship_ends_today_or_is_taken_back_before_its_first_day(person, commune, starts_on, stays):
    deputy = official("pho", "Lê Thị Mai", commune)
    given = delegate(
        **BY_TESTS, principal=person, deputy=deputy, starts_on=starts_on, ends_on=MARCH, reason="Đi công tác"
    )
    client = client_of(person)
    assert ("Rút lại" in client.get("/tai-khoan/").content.decode()) is not stays
    assert client.post(f"/can-bo/cb1/uy-quyen/{given.pk}/thoi/", WHY).status_code == 302
    assert [one.ends_on for one in Delegation.objects.order_by("pk")] == ([TODAY] if stays else [])
    told = Notice.objects.filter(recipient=deputy).exclude(kind="notices.delegation_given").get()
    assert told.kind == ("notices.delegation_ended" if stays else "notices.delegation_taken_back")


@pytest.mark.parametrize(("starts_on", "stays"), [(TODAY, True), (TOMORROW, False)])
def test_a_supervision_ends_today_or_is_taken_back_before_its_first_day(administrator, commune, starts_on, stays):
    office = unit("so", Unit.objects.get(code="tinh"), "department", "Sở Nội vụ")
    held = give_supervision(**BY_TESTS, supervisor=office, unit=commune, starts_on=starts_on, source=DECISION)
    page = administrator.get("/don-vi/xa/").content.decode()
    assert "Sở Nội vụ" in page and ("Rút lại" in page, "từ 24/11/2026" in page) == (not stays, not stays)
    assert administrator.post(f"/don-vi/xa/theo-doi/{held.pk}/thoi/", WHY).status_code == 302
    assert [one.ends_on for one in Supervision.objects.order_by("pk")] == ([TODAY] if stays else [])
    assert ("organizations.taken_back" in kinds(commune)) is not stays
    assert bool(ties_of(commune, TODAY, TODAY).supervisors) is stays


@pytest.mark.requirement(124)
def test_the_end_of_a_supervision_is_offered_to_who_administers_both_units(administrator, commune, province):
    office = unit("so", province, "department", "Sở Nội vụ")
    held = give_supervision(**BY_TESTS, supervisor=office, unit=commune, starts_on=TODAY, source=DECISION)
    address = f"/don-vi/xa/theo-doi/{held.pk}/thoi/"
    of_commune = narrow(commune)
    page = of_commune.get("/don-vi/xa/").content.decode()
    assert "Sở Nội vụ" in page and address not in page
    assert of_commune.post(address, WHY).status_code == 403
    assert address in administrator.get("/don-vi/xa/").content.decode()
