"""Rating forms handed out, and what owners answered. Answers lie apart from everything that says who handled them."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cchc.audit.models import Recorded
from cchc.dossiers.models import Dossier
from cchc.organizations.models import Official

LONGEST_ID: Final = 40
RECEPTION: Final = "reception"
RESULT: Final = "result"
PAPER: Final = "paper"
LINK: Final = "link"
TABLET: Final = "tablet"


class Occasion(models.TextChoices):
    """With what a form is handed out: with the receiving slip (or that of refusal), or with the result."""

    RECEPTION = "reception", _("At reception")
    RESULT = "result", _("With the result")


class HandOutWay(models.TextChoices):
    """As what it is handed out."""

    PAPER = "paper", _("On paper")
    LINK = "link", _("By link")
    TABLET = "tablet", _("On the tablet")


class Channel(models.TextChoices):
    """By which way an owner rated; `paper` ones are typed by an official, and counted apart."""

    LINK = "link", _("By the owner, by link")
    TABLET = "tablet", _("By the owner, on the tablet")
    PAPER = "paper", _("On paper, typed by an official")


class RatingHandOut(Recorded):
    """A rating form given to whoever handed a dossier in, once on each occasion. `taken_in_by` is null where it came
    back by itself: rated by link or on the tablet.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="rating_hand_outs")
    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    way = models.CharField(max_length=20, choices=HandOutWay.choices)
    state = models.CharField(max_length=20)
    handed_out_at = models.DateTimeField()
    handed_out_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    handed_out_as = models.TextField(blank=True)
    taken_in_at = models.DateTimeField(null=True)
    taken_in_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    taken_in_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "occasion"], name="feedback_hand_out_once_an_occasion"),
            models.CheckConstraint(
                condition=Q(taken_in_at=None) | Q(taken_in_at__gte=F("handed_out_at")),
                name="feedback_taken_in_after_handed_out",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.occasion}"


class Rating(Recorded):
    """What the owner of a dossier says of how it was settled, once; by the version `form` of the form. `typed_by` is
    the official who typed a paper form, null for all others.
    """

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="rating")
    form = models.CharField(max_length=LONGEST_ID)
    channel = models.CharField(max_length=20, choices=Channel.choices)
    words = models.TextField(blank=True)
    rated_at = models.DateTimeField()
    typed_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    typed_as = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.channel}"


class RatingAnswer(Recorded):
    """One topic that was answered, with the points that the form gave then; null where the answer does not count."""

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="answers")
    topic = models.CharField(max_length=LONGEST_ID)
    answer = models.CharField(max_length=LONGEST_ID)
    points = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rating", "topic"], name="feedback_topic_answered_once")]

    def __str__(self) -> str:
        return f"{self.rating_id} {self.topic} {self.answer}"


class TabletPass(Recorded):
    """The one address under which the form of a dossier is open on the tablet of the counter, until `until`; opening it
    again makes another one, a rating empties `key`.
    """

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="tablet_pass")
    key = models.CharField(max_length=64, blank=True)
    until = models.DateTimeField()
    opened_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    opened_as = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.until}"
