"""The list of this room that is taken along, however long: the entries of a register."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from cchc.interface.paging import is_key
from cchc.organizations.exporting import ExportKind, Taken, Wanted
from cchc.records.text import LocalText
from cchc.registers.permissions import may_see_registers
from cchc.registers.queries.entries import EntrySearch, find_entries
from cchc.registers.queries.registers import get_register
from cchc.registers.queries.tasks import tasks_by_entry
from cchc.registers.sheets import entries_table

REGISTER: Final = "so"


def _entries(asking: HttpRequest) -> Wanted:
    number = asking.GET.get(REGISTER, "")
    register = get_register(asking.viewer, int(number) if is_key(number) else 0)
    found = find_entries(asking.viewer, register, EntrySearch())

    def read() -> Taken:
        entries = list(found)
        return Taken([entries_table(register, entries, tasks_by_entry(asking.viewer, entries))])

    return Wanted(f"so-theo-doi-{register.pk}.xlsx", found.count, read)


entries = ExportKind(
    "registers.entries", LocalText("Danh sách của sổ theo dõi", "Entries of a register"), may_see_registers, _entries
)
