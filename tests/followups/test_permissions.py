"""The matrix of rights: every permission × every role × where the owner stands to the viewer; nobody judges the own."""

from __future__ import annotations

from itertools import product

import pytest

from cchc.followups import permissions
from cchc.followups.models import Directive, Task
from cchc.followups.queries.scope import visible_tasks
from cchc.followups.states import TASK
from cchc.interface.access import known_permissions
from cchc.organizations.models import Official, Unit
from cchc.organizations.roles import roles
from cchc.organizations.viewers import Hold, Viewer, public_viewer
from tests.factories.followups import claimed, task
from tests.factories.organizations import TODAY, official, unit

pytestmark = pytest.mark.django_db
RELATIONS = ("own", "child", "sibling", "parent", "elsewhere")
FOLLOWERS = set(permissions.FOLLOWER_ROLES)
OWNERS = set(permissions.OWNER_ROLES)
# Which role, held with all below over the viewer's unit, allows what where the object's unit stands so to it. Tasks
# are owned there and followed by the viewer's unit (by its neighbour where the viewer's unit itself is the owner).
MATRIX: dict[str, set[tuple[str, str]]] = {
    "may_see_tasks": set(product(roles(), RELATIONS)),
    "may_work_on": {(role, "own") for role in OWNERS},
    "may_follow": set(product(FOLLOWERS, ("child", "sibling", "elsewhere"))),
    "may_verify": set(product(FOLLOWERS, ("child", "sibling", "elsewhere"))),
    "may_issue_directive": set(product(FOLLOWERS, ("own", "child"))),
    "may_acknowledge": {(role, "own") for role in OWNERS},
    "may_note_posting": {(role, "own") for role in OWNERS} | set(product(FOLLOWERS, RELATIONS)),
}


@pytest.fixture
def places() -> dict[str, Unit]:
    parent = unit("tinh")
    own = unit("xa", parent)
    return {
        "own": own,
        "child": unit("phong", own),
        "sibling": unit("xa-khac", parent),
        "parent": parent,
        "elsewhere": unit("tinh-khac"),
    }


def viewer(me: Official, role: str, places: dict[str, Unit]) -> Viewer:
    own = places["own"].pk
    return Viewer(TODAY, me, None, (Hold(role, own, True),), postings=frozenset({own}))


def test_every_permission_of_the_room_stands_in_the_matrix():
    ours = {name.split(".")[1] for name in known_permissions() if name.startswith("followups.")}
    assert ours == set(MATRIX) | {"may_take_step"}


@pytest.mark.requirement(61, 117)
@pytest.mark.parametrize("name", MATRIX)
def test_the_matrix(name, places):
    me, leader = official("toi"), official("khac")
    watcher = {"own": places["sibling"]}
    tasks = {
        at: Task(owner=place, watcher=watcher.get(at, places["own"]), leader=leader, state="done_claimed")
        for at, place in places.items()
    }
    directive = Directive(unit=places["own"], watcher=places["own"])

    def asked(who: Viewer, at: str):
        ask = getattr(permissions, name)
        given = {"may_see_tasks": (), "may_note_posting": (directive, places[at])}
        objects = (places[at],) if name in {"may_issue_directive", "may_acknowledge"} else (tasks[at],)
        return ask(who, *given.get(name, objects))

    allowed = {(role, at) for role, at in product(roles(), RELATIONS) if asked(viewer(me, role, places), at)}
    assert allowed == MATRIX[name]


@pytest.mark.parametrize("step", TASK.steps, ids=lambda step: step.id)
def test_a_step_asks_the_side_that_the_table_names(step, people):
    given = task(people.commune, people.chairman, people.office)
    chairman = Viewer(TODAY, people.chairman)
    officer = Viewer(TODAY, people.officer, holds=(Hold("procedure_control_officer", people.office.pk, False),))
    sides = [bool(permissions.may_take_step(who, given, step)) for who in (chairman, officer)]
    assert sides == ([True, False] if step.who == "owner" else [False, True])


@pytest.mark.requirement(117)
def test_nobody_verifies_what_they_led_or_reported_nor_while_acting_for_another(people):
    given = Task.objects.get(pk=claimed(task(people.commune, people.chairman, people.office)).pk)
    holds = (Hold("procedure_control_officer", people.office.pk, False),)
    given.claimed_by = people.officer
    for who in (Viewer(TODAY, people.officer, holds=holds), Viewer(TODAY, people.clerk, people.officer, holds)):
        assert permissions.may_verify(who, given).refusal.code == "followups.own_claim_not_allowed"
        assert permissions.may_follow(who, given)
    leader = Viewer(TODAY, people.chairman, holds=holds)
    assert permissions.may_verify(leader, given).refusal.code == "followups.own_task_not_allowed"
    assert permissions.may_verify(Viewer(TODAY, people.office_head, holds=holds), given)


def test_a_role_from_above_does_not_report_in_the_owners_place(people):
    given = task(people.commune, people.chairman, people.office)
    above = Viewer(
        TODAY, people.officer, holds=(Hold("reform_officer", people.province.pk, True),),
        postings=frozenset({people.office.pk}),
    )  # fmt: skip
    assert permissions.may_work_on(above, given).refusal.code == "followups.owners_not_allowed"


@pytest.mark.parametrize("name", MATRIX)
def test_the_public_may_nothing(name, people):
    given = task(people.commune, people.chairman, people.office)
    directive = Directive(unit=people.office, watcher=people.office)
    objects = {
        "may_see_tasks": (),
        "may_note_posting": (directive, people.commune),
        "may_issue_directive": (people.office,),
        "may_acknowledge": (people.commune,),
    }.get(name, (given,))
    refusal = getattr(permissions, name)(public_viewer(TODAY), *objects).refusal
    assert refusal is not None and refusal.code.endswith("_not_allowed")


@pytest.mark.requirement(61, 127)
def test_everybody_sees_what_is_theirs(people):
    own = task(people.commune, people.chairman, people.office)
    other = task(people.other, people.other_chairman, people.office)
    province = (Hold("auditor", people.province.pk, True),)
    seen = {
        "public": public_viewer(TODAY),
        "stranger": Viewer(TODAY, official("la")),
        "colleague": Viewer(TODAY, people.clerk, postings=frozenset({people.commune.pk})),
        "leader": Viewer(TODAY, people.other_chairman),
        "watcher": Viewer(TODAY, people.officer, postings=frozenset({people.office.pk})),
        "province": Viewer(TODAY, official("kt"), holds=province),
        "narrow": Viewer(TODAY, official("kt2"), holds=(Hold("auditor", people.province.pk, False),)),
    }
    assert {who: set(visible_tasks(viewer)) for who, viewer in seen.items()} == {
        "public": set(),
        "stranger": set(),
        "colleague": {own},
        "leader": {other},
        "watcher": {own, other},
        "province": {own, other},
        "narrow": set(),
    }
