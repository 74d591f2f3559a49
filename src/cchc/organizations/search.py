"""What the search finds in this room: units and officials of today."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.hosting.search import Found, Hit, search_kind
from cchc.organizations.addresses import list_address
from cchc.organizations.models import Official
from cchc.organizations.permissions import may_see_units
from cchc.organizations.queries import people, units
from cchc.organizations.queries.renamed import OtherName, other_names
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


@search_kind("organizations.other_names", LocalText("Đơn vị theo tên cũ, tên mới", "Units by former or later names"))
def find_other_names(viewer: Viewer, text: str, most: int) -> Found:
    """By a name from before a merger or a renaming: leads to what carries the unit on, or to the unit where that is
    several or nothing. One query when nothing is found, else three or five.
    """
    if not may_see_units(viewer):
        return Found()
    found = other_names(text, viewer.day, most + 1)
    hits = [Hit(name_of(one.placement), _carried_on_at(one), _heirs_of(one)) for one in found[:most]]
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


def _carried_on_at(one: OtherName) -> str:
    unit = one.on_day[0].unit if len(one.on_day) == 1 else one.placement.unit
    return reverse("organizations:unit", args=[unit.code])


def _heirs_of(one: OtherName) -> str:
    if not one.on_day:
        return _("no longer there")
    return _("today %(names)s") % {"names": ", ".join(name_of(heir) for heir in one.on_day)}
