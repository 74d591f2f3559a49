"""What leaders and the product did about steps that wait and dossiers that are late."""

from __future__ import annotations

from django.db import models

from cchc.audit.models import Recorded
from cchc.dossiers.models.dossiers import Dossier
from cchc.dossiers.models.steps import StepInstance
from cchc.organizations.models import Official


class Reminder(Recorded):
    """Whoever held a step was reminded of it on a day, in words: once a day and step."""

    step = models.ForeignKey(StepInstance, models.PROTECT, related_name="reminders")
    on = models.DateField()
    holder = models.ForeignKey(Official, models.PROTECT, related_name="+")
    text = models.TextField()
    reminded_at = models.DateTimeField()
    reminded_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    reminded_as = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "on"], name="dossiers_reminded_once_a_day")]

    def __str__(self) -> str:
        return f"{self.step_id} {self.on}"


class Escalation(Recorded):
    """That a dossier was past an appointment for so long was reported, by a rule, to those with a role: once."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="escalations")
    rule = models.CharField(max_length=40)
    role = models.CharField(max_length=40)
    due_at = models.DateTimeField()
    escalated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "rule", "due_at"], name="dossiers_escalated_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.rule}"
