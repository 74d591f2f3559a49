"""Kinds of events of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

REGISTER_OPENED: Final = "registers.register_opened"
REGISTER_CHANGED: Final = "registers.register_changed"
REGISTER_CLOSED: Final = "registers.register_closed"
REGISTER_REOPENED: Final = "registers.register_reopened"
ENTRY_ENTERED: Final = "registers.entry_entered"
ENTRY_CORRECTED: Final = "registers.entry_corrected"
ENTRY_STRUCK: Final = "registers.entry_struck_out"
ENTRIES_UPLOADED: Final = "registers.entries_uploaded"
ENTRIES_IMPORTED: Final = "registers.entries_imported"
ENTRIES_SET_ASIDE: Final = "registers.entries_set_aside"

KINDS: Final[Mapping[str, LocalText]] = {
    REGISTER_OPENED: LocalText("Mở sổ theo dõi", "Register opened"),
    REGISTER_CHANGED: LocalText("Sửa thông tin sổ theo dõi", "Register changed"),
    REGISTER_CLOSED: LocalText("Khóa sổ theo dõi", "Register closed"),
    REGISTER_REOPENED: LocalText("Mở lại sổ theo dõi", "Register opened again"),
    ENTRY_ENTERED: LocalText("Ghi dòng vào sổ", "Entry entered"),
    ENTRY_CORRECTED: LocalText("Sửa dòng trong sổ", "Entry corrected"),
    ENTRY_STRUCK: LocalText("Gạch bỏ dòng trong sổ", "Entry struck out"),
    ENTRIES_UPLOADED: LocalText("Tải lên tệp nhập sổ", "File of entries uploaded"),
    ENTRIES_IMPORTED: LocalText("Nhập sổ từ tệp", "Entries imported"),
    ENTRIES_SET_ASIDE: LocalText("Bỏ tệp nhập sổ", "File of entries laid aside"),
}
