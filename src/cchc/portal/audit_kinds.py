"""Kinds of events of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

ROUND_PUBLISHED: Final = "portal.round_published"

KINDS: Final[Mapping[str, LocalText]] = {
    ROUND_PUBLISHED: LocalText("Công bố bảng kết quả", "Result table published"),
}
