"""What the search finds in this room: units and officials, as of today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.interface.hosting.search import Hit, Row, Source, rows_of, search_kind
from cchc.organizations.addresses import list_address
from cchc.organizations.models import Placement, Unit
from cchc.organizations.permissions import may_see_units
from cchc.organizations.queries import people, units
from cchc.organizations.queries.renamed import OtherName, elsewhen, name_above_then, on_day
from cchc.organizations.shown import name_of, shown_kind
from cchc.organizations.viewers import Viewer
from cchc.records.dates import format_date
from cchc.records.text import LocalText

_PLACED = {
    "a": F("unit__code"),
    "b": F("name_vi"),
    "c": F("name_en"),
    "d": F("kind"),
    "e": F("sort_key"),
    "day": F("starts_on"),
    "until": F("ends_on"),
}


@search_kind("organizations.units", LocalText("Đơn vị", "Units"))
def find_units(viewer: Viewer, text: str, most: int) -> Source | None:
    """By name."""
    if not may_see_units(viewer):
        return None
    found = units.search_units(units.UnitSearch(text), viewer.day)
    rows = rows_of(found, most, key="unit_id", **_PLACED, f=units.name_above(viewer.day))
    return Source(rows, _units, list_address("organizations:units", text))


@search_kind("organizations.other_names", LocalText("Đơn vị theo tên cũ, tên mới", "Units by former or later names"))
def find_other_names(viewer: Viewer, text: str, most: int) -> Source | None:
    """By a name from before a merger or a renaming: leads to what carries the unit on, or to the unit where that is
    several or nothing. One more query when such a name is found.
    """
    if not may_see_units(viewer):
        return None
    rows = rows_of(elsewhen(text, viewer.day), most, key="unit_id", **_PLACED, f=name_above_then())
    return Source(rows, partial(_other_names, viewer), list_address("organizations:units", text))


@search_kind("organizations.officials", LocalText("Cán bộ, công chức", "Officials"))
def find_officials(viewer: Viewer, text: str, most: int) -> Source | None:
    """By name or number."""
    if not may_see_units(viewer):
        return None
    post, unit_name = people.main_post(viewer.day)
    found = people.search_officials(text, viewer.day)
    rows = rows_of(found, most, a=F("code"), b=F("name"), c=post, d=unit_name, e=F("sort_key"))
    return Source(rows, _officials, list_address("organizations:officials", text))


def _by_name(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.e, row.key, row.day or 0))


def _placement(row: Row) -> Placement:
    placement = Placement(
        name_vi=row.b, name_en=row.c, kind=row.d, sort_key=row.e, starts_on=row.day, ends_on=row.until
    )
    placement.unit = Unit(pk=row.key, code=row.a)
    return placement


def _units(rows: Sequence[Row]) -> list[Hit]:
    return [
        Hit(
            name_of(_placement(row)),
            reverse("organizations:unit", args=[row.a]),
            ", ".join(note for note in (shown_kind(row.d), row.f) if note),
        )
        for row in _by_name(rows)
    ]


def _other_names(viewer: Viewer, rows: Sequence[Row]) -> list[Hit]:
    listed = _by_name(rows)
    found = on_day([_placement(row) for row in listed], viewer.day)
    return [
        Hit(name_of(one.placement), _carried_on_at(one), _told_of(one, row.f, viewer.day))
        for one, row in zip(found, listed, strict=True)
    ]


def _officials(rows: Sequence[Row]) -> list[Hit]:
    return [
        Hit(row.b, reverse("organizations:official", args=[row.a]), ", ".join(part for part in (row.c, row.d) if part))
        for row in _by_name(rows)
    ]


def _carried_on_at(one: OtherName) -> str:
    unit = one.on_day[0].unit if len(one.on_day) == 1 else one.placement.unit
    return reverse("organizations:unit", args=[unit.code])


def _told_of(one: OtherName, above: str, day: date) -> str:
    """What it is called today; where that is the same name, when it stood under what instead."""
    if not one.on_day:
        return _("no longer there")
    names = [name_of(heir) for heir in one.on_day]
    if names != [name_of(one.placement)]:
        return _("today %(names)s") % {"names": ", ".join(names)}
    then = _("until %(day)s") if one.placement.starts_on <= day else _("from %(day)s")
    return ", ".join(note for note in (then % {"day": format_date(one.day_of)}, above) if note)
