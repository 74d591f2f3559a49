"""Opinions: asked for by whoever holds a step, answered, taken back; silence reported. The step stays its holder's and
its time runs on: whose minutes they are is decided by the ledger's rule, which knows nothing of questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cchc.audit.actions import action, nothing_changed, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.actions.recording import RELATED, note, take, went_on
from cchc.dossiers.actions.telling import tell_answered, tell_asked, tell_lapsed
from cchc.dossiers.audit_kinds import ADVICE_ASKED, OF_ADVICE
from cchc.dossiers.models import Advice, Dossier, StepInstance
from cchc.dossiers.policies import advice_may_become, may_ask
from cchc.dossiers.shown_events import ASK_ADVICE
from cchc.dossiers.states_beside import ADVICE
from cchc.dossiers.terms import calendar_of
from cchc.followups.actions.recording import required, said
from cchc.organizations.doers import done_by, sign
from cchc.organizations.models import Official, Unit
from cchc.records.errors import refuse

MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom: an official, a unit, or a body that the register does not know; one of them."""

    official: Official | None = None
    unit: Unit | None = None
    body: str = ""

    @property
    def is_one(self) -> bool:
        """Whether it is exactly one."""
        return sum((self.official is not None, self.unit is not None, bool(said(self.body)))) == 1


@action
def ask_advice(
    *, actor: Actor, now: datetime, step: StepInstance, expected_version: int, asked: Asked, question: str,
    working_days: int,
) -> Advice:  # fmt: skip
    """A question goes out, with its own limit. Raises `dossiers.ask_one`, `dossiers.asks_holder`,
    `dossiers.advice_limit`, `dossiers.not_held`, `dossiers.stale`, `followups.nothing_said`.
    """
    words = required(question)
    if not asked.is_one:
        raise refuse("dossiers.ask_one")
    if not 1 <= working_days <= MOST_DAYS:
        raise refuse("dossiers.advice_limit", most=MOST_DAYS)
    dossier = take(step.dossier, expected_version)
    locked = StepInstance.objects.select_related("holder", "unit").get(pk=step.pk)
    locked.dossier = dossier
    may_ask(locked).require()
    if asked.official is not None and asked.official.pk == locked.holder_id:
        raise refuse("dossiers.asks_holder", who=asked.official.name)
    advice = Advice.objects.create(
        step=locked, official=asked.official, unit=asked.unit, body=said(asked.body), question=words,
        working_days=working_days, state=ADVICE.first, asked_at=now,
        due_at=calendar_of(dossier).due_in_working_days(now, working_days), **done_by(actor, "asked"),
    )  # fmt: skip
    note(dossier, ASK_ADVICE, actor, now, step=locked, text=words)
    record(ADVICE_ASKED, advice, after=values_of(advice))
    went_on(dossier)
    tell_asked(advice, actor, now)
    return advice


@action
def answer_advice(*, actor: Actor, now: datetime, advice: Advice, answer: str, evidence: str = "") -> Advice:
    """What is said; of a body outside noted by the holder, with what shows it. Late is better than never.

    Raises `dossiers.evidence_missing`, `dossiers.advice_over`, `followups.nothing_said`.
    """
    words = required(answer)
    taken = _taken(advice, "answer_advice")
    if taken.is_outside and not said(evidence):
        raise refuse("dossiers.evidence_missing")
    before = values_of(taken)
    taken.answer, taken.evidence = words, said(evidence)
    _closed(taken, "answer_advice", before, words, actor, now)
    went_on(taken.step.dossier)
    tell_answered(taken, actor, now)
    return taken


@action
def take_back_advice(*, actor: Actor, now: datetime, advice: Advice, reason: str) -> Advice:
    """Nobody waits for it any more. Raises `dossiers.advice_over`, `followups.nothing_said`."""
    words = required(reason)
    taken = _taken(advice, "take_back_advice")
    _closed(taken, "take_back_advice", values_of(taken), words, actor, now)
    went_on(taken.step.dossier)
    return taken


@action
def lapse_advice(*, actor: Actor, now: datetime, advice: Sequence[Advice]) -> int:
    """Those not answered by now are reported to the heads of the one-stops, once. Answers how many."""
    lapsed = []
    for one in advice:
        taken = _locked(one)
        if taken.due_at >= now or not advice_may_become(taken, "advice_lapses"):
            continue
        before = values_of(taken)
        taken.lapsed_at = now
        _moved(taken, "advice_lapses", before, "", actor, now)
        lapsed.append(taken)
    if not lapsed:
        nothing_changed()
        return 0
    tell_lapsed(lapsed, actor, now)
    return len(lapsed)


def _locked(advice: Advice) -> Advice:
    """With its step and dossier, the dossier locked first as every act does."""
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related(*RELATED).get(pk=advice.step.dossier_id)
    related = ("step__holder", "step__unit", "official", "unit")
    locked = Advice.objects.select_for_update(of=("self",)).select_related(*related).get(pk=advice.pk)
    locked.step.dossier = dossier
    return locked


def _taken(advice: Advice, act: str) -> Advice:
    locked = _locked(advice)
    advice_may_become(locked, act).require()
    return locked


def _closed(
    advice: Advice, act: str, before: dict[str, object], text: str, actor: Actor, now: datetime
) -> None:  # fmt: skip
    advice.closed_at = now
    sign(advice, "closed", actor)
    _moved(advice, act, before, text, actor, now)


def _moved(advice: Advice, act: str, before: dict[str, object], text: str, actor: Actor, now: datetime) -> None:
    advice.state = ADVICE.after(advice.state, ADVICE.step(act))
    advice.save()
    note(advice.step.dossier, act, actor, now, step=advice.step, text=text)
    record(OF_ADVICE[act], advice, before=before, after=values_of(advice))
