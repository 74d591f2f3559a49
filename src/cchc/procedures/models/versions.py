"""Dated versions of procedures."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cchc.organizations.models import Dated, Official
from cchc.procedures.loading import read_version
from cchc.procedures.models.catalogue import Procedure
from cchc.procedures.states import PUBLISHED
from cchc.procedures.versions import Version
from cchc.records import timelines
from cchc.records.sources import Source, Validity, Verification


class ProcedureVersion(Dated):
    """What a procedure asks for and promises on these days: `content` as `writing.version_text` has it, never changed
    once published; `content_hash` is its SHA-256. `mechanism`, `online` and `portal` repeat what lists ask of it.

    `verified`: somebody compared it with its source; `doubt_vi` says why not. `edition` grows with every change.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    state = models.CharField(max_length=20)
    content = models.TextField()
    content_hash = models.CharField(max_length=64)
    mechanism = models.CharField(max_length=20)
    online = models.CharField(max_length=20)
    portal = models.TextField(blank=True)
    source_article = models.TextField(blank=True)
    source_url = models.TextField(blank=True)
    verified = models.BooleanField()
    doubt_vi = models.TextField(blank=True)
    doubt_en = models.TextField(blank=True)
    edition = models.PositiveIntegerField(default=1)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    drafted_as = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    published_as = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    withdrawn_as = models.TextField(blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["procedure", "starts_on"], condition=Q(state=PUBLISHED), name="procedures_version_once"
            ),
        ]
        indexes = [models.Index(fields=["procedure", "state", "starts_on"], name="procedures_versions")]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.starts_on}"

    @property
    def value(self) -> Version:
        """What it says, typed."""
        return read_version(self.content, f"procedure-version-{self.pk}")

    @property
    def dated(self) -> timelines.Dated[Version]:
        """The same with its days, its source, and whether somebody checked it."""
        return timelines.Dated(
            self.value,
            Validity(self.starts_on, self.ends_on),
            Source(self.source_document, self.source_on, self.source_article or None, self.source_url or None),
            Verification(self.verified, self.doubt_vi or None, self.doubt_en or None),
        )
