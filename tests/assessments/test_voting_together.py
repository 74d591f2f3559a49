"""Members who vote at once and twice, a vote that is concluded meanwhile and twice, a seat that is taken away, a result
that is frozen: each member has one vote, and the council's answer is what the votes said when they were counted.
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
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cchc.assessments.actions.council import Proposal, put_motion
from cchc.assessments.actions.freezing import confirm_freeze, propose_freeze
from cchc.assessments.models import Answer, Motion, Round, Sheet, Vote
from cchc.organizations.actions.rights import withdraw_role
from cchc.organizations.models import Official, RoleGrant
from cchc.organizations.viewers import actor_of
from cchc.records.errors import DomainError
from tests.assessments.conftest import Council, sheets_of
from tests.factories.assessments import before_the_council, now_of
from tests.factories.clients import client_of
from tests.factories.organizations import BY_TESTS, NOW, TODAY, grant, official
from tests.support.examples import share_of_examples

FOR, AGAINST, ABSTAIN = "for", "against", "abstain"
WHO = st.sampled_from((0, 1, 2))
TIMES = st.sampled_from((1, 2))


class Voting(RuleBasedStateMachine):
    """What is put to the vote about the first sheet's criterion 1.1: `votes` by member, and what became of it."""

    council: Council
    members: tuple[Official, Official, Official]
    clients: tuple[Client, Client, Client]
    secretary: Client
    round_: Round
    sheet: Sheet

    def __init__(self) -> None:
        super().__init__()
        self.started = transaction.savepoint()
        self.motion: Motion | None = None
        self.points = ""
        self.votes: dict[int, str] = {}
        self.outcome = ""
        self.answer = ""
        self.seated = [True, True, True]
        self.is_frozen = False

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.started)

    @property
    def is_open(self) -> bool:
        return self.motion is not None and not self.outcome

    @rule(points=st.sampled_from(("1", "2", "3.5")))
    def put(self, points: str) -> None:
        proposal = Proposal("points", f"Đề nghị {points} điểm", points)
        given = {"actor": actor_of(self.council.secretary, day=TODAY), "now": NOW, "sheet": self.sheet}
        if self.is_open or self.is_frozen:
            with pytest.raises(DomainError) as error:
                put_motion(**given, code="1.1", proposal=proposal)
            assert error.value.code == ("assessments.not_in_state" if self.is_frozen else "assessments.motion_open")
            return
        self.motion = put_motion(**given, code="1.1", proposal=proposal)
        self.points, self.votes, self.outcome = points, {}, ""

    @rule(who=WHO, vote=st.sampled_from((FOR, AGAINST, ABSTAIN)), times=TIMES)
    def vote(self, who: int, vote: str, times: int) -> None:
        """Once, or the same twice, as by a second press; also from a page that was open before the vote ended."""
        if self.motion is None:
            return
        for _ in range(times):
            status = self.clients[who].post(reverse("assessments:vote", args=[self.motion.pk]), {"vote": vote})
            if not self.seated[who]:
                assert status.status_code == 404, status.status_code
            elif self.is_open and not self.is_frozen:
                assert status.status_code == 302, status.content.decode()
                self.votes[who] = vote
            else:
                assert status.status_code == 422, status.status_code

    @rule(times=TIMES)
    def conclude(self, times: int) -> None:
        if self.motion is None:
            return
        for _ in range(times):
            address = reverse("assessments:conclude", args=[self.motion.pk])
            status = self.secretary.post(address, {"reason": "Đã kiểm phiếu"}).status_code
            if not self.is_open or not self.votes or self.is_frozen:
                assert status == 422, status
                continue
            assert status == 302, status
            said = list(self.votes.values())
            self.outcome = "carried" if said.count(FOR) > said.count(AGAINST) else "rejected"
            if self.outcome == "carried":
                self.answer = self.points

    @rule(who=st.sampled_from((0, 1)))
    def seat_is_taken_away(self, who: int) -> None:
        """What the member voted so far stays."""
        if self.seated[who]:
            held = RoleGrant.objects.get(official=self.members[who], ends_on=None)
            withdraw_role(**BY_TESTS, grant=held, ends_on=TODAY - timedelta(days=1), reason="Thôi làm thành viên")
            self.seated[who] = False

    @rule()
    def freeze(self) -> None:
        if self.is_frozen:
            return
        given: dict[str, Any] = {"round_": self.round_, "expected_version": now_of(self.round_).version}
        secretary = actor_of(self.council.secretary, day=TODAY)
        if self.is_open:
            with pytest.raises(DomainError) as error:
                propose_freeze(actor=secretary, now=NOW, **given)
            assert error.value.code == "assessments.motions_open"
            return
        freeze = propose_freeze(actor=secretary, now=NOW, **given)
        confirm_freeze(actor=actor_of(self.council.chair, day=TODAY), now=NOW, freeze=freeze)
        self.is_frozen = True

    @invariant()
    def every_member_has_one_vote_and_the_answer_is_what_was_carried(self) -> None:
        found = Vote.objects.filter(motion=self.motion).order_by("pk") if self.motion else Vote.objects.none()
        assert sorted((one.cast_by_id, one.vote) for one in found) == sorted(
            (self.members[who].pk, vote) for who, vote in self.votes.items()
        )
        answer = Answer.objects.filter(sheet=self.sheet, criterion="1.1", stage="council").first()
        assert (answer.said.get("points", "") if answer else "") == self.answer
        if self.motion is not None:
            assert Motion.objects.get(pk=self.motion.pk).outcome == self.outcome


@pytest.mark.long
@pytest.mark.requirement(102, 124, 125)
def test_votes_are_counted_once_whatever_happens_meanwhile(council: Council, scored_round: Round) -> None:
    others = [official(code, name, council.department) for code, name in (("tv2", "Võ Hai"), ("tv3", "Võ Ba"))]
    for one in others:
        grant(one, "council_member", council.province)

    class Here(Voting):
        pass

    Here.council, Here.members = council, (council.member, *others)
    Here.round_ = before_the_council(scored_round)
    Here.sheet = sheets_of(Here.round_)[0]
    Here.clients = tuple(client_of(one) for one in Here.members)
    Here.secretary = client_of(council.secretary)
    few = settings(max_examples=share_of_examples(0.3), stateful_step_count=15, deadline=None)
    run_state_machine_as_test(Here, settings=few)
