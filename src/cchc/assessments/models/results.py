"""The result of a round as two persons froze it, and who did."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cchc.assessments.models.rounds import Round, Sheet
from cchc.audit.models import Recorded
from cchc.organizations.models import Official


class Freeze(Recorded):
    """The first person puts the result forward (`proposed`), another confirms it; then `version` is in force.

    `content_hash` is the SHA-256 of what was put forward: what changes afterwards has to be put forward anew. `reason`
    says why a version follows one that was in force already.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="freezes")
    version = models.PositiveSmallIntegerField()
    content_hash = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Official, models.PROTECT, related_name="+")
    proposed_as = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    confirmed_as = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(confirmed_at=None, withdrawn_at=None),
                name="assessments_freeze_open_once",
            ),
            models.UniqueConstraint(
                fields=["round", "version"], condition=Q(confirmed_at__isnull=False), name="assessments_freeze_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="assessments_freeze_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} v{self.version}"


class Result(Recorded):
    """What one sheet came to at one stage in one version of the result.

    `points` and `maximum` are exact fractions as text (`1683/20`), `index` is rounded once at the set's decimals,
    `band` is a band's id; null where the unit could not be scored at that stage.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="results")
    version = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=20)
    points = models.CharField(max_length=100, blank=True)
    maximum = models.CharField(max_length=100)
    index = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    band = models.CharField(max_length=40, blank=True)
    rank = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "version", "stage"], name="assessments_result_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} v{self.version} {self.stage}"
