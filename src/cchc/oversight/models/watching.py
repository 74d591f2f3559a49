"""What is kept to watch dossiers before they are late: how long steps usually take, and what open dossiers still need.

Both are made by jobs of what is kept or stands open, and are written anew whenever that has changed.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cchc.audit.models import Recorded
from cchc.dossiers.models import Dossier, StepInstance
from cchc.organizations.models import Official, Unit


class StepDuration(Recorded):
    """How long a step of a procedure took in a unit, or in all of them (no unit): quantiles of `cases` settled dossiers
    in working minutes, of which the first was settled on `first_on`, the last on `last_on`.
    """

    procedure = models.CharField(max_length=500)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    step = models.TextField()
    cases = models.PositiveIntegerField()
    low = models.PositiveIntegerField()
    quarter = models.PositiveIntegerField()
    median = models.PositiveIntegerField()
    three_quarters = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "unit", "step"], name="oversight_duration_once", condition=Q(unit__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["procedure", "step"], name="oversight_duration_of_all_once", condition=Q(unit=None)
            ),
        ]
        indexes = [models.Index(fields=["computed_at"], name="oversight_durations_newest")]

    def __str__(self) -> str:
        return f"{self.procedure} {self.unit_id} {self.step}"


class StepForecast(Recorded):
    """What a dossier still needs from a step that is at work in it, as it stood at `computed_at`.

    `unit`, `holder` (null in the shared queue), `due_at` are those of that moment. `beyond_minutes`: by how many
    working minutes the expected end lies after the appointment, negative before it; of a dossier that waits
    (`is_waiting`) as if it went on at once, and without the three moments. `chain`: the steps that are left, each with
    what its estimate rests on; `basis` and `cases` are the weakest of these. Counted again when the dossier's `version`
    changes, when durations do, and after `stale_at`.
    """

    step = models.OneToOneField(StepInstance, models.PROTECT, related_name="forecast")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="forecasts")
    version = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    is_waiting = models.BooleanField()
    early_at = models.DateTimeField(null=True)
    expected_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    minutes_left = models.PositiveIntegerField()
    beyond_minutes = models.IntegerField()
    basis = models.CharField(max_length=20)
    cases = models.PositiveIntegerField()
    chain = models.JSONField()
    computed_at = models.DateTimeField()
    stale_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-beyond_minutes", "id"], name="oversight_forecasts_of_unit"),
            models.Index(fields=["holder", "-beyond_minutes", "id"], name="oversight_forecasts_of_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.step_id}"


class ForecastTold(Recorded):
    """Somebody was told that a dossier is expected to miss its appointment: as the holder of a step, or as a head.

    `beyond_minutes`: by how many working minutes it was expected to miss it then. Whoever was told is told again only
    once that is worse by as much as the rules say.
    """

    step = models.ForeignKey(StepInstance, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Official, models.PROTECT, related_name="+")
    level = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    expected_at = models.DateTimeField()
    beyond_minutes = models.PositiveIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "recipient", "beyond_minutes"], name="oversight_forecast_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.recipient_id}"
