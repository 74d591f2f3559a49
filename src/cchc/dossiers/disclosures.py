"""What pages of this room show of people: owners of dossiers, and who works on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import CHANGES, IN_OFFICE, NO_PERSON, Disclosing, Silence, shows

_DOSSIER: Final = "dossiers.Dossier"

DISCLOSES: Final[Mapping[str, Disclosing]] = {
    "dossiers:desk": shows(_DOSSIER, "Xem danh sách hồ sơ", "List of dossiers"),
    "dossiers:dossier": shows(_DOSSIER, "Xem hồ sơ", "Page of a dossier", by="number"),
    "dossiers:leader-rows": shows(_DOSSIER, "Xem hồ sơ theo số liệu lãnh đạo", "Rows of the leader's view"),
    "dossiers:archive-list": shows(_DOSSIER, "Xem danh sách lưu trữ hồ sơ", "List of the archive"),
    "dossiers:batch": shows(_DOSSIER, "Xem danh sách hồ sơ tiếp nhận", "List of dossiers received at once"),
    "dossiers:batch-results": shows(_DOSSIER, "Tải danh sách hồ sơ tiếp nhận", "Download of a list of dossiers"),
    "dossiers:files": shows(_DOSSIER, "Xem tệp của hồ sơ", "Files of a dossier", by="number"),
}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {
    CHANGES: (
        "dossiers:batch-receive",
        "dossiers:batch-set-aside",
        "dossiers:several",
        "dossiers:act",
        "dossiers:advice",
        "dossiers:archive",
        "dossiers:correct",
        "dossiers:end-absence",
        "dossiers:note-absence",
        "dossiers:reassign",
        "dossiers:remind",
        "dossiers:send-again",
        "dossiers:ask-advice",
        "dossiers:take-back-advice",
        "dossiers:paper",
        "dossiers:receive",
        "dossiers:target-end",
        "dossiers:target-set",
        "dossiers:step-act",
    ),
    IN_OFFICE: ("dossiers:absences", "dossiers:leading", "dossiers:targets"),
    NO_PERSON: (
        "dossiers:adoption",
        "dossiers:adoption-csv",
        "dossiers:adoption-dossiers",
        "dossiers:adoption-procedures",
        "dossiers:adoption-xlsx",
        "dossiers:bulk",
        "dossiers:bulk-template",
        "dossiers:counters",
        "dossiers:electronic",
        "dossiers:failed",
        "dossiers:intake",
        "dossiers:quality",
        "dossiers:quality-dossiers",
        "dossiers:quality-xlsx",
        "dossiers:recounted",
        "dossiers:why",
    ),
}
