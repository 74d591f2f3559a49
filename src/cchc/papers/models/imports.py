"""Files of legal bases that were handed in."""

from __future__ import annotations

from django.db import models

from cchc.audit.models import Recorded
from cchc.organizations.models import Official, Unit


class BasesImport(Recorded):
    """One file for the library of `unit`: looked at first, then carried out whole or not at all, or laid aside.

    `uploaded_by` is null at the command line. `content` is emptied once that is decided; `sha256` stays.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bases_imports")
    file = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(default=bytes)
    uploaded_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="bases_imports")
    uploaded_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.file

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision."""
        return self.committed_at is None and self.set_aside_at is None
