"""Kinds of events of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

SOURCE_ADDED: Final = "oversight.source_added"
ROWS_KEPT: Final = "oversight.rows_kept"
REFRESHED: Final = "oversight.refreshed"

KINDS: Final[Mapping[str, LocalText]] = {
    SOURCE_ADDED: LocalText("Thêm nguồn hồ sơ theo dõi", "Source of dossiers added"),
    ROWS_KEPT: LocalText("Tính lại thời gian giữ hồ sơ", "Ledger of dossiers kept"),
    REFRESHED: LocalText("Cập nhật hồ sơ chậm, quá hạn", "Slow and overdue dossiers brought up to date"),
}
