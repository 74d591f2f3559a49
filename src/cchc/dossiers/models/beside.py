"""What lies beside a dossier: its papers, its pauses, its appointments, and when steps were really done."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cchc.audit.models import Recorded
from cchc.dossiers.models.dossiers import Dossier
from cchc.dossiers.models.steps import StepInstance
from cchc.organizations.models import Official

LONGEST_ID: Final = 40


class Component(Recorded):
    """A paper that came with the dossier: how many originals, certified copies and plain copies, a file, or data that
    the office already had (`is_reused`; `reused_from`, where it is a paper of an earlier dossier here). `component` is
    its id in the version, empty for one beside the list. `has_file`: a file came with it.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="components")
    place = models.PositiveSmallIntegerField()
    component = models.CharField(max_length=LONGEST_ID, blank=True)
    name = models.TextField()
    originals = models.PositiveSmallIntegerField(default=0)
    certified = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    has_file = models.BooleanField(default=False)
    is_reused = models.BooleanField(default=False)
    reused_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    taken_in_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "place"], name="dossiers_component_place_once")]

    def __str__(self) -> str:
        return self.name


class PauseKind(models.TextChoices):
    """What a dossier waits for; the states in which it does have the same names."""

    SUPPLEMENT = "supplementing", _("Missing papers")
    PAYMENT = "awaiting_payment", _("Payment")
    SUSPENSION = "suspended", _("Suspended")


class PauseRecord(Recorded):
    """Time in which the limit does not run: why, from when, until when (null while it lasts), and what it does to the
    limit (`suspend`, or `restart` from zero). `asked` says what is missing or to be paid.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="pauses")
    kind = models.CharField(max_length=20, choices=PauseKind.choices)
    effect = models.CharField(max_length=20)
    reason_code = models.CharField(max_length=LONGEST_ID)
    asked = models.TextField()
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    begun_as = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    ended_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(ended_at=None), name="dossiers_one_pause_at_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")), name="dossiers_pause_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"


class Appointment(Recorded):
    """When the result was promised, each promise a record: at reception, moved by a pause, or put off by a decision
    (`is_decision`) that names its reason.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="appointments")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    made_as = models.TextField(blank=True)
    due_at = models.DateTimeField()
    is_decision = models.BooleanField(default=False)
    reason_code = models.CharField(max_length=LONGEST_ID, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decision=False) | ~Q(reason=""), name="dossiers_decision_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.due_at}"


class ActualCompletion(Recorded):
    """When a step was really done, as somebody claims with what shows it; put right by another one. The system's own
    time stays beside it.
    """

    step = models.ForeignKey(StepInstance, models.PROTECT, related_name="claims")
    done_at = models.DateTimeField()
    evidence = models.TextField()
    claimed_at = models.DateTimeField()
    claimed_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    claimed_as = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.step_id} {self.done_at}"
