"""The matrix of rights: every permission × every role × where the unit stands to the role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import pytest

from cchc.interface.access import Verdict, known_permissions
from cchc.organizations import permissions
from cchc.organizations.models import Official, RegisterImport, Unit
from cchc.organizations.roles import roles
from cchc.organizations.viewers import Hold, Viewer, public_viewer
from tests.factories.organizations import TODAY, official, unit

pytestmark = pytest.mark.django_db
RELATIONS = ("own", "child", "sibling", "parent", "elsewhere")
ADMIN_BELOW = {("administrator", "own"), ("administrator", "child")}
EVERYBODY = set(product(roles(), RELATIONS))
# Which role, held with all below over the viewer's unit, allows what over units that stand so to it.
MATRIX: dict[str, set[tuple[str, str]]] = {
    "may_see_units": EVERYBODY,
    "may_found_unit": ADMIN_BELOW,
    "may_change_unit": ADMIN_BELOW,
    "may_manage_people": ADMIN_BELOW,
    "may_manage_rights": ADMIN_BELOW,
    "may_set_supervision": ADMIN_BELOW,
    "may_delegate": ADMIN_BELOW,
    "may_import": set(product(["administrator"], RELATIONS)),
    "may_follow_import": set(product(["administrator"], RELATIONS)),
    "may_read_audit": ADMIN_BELOW | {("auditor", "own"), ("auditor", "child")},
    "may_read_audit_of_person": ADMIN_BELOW | {("auditor", "own"), ("auditor", "child")},
    "may_read_disclosures_of": ADMIN_BELOW | {("auditor", "own"), ("auditor", "child")},
    "may_read_disclosures": set(),  # only from the top; see below
    "may_read_retention": set(product(["administrator", "auditor"], RELATIONS)),
    # Colleagues of the same unit, whatever their role.
    "may_see_contact": ADMIN_BELOW | {(role, "own") for role in roles()},
}


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


def asked(name: str, viewer: Viewer, place: Unit, other: Official) -> Verdict:
    ask: Callable[..., Verdict] = getattr(permissions, name)
    given = {
        "may_see_units": (),
        "may_import": (),
        "may_follow_import": (RegisterImport(uploaded_by=viewer.official, principal=viewer.principal),),
        "may_see_contact": (other, place),
        "may_manage_rights": (other, place),
        "may_delegate": (other, place),
        "may_read_audit_of_person": (colleague_of(place),),
        "may_read_disclosures_of": (colleague_of(place),),
        "may_read_disclosures": (),
        "may_read_retention": (),
    }.get(name, (place,))
    return ask(viewer, *given)


def colleague_of(place: Unit) -> Official:
    """Somebody who works there."""
    return Official.objects.filter(code=f"o-{place.code}").first() or official(f"o-{place.code}", works_in=place)


def viewers(me: Official, own: Unit, parent: Unit) -> Iterator[tuple[str, Viewer]]:
    for role in roles():
        holds = (Hold(role, own.pk, True),)
        yield role, Viewer(TODAY, me, holds=holds, postings=frozenset({own.pk}))


def test_every_permission_of_the_room_stands_in_the_matrix():
    ours = {name.split(".")[1] for name in known_permissions() if name.startswith("organizations.")}
    assert ours == set(MATRIX)


@pytest.mark.requirement(117)
@pytest.mark.parametrize("name", MATRIX)
def test_the_matrix(name, places):
    me, other = official("toi"), official("khac")
    allowed = {
        (role, relation)
        for role, viewer in viewers(me, places["own"], places["parent"])
        for relation, place in places.items()
        if asked(name, viewer, place, other)
    }
    assert allowed == MATRIX[name]


@pytest.mark.parametrize("name", MATRIX)
def test_the_public_may_nothing_and_is_told_why(name, places):
    verdict = asked(name, public_viewer(TODAY), places["own"], official("khac"))
    assert verdict.refusal is not None
    assert verdict.refusal.code.endswith("_not_allowed")


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
