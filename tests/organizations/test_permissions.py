"""What the tables of tests/rights do not say: reach without a subtree, oneself, who was never posted, the top."""

from __future__ import annotations

import pytest

from cchc.organizations import permissions
from cchc.organizations.models import Official, Unit
from cchc.organizations.viewers import Hold, Viewer
from tests.factories.organizations import TODAY, official, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> dict[str, Unit]:
    """The viewer works in `own`; the others stand around it."""
    parent = unit("tinh")
    own, sibling = unit("xa", parent), unit("xa-khac", parent)
    return {
        "own": own,
        "child": unit("phong", own),
        "sibling": sibling,
        "parent": parent,
        "elsewhere": unit("tinh-khac"),
    }


def colleague_of(place: Unit) -> Official:
    """Somebody who works there."""
    return Official.objects.filter(code=f"o-{place.code}").first() or official(f"o-{place.code}", works_in=place)


def test_a_role_without_its_subtree_stops_at_the_unit(places):
    me = official("toi")
    narrow = Viewer(TODAY, me, None, (Hold("administrator", places["own"].pk, False),))
    assert permissions.may_change_unit(narrow, places["own"])
    assert not permissions.may_change_unit(narrow, places["child"])


def test_nobody_grants_their_own_rights_nor_those_of_whom_they_act_for(places):
    me, head = official("toi"), official("truong")
    held = (Hold("administrator", places["own"].pk, True),)
    for viewer, target in ((Viewer(TODAY, me, None, held), me), (Viewer(TODAY, me, head, held), head)):
        verdict = permissions.may_manage_rights(viewer, target, places["own"])
        assert verdict.refusal is not None
        assert verdict.refusal.code == "organizations.own_rights_not_allowed"


def test_everybody_names_a_deputy_for_oneself_but_not_while_acting_for_another(places):
    me, head = official("toi"), official("truong")
    assert permissions.may_delegate(Viewer(TODAY, me), me, None)
    assert not permissions.may_delegate(Viewer(TODAY, me, head), me, None)
    assert not permissions.may_delegate(Viewer(TODAY, me, head), head, None)


@pytest.mark.parametrize(
    ("role", "unit_code", "covers", "may"),
    [
        ("auditor", "parent", True, True),
        ("auditor", "parent", False, False),
        ("auditor", "own", True, False),
        ("administrator", "parent", True, False),
    ],
)
def test_the_whole_log_of_disclosures_is_for_auditors_over_all_that_stands_under_the_top(
    places, role, unit_code, covers, may
):
    viewer = Viewer(TODAY, official("toi"), None, (Hold(role, places[unit_code].pk, covers),))
    assert bool(permissions.may_read_disclosures(viewer)) is may


def test_everybody_reads_who_saw_the_own_data_but_not_while_acting_for_another(places):
    me, head = official("toi"), official("truong")
    assert permissions.may_read_disclosures_of(Viewer(TODAY, me), me)
    assert not permissions.may_read_disclosures_of(Viewer(TODAY, me, head), me)
    assert not permissions.may_read_disclosures_of(Viewer(TODAY, me, head), head)


def test_the_history_of_somebody_without_a_post_is_closed(places):
    everything = Viewer(TODAY, official("toi"), None, (Hold("auditor", places["parent"].pk, True),))
    assert not permissions.may_read_audit_of_person(everything, official("khac"))
    assert permissions.may_read_audit_of_person(everything, colleague_of(places["child"]))


def test_units_at_the_top_are_nobodys_to_found(places):
    me = official("toi")
    everything = Viewer(TODAY, me, None, (Hold("administrator", places["parent"].pk, True),))
    assert not permissions.may_found_unit(everything, None)
