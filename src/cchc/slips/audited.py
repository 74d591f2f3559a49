"""Whose history may be read: registers, with their lines. The right is that over the unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cchc.interface.access import Verdict
from cchc.interface.hosting.audited import Audited
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Unit
from cchc.organizations.permissions import may_read_audit
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText
from cchc.slips.models import IssuedForm, RegisterBook, RegisterEntry


def _may_read(viewer: Viewer, book: RegisterBook) -> Verdict:
    return may_read_audit(viewer, book.unit)


def _books(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """The unit's code and the year."""
    rows = RegisterBook.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "unit__code", "year")
    return made_of(rows, lambda found: {key: f"{code}, {year}" for key, code, year in found})


def _parts(book: RegisterBook) -> Sequence[QuerySet[Any]]:
    return (RegisterEntry.objects.filter(book=book),)


book = Audited(
    RegisterBook,
    LocalText("Sổ theo dõi hồ sơ", "Register of dossiers"),
    _books,
    lambda one: reverse("slips:book", args=[one.pk]),
    _may_read,
    _parts,
    related=("unit",),
)


def OF_UNITS(units: QuerySet[Unit], day: date) -> Iterable[QuerySet[Any]]:  # noqa: N802 - the name that the host looks for
    """Registers of these units with their lines, and numbers of their forms."""
    return (
        RegisterBook.objects.filter(unit__in=units),
        RegisterEntry.objects.filter(book__unit__in=units),
        IssuedForm.objects.filter(unit__in=units),
    )
