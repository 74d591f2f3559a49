"""Reports of where dossiers stand, for a receiver outside: a file exchange, no connection."""

from __future__ import annotations

from django.db import models

from cchc.audit.models import Recorded
from cchc.dossiers.models.dossiers import Dossier


class ProgressReport(Recorded):
    """That a dossier stands at a national code (1 to 10) since a moment. Its id outside, `code/number`, never changes:
    whoever gets it twice knows it.

    `status` is one of `states_sync.SYNCHRONISATION`. `sent_at` is when it last left in a file, `answered_at` when the
    receiver's answer was read, `failure` why it was refused.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField()
    national_code = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20)
    at = models.DateTimeField()
    status = models.CharField(max_length=20)
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="dossiers_report_once")]
        indexes = [models.Index(fields=["status", "id"], name="dossiers_reports_by_status")]

    def __str__(self) -> str:
        return self.message_id

    @property
    def message_id(self) -> str:
        """What it is called in the files of both sides."""
        return f"{self.dossier.code}/{self.number}"
