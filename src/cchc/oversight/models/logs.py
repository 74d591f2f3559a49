"""Logs of other systems on their way into the kept ledger, and who the names in them are."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.db import models
from django.db.models import Q

from cchc.audit.models import Recorded
from cchc.files.models import StoredFile
from cchc.organizations.models import Official, Unit
from cchc.oversight.models.sources import DelayLoad, DelaySource

_LONGEST_STATE: Final = 20


class LogImport(Recorded):
    """One log handed in for a source: looked at, tried, then loaded or laid aside (`states_logs`).

    `looked` is what a first look found: columns with examples, the first rows, all as texts; it is emptied once the log
    is decided about, because rows name owners of dossiers. `tried` is what a trial came to, `tried_hash` by which
    mapping. `job` is the work at hand. `drops_gone`: dossiers kept of the source that the log lacks are taken out.
    """

    source = models.ForeignKey(DelaySource, models.PROTECT, related_name="imports")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    state = models.CharField(max_length=_LONGEST_STATE)
    mapping = models.TextField(blank=True)
    looked = models.JSONField(default=dict)
    tried = models.JSONField(default=dict)
    tried_hash = models.CharField(max_length=64, blank=True)
    job = models.BigIntegerField(null=True)
    drops_gone = models.BooleanField(default=False)
    load = models.OneToOneField(DelayLoad, models.PROTECT, null=True, related_name="log")
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    handed_in_as = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.source_id} {self.file_id}"


class NameKind(StrEnum):
    """What a name in a log is the name of."""

    OFFICIAL = "official"
    UNIT = "unit"


class Meant(StrEnum):
    """What was decided about a name: nothing yet, somebody of the register, nobody of it, or that it is no person."""

    OPEN = "open"
    MATCHED = "matched"
    NOBODY = "nobody"
    SYSTEM = "system"


class SourceName(Recorded):
    """A name in the logs of a source, an official's together with the unit that stands beside it, and whom it means.

    Until somebody decides, a name stays a name. `steps` and `late_minutes` are those of the last log that has it.
    """

    source = models.ForeignKey(DelaySource, models.PROTECT, related_name="names")
    kind = models.CharField(max_length=20)
    text = models.CharField(max_length=300)
    unit_text = models.CharField(max_length=300, blank=True)
    steps = models.PositiveBigIntegerField(default=0)
    late_minutes = models.PositiveBigIntegerField(default=0)
    meant = models.CharField(max_length=20, default=Meant.OPEN.value)
    official = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    decided_as = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "text", "unit_text"], name="oversight_name_once"),
            models.CheckConstraint(
                condition=Q(meant="matched", kind="official", official__isnull=False, unit=None)
                | Q(meant="matched", kind="unit", unit__isnull=False, official=None)
                | (~Q(meant="matched") & Q(official=None, unit=None)),
                name="oversight_name_means_one",
            ),
        ]

    def __str__(self) -> str:
        return self.text
