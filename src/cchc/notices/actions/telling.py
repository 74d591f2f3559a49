"""Giving notices, in the transaction of what they tell of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone

from cchc.audit.actions import action, nothing_changed, record
from cchc.audit.actors import Actor
from cchc.audit.recording import Subject, subject_of
from cchc.interface.actions import request_job
from cchc.notices.audit_kinds import NOTICE_GIVEN
from cchc.notices.carriers import mail_channel
from cchc.notices.kinds import Mail, notice_kind
from cchc.notices.letters import address_problem
from cchc.notices.models import Channel, Delivery, DeliveryState, Notice, Wishes
from cchc.notices.parameters import to_json
from cchc.notices.queries import parts_of, recipients_of, wishes_of
from cchc.notices.texts import text_on
from cchc.notices.wishes import wish_for
from cchc.organizations.models import Official

SENDER: Final = Actor("system", "notices")
SEND: Final = "notices.send"
MAILS_A_JOB: Final = 100
TURNED_OFF: Final = "notices.turned_off"


@dataclass(frozen=True, slots=True)
class Telling:
    """What to tell whom: `recipient` is the key of an official; `subject` as in `audit.actions.record`."""

    kind: str
    recipient: int
    subject: Subject
    parameters: Mapping[str, object]
    due_at: datetime | None = None


@action
def tell(*, actor: Actor, now: datetime, tellings: Sequence[Telling]) -> list[Notice]:
    """Give these notices; mails that go at once are asked for in the same transaction.

    The same few queries for any number up to a thousand, but one job for each hundred mails. Raises `LookupError` for
    an unknown kind, `ValueError` for parameters that are not those of the kind.
    """
    if not tellings:
        nothing_changed()
        return []
    notices = Notice.objects.bulk_create([_notice(telling, now) for telling in tellings])
    for notice in notices:
        record(NOTICE_GIVEN, notice, after=_facts(notice))
    deliveries = Delivery.objects.bulk_create(_deliveries(notices, now))
    queued = [delivery.pk for delivery in deliveries if delivery.state == DeliveryState.QUEUED]
    ask_to_send(parts_of(queued, MAILS_A_JOB), now=now)
    return notices


def ask_to_send(
    jobs: Iterable[Sequence[int]], *, now: datetime, as_digest: bool = False, not_before: datetime | None = None
) -> None:
    """Ask for a job for each lot of deliveries; belongs into an action. The jobs are nobody's, so nobody stops them."""
    for deliveries in jobs:
        request_job(
            actor=SENDER, now=now, kind=SEND, parameters={"deliveries": tuple(deliveries), "as_digest": as_digest},
            not_before=not_before,
        )  # fmt: skip


def _notice(telling: Telling, now: datetime) -> Notice:
    kind = notice_kind(telling.kind)
    if telling.parameters.keys() != set(kind.parameters):
        raise ValueError(f"{kind.code} takes {kind.parameters}, not {tuple(telling.parameters)}")
    subject_type, subject_id = subject_of(telling.subject)
    return Notice(
        recipient_id=telling.recipient,
        kind=kind.code,
        version=text_on(kind.code, timezone.localtime(now).date()).version,
        subject_type=subject_type,
        subject_id=subject_id,
        parameters=to_json(telling.parameters),
        created_at=now,
        due_at=telling.due_at,
    )


def _facts(notice: Notice) -> dict[str, object]:
    """What the chain says of a notice. Its parameters name people and stay in the notice alone."""
    return {
        "recipient_id": notice.recipient_id,
        "kind": notice.kind,
        "version": notice.version,
        "subject": [notice.subject_type, notice.subject_id],
        "due_at": notice.due_at,
    }


def _deliveries(notices: Sequence[Notice], now: datetime) -> list[Delivery]:
    keys = {notice.recipient_id for notice in notices}
    recipients, wishes, channel = recipients_of(keys), wishes_of(keys), mail_channel()
    return [
        delivery
        for notice in notices
        for delivery in (
            _in_app(notice, wishes.get(notice.recipient_id), now),
            _mail(notice, recipients[notice.recipient_id], wishes.get(notice.recipient_id), channel, now),
        )
    ]


def _in_app(notice: Notice, wishes: Wishes | None, now: datetime) -> Delivery:
    is_wished = wish_for(notice_kind(notice.kind), wishes).in_app
    state, why = (DeliveryState.SENT, "") if is_wished else (DeliveryState.SKIPPED, TURNED_OFF)
    return Delivery(notice=notice, channel=Channel.IN_APP.value, state=state.value, why=why, settled_at=now)


def _mail(notice: Notice, recipient: Official, wishes: Wishes | None, channel: Channel, now: datetime) -> Delivery:
    wish = wish_for(notice_kind(notice.kind), wishes).mail
    why = TURNED_OFF if wish is Mail.OFF else address_problem(recipient)
    state = DeliveryState.SKIPPED if why else _WAITS[wish]
    return Delivery(notice=notice, channel=channel.value, state=state.value, why=why, settled_at=now if why else None)


_WAITS: Final = {Mail.AT_ONCE: DeliveryState.QUEUED, Mail.DAILY: DeliveryState.HELD}
