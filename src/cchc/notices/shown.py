"""Notices and deliveries as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cchc.interface.access import Verdict
from cchc.interface.errors import current_language
from cchc.notices.kinds import notice_kinds
from cchc.notices.models import Channel, Delivery, DeliveryState, Notice
from cchc.notices.policies import may_be_sent_again
from cchc.notices.said import said
from cchc.records.errors import Message
from cchc.records.words import say

CHANNELS: Final[dict[str, Promise]] = {
    Channel.IN_APP.value: _("In the application"),
    Channel.EMAIL.value: _("E-mail"),
    Channel.FILE.value: _("Outbox folder"),
}
# How a delivery stands: colour, word.
STATES: Final[dict[str, tuple[str, Promise]]] = {
    DeliveryState.SENT.value: ("ok", _("Sent")),
    DeliveryState.QUEUED.value: ("soon", _("Waiting to be sent")),
    DeliveryState.HELD.value: ("neutral", _("Waiting for the daily mail")),
    DeliveryState.FAILED.value: ("overdue", _("Not sent")),
    DeliveryState.SKIPPED.value: ("paused", _("Left out")),
}


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A notice in the reader's language; `lines` of its body."""

    notice: Notice
    subject: str
    lines: Sequence[str]

    @property
    def is_unread(self) -> bool:
        """Whether it has not been opened yet while its matter goes on."""
        return self.notice.read_at is None and not self.is_over

    @property
    def is_over(self) -> bool:
        """Whether nothing is to be done about it any more."""
        return self.notice.over_at is not None


@dataclass(frozen=True, slots=True)
class ShownDelivery:
    """A delivery: the kind of notice, never what it says."""

    delivery: Delivery
    kind: str
    channel: Promise
    status: str
    state: Promise
    why: str
    may_be_sent_again: Verdict


def shown_notice(notice: Notice) -> ShownNotice:
    """As its recipient reads it."""
    words = said(notice, current_language())
    return ShownNotice(notice, words.subject, words.body.splitlines())


def shown_delivery(delivery: Delivery) -> ShownDelivery:
    """As administrators read it."""
    language, notice = current_language(), delivery.notice
    kind = notice_kinds().get(notice.kind)
    status, state = STATES[delivery.state]
    return ShownDelivery(
        delivery,
        kind.name.in_language(language) if kind else notice.kind,
        CHANNELS[delivery.channel],
        status,
        state,
        say(Message(delivery.why), language) if delivery.why else "",
        may_be_sent_again(delivery),
    )
