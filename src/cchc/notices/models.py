"""What somebody was told, by which channels, and which of them they wish."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.db import models

from cchc.audit.models import Recorded
from cchc.organizations.models import Official


class Notice(Recorded):
    """One official was told of one thing; it stays in their list.

    `kind` is described in `cchc.notices.kinds`, `version` is that of the words used (`cchc.notices.texts`): both with
    `parameters` (`cchc.notices.parameters`) make the same sentences for ever. The object is named, not tied. `due_at`:
    by when something is to be done about it. `read_at`: when the recipient opened it or marked it as read. `over_at`:
    since when nothing is to be done about it any more, because it was done or fell away.
    """

    recipient = models.ForeignKey(Official, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    subject_type = models.CharField(max_length=200)
    subject_id = models.CharField(max_length=200)
    parameters = models.JSONField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "id"], name="notices_of_recipient"),
            models.Index(fields=["recipient"], condition=models.Q(read_at__isnull=True), name="notices_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Channel(StrEnum):
    """`file`: a mail that goes into the outbox folder, because no mail server is set up."""

    IN_APP = "in_app"
    EMAIL = "email"
    FILE = "file"


class DeliveryState(StrEnum):
    """`held` waits for the daily digest, `queued` for a job that was asked for. The others are final."""

    HELD = "held"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


_WAITING: Final = [DeliveryState.HELD.value, DeliveryState.QUEUED.value]


class Delivery(Recorded):
    """One notice by one channel. `why`: the code of why it is put off, has failed or was skipped."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    attempts = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=100, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="notices_delivery_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=_WAITING, settled_at__isnull=True)
                | models.Q(~models.Q(state__in=_WAITING), settled_at__isnull=False),
                name="notices_delivery_settled_when_over",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(state=DeliveryState.HELD.value), name="notices_for_the_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel} {self.state}"


class Wishes(Recorded):
    """How an official wishes to be told: `language` of mails, `by_kind` as `cchc.notices.wishes` writes it. `version`
    grows with every change, so that two sessions of one person do not overwrite each other.
    """

    official = models.OneToOneField(Official, models.PROTECT, primary_key=True, related_name="notice_wishes")
    language = models.CharField(max_length=2)
    by_kind = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.official_id}"
