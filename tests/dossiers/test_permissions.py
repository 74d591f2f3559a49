"""Who sees which dossiers, and what whoever holds a step of one may do."""

from __future__ import annotations

import pytest

from cchc.dossiers.permissions import may_act, may_override, may_see_dossiers, may_work
from cchc.dossiers.queries.scope import mine, of_units, queued, visible_dossiers
from cchc.organizations.models import Official
from cchc.organizations.viewers import Viewer, public_viewer, viewer_of
from tests.factories.dossiers import Desk, completed, received, step_of, taken
from tests.factories.organizations import TODAY, official, unsaved_account


def looking(person: Official) -> Viewer:
    return viewer_of(unsaved_account(person), TODAY)


@pytest.mark.requirement(127)
def test_a_dossier_is_seen_by_those_who_work_on_it_and_by_nobody_else(desk: Desk):
    dossier = received(desk)
    colleague = official("dn1", "Võ Thị Oanh", desk.commune)
    for person in (desk.receiver, desk.settler, desk.signer, desk.one_stop_head, desk.head):
        assert list(visible_dossiers(looking(person))) == [dossier]
    for viewer in (looking(desk.stranger), looking(colleague), public_viewer(TODAY)):
        assert not visible_dossiers(viewer).exists()
    assert not may_see_dossiers(looking(colleague)) and may_see_dossiers(looking(desk.stranger))


@pytest.mark.requirement(124)
def test_whoever_holds_a_step_asks_for_papers_and_records_the_result(desk: Desk):
    dossier = received(desk)
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    taken(desk, dossier, "settle", desk.settler, "23 09:00")
    for act in ("ask_supplement", "ask_payment", "record_result"):
        assert may_act(looking(desk.settler), dossier, act)
        refused = may_act(looking(desk.second_settler), dossier, act).refusal
        assert refused is not None and refused.message.code == "dossiers.holders_not_allowed"
    step = step_of(dossier, "settle")
    assert may_work(looking(desk.settler), step, "complete") and not may_work(looking(desk.head), step, "complete")
    assert may_override(looking(desk.head), dossier) and not may_override(looking(desk.settler), dossier)


def test_the_queue_shows_what_one_may_take_and_mine_what_one_has(desk: Desk):
    dossier = received(desk)
    assert [step.step for step in mine(looking(desk.receiver))] == ["receive"]
    completed(desk, dossier, "receive", desk.receiver, "23 08:30")
    assert [step.step for step in queued(looking(desk.settler))] == ["settle"]
    assert not queued(looking(desk.signer)).exists() and not queued(looking(desk.stranger)).exists()
    taken(desk, dossier, "settle", desk.settler, "23 09:00")
    assert not queued(looking(desk.second_settler)).exists()
    assert [step.step for step in mine(looking(desk.settler))] == ["settle"]
    assert [step.step for step in of_units(looking(desk.head))] == ["settle"]
