"""The base of files that are handed in, looked at, and then carried out whole or laid aside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet

from cchc.audit.models import Recorded


class HandedIn(Recorded):
    """A file waiting for a decision of whoever handed it in; then `content` is emptied, `sha256` stays."""

    file = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(default=bytes)
    uploaded_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision."""
        return self.committed_at is None and self.set_aside_at is None

    @classmethod
    def undecided(cls, before: datetime) -> QuerySet[Any]:
        """Those uploaded before that moment about which nobody decided, without their content, the oldest first."""
        waiting = cls.objects.filter(committed_at=None, set_aside_at=None, uploaded_at__lt=before)
        return waiting.defer("content").order_by("pk")
