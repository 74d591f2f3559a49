"""Reasons that appraisers keep for equal cases."""

from __future__ import annotations

from django.db import models

from cchc.assessments.models.rounds import Round
from cchc.audit.models import Recorded
from cchc.organizations.models import Official


class KeptReason(Recorded):
    """A sentence about one criterion that is picked again where the case is the same, with the points it leads to
    (`points` as typed; empty where the figures decide). One that is no longer used has `ended_at`.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="kept_reasons")
    criterion = models.CharField(max_length=40)
    text = models.TextField()
    points = models.CharField(max_length=40, blank=True)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    kept_as = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "criterion", "text"],
                condition=models.Q(ended_at=None),
                name="assessments_kept_reason_once",
            ),
        ]

    def __str__(self) -> str:
        return self.text
