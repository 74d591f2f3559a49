"""What pages of this room show of people: a paper may name anybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import CHANGES, IN_OFFICE, NO_PERSON, Disclosing, Silence, exports, shows

_PAPER: Final = "papers.Paper"
DISCLOSES: Final[Mapping[str, Disclosing]] = {
    "papers:paper": shows(_PAPER, "Trang của văn bản", "Page of a paper", by="number"),
    "papers:download": exports(_PAPER, "Tải văn bản", "Download of a paper", by="number"),
}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {
    CHANGES: (
        "papers:attach",
        "papers:bases-commit",
        "papers:bases-hand-in",
        "papers:bases-set-aside",
        "papers:basis-change",
        "papers:basis-enter",
        "papers:decide-approval",
        "papers:take-back-approval",
        "papers:discard",
        "papers:draft",
        "papers:issue",
        "papers:renew",
        "papers:replace",
        "papers:start",
        "papers:template-make",
        "papers:template-write",
        "papers:withdraw",
    ),
    IN_OFFICE: ("papers:papers",),
    NO_PERSON: (
        "papers:bases",
        "papers:bases-import",
        "papers:bases-template",
        "papers:basis",
        "papers:template",
        "papers:templates",
    ),
}
