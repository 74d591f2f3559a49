"""Issued papers laid before another unit for its approval (trình phê duyệt), and what was decided."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cchc.audit.models import Recorded
from cchc.organizations.models import Official, Unit
from cchc.papers.models.papers import Paper
from cchc.papers.states import APPROVED


class ApprovalRequest(Recorded):
    """A paper that asks `to` to approve what it proposes. `verdict` is empty until it is decided, once and for all;
    `words` are the reason or the conditions, `decision` the paper of `to` that says so officially, if there is one.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="approval_requests")
    to = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    asked_as = models.TextField(blank=True)
    verdict = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)
    decision = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    decided_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", decided_at=None) | Q(verdict__gt="", decided_at__isnull=False),
                name="papers_approval_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decision=None) | Q(verdict=APPROVED), name="papers_approval_decision_approves"
            ),
            models.CheckConstraint(
                condition=Q(decision=None) | ~Q(decision=F("paper")), name="papers_approval_by_another_paper"
            ),
            models.UniqueConstraint(fields=["paper"], condition=Q(verdict=""), name="papers_approval_asked_once"),
        ]
        indexes = [models.Index(fields=["to", "verdict"], name="papers_approvals_to_decide")]

    def __str__(self) -> str:
        return f"{self.paper_id} → {self.to_id}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return not self.verdict
