"""What pages of this room and of `interface`, which stands below it, show of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import CHANGES, IN_OFFICE, OWN, Disclosing, Silence, Way
from cchc.records.text import LocalText

DISCLOSES: Final[Mapping[str, Disclosing]] = {
    "interface:history": Disclosing(
        Way.READ, "", LocalText("Nhật ký thay đổi", "History of changes"), by="subject_id", typed_by="subject_type"
    ),
}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {
    CHANGES: ("interface:job-cancel", "interface:job-resume"),
    IN_OFFICE: ("interface:desk", "interface:pick", "interface:search"),
    OWN: ("interface:job",),
}
