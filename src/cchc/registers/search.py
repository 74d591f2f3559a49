"""What the search finds in this room: registers and entries in the viewer's scope."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F

from cchc.followups.addresses import shortened
from cchc.interface.hosting.search import Hit, Row, Source, rows_of, search_kind
from cchc.organizations.addresses import list_address
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText
from cchc.registers.addresses import to_entry, to_register
from cchc.registers.models import Register, RegisterEntry
from cchc.registers.permissions import may_see_registers
from cchc.registers.queries.entries import search_entries
from cchc.registers.queries.registers import RegisterSearch, find_registers
from cchc.registers.shown import shown_kind

_LONGEST = 120


@search_kind("registers.registers", LocalText("Sổ theo dõi, kế hoạch", "Registers and plans"))
def registers(viewer: Viewer, text: str, most: int) -> Source | None:
    """By words of the title or the number of the document, the newest first."""
    if not may_see_registers(viewer):
        return None
    columns = {"a": F("title"), "b": F("kind"), "c": name_on(viewer.day, "keeper")}
    rows = rows_of(find_registers(viewer, RegisterSearch(text)), most, **columns)
    return Source(rows, _registers, list_address("registers:registers", text))


@search_kind("registers.entries", LocalText("Dòng trong sổ theo dõi", "Entries of registers"))
def entries(viewer: Viewer, text: str, most: int) -> Source | None:
    """By their words, those that stand, the newest first."""
    if not may_see_registers(viewer):
        return None
    columns = {"a": F("title"), "b": F("register__title"), "c": name_on(viewer.day)}
    return Source(rows_of(search_entries(viewer, text), most, **columns), _entries)


def _newest_first(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.key, reverse=True)


def _registers(rows: Sequence[Row]) -> list[Hit]:
    return [
        Hit(shortened(row.a, _LONGEST), to_register(Register(pk=row.key)), f"{shown_kind(row.b)}, {row.c}")
        for row in _newest_first(rows)
    ]


def _entries(rows: Sequence[Row]) -> list[Hit]:
    return [
        Hit(
            shortened(row.a, _LONGEST),
            to_entry(RegisterEntry(pk=row.key)),
            ", ".join(part for part in (shortened(row.b), row.c) if part),
        )
        for row in _newest_first(rows)
    ]
