"""What units are to reach."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cchc.audit.models import AppendOnly
from cchc.organizations.models import Official, Unit
from cchc.papers.models import LegalBasis


class UnitTarget(AppendOnly):
    """What a unit is to reach in a year, by the decision with `number` and `issued_on`, and by `basis` of the library
    where it stands there. `metric` is a code of `targets.METRICS`. The newest record of a unit, metric and year counts;
    it ends the one before, which stays: with a `reason`, and where `is_withdrawn` none holds any more.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="targets")
    metric = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    volume = models.PositiveIntegerField(null=True)
    is_withdrawn = models.BooleanField(default=False)
    number = models.CharField(max_length=100, blank=True)
    issued_on = models.DateField(null=True)
    basis = models.ForeignKey(LegalBasis, models.PROTECT, null=True, related_name="targets")
    reason = models.TextField(blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    set_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="dossiers_target_is_a_share"),
            models.CheckConstraint(
                condition=Q(basis__isnull=False) | (Q(issued_on__isnull=False) & ~Q(number="")),
                name="dossiers_target_rests_on",
            ),
        ]
        indexes = [models.Index(fields=["unit", "metric", "year", "-id"], name="dossiers_newest_target")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.metric} {self.year} {self.percent}"
