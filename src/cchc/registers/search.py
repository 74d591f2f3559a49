"""What the search finds in this room: registers and entries in the viewer's scope."""

from __future__ import annotations

from cchc.followups.addresses import shortened
from cchc.interface.hosting.search import Found, Hit, search_kind
from cchc.organizations.addresses import list_address
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText
from cchc.registers.addresses import to_entry, to_register
from cchc.registers.permissions import may_see_registers
from cchc.registers.queries.entries import search_entries
from cchc.registers.queries.registers import RegisterSearch, find_registers
from cchc.registers.shown import shown_kind

_LONGEST = 120


@search_kind("registers.registers", LocalText("Sổ theo dõi, kế hoạch", "Registers and plans"))
def registers(viewer: Viewer, text: str, most: int) -> Found:
    """By words of the title or the number of the document, the newest first. One query."""
    if not may_see_registers(viewer):
        return Found()
    found = list(find_registers(viewer, RegisterSearch(text))[: most + 1])
    hits = [
        Hit(shortened(one.title, _LONGEST), to_register(one), f"{shown_kind(one.kind)}, {one.keeper_name}")
        for one in found[:most]
    ]
    return Found(hits, list_address("registers:registers", text) if len(found) > most else "")


@search_kind("registers.entries", LocalText("Dòng trong sổ theo dõi", "Entries of registers"))
def entries(viewer: Viewer, text: str, most: int) -> Found:
    """By their words, those that stand, the newest first. One query."""
    if not may_see_registers(viewer):
        return Found()
    hits = [
        Hit(
            shortened(one.title, _LONGEST),
            to_entry(one),
            ", ".join(part for part in (shortened(one.register.title), one.unit_name) if part),
        )
        for one in search_entries(viewer, text)[:most]
    ]
    return Found(hits)
