"""Working on steps: taken from the queue, assigned, put back, completed, sent back; the result recorded on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.actions.moving import do_again, earlier_steps, give_to, lead_on
from cchc.dossiers.actions.recording import go_on, keep, move_step, note, reasoned, take_for, take_step, went_on
from cchc.dossiers.audit_kinds import COMPLETION_CLAIMED
from cchc.dossiers.models import ActualCompletion, Dossier, StepInstance
from cchc.dossiers.policies import not_archived
from cchc.dossiers.shown_events import CLAIM
from cchc.dossiers.states import DELIVERY, DONE, HELD, READY
from cchc.followups.actions.recording import required, said
from cchc.organizations.doers import done_by
from cchc.organizations.models import Official
from cchc.records.errors import refuse


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a dossier: number and day of the paper, or words."""

    number: str = ""
    on: date | None = None
    note: str = ""

    @property
    def is_there(self) -> bool:
        """Whether anything is said."""
        return bool(said(self.number) or said(self.note))


@action
def take_up(*, actor: Actor, now: datetime, step: StepInstance, official: Official, expected_version: int) -> Dossier:
    """A step of the shared queue becomes somebody's. Raises what `recording.take_step` raises."""
    return _given(step, official, "take", actor, now, expected_version)


@action
def assign(
    *, actor: Actor, now: datetime, step: StepInstance, official: Official, expected_version: int, reason_code: str,
    reason: str,
) -> Dossier:  # fmt: skip
    """Somebody else has the step from now on. Raises `dossiers.held_already`, and what `take_up` raises."""
    words = reasoned("assign", reason_code, reason)
    if step.state == HELD and step.holder_id == official.pk:
        raise refuse("dossiers.held_already", who=official.name)
    return _given(step, official, "assign", actor, now, expected_version, reason_code, words)


@action
def release(*, actor: Actor, now: datetime, step: StepInstance, expected_version: int, reason: str) -> Dossier:
    """Back into the shared queue, with the reason."""
    words = required(reason)
    taken = take_step(step, "release", expected_version)
    before = values_of(taken)
    taken.holder = None
    go_on(taken.dossier, "advance")
    move_step(taken, "release", actor, now, text=words, before=before)
    return went_on(taken.dossier)


@action
def complete(
    *, actor: Actor, now: datetime, step: StepInstance, expected_version: int, text: str = "",
    result: Result | None = None, done_at: datetime | None = None, evidence: str = "",
) -> Dossier:  # fmt: skip
    """The step is done, and those that waited for it begin. With the last one the dossier is settled, which needs a
    result. `done_at`, where the work was done before the click, with what shows it.

    Raises `dossiers.result_missing`, what `claim_completion` and `recording.take_step` raise.
    """
    taken = take_step(step, "complete", expected_version)
    dossier, before, before_step = taken.dossier, values_of(taken.dossier), values_of(taken)
    if result is not None and result.is_there:
        _put_result(dossier, result, now)
    go_on(dossier, "advance")
    move_step(taken, "complete", actor, now, text=said(text), before=before_step)
    if done_at is not None:
        _claim(taken, done_at, evidence, actor, now)
    if lead_on(dossier, actor, now):
        return went_on(dossier) if result is None else keep(dossier, "record_result", before)
    return _settled(dossier, actor, now, before)


@action
def send_back(
    *, actor: Actor, now: datetime, step: StepInstance, to: StepInstance, expected_version: int, reason_code: str,
    reason: str,
) -> Dossier:  # fmt: skip
    """An earlier step and all behind it are to be done again; it goes back to who had it.

    Raises `dossiers.no_earlier_step`, and what `recording.take_step` raises.
    """
    words = reasoned("send_back", reason_code, reason)
    taken = take_step(step, "send_back", expected_version)
    target = next((one for one in earlier_steps(taken) if one.pk == to.pk), None)
    if target is None:
        raise refuse("dossiers.no_earlier_step", step=step.name_vi)
    before = values_of(taken)
    go_on(taken.dossier, "advance")
    move_step(taken, "send_back", actor, now, reason_code=reason_code, text=words, before=before)
    do_again(taken, target, actor, now)
    return went_on(taken.dossier)


@action
def record_result(*, actor: Actor, now: datetime, dossier: Dossier, expected_version: int, result: Result) -> Dossier:
    """What came of it, before its last step is done. Raises `dossiers.result_missing`, `dossiers.day_to_come`, and what
    `recording.take_for` raises.
    """
    if not result.is_there:
        raise refuse("dossiers.result_missing")
    taken = take_for(dossier, "record_result", expected_version)
    before = values_of(taken)
    _put_result(taken, result, now)
    note(taken, "record_result", actor, now, text=taken.result_note or taken.result_number)
    return keep(taken, "record_result", before)


@action
def claim_completion(
    *, actor: Actor, now: datetime, step: StepInstance, done_at: datetime, evidence: str
) -> ActualCompletion:
    """When a step that is done was really done, with what shows it. A second claim puts the first right; both stay.

    Raises `dossiers.not_done`, `dossiers.done_outside`, `followups.nothing_said`.
    """
    dossier = Dossier.objects.select_for_update().get(pk=step.dossier_id)
    locked = StepInstance.objects.select_related("holder").get(pk=step.pk)
    locked.dossier = dossier
    not_archived(dossier).require()
    if locked.state != DONE:
        raise refuse("dossiers.not_done")
    return _claim(locked, done_at, evidence, actor, now)


def _given(
    step: StepInstance, official: Official, act: str, actor: Actor, now: datetime, expected_version: int,
    reason_code: str = "", text: str = "",
) -> Dossier:  # fmt: skip
    taken = take_step(step, act, expected_version)
    go_on(taken.dossier, "advance")
    give_to(taken, official, act, actor, now, reason_code=reason_code, text=text)
    return went_on(taken.dossier)


def _settled(dossier: Dossier, actor: Actor, now: datetime, before: dict[str, object]) -> Dossier:
    if dossier.result_recorded_at is None:
        raise refuse("dossiers.result_missing")
    go_on(dossier, "settle")
    dossier.settled_at = dossier.ended_at = now
    dossier.delivery = DELIVERY.after(dossier.delivery, DELIVERY.step("ready"))
    assert dossier.delivery == READY
    note(dossier, "settle", actor, now)
    return keep(dossier, "settle", before)


def _put_result(dossier: Dossier, result: Result, now: datetime) -> None:
    if result.on is not None and result.on > localdate(now):
        raise refuse("dossiers.day_to_come", day=result.on)
    dossier.result_number, dossier.result_on = " ".join(said(result.number).split()), result.on
    dossier.result_note, dossier.result_recorded_at = said(result.note), now


def _claim(step: StepInstance, done_at: datetime, evidence: str, actor: Actor, now: datetime) -> ActualCompletion:
    assert step.begun_at is not None and step.ended_at is not None  # it is done
    if not step.begun_at <= done_at <= step.ended_at:
        raise refuse("dossiers.done_outside")
    claim = ActualCompletion.objects.create(
        step=step, done_at=done_at, evidence=required(evidence), claimed_at=now, **done_by(actor, "claimed")
    )
    note(step.dossier, CLAIM, actor, now, step=step, text=claim.evidence)
    record(COMPLETION_CLAIMED, claim, after=values_of(claim))
    return claim
