"""Why this room holds data about people."""

from __future__ import annotations

from typing import Final

from cchc.audit.fields import Purpose
from cchc.records.sources import Source, Verification
from cchc.records.text import LocalText

SETTLING: Final = Purpose(
    LocalText(
        "Tiếp nhận, giải quyết và trả kết quả thủ tục hành chính theo yêu cầu của chính người nộp",
        "Receiving, settling and handing over what its owner asked for",
    ),
    Source("Nghị định 118/2025/NĐ-CP"),
    Verification(
        False,
        "Chưa đối chiếu điều khoản với bản ký",
        "The article was not compared with the signed text",
    ),
)
