"""A letter on its way: drafted, approved or returned, signed, sent; cancelled.

Signing a letter that names a new appointment is the decision to put the appointment off, in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from cchc.apologies.actions.recording import enter, keep, take
from cchc.apologies.audit_kinds import LETTER_BEGUN
from cchc.apologies.duty import About, Why
from cchc.apologies.models import Letter, Mistake, Way
from cchc.apologies.owing import letter_deadline, owed_of
from cchc.apologies.states import LETTER, OPEN
from cchc.audit.actions import action, record, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.actions.pausing import extend
from cchc.dossiers.actions.recording import note
from cchc.dossiers.models import Appointment, Dossier
from cchc.dossiers.policies import may_become as dossier_may_become
from cchc.dossiers.policies import may_put_off, reason_is_known
from cchc.dossiers.shown_events import APOLOGY_DRAFTED, APOLOGY_SENT, APOLOGY_SIGNED
from cchc.dossiers.terms import calendar_of
from cchc.followups.actions.recording import required, said
from cchc.organizations.doers import done_by, sign
from cchc.organizations.models import Unit
from cchc.records.errors import refuse


@dataclass(frozen=True, slots=True)
class Wording:
    """What a letter says: the cause as a code, the reason in words, the new appointment where there is one."""

    cause: str
    reason: str
    new_due_at: datetime | None = None


@action
def draft_letter(*, actor: Actor, now: datetime, dossier: Dossier, about: About, wording: Wording) -> Letter:
    """A letter is drafted for what the dossier owes one for, or will.

    Raises `apologies.not_owed`, `apologies.drafted_already`, and what `rewrite_letter` raises.
    """
    locked = Dossier.objects.select_for_update(of=("self",)).select_related("procedure_version").get(pk=dossier.pk)
    duty = owed_of(locked, about, now)
    if duty is None:
        raise refuse("apologies.not_owed")
    made_for = _for(locked, about)
    if Letter.objects.filter(dossier=locked, state__in=OPEN, **_same(made_for)).exists():
        raise refuse("apologies.drafted_already")
    letter = Letter(
        dossier=locked, state=LETTER.first, drafted_at=now, due_before=duty.due_at, **made_for,
        **done_by(actor, "drafted"),
    )  # fmt: skip
    _say(letter, wording, now)
    letter.save()
    enter(letter, "draft", actor, now)
    note(locked, APOLOGY_DRAFTED, actor, now)
    record(LETTER_BEGUN, letter, after=values_of(letter))
    return letter


@action
def rewrite_letter(*, actor: Actor, now: datetime, letter: Letter, expected_version: int, wording: Wording) -> Letter:
    """A draft, or one that was returned, says something else.

    Raises `apologies.appointment_decided` for a new appointment where a decision already made one, or for a mistake;
    `dossiers.unknown_reason`, `dossiers.no_time_given`, `dossiers.not_in_state`, `followups.nothing_said`, and what
    `recording.take` raises.
    """
    taken = take(letter, "draft", expected_version)
    before = values_of(taken)
    _say(taken, wording, now)
    return keep(taken, "draft", actor, now, before)


@action
def approve_letter(
    *, actor: Actor, now: datetime, letter: Letter, expected_version: int, is_override: bool = False
) -> Letter:
    """It may be signed. A new appointment beyond what the procedure allows needs the override.

    Raises `dossiers.extension_spent`, and what `recording.take` raises.
    """
    taken = take(letter, "approve", expected_version)
    before = values_of(taken)
    if taken.new_due_at is not None and not is_override:
        may_put_off(taken.dossier).require()
    taken.is_override = is_override and taken.new_due_at is not None
    return keep(taken, "approve", actor, now, before)


@action
def return_letter(*, actor: Actor, now: datetime, letter: Letter, expected_version: int, reason: str) -> Letter:
    """Back to its drafter. Raises `followups.nothing_said`, and what `recording.take` raises."""
    words = required(reason)
    taken = take(letter, "return", expected_version)
    return keep(taken, "return", actor, now, values_of(taken), words)


@action
def sign_letter(*, actor: Actor, now: datetime, letter: Letter, expected_version: int, number: str) -> Letter:
    """It is signed under a number, today; a new appointment holds from now on.

    Raises `apologies.no_number`, `apologies.number_taken`, `apologies.overtaken` where the appointment it is about is
    another one by now, what `extend` of dossiers raises, and what `recording.take` raises.
    """
    taken = take(letter, "sign", expected_version)
    before = values_of(taken)
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=taken.dossier_id)
    taken.number = " ".join(said(number).split())
    _check_number(taken, dossier, now)
    if taken.mistake_id is None and taken.appointment_id is None:
        if taken.turn != dossier.extensions:
            raise refuse("apologies.overtaken")
        taken.due_before = dossier.due_at
    taken.signed_on = localdate(now)
    sign(taken, "signed", actor)
    if taken.new_due_at is not None:
        dossier = extend(
            actor=actor, now=now, dossier=dossier, expected_version=dossier.version, due_at=taken.new_due_at,
            reason_code=taken.cause, reason=taken.reason, is_override=taken.is_override,
        )  # fmt: skip
        taken.appointment = Appointment.objects.filter(dossier=dossier, is_decision=True).latest("pk")
    note(dossier, APOLOGY_SIGNED, actor, now)
    return keep(taken, "sign", actor, now, before)


@action
def send_letter(
    *, actor: Actor, now: datetime, letter: Letter, expected_version: int, way: str, sent_to: str,
    sent_at: datetime | None = None,
) -> Letter:  # fmt: skip
    """It was sent: by which way, to which address, when; now where nothing is said.

    Raises `apologies.sent_outside`, `followups.nothing_said`, and what `recording.take` raises.
    """
    taken = take(letter, "send", expected_version)
    before = values_of(taken)
    at = sent_at or now
    assert taken.signed_on is not None  # it is signed
    if at > now or localdate(at) < taken.signed_on:
        raise refuse("apologies.sent_outside")
    taken.way, taken.sent_to, taken.sent_at = Way(way).value, required(sent_to), at
    taken.owed_by = letter_deadline(taken, now)
    sign(taken, "sent", actor)
    note(taken.dossier, APOLOGY_SENT, actor, now)
    return keep(taken, "send", actor, now, before)


@action
def cancel_letter(*, actor: Actor, now: datetime, letter: Letter, expected_version: int, reason: str) -> Letter:
    """It is not sent; what it was for is still owed, and a new appointment that it decided stands.

    Raises `followups.nothing_said`, and what `recording.take` raises.
    """
    words = required(reason)
    taken = take(letter, "cancel", expected_version)
    return keep(taken, "cancel", actor, now, values_of(taken), words)


def _for(dossier: Dossier, about: About) -> dict[str, Any]:
    """The columns that say what a letter is for."""
    if about.why == Why.MISTAKE:
        return {"mistake": Mistake.objects.get(pk=about.key, dossier=dossier)}
    if about.why == Why.PUT_OFF:
        decision = Appointment.objects.get(pk=about.key, dossier=dossier)
        before = Appointment.objects.filter(dossier=dossier, is_decision=True, pk__lt=decision.pk)
        return {"mistake": None, "appointment": decision, "turn": before.count()}
    return {"mistake": None, "turn": about.key}


def _same(made_for: dict[str, Any]) -> dict[str, Any]:
    """By what another letter for the same is found."""
    return {name: value for name, value in made_for.items() if name != "appointment"}


def _say(letter: Letter, wording: Wording, now: datetime) -> None:
    reason_is_known("extend", wording.cause).require()
    letter.cause, letter.reason, letter.new_due_at = wording.cause, required(wording.reason), wording.new_due_at
    if wording.new_due_at is None:
        return
    if letter.mistake_id is not None or letter.appointment_id is not None:
        raise refuse("apologies.appointment_decided")
    dossier = letter.dossier
    dossier_may_become(dossier, "extend").require()
    assert dossier.due_at is not None  # the letter is about it
    if calendar_of(dossier).elapsed_minutes(max(dossier.due_at, now), wording.new_due_at) <= 0:
        raise refuse("dossiers.no_time_given")


def _check_number(letter: Letter, dossier: Dossier, now: datetime) -> None:
    """A number is given, once in a year by the unit that settles, whose row is locked meanwhile."""
    if not letter.number:
        raise refuse("apologies.no_number")
    Unit.objects.select_for_update().get(pk=dossier.settling_unit_id)
    same = Letter.objects.filter(
        dossier__settling_unit=dossier.settling_unit_id, number=letter.number, signed_on__year=localdate(now).year
    )
    if same.exists():
        raise refuse("apologies.number_taken", number=letter.number)
