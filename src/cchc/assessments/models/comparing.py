"""What is made of answers and kept beside them, so that a list of units need not score every sheet of the round."""

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


class StagePoints(Recorded):
    """What one criterion of one sheet comes to at one stage, made of `Answer`s and written with them.

    There are five, one for every stage, once anything was said on which the points rest; before that there is none, and
    the criterion stands as in an empty sheet. `points` is an exact fraction as text, empty where there are none.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=40)
    stage = models.CharField(max_length=20)
    points = models.TextField(blank=True)
    applicable = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion", "stage"], name="assessments_stage_points_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.criterion} {self.stage}"
