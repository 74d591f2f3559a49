"""What pages of this room show of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import CHANGES, OWN, Disclosing, Silence, shows

DISCLOSES: Final[Mapping[str, Disclosing]] = {
    "notices:log": shows("notices.Delivery", "Nhật ký gửi thông báo", "Delivery log"),
}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {
    CHANGES: ("notices:open", "notices:read-all", "notices:send-again"),
    OWN: ("notices:calendar", "notices:list", "notices:wishes"),
}
