"""Entries of registers as what tasks belong to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from django.db.models import TextField
from django.db.models.functions import Cast
from django.urls import reverse

from cchc.followups.addresses import shortened
from cchc.followups.subjects import SubjectGroup, TaskSubject
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText
from cchc.registers.models import RegisterEntry
from cchc.registers.queries.scope import visible_registers


def _links(ids: Collection[str]) -> Mapping[str, Link]:
    """Named by the register and the place in it."""
    found = RegisterEntry.objects.filter(pk__in=[int(id_) for id_ in ids]).select_related("register").order_by("pk")
    return {
        str(one.pk): Link(f"{shortened(one.register.title)}, {one.place}", reverse("registers:entry", args=[one.pk]))
        for one in found
    }


def _of_register(viewer: Viewer, number: int) -> SubjectGroup | None:
    """All entries of a register that the viewer may see."""
    register = visible_registers(viewer).filter(pk=number).order_by("pk").first()
    if register is None:
        return None
    entries = RegisterEntry.objects.filter(register=register).order_by().annotate(key=Cast("pk", TextField()))
    return SubjectGroup(register.title, entries.values("key"))


SUBJECTS: Final[Mapping[str, TaskSubject]] = {
    "registers.RegisterEntry": TaskSubject(LocalText("Sổ theo dõi", "Register"), _links, group=_of_register),
}
