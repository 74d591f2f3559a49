"""Long lists that somebody had written as workbooks."""

from __future__ import annotations

from django.db import models

from cchc.audit.models import Recorded
from cchc.interface.models import Job
from cchc.organizations.models.people import Official


class Export(Recorded):
    """One list, asked for with the filters in `query`; its file lies in the data directory (`exporting.storing`).

    `principal` is for whom the person acted. `standing` stands for what the viewer held then (`exporting.standing`):
    nobody gets the file who holds something else by now. `people` and `whom` are known once it is written.
    """

    kind = models.CharField(max_length=100)
    query = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    asked_by = models.ForeignKey(Official, models.PROTECT, related_name="+")
    principal = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    standing = models.CharField(max_length=64)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    file = models.CharField(max_length=255, blank=True)
    people = models.PositiveIntegerField(default=0)
    whom = models.JSONField(default=list)
    written_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["asked_at"], name="organizations_exports_by_age")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
