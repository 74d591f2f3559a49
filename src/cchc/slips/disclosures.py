"""What pages of this room show of people: owners of dossiers, and who worked on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import Disclosing, Silence, shows

_DOSSIER: Final = "dossiers.Dossier"

DISCLOSES: Final[Mapping[str, Disclosing]] = {
    "slips:at-counter": shows(_DOSSIER, "In giấy tiếp nhận hồ sơ", "Receiving slip", by="number"),
    "slips:of-list": shows(_DOSSIER, "In các phiếu của danh sách", "Slips of a list of dossiers"),
    "slips:of-act": shows(_DOSSIER, "In phiếu của hồ sơ", "Printed form of a dossier", by="number"),
    "slips:control": shows(_DOSSIER, "In phiếu kiểm soát", "Process control slip", by="number"),
    "slips:process": shows(_DOSSIER, "In quá trình giải quyết", "Print of the process", by="number"),
    "slips:hand-over": shows(_DOSSIER, "In phiếu bàn giao", "Hand-over slip", by="number"),
}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {}
