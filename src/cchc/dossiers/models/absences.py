"""Days on which a holder of steps is away, and who works on them meanwhile."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cchc.audit.models import Recorded
from cchc.organizations.models import Official


class Absence(Recorded):
    """An official is away from one day to another, both included. `deputy` may work on the steps held meanwhile, in the
    own name; they stay the holder's. `ended_at`: it was over before its last day, or never began.
    """

    official = models.ForeignKey(Official, models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(Official, models.PROTECT, related_name="stands_in")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.TextField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    noted_as = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    ended_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="dossiers_absence_has_days"),
            models.CheckConstraint(condition=~Q(official=F("deputy")), name="dossiers_absence_of_another"),
        ]
        indexes = [
            models.Index(fields=["deputy", "ends_on"], name="dossiers_standing_in", condition=Q(ended_at=None)),
            models.Index(fields=["official", "ends_on"], name="dossiers_absent", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.official_id} {self.starts_on} {self.ends_on}"
