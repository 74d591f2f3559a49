"""The ends of a dossier: its result handed over, withdrawn by its owner, stopped; and what is paid on the way."""

from __future__ import annotations

from datetime import datetime

from cchc.audit.actions import action, values_of
from cchc.audit.actors import Actor
from cchc.dossiers.actions.moving import cancel, open_steps
from cchc.dossiers.actions.pausing import end_pause, put_receipt
from cchc.dossiers.actions.recording import go_on, keep, note, reasoned, take, take_for
from cchc.dossiers.models import Dossier
from cchc.dossiers.policies import fee_is_settled, not_archived
from cchc.dossiers.states import DELIVERY, FINANCE
from cchc.followups.actions.recording import required
from cchc.records.errors import refuse


@action
def hand_over(
    *, actor: Actor, now: datetime, dossier: Dossier, expected_version: int, to: str,
    way: str = "counter",
) -> Dossier:  # fmt: skip
    """The result is given to its owner, or to the post.

    Raises `dossiers.fee_owed`, `dossiers.not_in_state`, `dossiers.stale`, `followups.nothing_said`.
    """
    taken = take_for(dossier, "hand_over", expected_version)
    fee_is_settled(taken).require()
    before = values_of(taken)
    go_on(taken, "hand_over")
    taken.delivery = DELIVERY.after(taken.delivery, DELIVERY.step("deliver"))
    taken.handed_over_at, taken.handed_over_to, taken.handed_over_by_way = now, required(to), way
    note(taken, "hand_over", actor, now, text=taken.handed_over_to)
    return keep(taken, "hand_over", before)


@action
def withdraw(
    *, actor: Actor, now: datetime, dossier: Dossier, expected_version: int, reason_code: str, reason: str
) -> Dossier:
    """Its owner takes it back. Raises `dossiers.not_in_state`, `dossiers.stale`, `followups.nothing_said`."""
    return _ended(dossier, "withdraw", expected_version, reason_code, reason, actor, now)


@action
def stop(
    *, actor: Actor, now: datetime, dossier: Dossier, expected_version: int, reason_code: str, reason: str
) -> Dossier:
    """It is not settled, for a reason that form 05 states. Raises what `withdraw` raises."""
    return _ended(dossier, "stop", expected_version, reason_code, reason, actor, now)


@action
def pay(*, actor: Actor, now: datetime, dossier: Dossier, expected_version: int, receipt: str) -> Dossier:
    """What was owed is paid, while everything else goes on.

    Raises `dossiers.nothing_owed`, `dossiers.receipt_missing`, `dossiers.stale`.
    """
    taken = take(dossier, expected_version)
    not_archived(taken).require()
    before = values_of(taken)
    put_receipt(taken, receipt)
    note(taken, "pay", actor, now, text=taken.receipt)
    return keep(taken, "pay", before)


@action
def waive(
    *, actor: Actor, now: datetime, dossier: Dossier, expected_version: int, reason_code: str, reason: str
) -> Dossier:
    """What was owed is let off. Raises `dossiers.nothing_owed`, `dossiers.stale`, `followups.nothing_said`."""
    words = reasoned("waive", reason_code, reason)
    taken = take(dossier, expected_version)
    not_archived(taken).require()
    if taken.finance not in FINANCE.step("waive").sources:
        raise refuse("dossiers.nothing_owed")
    before = values_of(taken)
    taken.fee = 0
    taken.finance = FINANCE.after(taken.finance, FINANCE.step("waive"))
    note(taken, "waive", actor, now, reason_code=reason_code, text=words)
    return keep(taken, "waive", before, words)


def _ended(
    dossier: Dossier, act: str, expected_version: int, reason_code: str, reason: str, actor: Actor, now: datetime
) -> Dossier:  # fmt: skip
    words = reasoned(act, reason_code, reason)
    taken = take_for(dossier, act, expected_version)
    before = values_of(taken)
    end_pause(taken, actor, now)
    go_on(taken, act)
    taken.ended_at = now
    cancel(open_steps(taken), actor, now)
    note(taken, act, actor, now, reason_code=reason_code, text=words)
    return keep(taken, act, before, words)
