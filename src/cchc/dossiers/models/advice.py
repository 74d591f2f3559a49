"""Opinions that the holder of a step asks of others."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cchc.audit.models import Recorded
from cchc.dossiers.models.steps import StepInstance
from cchc.organizations.models import Official, Unit


class Advice(Recorded):
    """A question to an official, to a unit, or to a body outside the register (`body`, in words), of which an answer is
    due within so many working days. The step stays its holder's, and its time runs on.

    `state` is one of `states_beside.ADVICE`. `closed_at` is when it was answered or taken back, `lapsed_at` when
    silence was reported. What a body outside says is noted with what shows it (`evidence`).
    """

    step = models.ForeignKey(StepInstance, models.PROTECT, related_name="advice")
    official = models.ForeignKey(Official, models.PROTECT, null=True, related_name="dossier_advice")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="dossier_advice")
    body = models.TextField(blank=True)
    question = models.TextField()
    working_days = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    asked_as = models.TextField(blank=True)
    due_at = models.DateTimeField()
    lapsed_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    closed_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(official__isnull=False, unit=None, body="")
                | Q(official=None, unit__isnull=False, body="")
                | Q(official=None, unit=None) & ~Q(body=""),
                name="dossiers_advice_of_one",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("asked_at")), name="dossiers_advice_ends_later"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="dossiers_advice_open", condition=Q(closed_at=None)),
            models.Index(fields=["official", "id"], name="dossiers_advice_of_official", condition=Q(closed_at=None)),
            models.Index(fields=["unit", "id"], name="dossiers_advice_of_unit", condition=Q(closed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.asked_at}"

    @property
    def is_outside(self) -> bool:
        """Whether a body is asked that the register does not know."""
        return bool(self.body)
