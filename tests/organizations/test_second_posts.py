"""Posts beside the main one (kiêm nhiệm): given, ended, carried along by a transfer; postings to come taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from cchc.audit.queries import events_of
from cchc.interface.together import answer
from cchc.organizations.actions.leaving import leave_office
from cchc.organizations.actions.people import end_posting, engage_official, post_official
from cchc.organizations.actions.reorganizing import carry_out
from cchc.organizations.actions.taking_back import take_back_posting
from cchc.organizations.models import Official, Posting, RoleGrant, Unit
from cchc.organizations.queries import people
from cchc.organizations.queries.person import facts_of
from cchc.organizations.reorganizing import Arrangement, Fate
from cchc.organizations.viewers import viewer_of
from cchc.records.sources import Source
from tests.factories.clients import client_of
from tests.factories.followups import task
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY, grant, official, unit, unsaved_account
from tests.organizations.test_units import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
YESTERDAY, TOMORROW, MARCH = date(2026, 11, 22), date(2026, 11, 24), date(2027, 3, 1)
ADDRESS = "/can-bo/cb1/kiem-nhiem/"
TYPED = {"unit": "xa-hai", "post": "Phó Chủ tịch", "starts_on": "23/11/2026", "source_document": "QĐ 9/QĐ-UBND"}
WHY = {"reason": "Nhập nhầm ngày"}


@pytest.fixture
def places(province) -> tuple[Unit, Unit]:
    return unit("xa", province, name="xã Một"), unit("xa-hai", province, name="xã Hai")


@pytest.fixture
def person(places) -> Official:
    return official("cb1", "Lê Văn Ba", places[0])


def posted(person: Official, day: date = TODAY) -> dict[str, bool]:
    """Where the official works on that day, and whether mainly."""
    return {one.unit.code: one.is_main for one in people.postings_of(person).on(day)}


def beside(person: Official, where: Unit, starts_on: date = TODAY, **more: Any) -> Posting:
    given = {"official": person, "unit": where, "post": "Kiêm nhiệm", "starts_on": starts_on, "is_main": False}
    return post_official(**BY_TESTS, **given, **more)


def narrow(where: Unit) -> Client:
    clerk = official(f"quan-tri-{where.code}", "Trần Thị Hẹp", where)
    grant(clerk, "administrator", where)
    return client_of(clerk)


@pytest.mark.requirement(124)
def test_a_second_post_is_given_by_a_decision_and_counts_from_its_first_day(administrator, person, places):
    there = official("dn", "Đặng Văn Đồng", places[1])
    assert administrator.post(ADDRESS, TYPED).url == "/can-bo/cb1/"
    assert posted(person) == {"xa": True, "xa-hai": False} and posted(person, YESTERDAY) == {"xa": True}
    seen = viewer_of(unsaved_account(person), TODAY)
    assert seen.postings == {one.pk for one in places} and seen.works_in == "xã Một"
    assert all(seen.is_own(one) for one in places), "what one judges is neither"
    page = administrator.get("/can-bo/cb1/").content.decode()
    assert "kiêm nhiệm" in page and "QĐ 9/QĐ-UBND" in page
    theirs, own = (client_of(there).get(f"/don-vi/{code}/").content.decode() for code in ("xa-hai", "xa"))
    assert "Lê Văn Ba" in theirs and "kiêm nhiệm" in theirs and "kiêm nhiệm" not in own
    hidden = "Chỉ hiện với đồng nghiệp và quản trị"
    assert hidden not in client_of(there).get("/can-bo/cb1/").content.decode(), "a colleague there"
    assert hidden in client_of(official("la")).get("/can-bo/cb1/").content.decode()


@pytest.mark.parametrize(("given", "code"), [
    ({"post": " "}, 422), ({"unit": "xa"}, 422), ({"starts_on": "31/12/2004"}, 422), ({"ends_on": "22/11/2026"}, 422),
    ({"unit": "khac"}, 403),
])  # fmt: skip
def test_what_is_no_second_post_is_refused_and_stays_typed(administrator, person, given, code):
    unit("khac", name="tỉnh Khác")
    answer = administrator.post(ADDRESS, TYPED | given)
    assert answer.status_code == code and posted(person) == {"xa": True}
    assert code == 403 or 'value="QĐ 9/QĐ-UBND"' in answer.content.decode()


def test_nothing_stands_beside_no_main_post(places):
    person = official("moi", works_in=places[0], starts_on=TOMORROW)
    assert refusal(beside, person, places[1]) == "organizations.no_main_post"
    assert beside(person, places[1], TOMORROW)


def test_a_transfer_moves_the_main_post_and_leaves_those_beside_it(person, places, province):
    beside(person, places[1])
    office = unit("vp", province, "office")
    given: dict[str, Any] = {"official": person, "post": "Chuyên viên"}
    post_official(**BY_TESTS, **given, unit=office, starts_on=TOMORROW)
    assert posted(person, TOMORROW) == {"vp": True, "xa-hai": False}
    post_official(**BY_TESTS, **given, unit=places[1], starts_on=MARCH)
    assert posted(person, MARCH) == {"xa-hai": True}, "who moves there no longer works there beside"
    assert posted(person, date(2027, 2, 28)) == {"vp": True, "xa-hai": False}


def test_units_that_merge_leave_one_post_in_the_successor(person, places, province):
    new, other = unit("moi", province, name="xã Mới", starts_on=LONG_AGO), places[1]
    beside(person, other)
    arrangement = Arrangement("merger", list(places), [new], MARCH, Source("NQ 1"))
    joins = {f"posting-{one.pk}": Fate("moves", new.code) for one in person.postings.all()}
    carry_out(**BY_TESTS, arrangement=arrangement, fates=joins, reason="NQ 1")
    assert posted(person, MARCH) == {"moi": True} and posted(person) == {"xa": True, "xa-hai": False}


@pytest.mark.requirement(124)
def test_a_post_beside_ends_with_the_roles_over_its_unit(administrator, person, places):
    held = beside(person, places[1])
    grant(person, "unit_head", places[0])
    over = grant(person, "unit_head", places[1])
    address = f"/can-bo/cb1/vi-tri/{held.pk}/thoi/"
    assert address in administrator.get("/can-bo/cb1/").content.decode()
    form = administrator.get(address).context["form"]
    assert form["ending"].value() == [over.pk]
    given = {"roles": form["roles"].value(), "ending": [over.pk], "ends_on": "23/11/2026", "reason": "Hết hạn"}
    assert administrator.post(address, given | {"reason": " "}).status_code == 422
    assert administrator.post(address, given | {"ends_on": "22/11/2026"}).status_code == 422, "before it began"
    assert administrator.post(address, given).status_code == 302
    assert posted(person, TOMORROW) == {"xa": True}
    assert [one.unit for one in RoleGrant.objects.filter(official=person).on(TOMORROW)] == [places[0]]
    main = person.postings.get(is_main=True)
    assert administrator.get(f"/can-bo/cb1/vi-tri/{main.pk}/thoi/").status_code == 422
    assert administrator.get("/can-bo/cb1/vi-tri/999999/thoi/").status_code == 404


@pytest.mark.requirement(124)
def test_who_administers_the_other_unit_ends_the_post_there_alone(person, places):
    held = beside(person, places[1])
    there, here = narrow(places[1]), narrow(places[0])
    address = f"/can-bo/cb1/vi-tri/{held.pk}/thoi/"
    for client in (there, here):
        assert client.get(address).status_code == 200
        assert address in client.get("/can-bo/cb1/").content.decode()
    assert there.get("/can-bo/cb1/thoi-cong-tac/").status_code == 403
    assert here.get("/can-bo/cb1/thoi-cong-tac/").status_code == 200
    assert client_of(person).get(address).status_code == 403
    assert here.post(ADDRESS, TYPED).status_code == 403, "it does not administer that unit"


def test_who_left_belongs_where_the_main_post_was(person, places):
    beside(person, places[1])
    leave_office(**BY_TESTS, official=person, ends_on=TODAY, reason="Nghỉ hưu")
    assert answer(facts_of(person, TOMORROW)).home == places[0]
    assert list(people.belonging_to(Unit.objects.filter(pk=places[0].pk), TOMORROW)) == [person]
    assert not people.belonging_to(Unit.objects.filter(pk=places[1].pk), TOMORROW)


@pytest.mark.requirement(124)
def test_a_transfer_to_come_is_taken_back_and_the_post_before_goes_on(administrator, person, places):
    moved = post_official(**BY_TESTS, official=person, unit=places[1], post="Chủ tịch", starts_on=MARCH)
    address = f"/can-bo/cb1/vi-tri/{moved.pk}/rut-lai/"
    page = administrator.get("/can-bo/cb1/").content.decode()
    assert address in page and "từ 01/03/2027" in page
    assert "Rút lại vị trí “Chủ tịch” của Lê Văn Ba từ 01/03/2027?" in administrator.get(address).content.decode()
    wrong = administrator.post(address, {"reason": " ", "instead_from": "1/2/2027"})
    assert wrong.status_code == 422 and 'value="1/2/2027"' in wrong.content.decode()
    assert administrator.post(address, WHY).status_code == 302
    (left,) = person.postings.all()
    assert (left.unit, left.ends_on) == (places[0], None)
    assert events_of(left).last().kind == "organizations.posting_resumed"
    assert administrator.post(address, WHY).status_code == 404, "gone"
    begun = f"/can-bo/cb1/vi-tri/{left.pk}/rut-lai/"
    assert administrator.post(begun, WHY).status_code == 422
    assert begun not in administrator.get("/can-bo/cb1/").content.decode()


def test_another_first_day_instead_moves_the_transfer(administrator, person, places):
    moved = post_official(**BY_TESTS, official=person, unit=places[1], post="Chủ tịch", starts_on=MARCH)
    given = WHY | {"instead_from": "01/12/2026"}
    assert administrator.post(f"/can-bo/cb1/vi-tri/{moved.pk}/rut-lai/", given).status_code == 302
    assert [posted(person, date(2026, *day)) for day in ((11, 30), (12, 1))] == [{"xa": True}, {"xa-hai": True}]


@pytest.mark.requirement(124)
def test_who_administers_one_of_both_units_takes_a_transfer_back_but_gives_no_other_day(person, places):
    moved = post_official(**BY_TESTS, official=person, unit=places[1], post="Chủ tịch", starts_on=MARCH)
    address = f"/can-bo/cb1/vi-tri/{moved.pk}/rut-lai/"
    here = narrow(places[0])
    refused = here.post(address, WHY | {"instead_from": "01/12/2026"})
    assert refused.status_code == 403 and posted(person, MARCH) == {"xa-hai": True}
    assert here.post(address, WHY).status_code == 302 and posted(person, MARCH) == {"xa": True}


def test_the_board_shows_the_tasks_of_both_units_while_the_post_is_held(person, places, province):
    head = official("ct2", "Phạm Văn Tư", places[1], is_head=True)
    task(places[1], head, unit("vp", province, "office", "Văn phòng"), what="Công khai danh sách hồ sơ")
    client = client_of(person)
    assert "Công khai danh sách hồ sơ" not in client.get("/nhiem-vu/").content.decode()
    held = beside(person, places[1])
    assert "Công khai danh sách hồ sơ" in client.get("/nhiem-vu/").content.decode()
    end_posting(**BY_TESTS, posting=held, ends_on=TODAY, reason="Hết hạn")
    assert "Công khai danh sách hồ sơ" in client.get("/nhiem-vu/").content.decode(), "to the end of its last day"


def test_of_two_to_come_the_first_is_taken_back_and_the_second_stays(person, places, province):
    first = post_official(**BY_TESTS, official=person, unit=places[1], post="Chủ tịch", starts_on=TOMORROW)
    post_official(**BY_TESTS, official=person, unit=unit("vp", province, "office"), post="Phó", starts_on=MARCH)
    take_back_posting(**BY_TESTS, posting=first, reason="Nhầm")
    assert [posted(person, day) for day in (TOMORROW, date(2027, 2, 28), MARCH)] == [
        {"xa": True}, {"xa": True}, {"vp": True},
    ]  # fmt: skip


def test_the_only_posting_can_be_given_another_day_alone(administrator, places):
    given: dict[str, Any] = {"unit": places[0], "name": "Hồ Thị Mới", "post": "Chuyên viên", "starts_on": MARCH}
    person = engage_official(**BY_TESTS, code="moi", **given)
    (held,) = person.postings.all()
    address = f"/can-bo/moi/vi-tri/{held.pk}/rut-lai/"
    assert address in administrator.get("/can-bo/moi/").content.decode(), "who has not begun is managed, too"
    refused = administrator.post(address, WHY)
    assert refused.status_code == 422 and "không có vị trí nào khác" in refused.content.decode()
    assert administrator.post(address, WHY | {"instead_from": "23/11/2026"}).status_code == 302
    assert posted(person) == {"xa": True}


def test_a_post_beside_that_a_transfer_would_end_goes_on_when_that_is_taken_back(person, places):
    beside(person, places[1])
    moved = post_official(**BY_TESTS, official=person, unit=places[1], post="Chủ tịch", starts_on=MARCH)
    take_back_posting(**BY_TESTS, posting=moved, reason="Nhầm")
    assert posted(person, MARCH) == {"xa": True, "xa-hai": False}


def test_ending_the_action_alone_ends_no_roles(person, places):
    held = beside(person, places[1])
    grant(person, "unit_head", places[1])
    given = {"posting": held, "ends_on": TODAY, "reason": "Hết", "source": Source("QĐ 1")}
    end_posting(**BY_TESTS, **given)
    assert RoleGrant.objects.filter(official=person).on(TOMORROW).count() == 1
    assert refusal(end_posting, **BY_TESTS, **given, expected_roles=[]) == "organizations.roles_stale"
