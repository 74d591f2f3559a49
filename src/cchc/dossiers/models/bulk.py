"""Dossiers received many at a time: the list they stand on, its rows, and when a paper dossier really came."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cchc.audit.models import Recorded
from cchc.dossiers.models.dossiers import Dossier
from cchc.organizations.models import HandedIn, Official, Unit


class IntakeBatch(HandedIn):
    """A list of what was handed in at one counter: from a file, which is looked at first, or typed (`is_typed`). When
    it is carried out its rows are kept and a job receives them one after the other.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="intake_batches")
    asked_by = models.ForeignKey(Official, models.PROTECT, related_name="+")
    asked_for = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    is_typed = models.BooleanField(default=False)


class IntakeRow(Recorded):
    """A row of such a list: `said` as typed until it is received; then the dossier it became. `why_vi`, `why_en` say
    why it became none; both empty while it waits.
    """

    batch = models.ForeignKey(IntakeBatch, models.PROTECT, related_name="rows")
    place = models.PositiveIntegerField()
    said = models.JSONField(default=dict)
    dossier = models.OneToOneField(Dossier, models.PROTECT, null=True, related_name="intake_row")
    why_vi = models.TextField(blank=True)
    why_en = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="dossiers_intake_row_once"),
            models.CheckConstraint(
                condition=Q(dossier=None) | Q(why_vi="", why_en=""), name="dossiers_intake_row_one_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.place}"


class EarlierReception(Recorded):
    """When a dossier was really handed in on paper, as whoever entered it claims, with what shows it. Nothing is
    counted from it: the moment, the code and the appointment of the system stay beside it.
    """

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="earlier_reception")
    handed_in_at = models.DateTimeField()
    evidence = models.TextField()
    claimed_at = models.DateTimeField()
    claimed_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    claimed_as = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.handed_in_at}"
