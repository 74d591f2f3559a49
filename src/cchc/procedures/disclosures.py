"""What pages of this room show of people: who drafted, published and withdrew a version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import CHANGES, IN_OFFICE, NO_PERSON, Disclosing, Silence

DISCLOSES: Final[Mapping[str, Disclosing]] = {}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {
    CHANGES: (
        "procedures:change",
        "procedures:draft",
        "procedures:end",
        "procedures:hand-in",
        "procedures:import",
        "procedures:import-commit",
        "procedures:import-set-aside",
        "procedures:note-publication",
        "procedures:publish",
        "procedures:record",
        "procedures:review",
        "procedures:rewrite",
        "procedures:strike-publication",
        "procedures:withdraw",
    ),
    IN_OFFICE: ("procedures:procedure", "procedures:publication", "procedures:version"),
    NO_PERSON: (
        "procedures:bpmn",
        "procedures:catalogue",
        "procedures:download",
        "procedures:download-csv",
        "procedures:publications",
        "procedures:publications-csv",
        "procedures:publications-xlsx",
        "procedures:template",
    ),
}
