"""The kinds of papers that get a number, and the kinds of documents that stand in the library of bases."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from cchc.documents.model import KindId
from cchc.records.text import LocalText

PAPER_KINDS: Final = MappingProxyType[KindId, LocalText](
    {
        "report": LocalText("Báo cáo", "Report"),
        "decision": LocalText("Quyết định", "Decision"),
        "notice": LocalText("Thông báo", "Notice"),
        "proposal": LocalText("Tờ trình", "Proposal"),
        "plan": LocalText("Kế hoạch", "Plan"),
        "minutes": LocalText("Biên bản", "Minutes"),
        "letter": LocalText("Công văn", "Letter"),
    }
)

# In the order of their force. The name stands in the citation as it is.
BASIS_KINDS: Final = MappingProxyType[str, LocalText](
    {
        "law": LocalText("Luật", "Law"),
        "ordinance": LocalText("Pháp lệnh", "Ordinance"),
        "resolution": LocalText("Nghị quyết", "Resolution"),
        "decree": LocalText("Nghị định", "Decree"),
        "decision": LocalText("Quyết định", "Decision"),
        "directive": LocalText("Chỉ thị", "Directive"),
        "circular": LocalText("Thông tư", "Circular"),
        "plan": LocalText("Kế hoạch", "Plan"),
        "official_letter": LocalText("Công văn", "Letter"),
        "other": LocalText("Văn bản", "Document"),
    }
)
CITED_WITHOUT_NUMBER: Final = frozenset({"law", "ordinance"})
"""Named by their title and day alone when they are cited (Nghị định 30/2020, Phụ lục I)."""
