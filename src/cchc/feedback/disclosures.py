"""What pages of this room show of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import CHANGES, NO_PERSON, Disclosing, Silence, shows

DISCLOSES: Final[Mapping[str, Disclosing]] = {
    "feedback:unit-results": shows("organizations.Official", "Xem kết quả đánh giá theo cán bộ", "Ratings by official"),
    "feedback:answers": shows("organizations.Official", "Xem câu trả lời về cán bộ", "Answers about an official"),
    "feedback:words": shows("feedback.Rating", "Xem ý kiến trong phiếu đánh giá", "Words in ratings"),
}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {
    CHANGES: ("feedback:hand-out", "feedback:take-in", "feedback:type-paper"),
    NO_PERSON: (
        "feedback:open-tablet",
        "feedback:paper",
        "feedback:results",
        "feedback:download",
        "feedback:counted",
    ),  # fmt: skip,
}
