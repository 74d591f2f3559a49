"""The tables of this room. A number that was given stays with its act, a line of the register with its dossier."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cchc.audit.models import AppendOnly, Recorded
from cchc.dossiers.models import Dossier, DossierEvent
from cchc.organizations.models import Official, Unit


class FormSeries(Recorded):
    """How far the numbers of one form of a unit have come in a year. Its row is locked while a number is given, so that
    no two are alike and none is left out. `form` is a key of `printed_forms`.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="form_series")
    form = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "form", "year"], name="slips_series_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.form} {self.year} {self.last}"


class IssuedForm(AppendOnly):
    """The number that the form of an act was given, once: printed again it is the same. `mark` are the letters behind
    the number in the set of the act's day.
    """

    event = models.OneToOneField(DossierEvent, models.PROTECT, related_name="issued_form")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="issued_forms")
    form = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    mark = models.CharField(max_length=20)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    issued_as = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "form", "year", "number"], name="slips_number_once"),
        ]

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """`12/HDHS`."""
        return f"{self.number}/{self.mark}"


class RegisterBook(Recorded):
    """The register of dossiers (sổ theo dõi hồ sơ) of a unit in a year. `last` is the number of its newest line, and
    is locked while one is added. A closed one keeps the hash of what it said at the end of its year.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="register_books")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Official, models.PROTECT, null=True, related_name="+")
    closed_as = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="slips_book_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None, content_hash="") | Q(closed_at__isnull=False) & ~Q(content_hash=""),
                name="slips_closed_book_has_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"


class RegisterEntry(AppendOnly):
    """A line of a book: the dossier under its running number, in the order of reception."""

    book = models.ForeignKey(RegisterBook, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="register_entry")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="slips_line_once")]

    def __str__(self) -> str:
        return f"{self.book_id} {self.number}"


class CarriedEntry(AppendOnly):
    """A dossier that was running when the book of the year before ended: carried over into this one, where it keeps
    the number of its first line.
    """

    book = models.ForeignKey(RegisterBook, models.PROTECT, related_name="carried")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="carried_entries")
    carried_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "dossier"], name="slips_carried_once")]

    def __str__(self) -> str:
        return f"{self.book_id} {self.dossier_id}"
