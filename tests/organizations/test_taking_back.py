"""What is to come is seen with its first day, and is taken back before it begins; what has begun ends instead."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from cchc.audit.queries import events_of
from cchc.notices.models import Notice
from cchc.organizations.actions.rights import delegate
from cchc.organizations.actions.taking_back import take_back_placement
from cchc.organizations.actions.units import (
    Standing,
    choose_calendar,
    found_unit,
    give_supervision,
    merge_into,
    place_unit,
)
from cchc.organizations.models import Delegation, Official, Placement, RoleGrant, Supervision, Unit
from cchc.organizations.queries import units
from cchc.organizations.queries.ties import ties_of
from cchc.records.sources import Source
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY, grant, official, unit
from tests.organizations.test_units import refusal

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


def test_a_calendar_to_come_is_taken_back_and_the_one_before_goes_on(administrator, commune, province):
    choose_calendar(**BY_TESTS, unit=commune, calendar="vn", starts_on=date(2026, 1, 1))
    choose_calendar(**BY_TESTS, unit=commune, calendar="vn-example-commune", starts_on=date(2027, 1, 1))
    use = commune.calendar_uses.get(starts_on=date(2027, 1, 1))
    address = f"/don-vi/xa/lich/{use.pk}/rut-lai/"
    for page in ("/don-vi/xa/", "/don-vi/xa/lich/"):
        shown = administrator.get(page).content.decode()
        assert address in shown and "từ 01/01/2027" in shown
    assert client_of(official("la", works_in=commune)).get(address).status_code == 403
    assert administrator.post(address, {"reason": ""}).status_code == 422
    assert administrator.post(address, WHY).status_code == 302
    assert units.calendars_over(commune, date(2027, 1, 1))[0].calendar == "vn"
    left = commune.calendar_uses.get()
    assert left.ends_on is None
    begun = f"/don-vi/xa/lich/{left.pk}/rut-lai/"
    refused = administrator.post(begun, WHY)
    assert refused.status_code == 422 and "đã có hiệu lực từ 01/01/2026" in refused.content.decode().lower()
    assert administrator.post(f"/don-vi/tinh/lich/{left.pk}/rut-lai/", WHY).status_code == 404


def renamed(commune: Unit, name: str, starts_on: date, parent: Unit | None = None) -> Placement:
    standing = Standing("commune", name, parent or Unit.objects.get(code="tinh"))
    return place_unit(**BY_TESTS, unit=commune, standing=standing, starts_on=starts_on)


def names_on(commune: Unit, *days: date) -> list[str]:
    return [commune.placements.on(day).get().name_vi for day in days]


def test_a_name_to_come_is_taken_back_and_the_name_before_goes_on(administrator, commune):
    new = renamed(commune, "xã Đăk Kôi", MARCH)
    address = f"/don-vi/xa/ten/{new.pk}/rut-lai/"
    page = administrator.get("/don-vi/xa/").content.decode()
    assert address in page and SAID in page
    assert address not in narrow(unit("khac", Unit.objects.get(code="tinh"))).get("/don-vi/xa/").content.decode()
    past = client_of(official("la", works_in=commune)).get("/don-vi/xa/?ngay=1999-01-01").content.decode()
    assert address not in past, "nor on a page of a day on which the unit was not there"
    assert administrator.post(address, WHY).status_code == 302
    assert names_on(commune, TODAY, MARCH) == ["xã Một", "xã Một"]
    assert "organizations.taken_back" in kinds(commune)
    assert [link.ends_on for link in commune.links_up.order_by("depth")] == [None, None], "the tree goes on, too"
    (only,) = commune.placements.all()
    assert administrator.post(f"/don-vi/xa/ten/{only.pk}/rut-lai/", WHY).status_code == 422


def test_a_name_to_come_is_given_its_right_day_and_ends_where_the_next_begins(administrator, commune):
    first = renamed(commune, "xã Hai", date(2027, 1, 1))
    given = WHY | {"instead_from": "01/12/2026"}
    assert administrator.post(f"/don-vi/xa/ten/{first.pk}/rut-lai/", given).status_code == 302
    assert names_on(commune, date(2026, 11, 30), date(2026, 12, 1)) == ["xã Một", "xã Hai"]
    second = commune.placements.get(name_vi="xã Hai")
    renamed(commune, "xã Ba", MARCH)
    assert administrator.post(f"/don-vi/xa/ten/{second.pk}/rut-lai/", WHY).status_code == 302
    assert names_on(commune, date(2027, 2, 28), MARCH) == ["xã Một", "xã Ba"]


def test_a_unit_to_be_founded_is_given_its_right_day_by_who_could_found_it(administrator, commune, province):
    unit("moi", province, name="xã Mới", starts_on=MARCH)
    held = Placement.objects.get(unit__code="moi")
    address = f"/don-vi/moi/ten/{held.pk}/rut-lai/"
    assert address in administrator.get("/don-vi/moi/").content.decode()
    assert narrow(commune).get(address).status_code == 403
    refused = administrator.post(address, WHY)
    assert refused.status_code == 422 and "không rút hẳn được" in refused.content.decode()
    assert administrator.post(address, WHY | {"instead_from": "01/12/2026"}).status_code == 302
    assert Placement.objects.get(unit__code="moi").starts_on == date(2026, 12, 1)


def test_what_a_reorganization_brings_is_not_taken_back_by_itself(administrator, commune, province):
    other = unit("xa-hai", province, name="xã Hai")
    merge_into(**BY_TESTS, unit=commune, others=[other], effective_on=MARCH, source=DECISION, new_name="xã Mới")
    new = commune.placements.get(name_vi="xã Mới")
    assert f"/ten/{new.pk}/rut-lai/" not in administrator.get("/don-vi/xa/").content.decode()
    assert refusal(take_back_placement, **BY_TESTS, placement=new, **WHY) == "organizations.part_of_reorganization"


def test_what_was_under_it_until_it_ends_with_its_kind_goes_on_no_longer(province):
    """The districts are no more from 1 July 2025 on, whatever is taken back."""
    day = datetime(2025, 3, 1, 8, tzinfo=UTC)
    by = {**BY_TESTS, "now": day}
    district = found_unit(**by, code="huyen", standing=Standing("district", "huyện Một", province), starts_on=LONG_AGO)
    standing = Standing("district", "huyện Hai", province)
    new = place_unit(**by, unit=district, standing=standing, starts_on=date(2025, 6, 1))
    take_back_placement(**by, placement=new, **WHY)
    assert [one.ends_on for one in district.placements.all()] == [date(2025, 6, 30)]
