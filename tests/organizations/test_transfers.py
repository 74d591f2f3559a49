"""An official moves: the roles over the former unit end with the posting, unless the administrator leaves them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from cchc.audit.queries import events_of
from cchc.notices.models import Notice
from cchc.organizations.actions.people import transfer_official
from cchc.organizations.actions.rights import withdraw_role
from cchc.organizations.models import Official, RoleGrant, Unit
from cchc.organizations.queries import people
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, TODAY, grant, official, unit
from tests.organizations.test_units import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
ADDRESS = "/can-bo/cb1/dieu-dong/"
YESTERDAY, NEW_YEAR = date(2026, 11, 22), date(2027, 1, 1)


@pytest.fixture
def province() -> Unit:
    """With two communes, the first of which has an office."""
    province = unit("tinh", name="tỉnh Mẫu")
    unit("phong", unit("xa", province, name="xã Cũ"), name="Phòng Một")
    unit("xa-moi", province, name="xã Mới")
    return province


@pytest.fixture
def person(province) -> Official:
    """Works in the first commune; administers it, heads its office, and audits the other commune."""
    person = official("cb1", "Lê Văn Ba", Unit.objects.get(code="xa"))
    grant(person, "administrator", Unit.objects.get(code="xa"), covers_subtree=True)
    grant(person, "unit_head", Unit.objects.get(code="phong"), starts_on=TODAY)
    grant(person, "auditor", Unit.objects.get(code="xa-moi"))
    return person


def shown(client: Client, **more: Any) -> dict[str, Any]:
    """What the form has when it is opened, with a new post."""
    form = client.get(ADDRESS).context["form"]
    seen = {bound.name: bound.value() for bound in form}
    seen = {name: value for name, value in seen.items() if value is not None and name != "is_head"}
    return seen | {"unit": "xa-moi", "post": "Chuyên viên", "starts_on": "23/11/2026"} | more


def held(person: Official, day: date = TODAY) -> set[str]:
    return {one.role for one in people.named_grants(person, day)}


@pytest.mark.requirement(124)
def test_roles_over_the_former_unit_end_with_the_posting_and_at_the_next_request(administrator, person):
    theirs = client_of(person)
    assert theirs.get("/don-vi/xa/sua/").status_code == 200
    page = administrator.get(ADDRESS).content.decode()
    assert page.count('name="ending"') == 3 and page.count("checked") == 2
    assert "Quản trị, xã Cũ và các đơn vị trực thuộc" in page
    given = shown(administrator)
    assert administrator.post(ADDRESS, given).status_code == 302
    assert held(person) == {"auditor"}
    assert theirs.get("/don-vi/xa/sua/").status_code == 403, "at the next request"
    ended = RoleGrant.objects.get(official=person, role="administrator")
    assert (ended.ends_on, people.main_unit(person, TODAY).code) == (YESTERDAY, "xa-moi")
    withdrawn = events_of(ended).get(kind="organizations.role_withdrawn")
    assert "Chuyển công tác" in withdrawn.payload.body
    assert not RoleGrant.objects.filter(official=person, role="unit_head").exists(), "it would have begun today"
    assert Notice.objects.filter(recipient=person, kind="notices.role_withdrawn").count() == 2


def test_roles_above_the_former_unit_are_ticked_too_but_for_those_over_the_whole_province(administrator, province):
    clerk = official("cb1", "Lê Văn Ba", Unit.objects.get(code="phong"))
    above = grant(clerk, "reform_officer", Unit.objects.get(code="xa"), covers_subtree=True)
    grant(clerk, "auditor", province, covers_subtree=True)
    grant(clerk, "inspector", Unit.objects.get(code="xa-moi"))
    given = shown(administrator)
    assert given["ending"] == [above.pk]
    assert administrator.post(ADDRESS, given).status_code == 302
    assert held(clerk) == {"auditor", "inspector"}


def test_what_is_unticked_stays_and_a_transfer_to_come_ends_roles_then(administrator, person):
    given = shown(administrator, starts_on="01/01/2027")
    kept = RoleGrant.objects.get(official=person, role="unit_head")
    given["ending"] = [key for key in given["ending"] if int(key) != kept.pk]
    assert administrator.post(ADDRESS, given).status_code == 302
    assert held(person) == {"administrator", "unit_head", "auditor"}
    assert held(person, NEW_YEAR) == {"unit_head", "auditor"}


def test_roles_end_only_for_a_reason_and_else_nothing_happens(administrator, person):
    answer = administrator.post(ADDRESS, shown(administrator, reason=" "))
    assert answer.status_code == 422 and "lý do" in answer.content.decode().lower()
    assert people.main_unit(person, TODAY).code == "xa"
    assert held(person) == {"administrator", "unit_head", "auditor"}


def test_whoever_did_not_see_a_role_that_was_given_since_is_told(administrator, person, province):
    given = shown(administrator)
    new = grant(person, "reform_officer", Unit.objects.get(code="xa"))
    told = administrator.post(ADDRESS, given)
    page = told.content.decode()
    assert told.status_code == 409 and "Vai trò của Lê Văn Ba vừa được người khác thay đổi" in page
    assert people.main_unit(person, TODAY).code == "xa"
    again = given | {"roles": told.context["form"]["roles"].value(), "ending": [*given["ending"], new.pk]}
    assert administrator.post(ADDRESS, again).status_code == 302
    assert held(person) == {"auditor"}


def test_of_a_role_that_is_gone_already_the_second_one_is_told(administrator, person):
    given = shown(administrator)
    for one in RoleGrant.objects.filter(official=person):
        withdraw_role(**BY_TESTS, grant=one, ends_on=YESTERDAY, reason="Thu hồi")
    told = administrator.post(ADDRESS, given)
    assert told.status_code == 409
    again = {name: value for name, value in given.items() if name not in {"ending", "reason"}}
    assert administrator.post(ADDRESS, again | {"roles": told.context["form"]["roles"].value()}).status_code == 302


@pytest.mark.requirement(124)
def test_nobody_ends_a_role_over_a_unit_of_others_or_their_own(province, person):
    """An administrator of the two communes sees the role over another province, and cannot take it."""
    elsewhere = grant(person, "auditor", unit("khac", name="tỉnh Khác"))
    lan = official("lan", "Trần Thị Lan", province)
    for code in ("xa", "phong", "xa-moi"):
        grant(lan, "administrator", Unit.objects.get(code=code), covers_subtree=True)
    client = client_of(lan)
    answer = client.get(ADDRESS)
    page = answer.content.decode()
    assert f'name="ending" value="{elsewhere.pk}"' not in page and "tỉnh Khác" in page
    given = shown(client)
    forced = given | {"ending": [*given["ending"], elsewhere.pk]}
    assert client.post(ADDRESS, forced).status_code == 403
    assert people.main_unit(person, TODAY).code == "xa", "nothing of it"
    assert client.post(ADDRESS, given).status_code == 302
    assert held(person) == {"auditor"} and len(people.named_grants(person, TODAY)) == 2
    own = client_of(person)
    assert 'name="ending"' not in own.get(ADDRESS).content.decode()


@pytest.mark.requirement(124)
def test_an_administrator_of_the_unit_alone_ends_no_role_held_with_all_below(province, person):
    narrow = official("hep", "Trần Thị Hẹp", province)
    for code in ("xa", "phong", "xa-moi"):
        grant(narrow, "administrator", Unit.objects.get(code=code))
    wide = RoleGrant.objects.get(official=person, covers_subtree=True)
    client = client_of(narrow)
    assert f'name="ending" value="{wide.pk}"' not in client.get(ADDRESS).content.decode()
    given = shown(client)
    assert client.post(ADDRESS, given | {"ending": [*given["ending"], wide.pk]}).status_code == 403
    assert client.post(ADDRESS, given).status_code == 302
    assert held(person) == {"administrator", "auditor"}


@pytest.mark.parametrize("ending", ["999", "abc", "-1", "9" * 30])
def test_a_role_that_is_none_is_refused(administrator, person, ending):
    assert administrator.post(ADDRESS, shown(administrator, ending=[ending])).status_code in {404, 422}
    assert people.main_unit(person, TODAY).code == "xa"


def test_the_action_ends_no_role_of_somebody_else(person, province):
    other = grant(official("cb2", works_in=province), "auditor", province)
    given = {"official": person, "unit": province, "post": "Chuyên viên", "starts_on": TODAY, "reason": "Điều động"}
    assert refusal(transfer_official, **BY_TESTS, **given, ending=[other.pk]) == "organizations.grant_not_found"
    assert people.main_unit(person, TODAY).code == "xa"


def test_an_official_without_roles_is_asked_nothing_of_them(administrator, province):
    official("cb1", "Lê Văn Ba", Unit.objects.get(code="xa"))
    page = administrator.get(ADDRESS).content.decode()
    assert 'name="ending"' not in page and 'name="reason"' not in page
    assert administrator.post(ADDRESS, shown(administrator)).status_code == 302
