"""What pages of this room show of people: owners of dossiers, and who worked on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import CHANGES, NO_PERSON, Disclosing, Silence, exports, shows

_DOSSIER: Final = "dossiers.Dossier"

DISCLOSES: Final[Mapping[str, Disclosing]] = {
    "slips:at-counter": shows(_DOSSIER, "In giấy tiếp nhận hồ sơ", "Receiving slip", by="number"),
    "slips:of-list": shows(_DOSSIER, "In các phiếu của danh sách", "Slips of a list of dossiers"),
    "slips:of-act": shows(_DOSSIER, "In phiếu của hồ sơ", "Printed form of a dossier", by="number"),
    "slips:control": shows(_DOSSIER, "In phiếu kiểm soát", "Process control slip", by="number"),
    "slips:process": shows(_DOSSIER, "In quá trình giải quyết", "Print of the process", by="number"),
    "slips:hand-over": shows(_DOSSIER, "In phiếu bàn giao", "Hand-over slip", by="number"),
    "slips:book": shows(_DOSSIER, "Xem sổ theo dõi hồ sơ", "Register of dossiers"),
    "slips:book-print": shows(_DOSSIER, "In sổ theo dõi hồ sơ", "Print of a register of dossiers"),
    "slips:book-xlsx": exports(_DOSSIER, "Tải sổ theo dõi hồ sơ", "Register of dossiers as a workbook"),
    "slips:book-csv": exports(_DOSSIER, "Tải sổ theo dõi hồ sơ (CSV)", "Register of dossiers as CSV"),
}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {
    CHANGES: ("slips:number", "slips:book-close"),
    NO_PERSON: ("slips:books",),
}
