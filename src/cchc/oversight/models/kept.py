"""The ledger as it is kept: dossiers, their spells, each holder's share of a month, and sums of shares.

All of it is made of what the pure `ledger` computes (`keeping`), written for whole dossiers at a time, so that

    sums of KeptSum == of KeptShare == of KeptSpell == late minutes of KeptDossier

holds after every action. Names stand beside `official` and `unit` only where the register does not know them; what
stood in a log, known or not, are `unit_said` and `holder_said`: by these a changed decision matches rows anew.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q

from cchc.audit.models import Recorded
from cchc.dossiers.models import Dossier
from cchc.organizations.models import Official, Unit
from cchc.oversight.models.sources import DelayLoad, DelaySource

_LONGEST_KIND: Final = 20
_LONGEST_ROLE: Final = 100


class KeptDossier(Recorded):
    """A dossier as the ledger sees it: `code` is unique in its source, `own` is ours. `unit` had it longest; `is_late`
    compares by the minute, `late_minutes` are working ones. `evidenced_at` is when its result was there before the
    system shows the end: proposed, not verified, with the minutes that would then be late. `version` is that of our
    own dossier when it was read; `digest` tells whether anything of the ledger has changed.
    """

    source = models.ForeignKey(DelaySource, models.PROTECT, related_name="dossiers")
    code = models.CharField(max_length=200)
    own = models.OneToOneField(Dossier, models.PROTECT, null=True, related_name="kept")
    version = models.PositiveIntegerField(default=0)
    load = models.ForeignKey(DelayLoad, models.PROTECT, null=True, related_name="+")
    procedure = models.CharField(max_length=500, blank=True)
    procedure_name = models.TextField(blank=True)
    field = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    unit_name = models.CharField(max_length=300, blank=True)
    unit_said = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField()
    first_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField()
    is_late = models.BooleanField()
    late_minutes = models.PositiveIntegerField()
    late_first_minutes = models.PositiveIntegerField()
    evidenced_at = models.DateTimeField(null=True)
    late_evidenced_minutes = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "code"], name="oversight_dossier_once")]
        indexes = [
            models.Index(
                fields=["procedure", "ended_at"], name="oversight_ended_of_procedure",
                condition=Q(own__isnull=False, ended_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code


class Held(Recorded):
    """Who had it: a person, a queue, a system account, or somebody waited for (`ledger.schema.HOLDER_KINDS`)."""

    holder_kind = models.CharField(max_length=_LONGEST_KIND)
    official = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    holder_name = models.CharField(max_length=300, blank=True)
    role = models.CharField(max_length=_LONGEST_ROLE, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    unit_name = models.CharField(max_length=300, blank=True)
    month = models.DateField()

    class Meta:
        abstract = True


class KeptSpell(Held):
    """A stretch of a dossier with one holder, in their order. `month` is the first day of the one in which it ended."""

    dossier = models.ForeignKey(KeptDossier, models.PROTECT, related_name="spells")
    place = models.PositiveIntegerField()
    step = models.TextField()
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    holder_said = models.CharField(max_length=300, blank=True)
    unit_said = models.CharField(max_length=300, blank=True)
    is_event = models.BooleanField()
    limit_minutes = models.PositiveIntegerField(null=True)
    working_minutes = models.PositiveIntegerField()
    overrun_minutes = models.PositiveIntegerField()
    late_minutes = models.PositiveIntegerField()
    late_overrun = models.PositiveIntegerField()
    late_holder = models.PositiveIntegerField()
    late_first_overrun = models.PositiveIntegerField()
    late_first_holder = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "place"], name="oversight_spell_once")]
        indexes = [models.Index(fields=["month", "unit", "step"], name="oversight_spells_of_month")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.place}"


class KeptShare(Held):
    """What one holder had of a dossier in a month and a role: the sums of these spells. Every figure of the board
    counts shares, and opens to them.

    Of the shares of one holder of a dossier in a month and unit one is the main one (`is_main`), the one charged most;
    it alone counts the dossier: as `is_overdue` (the holder is charged late minutes), else as `is_slow` (a step of the
    holder went over its limit, and the dossier owes nothing). `is_carried_over`: it was due before the month began;
    `is_returned`: it had ended when the month ended. `limit_minutes`: what the steps might take, each counted once.
    """

    source = models.ForeignKey(DelaySource, models.PROTECT, related_name="+")
    dossier = models.ForeignKey(KeptDossier, models.PROTECT, related_name="shares")
    steps = models.PositiveIntegerField()
    late_steps = models.PositiveIntegerField()
    limit_minutes = models.PositiveIntegerField(null=True)
    working_minutes = models.PositiveIntegerField()
    overrun_minutes = models.PositiveIntegerField()
    late_minutes = models.PositiveIntegerField()
    late_overrun = models.PositiveIntegerField()
    late_holder = models.PositiveIntegerField()
    late_first_overrun = models.PositiveIntegerField()
    late_first_holder = models.PositiveIntegerField()
    is_main = models.BooleanField()
    is_overdue = models.BooleanField()
    is_slow = models.BooleanField()
    is_carried_over = models.BooleanField()
    is_returned = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["month", "unit", "official", "id"], name="oversight_shares_of_unit"),
            models.Index(fields=["official", "month", "id"], name="oversight_shares_of_official"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.month}"


class KeptSum(Held):
    """Shares added up: of a source, by month, unit, procedure, holder and role. What the board reads.

    `overdue_real` and `overdue_forgotten` are those of `overdue` about whose dossier a verifier found so; the others
    nobody has decided about.
    """

    source = models.ForeignKey(DelaySource, models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=500, blank=True)
    procedure_name = models.TextField(blank=True)
    shares = models.PositiveBigIntegerField()
    dossiers = models.PositiveBigIntegerField()
    steps = models.PositiveBigIntegerField()
    late_steps = models.PositiveBigIntegerField()
    working_minutes = models.PositiveBigIntegerField()
    overrun_minutes = models.PositiveBigIntegerField()
    late_minutes = models.PositiveBigIntegerField()
    late_overrun = models.PositiveBigIntegerField()
    late_holder = models.PositiveBigIntegerField()
    late_first_overrun = models.PositiveBigIntegerField()
    late_first_holder = models.PositiveBigIntegerField()
    overdue = models.PositiveBigIntegerField()
    overdue_carried_over = models.PositiveBigIntegerField()
    overdue_returned = models.PositiveBigIntegerField()
    overdue_real = models.PositiveBigIntegerField()
    overdue_forgotten = models.PositiveBigIntegerField()
    slow = models.PositiveBigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["month", "unit"], name="oversight_sums_of_month"),
            models.Index(fields=["official", "month"], name="oversight_sums_of_official"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.procedure}"
