"""Whether a late dossier was really late, or its click forgotten: what verifiers found, and what was looked at again.

A verdict changes no minute: both count as overdue. It says which is which.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cchc.audit.models import Recorded
from cchc.organizations.models import Official, Unit
from cchc.oversight.models.kept import KeptDossier

_LONGEST = 20


class Finding(models.TextChoices):
    """What a verifier found."""

    REAL = "real", _("Really overdue")
    FORGOTTEN = "forgotten", _("Late click only")


class DelayVerdict(Recorded):
    """What a verifier found about a late dossier, with the reason and what shows it. `corrects` is an earlier one that
    somebody else looked at again; the newest alone counts (`is_current`).
    """

    kept = models.ForeignKey(KeptDossier, models.PROTECT, related_name="verdicts")
    finding = models.CharField(max_length=_LONGEST, choices=Finding.choices)
    reason = models.TextField()
    evidence = models.TextField(blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    is_current = models.BooleanField(default=True)
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(Official, models.PROTECT, related_name="+")
    found_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kept"], condition=Q(is_current=True), name="oversight_one_verdict"),
            models.CheckConstraint(
                condition=~Q(finding="forgotten") | ~Q(evidence=""), name="oversight_forgotten_with_evidence"
            ),
        ]
        indexes = [models.Index(fields=["found_at", "finding"], name="oversight_verdicts_by_day")]

    def __str__(self) -> str:
        return f"{self.kept_id} {self.finding}"


class RecheckDraw(Recorded):
    """A random share of a month's verdicts “forgotten” under a unit: by which seed, how many of how many. Whoever has
    seed and verdicts draws the same ones.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    month = models.DateField()
    seed = models.CharField(max_length=64)
    percent = models.PositiveSmallIntegerField()
    drawn_from = models.PositiveIntegerField()
    drawn = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    drawn_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "month"], name="oversight_one_draw_a_month"),
            models.CheckConstraint(condition=Q(drawn__lte=F("drawn_from")), name="oversight_drawn_of_those_there"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month}"


class Recheck(Recorded):
    """A verdict that was drawn, to be looked at again by somebody else."""

    draw = models.ForeignKey(RecheckDraw, models.PROTECT, related_name="rechecks")
    verdict = models.OneToOneField(DelayVerdict, models.PROTECT, related_name="recheck")
    done_at = models.DateTimeField(null=True)
    is_confirmed = models.BooleanField(null=True)

    def __str__(self) -> str:
        return f"{self.draw_id} {self.verdict_id}"
