"""Random lives of dossiers: no illegal transition, codes without gap, every minute owned, the ledger conserves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import polars as pl
import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cchc.dossiers.actions import ending, pausing, working
from cchc.dossiers.actions.advising import Asked, answer_advice, ask_advice, take_back_advice
from cchc.dossiers.actions.archiving import archive
from cchc.dossiers.actions.intake import Paper
from cchc.dossiers.actions.moving import earlier_steps, latest_steps
from cchc.dossiers.actions.standing_in import end_absence, note_absence
from cchc.dossiers.ledger_rows import ledgers_of
from cchc.dossiers.models import Absence, Advice, Dossier, DossierEvent, StepInstance
from cchc.dossiers.rules import rules_on
from cchc.dossiers.states import BEGUN, DOSSIER, HELD, OPEN, OWED, PAUSED, QUEUED, RUNNING, SETTLED
from cchc.dossiers.states_beside import OPEN_ADVICE
from cchc.dossiers.terms import calendar_of
from cchc.dossiers.timing import timing_of
from cchc.organizations.viewers import actor_of
from cchc.records.errors import DomainError
from tests.factories.dossiers import BIRTH, LAND, RESULT, Desk, at, intake, now_of, received
from tests.support.examples import share_of_examples

REASON = {"reason_code": "other", "reason": "Theo thực tế"}


class Lives(RuleBasedStateMachine):
    """Up to four dossiers of two procedures, a year, everybody's clicks."""

    desk: Desk
    acts: set[str]
    """Everything that was done in any life: the test is nothing when that is little."""

    def __init__(self) -> None:
        super().__init__()
        self.now = at("2 08:00")
        self.keys: list[int] = []

    @initialize(codes=st.lists(st.sampled_from([BIRTH, LAND]), min_size=1, max_size=3))
    def begin(self, codes: list[str]) -> None:
        self.point = transaction.savepoint()
        for code in codes:
            self.receive(code)

    def teardown(self) -> None:
        self.acts |= set(
            DossierEvent.objects.filter(dossier__in=self.keys).order_by("pk").values_list("act", flat=True)
        )
        transaction.savepoint_rollback(self.point)

    def given(self, person: Any) -> dict[str, Any]:
        """Every click takes a while."""
        self.now += timedelta(minutes=11)
        return {"actor": actor_of(person), "now": self.now}

    def one(self, number: int, *states: str) -> Dossier | None:
        found = [one for key in self.keys if (one := now_of(Dossier(pk=key))).state in states]
        return found[number % len(found)] if found else None

    def step(self, number: int, *states: str) -> StepInstance | None:
        dossier = self.one(number, *RUNNING)
        steps = [] if dossier is None else [one for one in latest_steps(dossier).values() if one.state in states]
        return steps[number % len(steps)] if steps else None

    @rule(minutes=st.integers(0, 900), days=st.sampled_from([0, 0, 0, 1, 5, 30]))
    def time_passes(self, minutes: int, days: int) -> None:
        is_over = (self.now - at("2 08:00")).days > 360
        self.now += timedelta(minutes=minutes, days=0 if is_over else days)

    @precondition(lambda self: len(self.keys) < 4)
    @rule(code=st.sampled_from([BIRTH, LAND]))
    def another(self, code: str) -> None:
        self.receive(code)

    def receive(self, code: str) -> None:
        papers = intake(self.desk.procedures[code])
        made = received(self.desk, code, intake=papers, **self.given(self.desk.receiver))
        self.keys.append(made.pk)

    @rule(number=st.integers(0, 9), turns=st.integers(1, 6))
    def work(self, number: int, turns: int) -> None:
        for _ in range(turns):
            step = self.step(number, QUEUED, HELD)
            if step is not None:
                (self.take if step.state == QUEUED else self.complete)(step, number)

    def take(self, step: StepInstance, number: int) -> None:
        people = (self.desk.settler, self.desk.second_settler)
        hands = {"receiving_officer": self.desk.receiver, "signing_leader": self.desk.signer}
        person = hands.get(step.role, people[number % 2])
        working.take_up(**self.given(person), step=step, official=person, expected_version=step.dossier.version)

    def complete(self, step: StepInstance, _number: int) -> None:
        deputies = Absence.objects.filter(official=step.holder, ended_at=None, ends_on__gte=self.now.date())
        person = next((one.deputy for one in deputies.order_by("pk")), step.holder)
        working.complete(**self.given(person), step=step, expected_version=step.dossier.version, result=RESULT)

    @rule(number=st.integers(0, 9))
    def hand_on(self, number: int) -> None:
        step = self.step(number, HELD, QUEUED)
        if step is not None and step.holder != self.desk.second_settler:
            given = {"official": self.desk.second_settler, "expected_version": step.dossier.version, **REASON}
            working.assign(**self.given(self.desk.head), step=step, **given)

    @rule(number=st.integers(0, 9))
    def send_back(self, number: int) -> None:
        step = self.step(number, HELD)
        earlier = [] if step is None else earlier_steps(step)
        if step is not None and earlier:
            given = {"to": earlier[number % len(earlier)], "expected_version": step.dossier.version, **REASON}
            working.send_back(**self.given(step.holder), step=step, **given)

    @rule(number=st.integers(0, 9), kind=st.sampled_from(["papers", "money", "other"]))
    def pause_or_go_on(self, number: int, kind: str) -> None:
        dossier = self.one(number, *OPEN)
        if dossier is None:
            return
        whole = {**self.given(self.desk.head), "dossier": dossier, "expected_version": dossier.version}
        if dossier.state in PAUSED:
            self.go_on(dossier, whole)
        elif kind == "papers":
            pausing.ask_supplement(**whole, reason_code="other", asked="Bản chính", is_override=True)
        elif kind == "money":
            pausing.ask_payment(**whole, reason_code="other", asked="Thông báo 1", amount=1000)
        else:
            pausing.suspend(**whole, **REASON)

    def go_on(self, dossier: Dossier, whole: dict[str, Any]) -> None:
        acts: dict[str, Callable[[], Any]] = {
            "supplementing": lambda: pausing.take_supplement(**whole, papers=[Paper("Bản chính", originals=1)]),
            "awaiting_payment": lambda: pausing.note_payment(**whole, receipt="BL 1"),
            "suspended": lambda: pausing.resume(**whole),
        }
        acts[dossier.state]()

    @rule(number=st.integers(0, 9), minutes=st.integers(600, 9000))
    def put_off(self, number: int, minutes: int) -> None:
        dossier = self.one(number, *RUNNING)
        if dossier is not None and dossier.due_at is not None:
            due_at = max(dossier.due_at, self.now) + timedelta(minutes=minutes)
            if calendar_of(dossier).elapsed_minutes(max(dossier.due_at, self.now), due_at) > 0:
                given = {"dossier": dossier, "expected_version": dossier.version, "due_at": due_at, **REASON}
                pausing.extend(**self.given(self.desk.head), **given, is_override=True)

    @rule(number=st.integers(0, 9), act=st.sampled_from([ending.withdraw, ending.stop]), chance=st.integers(0, 3))
    def end(self, number: int, act: Callable[..., Any], chance: int) -> None:
        dossier = self.one(number, *OPEN)
        if dossier is not None and not chance:
            act(**self.given(self.desk.head), dossier=dossier, expected_version=dossier.version, **REASON)

    @rule(number=st.integers(0, 9))
    def close(self, number: int) -> None:
        """What is settled is handed over; whatever is over goes into the archive."""
        dossier = self.one(number, *(state.id for state in DOSSIER.states if state.id not in OPEN))
        if dossier is None:
            return
        whole = {"dossier": dossier, "expected_version": dossier.version}
        if dossier.state == SETTLED:
            if dossier.finance != OWED:
                ending.hand_over(**self.given(self.desk.receiver), **whole, to="Trần Thị Lan")
        else:
            kept = rules_on(self.now.date()).value.retention[0].id
            archive(**self.given(self.desk.receiver), **whole, place="Kệ 1", retention_class=kept)

    @rule(number=st.integers(0, 9), days=st.integers(1, 5), answer=st.sampled_from(["Đồng ý", "Không", ""]))
    def consult(self, number: int, days: int, answer: str) -> None:
        """Whoever waits for an opinion gets it, or waits no longer; else one is asked for."""
        asked = Advice.objects.filter(step__dossier__in=self.keys, state__in=OPEN_ADVICE).order_by("pk").first()
        step, adviser = self.step(number, HELD), self.desk.one_stop_head
        if asked is not None and answer:
            answer_advice(**self.given(adviser), advice=asked, answer=answer)
        elif asked is not None:
            take_back_advice(**self.given(self.desk.head), advice=asked, reason="Không cần nữa")
        elif step is not None:
            given = {"asked": Asked(official=adviser), "question": "Ý kiến?", "working_days": days}
            ask_advice(**self.given(step.holder), step=step, expected_version=step.dossier.version, **given)

    @rule(days=st.integers(0, 10))
    def go_away(self, days: int) -> None:
        away = Absence.objects.filter(official=self.desk.settler, ended_at=None, ends_on__gte=self.now.date())
        if (absence := away.order_by("pk").first()) is not None:
            end_absence(**self.given(self.desk.head), absence=absence)
            return
        today = self.now.date()
        given = {"official": self.desk.settler, "deputy": self.desk.second_settler, "reason": "Phép"}
        note_absence(**self.given(self.desk.head), **given, starts_on=today, ends_on=today + timedelta(days=days + 1))

    @rule(number=st.integers(0, 9))
    def whoever_saw_an_older_one_loses_nothing_of_others(self, number: int) -> None:
        dossier = self.one(number, *(state.id for state in DOSSIER.states))
        if dossier is None:
            return
        seen = DossierEvent.objects.filter(dossier=dossier).count()
        with pytest.raises(DomainError) as refused:
            ending.stop(**self.given(self.desk.head), dossier=dossier, expected_version=dossier.version - 1, **REASON)
        assert refused.value.code == "dossiers.stale"
        assert DossierEvent.objects.filter(dossier=dossier).count() == seen
        assert now_of(dossier).version == dossier.version

    @rule(number=st.integers(0, 9), act=st.sampled_from([step.id for step in DOSSIER.steps]))
    def what_the_table_does_not_offer_is_refused(self, number: int, act: str) -> None:
        dossier = self.one(number, *(state.id for state in DOSSIER.states))
        acts = {"suspend": pausing.suspend, "stop": ending.stop, "withdraw": ending.withdraw}
        if dossier is None or act not in acts or dossier.state in DOSSIER.step(act).sources:
            return
        with pytest.raises(DomainError) as refused:
            acts[act](**self.given(self.desk.head), dossier=dossier, expected_version=dossier.version, **REASON)
        assert refused.value.code == "dossiers.not_in_state"

    @invariant()
    def each_dossier_stands_where_its_events_lead(self) -> None:
        for key in self.keys:
            dossier = now_of(Dossier(pk=key))
            events = list(DossierEvent.objects.filter(dossier=dossier).order_by("pk").values_list("state", flat=True))
            assert events[-1] == dossier.state
            steps = latest_steps(dossier).values()
            if dossier.state in OPEN:
                assert any(step.state in BEGUN for step in steps), "every minute is somebody's"
            else:
                assert not any(step.state in BEGUN for step in steps)
            assert dossier.pauses.filter(ended_at=None).exists() == (dossier.state in PAUSED)

    @invariant()
    def codes_have_no_gap(self) -> None:
        codes = sorted(Dossier.objects.filter(pk__in=self.keys).order_by("pk").values_list("code", flat=True))
        days: dict[str, list[int]] = {}
        for code in codes:
            days.setdefault(code[:-5], []).append(int(code[-4:]))
        assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in days.values())

    @precondition(lambda self: self.keys)
    @rule()
    def the_ledger_conserves(self) -> None:
        for found in ledgers_of(Dossier.objects.filter(pk__in=self.keys), self.now).values():
            sums = {"late": pl.col("late_minutes").sum(), "worked": pl.col("working_minutes").sum()}
            charged = found.spells.group_by("dossier").agg(**sums)
            by_code = {row["dossier"]: row for row in charged.rows(named=True)}
            for row in found.dossiers.rows(named=True):
                dossier = Dossier.objects.select_related("procedure_version__procedure").get(code=row["dossier"])
                end = dossier.ended_at or self.now
                due_at = max(row["due_at"], row["received_at"])
                counted = self.not_suspended(dossier, row["received_at"], end)
                assert by_code[dossier.code]["worked"] == counted, "every minute is somebody's"
                assert by_code[dossier.code]["late"] == row["late_minutes"], "the parts add up"
                assert row["late_minutes"] == self.not_suspended(dossier, due_at, end)

    def not_suspended(self, dossier: Dossier, start: datetime, end: datetime) -> int:
        """Working minutes between two moments in which the dossier was not suspended."""
        calendar = calendar_of(dossier)
        stopped = sum(
            max(0, calendar.elapsed_minutes(max(one.begun_at, start), min(one.ended_at or end, end)))
            for one in dossier.pauses.filter(kind="suspended").order_by("pk")
        )
        return max(0, calendar.elapsed_minutes(start, end)) - stopped

    @invariant()
    def the_stored_appointment_is_that_of_the_clock(self) -> None:
        for key in self.keys:
            dossier = now_of(Dossier(pk=key))
            if dossier.state in RUNNING:
                found = timing_of(dossier).clock(self.now)
                assert found is not None and (found.first_due_at, found.due_at) == (
                    dossier.first_due_at,
                    dossier.due_at,
                )


@pytest.mark.requirement(43, 71)
def test_lives(desk: Desk) -> None:
    class LivesHere(Lives):
        pass

    LivesHere.desk, LivesHere.acts = desk, set()
    run_state_machine_as_test(
        LivesHere, settings=settings(max_examples=share_of_examples(0.3), stateful_step_count=40, deadline=None)
    )
    if share_of_examples(1) >= 100:
        moved = {"take", "complete", "assign", "ask_supplement", "supplement", "extend", "send_back", "hand_over"}
        assert LivesHere.acts >= moved | {"ask_advice", "answer_advice", "take_back_advice", "archive"}
