"""Two appraisers at one cell, double sending, a charge that ends, a duty taken away, the round that moves on and is
frozen meanwhile: nothing written is lost, nothing is written that may not be, whatever the order.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cchc.assessments.actions.charges import end_charge, give_charge
from cchc.assessments.actions.freezing import confirm_freeze, propose_freeze
from cchc.assessments.actions.rounds import move_on
from cchc.assessments.models import Answer, Charge, Result, Round, Sheet
from cchc.assessments.permissions import APPRAISER
from cchc.organizations.actions.rights import end_duty
from cchc.organizations.models import Assignment, Official
from cchc.organizations.viewers import actor_of
from tests.assessments.conftest import Council
from tests.factories.assessments import appraising, now_of, write
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, NOW, TODAY, official

WHO = st.sampled_from((0, 1))
POINTS = st.sampled_from(("1", "2", "3"))
STAGES = {"appraising": "document1", "reappraising": "document2"}


class Together(RuleBasedStateMachine):
    """The first sheet's criterion 1.1, as the database should have it, beside what each appraiser has last seen."""

    council: Council
    people: tuple[Official, Official]
    round_: Round
    sheet: Sheet
    clients: tuple[Client, Client]

    def __init__(self) -> None:
        super().__init__()
        self.started = transaction.savepoint()
        self.kept: dict[str, tuple[dict[str, str], int]] = {}
        self.seen = [0, 0]
        self.charged, self.on_duty = [True, True], [True, True]
        self.state = "appraising"

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.started)

    @property
    def stage(self) -> str:
        return STAGES.get(self.state, "")

    @property
    def version(self) -> int:
        return self.kept.get(self.stage, ({}, 0))[1]

    @rule(who=WHO)
    def look(self, who: int) -> None:
        if self.stage:
            self.seen[who] = self.version

    @rule(who=WHO, points=POINTS, times=st.sampled_from((1, 2)))
    def send(self, who: int, points: str, times: int) -> None:
        """Once, or the same twice, as by a second press: it is written once."""
        for _ in range(times):
            self._send(who, {"points": points, "reason": f"Lý do {who}"})

    @rule(who=WHO)
    def accept(self, who: int) -> None:
        address = reverse("assessments:accept", args=[self.round_.pk, "1.1"])
        answer = self.clients[who].post(address, {"mot": self.sheet.pk, f"lan_{self.sheet.pk}": self.seen[who]})
        self._follow(who, answer.status_code, {})

    def _send(self, who: int, said: dict[str, str]) -> None:
        address = reverse("assessments:appraise", args=[self.round_.pk, "1.1", self.sheet.pk])
        typed = {"version": self.seen[who], "note": "", "so_points": said["points"], "reason": said["reason"]}
        self._follow(who, self.clients[who].post(address, typed).status_code, said)

    def _follow(self, who: int, status: int, said: dict[str, str]) -> None:
        if not self.on_duty[who]:
            assert status == 404, status
        elif not self.charged[who] or not self.stage:
            assert status in {403, 422}, status
        elif self.version and self.kept[self.stage][0] == said:
            assert status == 302, status  # the same once more changes nothing
        elif self.seen[who] != self.version:
            assert status == 409, status
        else:
            assert status == 302, status
            self.kept[self.stage] = (said, self.version + 1)

    @precondition(lambda self: self.stage)
    @rule(who=WHO)
    def charge_ends_or_is_given_again(self, who: int) -> None:
        person = self.people[who]
        if self.charged[who]:
            charge = Charge.objects.get(round=self.round_, official=person)
            end_charge(**BY_TESTS, charge=charge, ends_on=TODAY - timedelta(days=1), reason="Chuyển việc")
        else:
            give_charge(**BY_TESTS, round_=self.round_, official=person, starts_on=TODAY)
            self.on_duty[who] = True
        self.charged[who] = not self.charged[who]

    @precondition(lambda self: self.stage)
    @rule(who=WHO)
    def duty_is_taken_away(self, who: int) -> None:
        if self.on_duty[who]:
            held = Assignment.objects.get(official=self.people[who], duty=APPRAISER, ends_on=None)
            end_duty(**BY_TESTS, assignment=held, ends_on=TODAY - timedelta(days=1), reason="Thôi nhiệm vụ")
            self.on_duty[who] = False

    @precondition(lambda self: self.state in {"appraising", "explaining", "reappraising"})
    @rule()
    def move_on(self) -> None:
        step, state = {
            "appraising": ("explain", "explaining"),
            "explaining": ("reappraise", "reappraising"),
            "reappraising": ("deliberate", "deliberating"),
        }[self.state]
        move_on(**BY_TESTS, round_=self.round_, step=step, expected_version=now_of(self.round_).version)
        self.state = state

    @precondition(lambda self: self.state == "deliberating")
    @rule()
    def freeze(self) -> None:
        given: dict[str, Any] = {"round_": self.round_, "expected_version": now_of(self.round_).version}
        freeze = propose_freeze(actor=actor_of(self.council.secretary, day=TODAY), now=NOW, **given)
        confirm_freeze(actor=actor_of(self.council.chair, day=TODAY), now=NOW, freeze=freeze)
        self.state = "frozen"

    @invariant()
    def nothing_is_lost_and_nothing_slips_in(self) -> None:
        stages = ("document1", "document2")
        found = Answer.objects.filter(sheet=self.sheet, criterion="1.1", stage__in=stages).order_by("pk")
        assert {one.stage: (one.said, one.version) for one in found} == self.kept
        assert now_of(self.round_).state == self.state
        assert Result.objects.filter(sheet__round=self.round_).exists() == (self.state == "frozen")


@pytest.mark.long
@pytest.mark.requirement(122, 124, 125)
def test_appraisers_lose_nothing_to_each_other_or_to_the_round(council: Council, scored_round: Round) -> None:
    second = official("td2", "Lý Văn Định", council.department)
    people = (council.appraiser, second)
    sheets = appraising(scored_round, *people)
    for sheet in sheets:
        write(sheet, "2.1", "document1", ratio="85%")

    class Here(Together):
        pass

    Here.council, Here.people, Here.round_, Here.sheet = council, people, scored_round, sheets[0]
    Here.clients = (client_of(people[0]), client_of(people[1]))
    run_state_machine_as_test(Here, settings=settings(settings.default, stateful_step_count=15, deadline=None))
