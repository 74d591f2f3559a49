"""Whose history may be read: registers with their entries and files. The right is that over the keeper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cchc.audit.recording import subject_of
from cchc.files.queries import citations_for
from cchc.followups.addresses import shortened
from cchc.interface.access import Verdict
from cchc.interface.hosting.audited import Audited
from cchc.interface.together import Reads, made_of
from cchc.organizations.models import Unit
from cchc.organizations.permissions import may_read_audit
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText
from cchc.registers.models import EntriesImport, Register, RegisterEntry

_LONGEST = 120


def _may_read_register(viewer: Viewer, register: Register) -> Verdict:
    return may_read_audit(viewer, register.keeper)


def _may_read_entry(viewer: Viewer, entry: RegisterEntry) -> Verdict:
    return may_read_audit(viewer, entry.register.keeper)


def _registers(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """What they are called."""
    found = Register.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "title")
    return made_of(found, lambda rows: {key: shortened(title, _LONGEST) for key, title in rows})


def _entries(keys: Iterable[int]) -> Reads[Mapping[int, str]]:
    """Their place and what names them."""
    found = RegisterEntry.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "place", "title")
    return made_of(found, lambda rows: {key: f"{place}. {shortened(title, _LONGEST)}" for key, place, title in rows})


def _parts(register: Register) -> Sequence[QuerySet[Any]]:
    return (RegisterEntry.objects.filter(register=register), EntriesImport.objects.filter(register=register))


register = Audited(
    Register,
    LocalText("Sổ theo dõi", "Register"),
    _registers,
    lambda one: reverse("registers:register", args=[one.pk]),
    _may_read_register,
    _parts,
    related=("keeper",),
)
entry = Audited(
    RegisterEntry,
    LocalText("Dòng trong sổ", "Entry of a register"),
    _entries,
    lambda one: reverse("registers:entry", args=[one.pk]),
    _may_read_entry,
    lambda one: (citations_for(subject_of(one)),),
    related=("register__keeper",),
)


def OF_UNITS(units: QuerySet[Unit], day: date) -> Iterable[QuerySet[Any]]:  # noqa: N802 - the name that the host looks for
    """Registers that these units keep, with entries and files."""
    registers = Register.objects.filter(keeper__in=units)
    return (
        registers,
        RegisterEntry.objects.filter(register__in=registers.values("pk")),
        EntriesImport.objects.filter(register__in=registers.values("pk")),
    )
