"""The day on which the field team comes to a unit (lịch kiểm tra thực tế)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cchc.assessments.models.rounds import Sheet
from cchc.audit.models import Recorded
from cchc.organizations.models import Official

LONGEST_PLACE = 200
LONGEST_NOTE = 500


class Visit(Recorded):
    """When the unit of a sheet is visited: the day, its half (empty: the whole day), the place (empty: where the unit
    has its office), what else it is to know. One for each sheet; another day takes its place and `version` grows. One
    that was taken back stands here until another day is set.
    """

    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="visit")
    visit_on = models.DateField()
    half = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=LONGEST_PLACE, blank=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    version = models.PositiveIntegerField(default=1)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    planned_as = models.TextField(blank=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    taken_back_as = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_at=None, reason="") | (Q(taken_back_at__isnull=False) & ~Q(reason="")),
                name="assessments_visit_taken_back_whole",
            ),
        ]
        indexes = [models.Index(fields=["visit_on"], name="assessments_visits_on")]

    def __str__(self) -> str:
        return f"{self.visit_on}"
