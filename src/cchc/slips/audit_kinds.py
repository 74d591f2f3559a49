"""Kinds of events of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

FORM_NUMBERED: Final = "slips.form_numbered"
BOOK_OPENED: Final = "slips.book_opened"
ENTERED: Final = "slips.entered"
BOOK_CLOSED: Final = "slips.book_closed"

KINDS: Final[Mapping[str, LocalText]] = {
    FORM_NUMBERED: LocalText("Cấp số phiếu", "Number of a form given"),
    BOOK_OPENED: LocalText("Mở sổ theo dõi hồ sơ", "Register of dossiers opened"),
    ENTERED: LocalText("Vào sổ theo dõi hồ sơ", "Entered in the register"),
    BOOK_CLOSED: LocalText("Khóa sổ theo dõi hồ sơ", "Register of dossiers closed"),
}
