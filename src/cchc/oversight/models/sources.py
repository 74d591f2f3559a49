"""Where dossiers are read from: our own one-stop, and the logs of other systems."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cchc.audit.models import Recorded
from cchc.files.models import StoredFile
from cchc.organizations.models import Official, Unit


class SourceKind(models.TextChoices):
    """Whose dossiers a source has."""

    OWN = "own", _("Dossiers of this system")
    LOG = "log", _("Log of another system")


class DelaySource(Recorded):
    """A one-stop whose dossiers are looked after: our own, of which there is one, or another system by its logs.

    `unit` answers for it. `mapping` says what the columns of its logs mean (YAML), `calendar` by which days they are
    counted. `true_at` is the moment up to which what is kept is true; of our own, `seen_event` is the last event of a
    dossier that was read. `version` grows with every change of what it is, not of what was read.
    """

    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    name = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="delay_sources")
    mapping = models.TextField(blank=True)
    calendar = models.CharField(max_length=200, blank=True)
    since_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    true_at = models.DateTimeField(null=True)
    watched_at = models.DateTimeField(null=True)
    seen_event = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="own"), name="oversight_one_own_source"),
            models.CheckConstraint(
                condition=Q(kind="own") | Q(unit__isnull=False), name="oversight_log_has_unit"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("since_at")), name="oversight_source_ends_later"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class DelayLoad(Recorded):
    """One reading of a log: which file, by which mapping, what it did to what was kept. Written when it begins and
    once more when it is finished, never afterwards. A reading of our own dossiers leaves none.

    `new`, `changed`, `same`, `gone` count its dossiers against those kept before; `late_before` and `late_after` are
    the late minutes of the source. Open dossiers are judged at `judged_at`. `is_partial`: it was given up on the way.
    """

    source = models.ForeignKey(DelaySource, models.PROTECT, related_name="loads")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    mapping = models.TextField()
    mapping_hash = models.CharField(max_length=64)
    calendar_hash = models.CharField(max_length=64, blank=True)
    judged_at = models.DateTimeField(null=True)
    job = models.BigIntegerField(null=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    begun_as = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True)
    rows = models.PositiveBigIntegerField(default=0)
    rejects = models.PositiveBigIntegerField(default=0)
    dossiers = models.PositiveBigIntegerField(default=0)
    new = models.PositiveBigIntegerField(default=0)
    changed = models.PositiveBigIntegerField(default=0)
    same = models.PositiveBigIntegerField(default=0)
    gone = models.PositiveBigIntegerField(default=0)
    late_before = models.PositiveBigIntegerField(default=0)
    late_after = models.PositiveBigIntegerField(default=0)
    is_partial = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(finished_at=None), name="oversight_one_load_at_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.source_id} {self.begun_at}"
