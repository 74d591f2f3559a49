"""Whom an official may name as deputy: who works near, on all of the days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cchc.interface.hosting.picking import get_pick_kind, likely
from cchc.organizations.actions.people import end_posting, post_official, transfer_official
from cchc.organizations.models import Delegation, Official
from cchc.organizations.queries.deputies import works_near
from cchc.organizations.viewers import viewer_of
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, LONG_AGO, TODAY, grant, official, unit, unsaved_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today"), pytest.mark.requirement(124)]
DAYS = {"starts_on": "23/11/2026", "ends_on": "30/11/2026", "reason": "Đi công tác"}
LAST = date(2026, 11, 30)
DAY = timedelta(days=1)
AT = "/can-bo/truong/uy-quyen/"


@pytest.fixture
def places(province):
    commune = unit("xa", province, name="xã Một")
    offices = {"office": unit("phong", commune, "office", "Phòng"), "other": unit("xa-khac", province, name="xã Khác")}
    return {"province": province, "commune": commune, "agency": unit("so", province, "department", "Sở"), **offices}


@pytest.fixture
def head(places) -> Official:
    person = official("truong", "Trần Văn Dũng", places["commune"], is_head=True)
    grant(person, "unit_head", places["commune"])
    return person


@pytest.mark.parametrize(
    ("where", "may"),
    [("commune", True), ("office", True), ("province", True), ("agency", False), ("other", False), (None, False)],
)
def test_a_deputy_works_in_the_unit_under_it_or_right_above_it(places, head, where, may):
    official("pho", "Lê Thị Mai", places.get(where))
    answer = client_of(head).post(AT, DAYS | {"deputy": "pho"})
    assert answer.status_code == (302 if may else 422)
    assert Delegation.objects.exists() is may
    if not may:
        page = answer.content.decode()
        assert "Lê Thị Mai không công tác tại đơn vị" in page and "quản trị của đơn vị" in page
        assert "Đi công tác" in page and "Lê Thị Mai (pho)" in page, "what was typed stays"


def test_an_administrator_of_the_unit_still_names_others(places, head, administrator):
    deputy = official("pho", "Lê Thị Mai", places["other"])
    assert administrator.post(AT, DAYS | {"deputy": "pho"}).status_code == 302
    assert Delegation.objects.get().deputy == deputy


def test_only_those_are_offered_and_who_is_named_in_full_is_refused_with_the_reason(places, head):
    for number, where in enumerate(("commune", "office", "province", "agency", "other")):
        official(f"p{number}", f"Lê Thị Mai {number}", places[where])
    viewer, kind = viewer_of(unsaved_account(head), TODAY), get_pick_kind("organizations.official_near")
    assert {one.value for one in likely(kind, viewer, "lê thị mai")} == {"p0", "p1", "p2"}
    assert "truong" not in {one.value for one in likely(kind, viewer, "")}, "nobody is their own deputy"
    assert [one.value for one in likely(kind, viewer, "Lê Thị Mai 4")] == ["p4"]
    assert not likely(kind, viewer, "Mai 4"), "part of a name finds nobody elsewhere"
    page = client_of(head).get(AT).content.decode()
    assert "/chon/organizations.official_near/" in page


def test_the_administrators_form_offers_everybody(places, head, administrator):
    assert "/chon/organizations.official/" in administrator.get(AT).content.decode()


def test_a_post_lasts_all_of_the_days_one_or_several(places, head):
    deputy, near = official("pho", "Lê Thị Mai", places["commune"]), [places["commune"].pk]

    def works(first: date, last: date) -> bool:
        return works_near(deputy, near, first, last)

    assert works(TODAY, LAST)
    transfer_official(**BY_TESTS, official=deputy, unit=places["office"], post="Phó phòng", starts_on=TODAY + DAY)
    assert works(TODAY, LAST), "moves within the unit"
    transfer_official(**BY_TESTS, official=deputy, unit=places["other"], post="Phó", starts_on=TODAY + 4 * DAY)
    assert not works(TODAY, LAST)
    assert works(TODAY, TODAY + 3 * DAY)
    assert not works(TODAY + 4 * DAY, LAST)
    post_official(
        **BY_TESTS, official=deputy, unit=places["commune"], post="Ủy viên", starts_on=TODAY + 5 * DAY, is_main=False
    )
    assert not works(TODAY, LAST), "there is a day between"
    assert works(TODAY + 5 * DAY, LAST), "a second post counts"


def test_a_post_that_is_over_does_not_count(places, head):
    deputy = official("pho", "Lê Thị Mai", places["commune"], starts_on=LONG_AGO)
    end_posting(**BY_TESTS, posting=deputy.postings.get(), ends_on=TODAY - DAY, reason="Nghỉ việc")
    assert not works_near(deputy, [places["commune"].pk], TODAY, LAST)
    assert client_of(head).post(AT, DAYS | {"deputy": "pho"}).status_code == 422
