"""What pages of this room show of people: who had dossiers. Owners stand on none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import NO_PERSON, Disclosing, Silence, shows

_OFFICIAL: Final = "organizations.Official"

DISCLOSES: Final[Mapping[str, Disclosing]] = {
    "oversight:board": shows(_OFFICIAL, "Xem bảng hồ sơ chậm, quá hạn", "Board of slow and overdue dossiers"),
    "oversight:rows": shows(_OFFICIAL, "Xem hồ sơ sau số liệu chậm, quá hạn", "Dossiers behind a figure of the board"),
    "oversight:dossier": shows(
        "oversight.KeptDossier", "Xem thời gian giữ hồ sơ", "Whose time a dossier was", by="number"
    ),
    "oversight:record": shows(_OFFICIAL, "Xem bản ghi tháng của cán bộ", "Monthly record of an official"),
}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {NO_PERSON: ("oversight:download", "oversight:months")}
