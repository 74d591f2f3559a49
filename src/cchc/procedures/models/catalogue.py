"""Procedures of the catalogue (danh mục thủ tục hành chính)."""

from __future__ import annotations

from django.db import models

from cchc.audit.models import Recorded
from cchc.organizations.models import Official, Unit
from cchc.procedures.coding import LONGEST_CODE
from cchc.records.text import LocalText


class Procedure(Recorded):
    """A procedure that `keeper` keeps in its catalogue, for itself and all under it; what it asks for says the version
    of the day.

    `code` is the national one. `level`: by whom it is carried out (`versions.LEVELS`). `settled_by` is the one unit
    that settles it; null where each unit of its level does. `version` grows with every change of what stands here.
    """

    code = models.CharField(max_length=LONGEST_CODE, unique=True)
    name_vi = models.TextField()
    name_en = models.TextField(blank=True)
    field_vi = models.TextField()
    field_en = models.TextField(blank=True)
    field_key = models.TextField()
    level = models.CharField(max_length=20)
    authority_vi = models.TextField()
    authority_en = models.TextField(blank=True)
    keeper = models.ForeignKey(Unit, models.PROTECT, related_name="procedures")
    settled_by = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="settled_procedures")
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    recorded_as = models.TextField(blank=True)
    search_key = models.TextField()
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["field_key", "code"], name="procedures_of_field")]

    def __str__(self) -> str:
        return f"{self.code} {self.name_vi}"

    @property
    def name(self) -> LocalText:
        """In both languages."""
        return LocalText(self.name_vi, self.name_en or None)

    @property
    def field(self) -> LocalText:
        """In both languages (lĩnh vực)."""
        return LocalText(self.field_vi, self.field_en or None)

    @property
    def authority(self) -> LocalText:
        """Who decides, in both languages."""
        return LocalText(self.authority_vi, self.authority_en or None)
