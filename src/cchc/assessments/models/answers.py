"""What is said about one criterion of one sheet, stage by stage; what is asked and explained about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cchc.assessments.models.rounds import Sheet
from cchc.audit.models import Recorded
from cchc.organizations.models import Official


class Answer(Recorded):
    """What was said at one stage (`scoring.sheets.STAGES`) about one criterion: the rows of the long form of a sheet.

    `said` maps inputs and the special ones (`applicable`, `points`, `ratio`, `reason`) to the text as typed; what
    was never said or was taken back is absent. `note` is a remark beside them. `version` grows with every change. The
    units' own answers (stage `self`) are there from the round's beginning, at version 0, so that files can be cited for
    them; at later stages an answer that says nothing accepts what stood there.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="answers")
    criterion = models.CharField(max_length=40)
    stage = models.CharField(max_length=20)
    said = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    written_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion", "stage"], name="assessments_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.criterion} {self.stage}"


class Question(Recorded):
    """An appraiser asks the unit to explain (yêu cầu giải trình); the unit answers, or its time passes.

    One stands open at a criterion of a sheet at a time.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="questions")
    criterion = models.CharField(max_length=40)
    text = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    asked_as = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    answered_as = models.TextField(blank=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion"],
                condition=Q(answered_at=None, taken_back_at=None),
                name="assessments_question_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.text
