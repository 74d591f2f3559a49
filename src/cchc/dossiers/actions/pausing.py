"""Time that does not run: waiting for papers or a payment, suspended; and the appointment put off by a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cchc.audit.actions import action, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.actions.intake import Paper, add_components
from cchc.dossiers.actions.moving import latest_steps
from cchc.dossiers.actions.recording import go_on, keep, note, reasoned, take_for
from cchc.dossiers.models import Appointment, Dossier, PauseRecord
from cchc.dossiers.policies import may_put_off, supplement_is_first
from cchc.dossiers.states import AWAITING_PAYMENT, BEGUN, FINANCE, OWED, SUPPLEMENTING, SUSPENDED
from cchc.dossiers.terms import calendar_of, terms_of
from cchc.dossiers.timing import timing_of
from cchc.followups.actions.recording import said
from cchc.organizations.doers import done_by, sign
from cchc.records.errors import refuse
from cchc.worktime.appointments import Effect

SUSPEND: Effect = "suspend"


@action
def ask_supplement(
    *, actor: Actor, now: datetime, dossier: Dossier, expected_version: int, reason_code: str, asked: str,
    is_override: bool = False,
) -> Dossier:  # fmt: skip
    """Papers are asked for, once and in full; the time stops, and the procedure says how it goes on.

    Raises `dossiers.second_supplement` without an override, `dossiers.not_in_state`, `dossiers.stale`,
    `followups.nothing_said`.
    """
    words = reasoned("ask_supplement", reason_code, asked)
    taken = take_for(dossier, "ask_supplement", expected_version)
    if not is_override:
        supplement_is_first(taken).require()
    before = values_of(taken)
    taken.supplements += 1
    _begin(taken, SUPPLEMENTING, terms_of(taken).on_supplement, reason_code, words, actor, now)
    return _paused(taken, "ask_supplement", before, reason_code, words, actor, now)


@action
def take_supplement(
    *, actor: Actor, now: datetime, dossier: Dossier, expected_version: int, papers: Sequence[Paper], text: str = ""
) -> Dossier:
    """What was missing has come. Raises `dossiers.no_paper_came`, `dossiers.not_in_state`, `dossiers.stale`."""
    if not any(paper.is_there for paper in papers):
        raise refuse("dossiers.no_paper_came")
    taken = take_for(dossier, "supplement", expected_version)
    before = values_of(taken)
    add_components(taken, papers, actor, now)
    return _resumed(taken, "supplement", before, said(text), actor, now)


@action
def ask_payment(
    *, actor: Actor, now: datetime, dossier: Dossier, expected_version: int, amount: int, reason_code: str, asked: str
) -> Dossier:
    """Something is to be paid before it goes on; the time stops.

    Raises `dossiers.no_amount`, `dossiers.not_in_state`, `dossiers.stale`, `followups.nothing_said`.
    """
    words = reasoned("ask_payment", reason_code, asked)
    if amount <= 0:
        raise refuse("dossiers.no_amount")
    taken = take_for(dossier, "ask_payment", expected_version)
    before = values_of(taken)
    owed = taken.fee if taken.finance == OWED else 0
    taken.fee, taken.receipt = owed + amount, ""
    taken.finance = FINANCE.after(taken.finance, FINANCE.step("charge"))
    _begin(taken, AWAITING_PAYMENT, SUSPEND, reason_code, words, actor, now)
    return _paused(taken, "ask_payment", before, reason_code, words, actor, now)


@action
def note_payment(*, actor: Actor, now: datetime, dossier: Dossier, expected_version: int, receipt: str) -> Dossier:
    """It was paid, and goes on. Raises `dossiers.receipt_missing`, `dossiers.not_in_state`, `dossiers.stale`."""
    taken = take_for(dossier, "note_payment", expected_version)
    before = values_of(taken)
    put_receipt(taken, receipt)
    return _resumed(taken, "note_payment", before, taken.receipt, actor, now)


@action
def suspend(
    *, actor: Actor, now: datetime, dossier: Dossier, expected_version: int, reason_code: str, reason: str
) -> Dossier:
    """The time stops for another reason. Raises `dossiers.not_in_state`, `dossiers.stale`, `followups.nothing_said`."""
    words = reasoned("suspend", reason_code, reason)
    taken = take_for(dossier, "suspend", expected_version)
    before = values_of(taken)
    _begin(taken, SUSPENDED, SUSPEND, reason_code, words, actor, now)
    return _paused(taken, "suspend", before, reason_code, words, actor, now)


@action
def resume(*, actor: Actor, now: datetime, dossier: Dossier, expected_version: int, text: str = "") -> Dossier:
    """It goes on. Raises `dossiers.not_in_state`, `dossiers.stale`."""
    taken = take_for(dossier, "resume", expected_version)
    return _resumed(taken, "resume", values_of(taken), said(text), actor, now)


@action
def extend(
    *, actor: Actor, now: datetime, dossier: Dossier, expected_version: int, due_at: datetime, reason_code: str,
    reason: str, is_override: bool = False,
) -> Dossier:  # fmt: skip
    """Another appointment, as often as the procedure says; the first one stays what lateness is told by.

    Raises `dossiers.extension_spent` without an override, `dossiers.no_appointment`, `dossiers.no_time_given`,
    `dossiers.not_in_state`, `dossiers.stale`, `followups.nothing_said`.
    """
    words = reasoned("extend", reason_code, reason)
    taken = take_for(dossier, "extend", expected_version)
    if taken.due_at is None or not is_override:
        may_put_off(taken).require()
    assert taken.due_at is not None  # the policy says so
    if calendar_of(taken).elapsed_minutes(max(taken.due_at, now), due_at) <= 0:
        raise refuse("dossiers.no_time_given")
    before = values_of(taken)
    taken.extensions += 1
    taken.due_at = due_at
    Appointment.objects.create(
        dossier=taken, made_at=now, due_at=due_at, is_decision=True, reason_code=reason_code, reason=words,
        **done_by(actor, "made"),
    )  # fmt: skip
    note(taken, "extend", actor, now, reason_code=reason_code, text=words)
    return keep(taken, "extend", before, words)


def put_receipt(dossier: Dossier, receipt: str) -> None:
    """What was owed is paid. Raises `dossiers.receipt_missing`, `dossiers.nothing_owed`."""
    if dossier.finance not in FINANCE.step("pay").sources:
        raise refuse("dossiers.nothing_owed")
    dossier.receipt = " ".join(said(receipt).split())
    if not dossier.receipt:
        raise refuse("dossiers.receipt_missing")
    dossier.finance = FINANCE.after(dossier.finance, FINANCE.step("pay"))


def end_pause(dossier: Dossier, actor: Actor, now: datetime) -> None:
    """Whatever it waits for, it waits no longer."""
    for pause in PauseRecord.objects.filter(dossier=dossier, ended_at=None).order_by("pk"):
        sign(pause, "ended", actor)
        pause.ended_at = now
        pause.save()


def _begin(
    dossier: Dossier, kind: str, effect: Effect, reason_code: str, asked: str, actor: Actor, now: datetime
) -> None:  # fmt: skip
    PauseRecord.objects.create(
        dossier=dossier, kind=kind, effect=effect, reason_code=reason_code, asked=asked, begun_at=now,
        **done_by(actor, "begun"),
    )  # fmt: skip


def _paused(
    dossier: Dossier, act: str, before: dict[str, object], reason_code: str, words: str, actor: Actor, now: datetime
) -> Dossier:
    go_on(dossier, act)
    note(dossier, act, actor, now, reason_code=reason_code, text=words)
    return keep(dossier, act, before, words)


def _resumed(
    dossier: Dossier, act: str, before: dict[str, object], words: str, actor: Actor, now: datetime
) -> Dossier:  # fmt: skip
    """The pause ends; the appointment and the steps at work are due anew, the old date stays as a record."""
    end_pause(dossier, actor, now)
    go_on(dossier, act)
    timing = timing_of(dossier)
    new = timing.clock(now)
    if new is not None and new.due_at != dossier.due_at:
        dossier.due_at = new.due_at
        Appointment.objects.create(dossier=dossier, made_at=now, due_at=new.due_at, **done_by(actor, "made"))
    for step in latest_steps(dossier).values():
        if step.state in BEGUN:
            step.due_at = timing.step_due(step, now)
            step.save(update_fields=["due_at"])
    note(dossier, act, actor, now, text=words)
    return keep(dossier, act, before)
