"""Nobody judges the own, and everybody sees what is theirs; the tables of tests/rights say the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cchc.audit.actors import Actor
from cchc.followups import permissions
from cchc.followups.models import Task
from cchc.followups.permissions import may_follow, may_urge, may_verify, may_work_on
from cchc.followups.queries.scope import visible_directives, visible_tasks
from cchc.followups.states import TASK
from cchc.organizations.actions.people import post_official
from cchc.organizations.actions.units import give_supervision
from cchc.organizations.viewers import Hold, Viewer, public_viewer, viewer_of
from cchc.records.sources import Source
from tests.factories.followups import claimed, directive, task
from tests.factories.organizations import BY_TESTS, TODAY, grant, official, unit, unsaved_account

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("step", TASK.steps, ids=lambda step: step.id)
def test_a_step_asks_the_side_that_the_table_names(step, people):
    given = task(people.commune, people.chairman, people.office)
    chairman = Viewer(TODAY, people.chairman)
    officer = Viewer(TODAY, people.officer, holds=(Hold("procedure_control_officer", people.office.pk, False),))
    sides = [bool(permissions.may_take_step(who, given, step)) for who in (chairman, officer)]
    expected = {"owner": [True, False], "answerer": [False, False]}
    assert sides == expected.get(step.who, [False, True])


@pytest.mark.requirement(124)
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


@pytest.mark.requirement(124)
def test_nobody_verifies_what_their_deputy_reported_in_their_place_wherever_both_work_by_then(people):
    """The head's deputy reports it done; both move, and the head follows tasks at the office from then on."""
    head, deputy = people.other_chairman, people.clerk
    given = task(people.commune, people.chairman, people.office)
    made = claimed(given, actor=Actor("official", deputy.code, deputy.name, head.code))
    for person in (head, deputy):
        post_official(**BY_TESTS, official=person, unit=people.office, post="Chuyên viên", starts_on=TODAY)
        grant(person, "procedure_control_officer", people.office)
    made = Task.objects.get(pk=made.pk)
    another = official("khac", works_in=people.office)
    seen = {
        "head": viewer_of(unsaved_account(head), TODAY, used_second_factor=True),
        "deputy": viewer_of(unsaved_account(deputy), TODAY, used_second_factor=True),
        "for_the_head": replace(viewer_of(unsaved_account(head), TODAY), official=another, principal=head),
    }
    for who, viewer in seen.items():
        assert permissions.may_follow(viewer, made), who
        assert permissions.may_verify(viewer, made).refusal.code == "followups.own_claim_not_allowed", who


def test_a_role_from_above_does_not_report_in_the_owners_place(people):
    given = task(people.commune, people.chairman, people.office)
    above = Viewer(
        TODAY, people.officer, holds=(Hold("reform_officer", people.province.pk, True),),
        postings=frozenset({people.office.pk}),
    )  # fmt: skip
    assert permissions.may_work_on(above, given).refusal.code == "followups.owners_not_allowed"


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


@pytest.mark.requirement(61, 62)
def test_who_supervises_a_unit_sees_what_it_owes_urges_and_does_no_more_and_only_on_those_days(people):
    """Văn phòng theo dõi, đôn đốc cấp xã: without a role over the commune, by a supervision that was given."""
    office = unit("don-doc", people.province, "office", "Phòng Đôn đốc")
    officer = official("dd1", "Bùi Thị Mai", office)
    grant(officer, "procedure_control_officer", office)
    below = unit("bo-phan", people.commune, "office")
    owed = [task(place, people.chairman, people.other) for place in (people.commune, below)]
    other = task(people.other, people.other_chairman, people.commune)
    seen = viewer_of(unsaved_account(officer), TODAY)
    assert not visible_tasks(seen).exists() and not may_urge(seen, owed[0])
    given = {"supervisor": office, "unit": people.commune, "source": Source("QĐ 12")}
    give_supervision(**BY_TESTS, **given, starts_on=TODAY, ends_on=TODAY)
    seen = viewer_of(unsaved_account(officer), TODAY)
    assert set(visible_tasks(seen)) == set(owed)
    for one in owed:
        assert may_urge(seen, one) and not may_follow(seen, one) and not may_verify(seen, one)
        assert not may_work_on(seen, one)
    assert not may_urge(seen, other)
    tomorrow = viewer_of(unsaved_account(officer), TODAY + timedelta(days=1))
    assert not visible_tasks(tomorrow).exists() and not may_urge(tomorrow, owed[0])


@pytest.mark.requirement(61)
def test_who_supervises_a_unit_sees_the_directives_it_received(people):
    office = unit("don-doc", people.province, "office", "Phòng Đôn đốc")
    officer = official("dd1", "Bùi Thị Mai", office)
    grant(officer, "procedure_control_officer", office)
    made = directive(people.province, [people.commune], people.office)
    seen = viewer_of(unsaved_account(officer), TODAY)
    assert not visible_directives(seen).exists()
    give_supervision(**BY_TESTS, supervisor=office, unit=people.commune, starts_on=TODAY, source=Source("QĐ 12"))
    assert list(visible_directives(viewer_of(unsaved_account(officer), TODAY))) == [made]
