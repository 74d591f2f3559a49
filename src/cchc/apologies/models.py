"""The tables of this room: mistakes, letters with their history, and who was warned. Nothing is deleted."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cchc.apologies.duty import is_after
from cchc.apologies.states import OPEN, SENT
from cchc.audit.models import AppendOnly, Recorded
from cchc.dossiers.models import Appointment, Dossier
from cchc.organizations.models import Official

_LONGEST_CODE: Final = 40


class Way(models.TextChoices):
    """By which way a letter was sent."""

    EMAIL = "email", _("By e-mail")
    SMS = "sms", _("By SMS")
    ZALO = "zalo", _("By Zalo")
    POST = "post", _("By public post")
    BY_HAND = "by_hand", _("By hand")


class Mistake(Recorded):
    """A mistake at a dossier that owes its owner an apology, late or not: its cause, in words, when it was found."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="mistakes")
    cause = models.CharField(max_length=_LONGEST_CODE)
    text = models.TextField()
    found_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    recorded_as = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.cause}"


class Letter(Recorded):
    """A letter of apology (văn bản xin lỗi) to the owner of a dossier.

    It is for a `mistake`, or for an appointment that is not kept or was put off: `turn` decisions came before that one,
    `due_before` is when it was due, `appointment` the decision that put it off. With `new_due_at` its signing is that
    decision. `is_override`: whoever approved it allowed to put off once more. `owed_by` is by when it had to be sent,
    as the rules of the day of sending said; `sent_to` the address that was used. `version` grows with everything that
    happens.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="letters")
    mistake = models.ForeignKey(Mistake, models.PROTECT, null=True, related_name="letters")
    appointment = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="letters")
    turn = models.PositiveSmallIntegerField(default=0)
    due_before = models.DateTimeField(null=True)
    cause = models.CharField(max_length=_LONGEST_CODE)
    reason = models.TextField()
    new_due_at = models.DateTimeField(null=True)
    is_override = models.BooleanField(default=False)
    state = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    drafted_as = models.TextField(blank=True)
    number = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    signed_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    signed_as = models.TextField(blank=True)
    way = models.CharField(max_length=20, choices=Way.choices, blank=True)
    sent_to = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    sent_as = models.TextField(blank=True)
    owed_by = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "turn"],
                condition=Q(mistake=None, state__in=OPEN),
                name="apologies_one_open_for_lateness",
            ),
            models.UniqueConstraint(
                fields=["mistake"], condition=Q(state__in=OPEN), name="apologies_one_open_for_a_mistake"
            ),
            models.CheckConstraint(
                condition=(~Q(state=SENT) & Q(sent_at=None))
                | (Q(state=SENT, sent_at__isnull=False, owed_by__isnull=False) & ~Q(way="") & ~Q(sent_to="")),
                name="apologies_sent_is_said",
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="apologies_by_state")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.state}"

    @property
    def is_in_time(self) -> bool:
        """Whether it was sent by the minute it had to be."""
        if self.sent_at is None or self.owed_by is None:
            return False
        return not is_after(self.sent_at, self.owed_by)


class LetterEntry(AppendOnly):
    """Something that happened to a letter, never changed: a step of its table, where it led, in words why."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    act = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    by_as = models.TextField(blank=True)
    text = models.TextField(blank=True)

    redactable = ("text",)

    class Meta:
        indexes = [models.Index(fields=["letter", "id"], name="apologies_history")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.act}"


class Warned(Recorded):
    """Somebody was told, by a rule, of an appointment of a dossier that nears or of a letter that is late: once."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=_LONGEST_CODE)
    about_at = models.DateTimeField()
    recipient = models.ForeignKey(Official, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "rule", "about_at", "recipient"], name="apologies_warned_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.rule}"
