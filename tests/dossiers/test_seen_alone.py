"""A dossier that is opened by its key is seen by exactly those in whose lists it stands."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cchc.audit.testing import unrecorded_for_tests
from cchc.dossiers.models import Absence, Dossier, StepInstance
from cchc.dossiers.permissions import READERS
from cchc.dossiers.queries.desk import finding_newest
from cchc.dossiers.queries.dossiers import get_dossier, get_step
from cchc.dossiers.queries.scope import is_visible, ready, visible_dossiers
from cchc.dossiers.states import DOSSIER, SETTLED, STEP
from cchc.interface.together import answer
from cchc.organizations.models import Account, Ancestry, Delegation, Official, Placement, RoleGrant, Unit
from cchc.organizations.viewers import Viewer, public_viewer, viewer_of
from cchc.records.errors import DomainError
from tests.factories.dossiers import BIRTH, LAND, Desk, at, received
from tests.factories.organizations import LONG_AGO, TODAY, official, unit, unsaved_account

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ROLES = (*READERS, "auditor")


def someone_on(person: Official, principal: str) -> Viewer:
    return viewer_of(unsaved_account(person), TODAY, principal, used_second_factor=True)


def crossed(desk: Desk, random: Random) -> list[Viewer]:
    """People with any roles over any units, away and standing in, acting for others; dossiers and steps in any state
    anywhere, also in a unit that is no more.
    """
    over = unit("xa-cu", desk.province, name="xã Cũ")
    offices = [unit(f"{one.code}-vp", one, kind="office") for one in (desk.commune, desk.other)]
    units = [desk.province, desk.commune, desk.other, over, *offices]
    people = [official(f"ai-{number}", works_in=random.choice(units)) for number in range(14)]
    for number in range(12):
        received(desk, (BIRTH, LAND)[number % 2])
    with unrecorded_for_tests():
        for table in (Ancestry, Placement):
            field = "descendant" if table is Ancestry else "unit"
            table.objects.filter(**{field: over}).update(ends_on=TODAY - DAY)
        for person in people:
            for role, where in random.sample([*product(ROLES, units)], random.choice((0, 1, 1, 2, 3))):
                given = {"starts_on": LONG_AGO, "covers_subtree": random.random() < 0.3}
                RoleGrant.objects.create(official=person, role=role, unit=where, **given)
        scramble(units, people, random)
        return viewers(people, random)


def scramble(units: list[Unit], people: list[Official], random: Random) -> None:
    for dossier in Dossier.objects.order_by("pk"):
        Dossier.objects.filter(pk=dossier.pk).update(
            unit=random.choice(units), settling_unit=random.choice(units), state=random.choice(DOSSIER.states).id
        )
    for step in StepInstance.objects.order_by("pk"):
        begun = random.choice((None, at("23 08:00"), at("23 09:00")))
        StepInstance.objects.filter(pk=step.pk).update(
            unit=random.choice(units), role=random.choice(ROLES), state=random.choice(STEP.states).id,
            holder=random.choice((None, *people)), begun_at=begun, due_at=begun,
            ended_at=random.choice((None, None, at("23 10:00"))),
        )  # fmt: skip


def viewers(people: list[Official], random: Random) -> list[Viewer]:
    found = [public_viewer(TODAY)]
    for person in people:
        deputy, last = random.choice(people), random.choice((TODAY - DAY, TODAY, TODAY + DAY))
        if deputy != person:
            days: dict[str, Any] = {"starts_on": TODAY - 2 * DAY, "ends_on": last}
            Absence.objects.create(official=person, deputy=deputy, reason="Đi học", noted_at=at("23 08:00"), **days)
            Delegation.objects.create(principal=person, deputy=deputy, role=random.choice(("", *ROLES)), **days)
            found.append(someone_on(deputy, person.code))
        found.append(someone_on(person, ""))
    return found


@pytest.mark.requirement(127)
@pytest.mark.parametrize("seed", range(6))
def test_seen_alone_is_what_stands_in_the_list(desk: Desk, seed: int):
    everybody = crossed(desk, Random(seed))
    dossiers, beyond_scope, nothing = list(Dossier.objects.order_by("pk")), 0, 0
    for viewer in everybody:
        listed = set(visible_dossiers(viewer).order_by().values_list("pk", flat=True))
        assert {one.pk for one in dossiers if is_visible(viewer, one)} == listed
        assert {one.pk for one in answer(finding_newest(viewer, "", None, 100))} == listed
        waiting = set(ready(viewer).order_by().values_list("pk", flat=True))
        assert waiting == {one.pk for one in dossiers if one.pk in listed and one.state == SETTLED}
        beyond_scope += sum(
            not any(viewer.holds_over(unit, *READERS) for unit in (one.unit, one.settling_unit))
            for one in dossiers
            if one.pk in listed
        )
        nothing += not listed
    assert beyond_scope > 5, "some are seen by their steps alone"
    assert 0 < nothing < len(everybody) - 5, "some see something, some nothing"


def test_opened_by_its_key_or_that_of_a_step(desk: Desk):
    everybody = crossed(desk, Random(7))
    for viewer in everybody[:9]:
        listed = set(visible_dossiers(viewer).order_by().values_list("pk", flat=True))
        for step in StepInstance.objects.order_by("pk")[::5]:
            if step.dossier_id in listed:
                assert get_dossier(viewer, step.dossier_id).pk == step.dossier_id
                found = get_step(viewer, step.pk)
                assert (found.pk, found.dossier.unit_name) == (step.pk, get_dossier(viewer, step.dossier_id).unit_name)
                continue
            for get, key in ((get_dossier, step.dossier_id), (get_step, step.pk)):
                with pytest.raises(DomainError) as refused:
                    get(viewer, key)
                assert refused.value.code == "dossiers.dossier_not_found"


@pytest.mark.parametrize(("get", "code"), [(get_dossier, "dossier"), (get_step, "step")])
@pytest.mark.parametrize("key", [0, 987_654, 10**20])
def test_what_is_not_there_is_not_found(desk: Desk, get: Any, code: str, key: int):
    with pytest.raises(DomainError) as refused:
        get(someone_on(desk.receiver, ""), key)
    assert refused.value.code == f"dossiers.{code}_not_found"


@pytest.mark.requirement(125)
def test_whoever_has_it_in_scope_opens_it_with_one_question_and_others_with_a_few(desk: Desk):
    dossier = received(desk)
    for person, most in ((desk.receiver, 1), (desk.stranger, 6)):
        viewer = someone_on(person, "")
        with CaptureQueriesContext(connection) as queries:
            try:
                get_dossier(viewer, dossier.pk)
            except DomainError:
                assert person == desk.stranger
        assert 1 <= len(queries) <= most


def test_a_role_taken_away_is_gone_at_the_next_request(desk: Desk):
    dossier, person = received(desk), desk.receiver
    account = Account(username=person.code, official=person, created_at=at("23 08:00"))
    assert get_dossier(viewer_of(account, TODAY, used_second_factor=True), dossier.pk)
    with unrecorded_for_tests():
        RoleGrant.objects.filter(official=person).update(ends_on=TODAY - DAY)
        StepInstance.objects.filter(holder=person).update(holder=desk.head)
    with pytest.raises(DomainError, match="dossier_not_found"):
        get_dossier(viewer_of(account, TODAY, used_second_factor=True), dossier.pk)
