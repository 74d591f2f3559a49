"""The decision that approves a result, and what units ask to be looked at once more."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cchc.assessments.models.rounds import Round, Sheet
from cchc.audit.models import Recorded
from cchc.organizations.models import Official
from cchc.papers.models import Paper

LONGEST_SIGNER = 200


class Approval(Recorded):
    """The decision by which the approving authority approved one version of the result.

    `signer` is name and post as they stand under it; `paper` leads to it where it was issued here.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="approvals")
    version = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=100)
    decided_on = models.DateField()
    signer = models.CharField(max_length=LONGEST_SIGNER)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    approved_as = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "version"], name="assessments_approval_once")]

    def __str__(self) -> str:
        return self.number


class ReviewRequest(Recorded):
    """A unit asks the council to look at its result once more (kiến nghị xem xét lại), and what the council answered.

    `criterion` is empty where it is about the whole sheet; `granted` is null while nobody has answered.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="review_requests")
    criterion = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    asked_as = models.TextField(blank=True)
    granted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    answered_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion"], condition=Q(granted=None), name="assessments_review_open_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text
