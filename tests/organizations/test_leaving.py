"""An official leaves: what ends is shown first, then all of it ends in one step; open tasks are named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from cchc.audit.queries import events_of
from cchc.followups.deadlines import Deadline
from cchc.notices.models import Notice
from cchc.organizations.actions.accounts import open_account
from cchc.organizations.actions.leaving import leave_office
from cchc.organizations.actions.people import post_official
from cchc.organizations.actions.rights import assign_duty, delegate
from cchc.organizations.models import Account, Official, Posting, RoleGrant, Unit
from cchc.organizations.queries import people
from cchc.records.sources import Source
from tests.factories.clients import client_of
from tests.factories.followups import task
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY, grant, official, unit
from tests.organizations.test_signing_in import PASSWORD, sign_in, signed_in_as
from tests.organizations.test_units import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
ADDRESS = "/can-bo/cb1/thoi-cong-tac/"
YESTERDAY, TOMORROW, NEW_YEAR = date(2026, 11, 22), date(2026, 11, 24), date(2027, 1, 1)
TYPED = {"ends_on": "23/11/2026", "reason": "Nghỉ hưu", "source_document": "QĐ 12/QĐ-UBND", "source_on": "20/11/2026"}


@pytest.fixture
def commune(province) -> Unit:
    return unit("xa", province, name="xã Một")


@pytest.fixture
def person(commune) -> Official:
    """Holds of everything something: two roles, a deputy, somebody acted for, a duty, an account."""
    person, other = official("cb1", "Lê Văn Ba", commune), official("cb2", "Trần Văn Dũng", commune)
    grant(person, "unit_head", commune)
    grant(person, "auditor", commune, starts_on=NEW_YEAR)
    days: dict[str, Any] = {"starts_on": LONG_AGO, "ends_on": date(2027, 6, 30), "reason": "Đi học"}
    delegate(**BY_TESTS, principal=person, deputy=other, **days)
    delegate(**BY_TESTS, principal=other, deputy=person, role="unit_head", **days)
    assign_duty(**BY_TESTS, official=person, duty="appraiser", subject=("assessments.Round", "7"), starts_on=LONG_AGO)
    open_account(**BY_TESTS, official=person, username="ba.lv", password=PASSWORD)
    return person


def shown(client: Client, **more: Any) -> dict[str, Any]:
    """What the form has when it is opened, filled in."""
    return {"seen": client.get(ADDRESS).context["form"]["seen"].value(), **TYPED, **more}


def ends(person: Official) -> list[set[date | None]]:
    """Last days of posts, roles, deputyships given and held, duties."""
    held: tuple[Any, ...] = (
        person.postings, person.grants, person.delegations_given, person.delegations_held, person.assignments,
    )  # fmt: skip
    return [set(of.order_by("pk").values_list("ends_on", flat=True)) for of in held]


@pytest.mark.requirement(124)
def test_everything_that_is_held_is_shown_then_ends_with_the_last_post(administrator, person):
    page = administrator.get(ADDRESS).content.decode()
    for said in ("Chuyên viên, xã Một", "Người đứng đầu đơn vị, xã Một", "từ 01/01/2027", "Trần Văn Dũng", "ba.lv"):
        assert said in page
    assert administrator.post(ADDRESS, shown(administrator)).url == "/can-bo/cb1/"
    assert ends(person) == [{TODAY}] * 5, "what would begin at new year is taken back"
    ended = events_of(person.postings.get()).last()
    assert "Nghỉ hưu (QĐ 12/QĐ-UBND, 20/11/2026)" in ended.payload.body
    kinds = {one.kind for one in Notice.objects.filter(recipient=person)}
    assert {"notices.role_withdrawn", "notices.delegation_ended", "notices.account_closes"} <= kinds
    assert ADDRESS in administrator.get("/can-bo/cb1/").content.decode(), "until the day is over"
    with time_machine.travel("2026-11-24T08:00:00Z", tick=False):
        next_day = client_of(Official.objects.get(code="quan-tri"))
        page = next_day.get("/can-bo/cb1/").content.decode()
        assert ADDRESS not in page and "khóa ngày 24/11/2026" in page
        assert next_day.post(ADDRESS, shown(next_day)).status_code == 422, "nothing is left to end"


@pytest.mark.requirement(124)
def test_the_account_is_open_on_the_last_day_and_closed_from_the_day_after(administrator, person):
    theirs = Client()
    sign_in(theirs, username="ba.lv")
    administrator.post(ADDRESS, shown(administrator))
    assert signed_in_as(theirs) == "Lê Văn Ba"
    with time_machine.travel("2026-11-23T16:59:00Z", tick=False):
        assert signed_in_as(theirs) == "Lê Văn Ba", "23:59 in Vietnam"
    with time_machine.travel("2026-11-23T17:00:00Z", tick=False):
        assert signed_in_as(theirs) == ""
        again = Client()
        sign_in(again, username="ba.lv")
        assert signed_in_as(again) == ""


def test_an_account_that_is_to_be_closed_may_be_kept_open(administrator, person):
    administrator.post(ADDRESS, shown(administrator))
    assert "khóa từ ngày 24/11/2026" in administrator.get("/can-bo/cb1/").content.decode()
    assert (
        "Không khóa tài khoản của Lê Văn Ba nữa?"
        in administrator.get("/can-bo/cb1/tai-khoan/mo-lai/?giu").content.decode()
    )
    kept = administrator.post("/can-bo/cb1/tai-khoan/mo-lai/", {"reason": "Ở lại làm cố vấn"})
    assert kept.status_code == 302 and Account.objects.get(username="ba.lv").ended_at is None


def test_who_left_before_today_is_shut_out_at_once(administrator, person):
    theirs = Client()
    sign_in(theirs, username="ba.lv")
    assert administrator.post(ADDRESS, shown(administrator, ends_on="22/11/2026")).status_code == 302
    assert signed_in_as(theirs) == "" and not Account.objects.get(username="ba.lv").is_active
    assert people.main_unit(person, YESTERDAY) and not people.main_unit(person, TODAY)


def test_what_was_refused_keeps_what_was_typed_and_changes_nothing(administrator, person):
    before = ends(person)
    for wrong, code in (({"reason": " "}, 422), ({"ends_on": "31/12/2004"}, 422), ({"ends_on": "mai"}, 422)):
        answer = administrator.post(ADDRESS, shown(administrator, **wrong))
        assert answer.status_code == code and 'value="QĐ 12/QĐ-UBND"' in answer.content.decode()
    assert ends(person) == before


def test_whoever_did_not_see_what_was_given_since_is_told_and_may_confirm_again(administrator, person, commune):
    given = shown(administrator)
    grant(person, "reform_officer", commune)
    told = administrator.post(ADDRESS, given)
    page = told.content.decode()
    assert told.status_code == 409 and "vừa được người khác thay đổi" in page and 'value="Nghỉ hưu"' in page
    assert people.main_unit(person, TOMORROW)
    again = given | {"seen": told.context["form"]["seen"].value()}
    assert administrator.post(ADDRESS, again).status_code == 302
    assert ends(person)[1] == {TODAY}


@pytest.mark.requirement(124)
def test_administrators_over_the_main_post_let_go_but_nobody_oneself(administrator, person, commune):
    clerk = official("hep", "Trần Thị Hẹp", commune)
    grant(clerk, "administrator", commune)
    elsewhere = official("xa", works_in=unit("xa-khac", Unit.objects.get(code="tinh")))
    grant(elsewhere, "administrator", Unit.objects.get(code="xa-khac"))
    assert client_of(clerk).get(ADDRESS).status_code == 200
    for other in (client_of(elsewhere), client_of(person), Client()):
        assert other.get(ADDRESS).status_code == 403
    own = "/can-bo/hep/thoi-cong-tac/"
    assert client_of(clerk).get(own).status_code == 403
    assert own not in client_of(clerk).get("/can-bo/hep/").content.decode()


def test_open_tasks_under_the_name_are_listed_and_others_counted(administrator, person, commune, province):
    office = unit("vp", province, "office", "Văn phòng")
    due = date(2026, 12, 10)
    seen = task(commune, person, office, what="Công khai danh sách", deadline=Deadline(TODAY, due_on=due))
    page = administrator.get(ADDRESS).content.decode()
    assert f'href="/nhiem-vu/{seen.pk}/"' in page and "ngoài phạm vi được xem" not in page
    assert "hạn 24:00, 10/12/2026" in page
    clerk = official("hep", "Trần Thị Hẹp", unit("phong", commune))
    grant(clerk, "administrator", commune)
    other = unit("xa-hai", province, name="xã Hai")
    post_official(**BY_TESTS, official=person, unit=other, post="Phó", starts_on=TODAY, is_main=False)
    task(other, person, office, what="Việc của xã khác")
    page = client_of(clerk).get(ADDRESS).content.decode()
    assert f'href="/nhiem-vu/{seen.pk}/"' in page and "Việc của xã khác" not in page
    assert "1 nhiệm vụ chưa kết thúc của đơn vị ngoài phạm vi được xem" in page


def test_a_post_to_come_is_taken_back_and_what_began_after_the_last_day_ends_on_its_first(person, commune, province):
    grant(person, "inspector", commune, starts_on=TODAY)
    post_official(**BY_TESTS, official=person, unit=province, post="Trưởng phòng", starts_on=NEW_YEAR)
    given: dict[str, Any] = {"official": person, "reason": "Thôi việc"}
    leave_office(**BY_TESTS, **given, ends_on=YESTERDAY, source=Source("QĐ 3"))
    assert [one.ends_on for one in Posting.objects.filter(official=person)] == [YESTERDAY]
    days = dict(RoleGrant.objects.filter(official=person).values_list("role", "ends_on"))
    assert days == {"unit_head": YESTERDAY, "inspector": TODAY}
    assert refusal(leave_office, **BY_TESTS, **given, ends_on=TODAY) == "organizations.no_posting_to_end"
