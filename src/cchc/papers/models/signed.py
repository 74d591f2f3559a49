"""Signed files of issued papers."""

from __future__ import annotations

from django.db import models

from cchc.audit.models import Recorded
from cchc.files.models import StoredFile
from cchc.papers.models.papers import Paper


class SignedFile(Recorded):
    """The paper as it was signed; the newest one counts.

    `standing` says what its digital signatures were worth when it was attached (`signing.reports.Standing`; never
    `broken`, which is refused): `none` is a scan, or a signature that was drawn. `reports` holds each signature as
    canonical JSON, `judged_at` as of when.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="signed_files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="signed_papers")
    standing = models.CharField(max_length=20)
    reports = models.TextField()
    judged_at = models.DateTimeField()
    attached_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(standing__in=["good", "untrusted", "none"]), name="papers_signed_known_standing"
            ),
            models.UniqueConstraint(fields=["paper", "file"], name="papers_signed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} signed as {self.file_id}"
