"""Kinds of events of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

RETENTION_CARRIED_OUT: Final = "privacy.retention_carried_out"
RETENTION_ASKED: Final = "privacy.retention_asked"
LOG_SEALED: Final = "privacy.log_sealed"

KINDS: Final[Mapping[str, LocalText]] = {
    RETENTION_CARRIED_OUT: LocalText("Thực hiện thời hạn lưu giữ", "Retention carried out"),
    RETENTION_ASKED: LocalText("Yêu cầu thực hiện thời hạn lưu giữ ngay", "Retention asked for at once"),
    LOG_SEALED: LocalText("Niêm phong nhật ký xem dữ liệu cá nhân", "Log of disclosures sealed"),
}
