"""What may be put before the council, how its members vote, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

ACCEPT: Final = "accept"
OWN: Final = "own"
POINTS: Final = "points"
EXCLUDE: Final = "exclude"
INCLUDE: Final = "include"
MOTIONS: Final[Mapping[str, LocalText]] = {
    ACCEPT: LocalText("Giữ điểm thẩm định", "Keep the appraised points"),
    OWN: LocalText("Công nhận điểm tự chấm", "Take the unit's own points"),
    POINTS: LocalText("Cho điểm khác", "Give other points"),
    EXCLUDE: LocalText("Chấp nhận không áp dụng", "Accept that it does not apply"),
    INCLUDE: LocalText("Không chấp nhận không áp dụng", "Do not accept that it does not apply"),
}
VOTES: Final[Mapping[str, LocalText]] = {
    "for": LocalText("Tán thành", "For"),
    "against": LocalText("Không tán thành", "Against"),
    "abstain": LocalText("Không có ý kiến", "Abstain"),
}
CARRIED: Final = "carried"
REJECTED: Final = "rejected"
