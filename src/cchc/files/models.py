"""Contents by their hash, files as people uploaded and described them, and where each is cited."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.db import models
from django.db.models import Q

from cchc.audit.models import Recorded
from cchc.organizations.models import Official, Unit


class BlobState(StrEnum):
    """Only a safe content is shown and handed out.

    `scanning` until the scanner has answered; `unsafe` when it found something; `quarantined` when it could not say,
    or an administrator holds the content back.
    """

    SCANNING = "scanning"
    SAFE = "safe"
    UNSAFE = "unsafe"
    QUARANTINED = "quarantined"


_HASH: Final = 64


class Blob(Recorded):
    """A content, once however often it was uploaded; it lies on the disk (`storage`).

    `kind` stands in `signatures`; `pages` is 0 where no picture can be made. `scanned_at` is null when no scanner has
    looked, `finding` what it found or why the content is held back.
    """

    sha256 = models.CharField(max_length=_HASH, unique=True)
    kind = models.CharField(max_length=20)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField()
    state = models.CharField(max_length=20)
    scanned_at = models.DateTimeField(null=True)
    finding = models.TextField(blank=True)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in BlobState]), name="files_blob_known_state"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(scanned_at__isnull=True), name="files_blob_unscanned"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class Position(StrEnum):
    """What became of the place that an image told."""

    NONE = "none"
    REMOVED = "removed"
    KEPT = "kept"


class StoredFile(Recorded):
    """A content as somebody uploaded it: once per person, whatever it is cited for.

    `name` is shown and offered for download, never a path. `received_sha256` is the hash of what arrived; images are
    kept made anew, under another one. `uploaded_by` is null where no official did; `unit` is the one of whoever
    uploaded, whose administrators see the file. `title`, `number`, `issuer`, `issued_on` are the facts of the paper it
    is. `version` grows with every change of them. `position` says what became of the place that an image told: there
    was `none`, it was `removed` or `kept`, by the rules of that day; empty for what is no image, and for images from
    before it was noted, from which it was removed.
    """

    blob = models.ForeignKey(Blob, models.PROTECT, related_name="files")
    name = models.TextField()
    received_sha256 = models.CharField(max_length=_HASH)
    uploaded_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="files_uploaded")
    uploaded_as = models.TextField(blank=True)
    on_behalf_of = models.ForeignKey(Official, models.PROTECT, null=True, related_name="files_received")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="files")
    uploaded_at = models.DateTimeField()
    no_state_secret = models.BooleanField()
    position = models.CharField(max_length=10, blank=True)
    title = models.TextField(blank=True)
    number = models.CharField(max_length=100, blank=True)
    issuer = models.TextField(blank=True)
    issued_on = models.DateField(null=True)
    search_key = models.TextField()
    version = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blob", "uploaded_by"], name="files_file_once_per_person"),
            models.CheckConstraint(condition=Q(no_state_secret=True), name="files_file_no_state_secret"),
            models.CheckConstraint(
                condition=Q(position__in=["", *(one.value for one in Position)]), name="files_file_known_position"
            ),
        ]
        indexes = [models.Index(fields=["uploaded_by", "-id"], name="files_file_newest_of_person")]

    def __str__(self) -> str:
        return self.name


class Citation(Recorded):
    """A file is cited for an object, named `("organizations.Unit", "7")`. It ends and is never deleted."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="citations")
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=100)
    reason = models.TextField(blank=True)
    cited_by = models.CharField(max_length=200)
    cited_at = models.DateTimeField()
    ended_by = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "subject_type", "subject_id"],
                condition=Q(ended_at=None),
                name="files_citation_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], condition=Q(ended_at=None), name="files_cited_for"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} for {self.subject_type} {self.subject_id}"
