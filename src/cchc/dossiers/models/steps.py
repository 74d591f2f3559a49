"""Steps of dossiers, and everything that happens to them."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q

from cchc.audit.models import AppendOnly, Recorded
from cchc.dossiers.models.dossiers import Dossier
from cchc.organizations.models import Official, Unit
from cchc.worktime.limits import Limit

_LONGEST_ID: Final = 40


class StepInstance(Recorded):
    """One time that a step of the procedure is carried out in a dossier; done again it is another one (`turn` 2, 3 …).

    `step` is its id in the version, `place` its place there. It is worked on in `unit` by somebody with `role`;
    `is_agency`: another body does it. `holder` is null in the shared queue. `begun_at` is when it was its turn,
    `due_at` when it is due, `ended_at` when the click came (the system completion); when the work was really done is
    said beside it, by an `ActualCompletion`.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=_LONGEST_ID)
    turn = models.PositiveSmallIntegerField(default=1)
    place = models.PositiveSmallIntegerField()
    name_vi = models.TextField()
    name_en = models.TextField(blank=True)
    role = models.CharField(max_length=_LONGEST_ID)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dossier_steps")
    is_agency = models.BooleanField(default=False)
    limit_amount = models.PositiveIntegerField()
    limit_unit = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    holder = models.ForeignKey(Official, models.PROTECT, null=True, related_name="dossier_steps")
    begun_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "step", "turn"], name="dossiers_step_turn_once"),
            models.CheckConstraint(
                condition=Q(begun_at=None, due_at=None) | Q(begun_at__isnull=False, due_at__isnull=False),
                name="dossiers_step_begun_is_due",
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder", "due_at"], name="dossiers_steps_held",
                condition=Q(ended_at=None, holder__isnull=False),
            ),
            models.Index(
                fields=["holder", "unit", "-dossier"], name="dossiers_steps_once_held",
                condition=Q(ended_at__isnull=False, holder__isnull=False),
            ),
            models.Index(
                fields=["unit", "role", "due_at"], name="dossiers_steps_queued",
                condition=Q(ended_at=None, begun_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.step} {self.turn}"

    @property
    def limit(self) -> Limit:
        """How long it may take."""
        return Limit(self.limit_amount, self.limit_unit)


class DossierEvent(AppendOnly):
    """Something that happened to a dossier or one of its steps, never changed: what the ledger reads.

    `act` is a step of one of the tables of `states` (`receive`, `complete`), or says what was noted. `state` is where
    the dossier stood afterwards, `step_state` and `holder` where the step stood and who had it then. `reason_code`
    names a reason of `reasons`, `text` says it in words. `by` is null for what the product does itself.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="events")
    at = models.DateTimeField()
    act = models.CharField(max_length=_LONGEST_ID)
    state = models.CharField(max_length=20)
    step = models.ForeignKey(StepInstance, models.PROTECT, null=True, related_name="events")
    step_state = models.CharField(max_length=20, blank=True)
    holder = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    by_as = models.TextField(blank=True)
    reason_code = models.CharField(max_length=_LONGEST_ID, blank=True)
    text = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True)

    redactable = ("text",)

    class Meta:
        indexes = [models.Index(fields=["dossier", "id"], name="dossiers_history")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.act}"
