"""The publication register (sổ theo dõi công bố, công khai) and reviews (rà soát)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cchc.audit.models import Recorded
from cchc.organizations.models import Official, Unit
from cchc.procedures.models.catalogue import Procedure
from cchc.procedures.models.versions import ProcedureVersion


class Publication(Recorded):
    """A version stands open at a unit: where, since which day, who noted it.

    `due_on` is the last day on which it was in time and `days_late` the working days behind it, by the rules of the
    day of the decision and the unit's calendar of then; null where the decision has no date. A line that is not true is
    struck out with a reason and counts for nothing.
    """

    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="publications")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="procedure_publications")
    place = models.TextField()
    link = models.URLField(max_length=500, blank=True)
    posted_on = models.DateField()
    due_on = models.DateField(null=True)
    days_late = models.PositiveIntegerField(null=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    noted_as = models.TextField(blank=True)
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    struck_as = models.TextField(blank=True)
    struck_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "unit", "place", "posted_on"],
                condition=Q(struck_at=None),
                name="procedures_published_once",
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_because="") | Q(struck_at__isnull=False, struck_because__gt=""),
                name="procedures_publication_struck",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.unit_id} {self.posted_on}"


class Review(Recorded):
    """A procedure was reviewed on a day: what came of it (`reviewing.OUTCOMES`), in words why."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField()
    outcome = models.CharField(max_length=20)
    text = models.TextField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    noted_as = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["procedure", "-reviewed_on"], name="procedures_reviews")]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.reviewed_on}"
