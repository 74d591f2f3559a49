"""Officials and their postings; who sees as whom."""

from __future__ import annotations

from datetime import date

import pytest

from cchc.audit.queries import events_of
from cchc.organizations.actions.people import change_official, end_posting, enter_official, post_official
from cchc.organizations.actions.rights import assign_duty, delegate, end_delegation, end_duty, withdraw_role
from cchc.organizations.models import Official, RoleGrant
from cchc.organizations.queries import people
from cchc.organizations.queries.ties import ties_of
from cchc.organizations.viewers import Viewer, viewer_of
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY, grant, official, unit, unsaved_account
from tests.organizations.test_units import refusal

pytestmark = pytest.mark.django_db
YESTERDAY = date(2026, 11, 22)
ROUND = ("assessments.Round", "7")


def viewer(person: Official, day: date = TODAY, principal: str = "") -> Viewer:
    return viewer_of(unsaved_account(person), day, principal, used_second_factor=True)


def test_a_transfer_ends_the_posting_before():
    commune, other = (unit(code, unit_) for unit_ in [unit("tinh")] for code in ("xa", "xa-khac"))
    person = official("cb1", works_in=commune)
    post_official(**BY_TESTS, official=person, unit=other, post="Phó Chủ tịch", starts_on=TODAY, is_head=True)
    held = [(p.unit.code, p.starts_on, p.ends_on) for p in people.postings_of(person)]
    assert held == [("xa-khac", TODAY, None), ("xa", LONG_AGO, YESTERDAY)]
    assert [tie.code for tie in ties_of(other, TODAY).staff] == [person.code]
    assert not ties_of(commune, TODAY).staff
    assert [tie.code for tie in ties_of(commune, YESTERDAY).staff] == [person.code]


def test_a_second_post_stands_beside_the_main_one():
    commune, other = (unit(code, unit_) for unit_ in [unit("tinh")] for code in ("xa", "xa-khac"))
    person = official("cb1", works_in=commune)
    beside = {"official": person, "unit": other, "post": "Kiêm nhiệm", "starts_on": TODAY, "is_main": False}
    post_official(**BY_TESTS, **beside)
    assert {p.unit.code for p in people.postings_of(person).on(TODAY)} == {"xa", "xa-khac"}
    assert refusal(post_official, **BY_TESTS, **beside) == "organizations.days_taken"


def test_names_are_found_without_tone_marks_and_sorted_by_given_name():
    for code, name in (("cb1", "Trần  Thị Bình"), ("cb2", "Nguyễn Văn Ấn"), ("cb3", "Đặng Văn An")):
        official(code, name)
    assert [p.name for p in people.search_officials("", TODAY)] == ["Đặng Văn An", "Nguyễn Văn Ấn", "Trần Thị Bình"]
    assert [p.code for p in people.search_officials("van dang", TODAY)] == ["cb3"]
    assert [p.code for p in people.search_officials("cb1", TODAY)] == ["cb1"]


def test_a_list_of_officials_asks_once(django_assert_num_queries):
    province = unit("tinh")
    for number in range(5):
        official(f"cb{number}", works_in=unit(f"xa{number}", province))
    with django_assert_num_queries(1):
        found = list(people.search_officials("", TODAY, under=province))
    assert {p.unit_name for p in found} == {f"Đơn vị xa{number}" for number in range(5)}


def test_of_two_who_change_the_same_person_the_second_is_told():
    person = official("cb1")
    change = {"official": person, "name": "Nguyễn Văn Ba", "email": "", "phone": "0912"}
    change_official(**BY_TESTS, **change, expected_version=1)
    assert refusal(change_official, **BY_TESTS, **change, expected_version=1) == "organizations.official_stale"
    events = list(events_of(person))
    assert [event.personal for event in events] == [True, True]
    assert '"phone":"0912"' in events[-1].payload.body


@pytest.mark.parametrize(("code", "given"), [
    ("organizations.no_post", {"post": " "}),
    ("organizations.not_there", {"starts_on": date(2004, 12, 31)}),
    ("records.ends_before_start", {"ends_on": YESTERDAY}),
])  # fmt: skip
def test_what_is_not_a_posting(code, given):
    whole = {"official": official("cb1"), "unit": unit("tinh"), "post": "Chuyên viên", "starts_on": TODAY} | given
    assert refusal(post_official, **BY_TESTS, **whole) == code


def test_a_posting_ends_with_a_reason():
    person = official("cb1", works_in=unit("tinh"))
    (posting,) = people.postings_of(person)
    assert refusal(end_posting, **BY_TESTS, posting=posting, ends_on=TODAY, reason=" ") == "organizations.no_reason"
    end_posting(**BY_TESTS, posting=posting, ends_on=YESTERDAY, reason="Nghỉ hưu")
    assert not people.postings_of(person).on(TODAY)
    again = {"posting": posting, "ends_on": TODAY, "reason": "Nghỉ hưu"}
    assert refusal(end_posting, **BY_TESTS, **again) == "organizations.already_ended"


def test_codes_of_people_are_theirs_alone():
    official("cb1")
    assert refusal(enter_official, **BY_TESTS, code="cb1", name="Người khác") == "organizations.code_taken"
    assert refusal(enter_official, **BY_TESTS, code="cb2", name=" ") == "organizations.no_name"


def test_roles_reach_what_they_cover():
    province = unit("tinh")
    commune, other = unit("xa", province), unit("xa-khac", province)
    office = unit("phong", commune)
    person = official("cb1", works_in=office)
    grant(person, "administrator", commune, covers_subtree=True)
    grant(person, "reform_officer", other)
    seen = viewer(person)
    assert [seen.holds_over(place, "administrator") for place in (province, commune, other, office)] == [
        False, True, False, True,
    ]  # fmt: skip
    assert [seen.holds_over(place, "reform_officer") for place in (other, office)] == [True, False]
    assert seen.holds_over(other, "administrator", "reform_officer")
    assert [seen.is_own(place) for place in (office, commune, province, other)] == [True, True, True, False]
    assert not viewer(person, date(2004, 1, 1)).holds_anywhere("administrator"), "not yet"


@pytest.mark.requirement(124)
def test_a_role_taken_away_is_gone_at_the_next_request():
    person = official("cb1")
    held = grant(person, "administrator", unit("tinh"))
    assert viewer(person).holds_anywhere("administrator")
    assert refusal(withdraw_role, **BY_TESTS, grant=held, ends_on=YESTERDAY, reason="") == "organizations.no_reason"
    withdraw_role(**BY_TESTS, grant=held, ends_on=YESTERDAY, reason="Chuyển công tác")
    assert not viewer(person).holds_anywhere("administrator")
    same_day = grant(person, "auditor", unit("khac", kind="province"), starts_on=TODAY)
    withdraw_role(**BY_TESTS, grant=same_day, ends_on=YESTERDAY, reason="Giao nhầm")
    assert not viewer(person).holds_anywhere("auditor")
    taken_back = events_of(("organizations.RoleGrant", same_day.pk))
    assert [event.kind for event in taken_back] == ["organizations.role_granted", "organizations.role_withdrawn"]
    assert RoleGrant.objects.count() == 1


def test_a_deputy_holds_the_delegated_role_and_no_other():
    province = unit("tinh")
    commune, other = unit("xa", province), unit("xa-khac", province)
    head, deputy = official("truong", works_in=commune), official("pho", works_in=other)
    for role in ("signing_leader", "unit_head"):
        grant(head, role, commune)
    grant(deputy, "auditor", other)
    days = {"starts_on": TODAY, "ends_on": date(2026, 11, 30), "reason": "Đi công tác"}
    given = delegate(**BY_TESTS, principal=head, deputy=deputy, role="signing_leader", **days)
    acting = viewer(deputy, principal="truong")
    assert [acting.holds_anywhere(role) for role in ("signing_leader", "unit_head", "auditor")] == [True, False, False]
    assert acting.is_own(commune) and acting.is_own(other), "neither person's unit is judged"
    assert (acting.actor().identity, acting.actor().on_behalf_of) == ("pho", "truong")
    assert viewer(deputy).holds_anywhere("auditor") and viewer(deputy).actor().on_behalf_of is None
    assert viewer(deputy, date(2026, 12, 1), "truong").principal is None, "over"
    end_delegation(**BY_TESTS, delegation=given, ends_on=TODAY, reason="Về sớm")
    assert viewer(deputy, date(2026, 11, 24), "truong").principal is None
    whole = delegate(**BY_TESTS, principal=head, deputy=deputy, **(days | {"starts_on": date(2026, 11, 25)}))
    assert viewer(deputy, whole.starts_on, "truong").holds_anywhere("unit_head")


@pytest.mark.parametrize(("code", "given"), [
    ("organizations.no_reason", {"reason": ""}),
    ("organizations.unknown_role", {"role": "king"}),
    ("records.ends_before_start", {"ends_on": YESTERDAY}),
])  # fmt: skip
def test_what_is_no_delegation(code, given):
    whole = {"principal": official("a"), "deputy": official("b"), "starts_on": TODAY, "ends_on": TODAY, "reason": "Ốm"}
    assert refusal(delegate, **BY_TESTS, **(whole | given)) == code
    assert refusal(delegate, **BY_TESTS, **(whole | {"deputy": whole["principal"]})) == "organizations.deputy_is_self"


def test_a_duty_is_held_at_its_object_alone():
    person = official("cb1")
    duty = assign_duty(**BY_TESTS, official=person, duty="appraiser", subject=ROUND, starts_on=TODAY)
    seen = viewer(person)
    assert [seen.has_duty("appraiser", "assessments.Round", key) for key in (7, "7", 8)] == [True, True, False]
    assert [one.official for one in people.duties_at(ROUND, TODAY)] == [person]
    end_duty(**BY_TESTS, assignment=duty, ends_on=TODAY, reason="Thay người")
    assert not people.duties_at(ROUND, date(2026, 11, 24))


def test_a_closed_account_is_the_public():
    person = official("cb1", works_in=unit("tinh"))
    account = unsaved_account(person)
    account.is_active = False
    assert not viewer_of(account, TODAY).is_signed_in
    with pytest.raises(ValueError, match="public"):
        viewer_of(account, TODAY).actor()


def test_a_viewer_costs_one_query_whoever_it_acts_for(django_assert_num_queries):
    head, deputy = official("truong", works_in=unit("tinh")), official("pho")
    delegate(**BY_TESTS, principal=head, deputy=deputy, starts_on=TODAY, ends_on=TODAY, reason="Ốm")
    with django_assert_num_queries(1):
        acting = viewer(deputy, principal="truong")
    assert acting.works_in == "Đơn vị tinh"
    with django_assert_num_queries(1):
        viewer(deputy)
