"""The figure with which a unit stands among those of its group, where points compare the units of a group."""

from __future__ import annotations

from django.db import models

from cchc.assessments.models.rounds import LONGEST_GROUP, Round, Sheet
from cchc.audit.models import Recorded


class ComparedFigure(Recorded):
    """One criterion of one sheet at one stage, made of `Answer`s and written with them: what others are held against.

    There is one for every stage from the round's beginning, whether anything was said there or not: a figure stands
    until a later stage changes it. `figure` is an exact fraction as text, empty where there is none; `order_key` puts
    figures in their order as texts. `was_said` holds where an answer to the criterion, or to one that it reads, stands
    at that stage. `round` and `group` are those of the sheet, here for the index alone.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    group = models.CharField(max_length=LONGEST_GROUP, blank=True)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=40)
    stage = models.CharField(max_length=20)
    figure = models.TextField(blank=True)
    order_key = models.CharField(max_length=100, blank=True)
    was_said = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion", "stage"], name="assessments_compared_figure_once"),
        ]
        indexes = [
            models.Index(
                fields=["round", "group", "criterion", "stage", "-order_key"], name="assessments_figures_order"
            ),
            models.Index(
                fields=["round", "group", "criterion", "stage"], condition=models.Q(was_said=True),
                name="assessments_figures_said",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.criterion} {self.stage}"
