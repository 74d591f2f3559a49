"""What the search finds in this room: units and officials of today."""

from __future__ import annotations

from django.urls import reverse

from cchc.interface.hosting.search import Found, Hit, search_kind
from cchc.organizations.addresses import list_address
from cchc.organizations.models import Official
from cchc.organizations.permissions import may_see_units
from cchc.organizations.queries import people, units
from cchc.organizations.shown import name_of, shown_kind
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText


@search_kind("organizations.units", LocalText("Đơn vị", "Units"))
def find_units(viewer: Viewer, text: str, most: int) -> Found:
    """By name. One query."""
    if not may_see_units(viewer):
        return Found()
    found = list(units.search_units(units.UnitSearch(text), viewer.day)[: most + 1])
    hits = [
        Hit(
            name_of(one),
            reverse("organizations:unit", args=[one.unit.code]),
            ", ".join(note for note in (shown_kind(one.kind), one.above) if note),
        )
        for one in found[:most]
    ]
    return Found(hits, list_address("organizations:units", text) if len(found) > most else "")


@search_kind("organizations.officials", LocalText("Cán bộ, công chức", "Officials"))
def find_officials(viewer: Viewer, text: str, most: int) -> Found:
    """By name or number. One query."""
    if not may_see_units(viewer):
        return Found()
    found = list(people.search_officials(text, viewer.day)[: most + 1])
    hits = [Hit(one.name, reverse("organizations:official", args=[one.code]), _where(one)) for one in found[:most]]
    return Found(hits, list_address("organizations:officials", text) if len(found) > most else "")


def _where(official: Official) -> str:
    return ", ".join(part for part in (official.post, official.unit_name) if part)
