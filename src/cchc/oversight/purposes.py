"""What for this room keeps what it keeps of people."""

from __future__ import annotations

from typing import Final

from cchc.audit.fields import Purpose
from cchc.records.sources import Source, Verification
from cchc.records.text import LocalText

WATCHING: Final = Purpose(
    LocalText(
        "Theo dõi, chấn chỉnh việc giải quyết hồ sơ chậm, quá hạn; xác định đúng người, đúng thời gian giữ hồ sơ",
        "Watching over slow and overdue dossiers: whose time it was, and how much",
    ),
    Source("Công văn số 2624/UBND-TTHCC ngày 12/8/2022 của UBND tỉnh Kon Tum"),
    Verification(
        False,
        "Văn bản của tỉnh Kon Tum trước sắp xếp; chưa đối chiếu với văn bản của tỉnh sau sắp xếp",
        "A paper of Kon Tum before the mergers; not compared with one of the province after them",
    ),
)
