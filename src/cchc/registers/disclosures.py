"""What pages of this room show of people: who wrote an entry, who answers for a task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import CHANGES, IN_OFFICE, NO_PERSON, Disclosing, Silence

DISCLOSES: Final[Mapping[str, Disclosing]] = {}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {
    CHANGES: (
        "registers:change",
        "registers:close",
        "registers:correct",
        "registers:enter",
        "registers:give",
        "registers:hand-in",
        "registers:import",
        "registers:import-commit",
        "registers:import-set-aside",
        "registers:open",
        "registers:reopen",
        "registers:strike",
    ),
    IN_OFFICE: ("registers:entry", "registers:register", "registers:tasks"),
    NO_PERSON: ("registers:download", "registers:download-csv", "registers:registers", "registers:template"),
}
