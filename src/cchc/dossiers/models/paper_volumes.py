"""What units received beside the system."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cchc.audit.models import Recorded
from cchc.organizations.models import Official, Unit


class PaperReason(models.TextChoices):
    """Why dossiers were not received on the system."""

    CONNECTION = "connection", _("No or slow connection")
    OTHER_SYSTEM = "other_system", _("Received in another system")
    STAFF = "staff", _("Too few people, or not trained")
    OTHER = "other", _("Another reason")


class PaperVolume(Recorded):
    """How many dossiers a unit received on paper alone in the month that begins on `month`, as somebody notes with what
    shows it. Put right by another record: the newest of a month counts, the others stay.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="paper_volumes")
    month = models.DateField()
    number = models.PositiveIntegerField()
    reason_code = models.CharField(max_length=20, choices=PaperReason.choices)
    evidence = models.TextField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    noted_as = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(month__day=1), name="dossiers_paper_of_a_month")]
        indexes = [models.Index(fields=["unit", "month", "-id"], name="dossiers_newest_paper_volume")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m} {self.number}"
