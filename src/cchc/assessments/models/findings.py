"""What was found at a unit on site (kiểm tra thực tế): a part of the points of its own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cchc.assessments.models.rounds import Sheet
from cchc.audit.models import Recorded
from cchc.organizations.models import Official


class Finding(Recorded):
    """Found at the unit on a day within the days assessed, about one criterion. It proposes `amount` points, or to take
    `amount` points away (`is_deduction`); who appraises the criterion accepts it or refuses it with a reason, once.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="findings")
    criterion = models.CharField(max_length=40)
    found_on = models.DateField()
    text = models.TextField()
    is_deduction = models.BooleanField()
    amount = models.DecimalField(max_digits=12, decimal_places=6)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    entered_as = models.TextField(blank=True)
    is_accepted = models.BooleanField(null=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    decided_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="assessments_finding_amount"),
            models.CheckConstraint(
                condition=Q(is_accepted=None, decided_at=None) | Q(is_accepted__isnull=False, decided_at__isnull=False),
                name="assessments_finding_decided_whole",
            ),
        ]
        indexes = [models.Index(fields=["sheet", "criterion"], name="assessments_findings_of")]

    def __str__(self) -> str:
        return self.text
