"""What became of mails, written by jobs under their lease; and sending one again, asked for by an administrator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from django.db.models import Max

from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.notices.actions.telling import MAILS_A_JOB, ask_to_send
from cchc.notices.audit_kinds import (
    DIGEST_RELEASED,
    MAIL_ASKED_AGAIN,
    MAIL_FAILED,
    MAIL_PUT_OFF,
    MAIL_SENT,
    MAIL_SKIPPED,
)
from cchc.notices.carriers import Outcome, Result
from cchc.notices.models import Delivery, DeliveryState, Notice
from cchc.notices.policies import may_be_sent_again

MOST_ATTEMPTS: Final = 8
ALREADY_READ: Final = "notices.already_read"
ALREADY_OVER: Final = "notices.already_over"
_FIRST_DELAY: Final = timedelta(minutes=1)
_LONGEST_DELAY: Final = timedelta(hours=12)
_EVENTS: Final = {
    DeliveryState.QUEUED: MAIL_PUT_OFF,
    DeliveryState.SENT: MAIL_SENT,
    DeliveryState.FAILED: MAIL_FAILED,
    DeliveryState.SKIPPED: MAIL_SKIPPED,
}
_STATES: Final = {
    Outcome.SENT: DeliveryState.SENT,
    Outcome.PUT_OFF: DeliveryState.QUEUED,
    Outcome.FAILED: DeliveryState.FAILED,
    Outcome.SKIPPED: DeliveryState.SKIPPED,
}


@action
def note_outcome(*, actor: Actor, now: datetime, deliveries: Sequence[int], result: Result) -> None:
    """One mail, and all that it was to deliver. What is put off for the last time has failed."""
    for delivery in _locked(deliveries, DeliveryState.QUEUED):
        before = {"state": delivery.state, "attempts": delivery.attempts}
        delivery.attempts += result.outcome is not Outcome.SKIPPED
        state = _STATES[result.outcome]
        if state is DeliveryState.QUEUED and delivery.attempts >= MOST_ATTEMPTS:
            state = DeliveryState.FAILED
        _set(delivery, state, result.why, now)
        delivery.save(update_fields=[*_CHANGED, "attempts"])
        after = {"state": delivery.state, "attempts": delivery.attempts, "why": delivery.why}
        record(_EVENTS[state], delivery, before=before, after=after)


@action
def ask_again(*, actor: Actor, now: datetime, deliveries: Sequence[int], as_digest: bool) -> None:
    """Another job, later, for those that were put off; the more attempts there were, the later."""
    left = Delivery.objects.filter(pk__in=deliveries, state=DeliveryState.QUEUED.value)
    attempts = left.aggregate(most=Max("attempts"))["most"]
    if attempts is None:
        nothing_changed()
        return
    keys = list(left.order_by("pk").values_list("pk", flat=True))
    ask_to_send([keys], now=now, as_digest=as_digest, not_before=now + delay_after(attempts))


@action
def send_again(*, actor: Actor, now: datetime, delivery: Delivery) -> None:
    """Ask for another job, with attempts counted anew, for a mail that is not coming by itself. Somebody decides it who
    has read why, also when the mail may have left before. Raises what `policies.may_be_sent_again` answers.
    """
    (locked,) = Delivery.objects.select_for_update(of=("self",)).select_related("notice__recipient").filter(
        pk=delivery.pk
    ).order_by("pk")  # fmt: skip
    may_be_sent_again(locked).require()
    before = {"state": locked.state, "attempts": locked.attempts, "why": locked.why}
    locked.attempts = 0
    _set(locked, DeliveryState.QUEUED, "", now)
    locked.save(update_fields=[*_CHANGED, "attempts"])
    after = {"state": locked.state, "attempts": locked.attempts, "why": locked.why}
    record(MAIL_ASKED_AGAIN, locked, before=before, after=after)
    ask_to_send([[locked.pk]], now=now)


def delay_after(attempts: int) -> timedelta:
    """1 min, 5 min, 25 min …, at most 12 h: eight attempts outlast a day and a half without a server."""
    return min(_FIRST_DELAY * 5 ** min(max(attempts - 1, 0), 6), _LONGEST_DELAY)


@action
def release_digests(*, actor: Actor, now: datetime) -> int:
    """Ask for the mails of the day; how many notices they tell. What was read meanwhile, or is over, is not mailed."""
    held = Delivery.objects.filter(state=DeliveryState.HELD.value).select_for_update(of=("self",))
    waiting = list(held.select_related("notice").order_by("notice__recipient_id", "pk"))
    if not waiting:
        nothing_changed()
        return 0
    for delivery in waiting:
        why = _why_not(delivery.notice)
        _set(delivery, DeliveryState.SKIPPED if why else DeliveryState.QUEUED, why, now)
    Delivery.objects.bulk_update(waiting, _CHANGED, batch_size=500)
    unread = [delivery for delivery in waiting if delivery.state == DeliveryState.QUEUED]
    counts = {"mailed": len(unread), "left_out": len(waiting) - len(unread)}
    record(DIGEST_RELEASED, ("notices.Digest", now.isoformat()), after=counts)
    ask_to_send(_lots(unread), now=now, as_digest=True)
    return len(unread)


def _why_not(notice: Notice) -> str:
    """Why the mail of the day leaves it out; empty where it tells it."""
    if notice.read_at is not None:
        return ALREADY_READ
    return "" if notice.over_at is None else ALREADY_OVER


def _lots(deliveries: Sequence[Delivery]) -> Iterator[list[int]]:
    """What one job sends: about a hundred, and never a part of what one person gets. They come by recipient."""
    lot: list[int] = []
    for _, theirs in groupby(deliveries, key=lambda delivery: delivery.notice.recipient_id):
        lot += [delivery.pk for delivery in theirs]
        if len(lot) >= MAILS_A_JOB:
            yield lot
            lot = []
    if lot:
        yield lot


def _locked(keys: Sequence[int], state: DeliveryState) -> list[Delivery]:
    rows = Delivery.objects.select_for_update().filter(pk__in=keys, state=state.value)
    return list(rows.order_by("pk"))


_CHANGED: Final = ["state", "why", "settled_at"]


def _set(delivery: Delivery, state: DeliveryState, why: str, now: datetime) -> None:
    is_over = state is not DeliveryState.QUEUED
    delivery.state, delivery.why, delivery.settled_at = state.value, why, now if is_over else None
