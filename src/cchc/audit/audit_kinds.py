"""Kinds of events of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

PAYLOAD_REDACTED: Final = "audit.payload_redacted"
FOLLOWER_FAILED: Final = "audit.follower_failed"

KINDS: Final[Mapping[str, LocalText]] = {
    PAYLOAD_REDACTED: LocalText("Xóa nội dung sự kiện nhật ký", "Content of an audit event erased"),
    FOLLOWER_FAILED: LocalText("Việc kèm theo không thực hiện được", "What follows an event could not be done"),
}
