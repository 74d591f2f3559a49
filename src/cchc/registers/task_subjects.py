"""Entries of registers as what tasks belong to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from django.urls import reverse

from cchc.followups.addresses import shortened
from cchc.followups.subjects import TaskSubject
from cchc.interface.shapes import Link
from cchc.records.text import LocalText
from cchc.registers.models import RegisterEntry


def _links(ids: Collection[str]) -> Mapping[str, Link]:
    """Named by the register and the place in it."""
    found = RegisterEntry.objects.filter(pk__in=[int(id_) for id_ in ids]).select_related("register").order_by("pk")
    return {
        str(one.pk): Link(f"{shortened(one.register.title)}, {one.place}", reverse("registers:entry", args=[one.pk]))
        for one in found
    }


SUBJECTS: Final[Mapping[str, TaskSubject]] = {
    "registers.RegisterEntry": TaskSubject(LocalText("Sổ theo dõi", "Register"), _links),
}
