"""What pages of this room show of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import CHANGES, NO_PERSON, Disclosing, Silence

DISCLOSES: Final[Mapping[str, Disclosing]] = {}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {
    CHANGES: ("feedback:hand-out", "feedback:take-in", "feedback:type-paper"),
    NO_PERSON: ("feedback:open-tablet", "feedback:paper"),
}
