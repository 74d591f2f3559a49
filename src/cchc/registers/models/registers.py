"""Registers and their entries."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime

from cchc.audit.models import Recorded
from cchc.organizations.models import Official, Unit
from cchc.papers.models import LegalBasis
from cchc.records.timelines import Dated
from cchc.registers.kinds import RegisterKind, kind_on

LONGEST_TITLE = 300


class Register(Recorded):
    """A register or plan that `keeper` keeps and follows, over a period of days.

    `kind` is an id of `kinds.yaml`; the columns are those in force on the day on which it was opened. It rests on a
    document with `number` and `issued_on`, and on `basis` of the library where that is known. `version` grows with
    every change of what stands here.
    """

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=LONGEST_TITLE)
    number = models.CharField(max_length=100, blank=True)
    issued_on = models.DateField(null=True)
    basis = models.ForeignKey(LegalBasis, models.PROTECT, null=True, related_name="registers")
    keeper = models.ForeignKey(Unit, models.PROTECT, related_name="registers")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    state = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    search_key = models.TextField()
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="registers_register_days"
            ),
        ]
        indexes = [models.Index(fields=["keeper", "-id"], name="registers_of_keeper")]

    def __str__(self) -> str:
        return self.title

    @property
    def dated_kind(self) -> Dated[RegisterKind]:
        """Its kind as it was on the day of opening. Raises `registers.unknown_kind`, `records.not_in_force`."""
        return kind_on(self.kind, localtime(self.opened_at).date())

    @property
    def definition(self) -> RegisterKind:
        """The columns that it is kept in."""
        return self.dated_kind.value


class RegisterEntry(Recorded):
    """One row: its `place` in the register, the unit concerned, and a value for each column that has one.

    `values` by the id of the column: text, whole number, a day as ISO, the id of a choice, the code of a unit. `title`
    is the value of the column that names an entry, `same_as` what makes two rows of a register one. `changed_at` is
    null until it is corrected, `struck_at` until it is struck out, with the reason; its place stays its own.
    """

    register = models.ForeignKey(Register, models.PROTECT, related_name="entries")
    place = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="register_entries")
    values = models.JSONField(default=dict)
    title = models.TextField()
    same_as = models.TextField()
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    entered_as = models.TextField(blank=True)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    changed_as = models.TextField(blank=True)
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    struck_as = models.TextField(blank=True)
    struck_because = models.TextField(blank=True)
    search_key = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "place"], name="registers_place_once"),
            models.UniqueConstraint(
                fields=["register", "same_as"], condition=Q(struck_at=None), name="registers_entry_once"
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_because="") | (Q(struck_at__isnull=False) & ~Q(struck_because="")),
                name="registers_struck_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title
