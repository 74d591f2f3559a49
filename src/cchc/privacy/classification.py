"""What events of this room say; it has no tables. What the log of disclosures holds stands in `log`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.fields import Fields, internal

FIELDS: Final[Mapping[str, Fields]] = {}
EVENT_KEYS: Final[Mapping[str, Fields]] = {
    "privacy.RetentionRule": {
        "count": internal("Số lượng", "How many"),
        "before": internal("Cũ hơn", "Older than"),
        "keep": internal("Thời hạn", "Kept for"),
        "ending": internal("Cách xử lý", "What was done"),
        "source": internal("Căn cứ", "Source"),
    },
    "privacy.DisclosureLog": {
        "number": internal("Số thứ tự cuối", "Last number"),
        "hash": internal("Mã băm", "Hash"),
    },
}
