"""What pages of this room show of people: owners of dossiers, and who works on their letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import CHANGES, Disclosing, Silence, exports, shows

_LETTER: Final = "apologies.Letter"

DISCLOSES: Final[Mapping[str, Disclosing]] = {
    "apologies:list": shows(_LETTER, "Xem danh sách văn bản xin lỗi", "List of apologies"),
    "apologies:download": exports(_LETTER, "Tải danh sách văn bản xin lỗi", "Download of apologies"),
    "apologies:download-csv": exports(_LETTER, "Tải danh sách văn bản xin lỗi", "Download of apologies"),
    "apologies:letter": shows(_LETTER, "Xem văn bản xin lỗi", "Page of a letter of apology", by="number"),
    "apologies:printed": shows(_LETTER, "In văn bản xin lỗi", "Printed letter of apology", by="number"),
}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {
    CHANGES: ("apologies:act", "apologies:draft", "apologies:mistake"),
}
