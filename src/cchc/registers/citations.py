"""Entries of registers, for which files can be cited: whoever sees the entry sees them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from django.urls import reverse

from cchc.files.citing import Citable
from cchc.followups.addresses import shortened
from cchc.interface.access import Verdict, denied
from cchc.interface.shapes import Link
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText
from cchc.registers.models import RegisterEntry
from cchc.registers.permissions import may_keep_register
from cchc.registers.policies import may_be_written
from cchc.registers.queries.scope import visible_entries


def _may_cite(viewer: Viewer, id_: str) -> Verdict:
    """Those who write the entry, while it stands in an open register."""
    seen = visible_entries(viewer).select_related("register__keeper")
    entry = seen.filter(pk=id_).first() if id_.isdecimal() else None
    if entry is None:
        return denied("registers.entry_not_found")
    return may_keep_register(viewer, entry.register) and may_be_written(entry)


def _links(ids: Collection[str], _viewer: Viewer) -> Mapping[str, Link]:
    found = RegisterEntry.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "place", "title")
    return {
        str(key): Link(f"{place}. {shortened(title)}", reverse("registers:entry", args=[key]))
        for key, place, title in found
    }


SUBJECTS: Final[Mapping[str, Citable]] = {
    "registers.RegisterEntry": Citable(
        LocalText("Dòng trong sổ", "Entry of a register"), visible_entries, _may_cite, _links
    ),
}
