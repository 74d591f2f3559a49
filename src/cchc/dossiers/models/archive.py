"""What is done to a dossier that is over: laid into the archive; and what was written wrongly, put right."""

from __future__ import annotations

from django.db import models

from cchc.audit.models import Recorded
from cchc.dossiers.models.dossiers import Dossier
from cchc.organizations.models import Official


class ArchiveRecord(Recorded):
    """Where the papers of a dossier lie (`place`, in words), in which class of `rules.yaml`, and until which day they
    are kept, null for ever. The newest record of a dossier holds; the others say where it lay before.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="archive_records")
    place = models.TextField()
    retention_class = models.CharField(max_length=40)
    keep_until = models.DateField(null=True)
    laid_at = models.DateTimeField()
    laid_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    laid_as = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["dossier", "-id"], name="dossiers_newest_place")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.place}"


class Correction(Recorded):
    """What was typed wrongly about owner or subject of a dossier: values before and after, by field, and why."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="corrections")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField()
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    corrected_as = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["dossier", "id"], name="dossiers_corrections_of")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.corrected_at}"
