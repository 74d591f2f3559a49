"""Which figures of a criterion are held against what the product itself measured."""

from __future__ import annotations

from django.db import models

from cchc.assessments.models.rounds import Round
from cchc.audit.models import Recorded
from cchc.organizations.models import Official


class Binding(Recorded):
    """An input of a criterion stands beside a measure (`measures.MEASURES`) in every sheet of the round. One that holds
    no more has `ended_at`.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="bindings")
    criterion = models.CharField(max_length=40)
    input = models.CharField(max_length=100)
    measure = models.CharField(max_length=40)
    bound_at = models.DateTimeField()
    bound_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    bound_as = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "criterion", "input"],
                condition=models.Q(ended_at=None),
                name="assessments_binding_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.input} {self.measure}"
