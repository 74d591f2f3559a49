"""What pages of this room show of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import CHANGES, IN_OFFICE, NO_PERSON, OWN, Disclosing, Silence, exports, shows

_LOG: Final = "privacy.DisclosureLog"
_CHAIN: Final = "audit.AuditEvent"
_IMPORT: Final = "organizations.RegisterImport"
DISCLOSES: Final[Mapping[str, Disclosing]] = {
    "organizations:official": shows("organizations.Official", "Trang của cán bộ", "Page of an official"),
    "organizations:official-change": shows(
        "organizations.Official", "Sửa tên, liên hệ của cán bộ", "Changing an official's name and contact"
    ),
    "organizations:official-leave": shows(
        "organizations.Official", "Cán bộ thôi công tác: những gì kết thúc", "An official leaves: what ends with it"
    ),
    "organizations:officials": shows("organizations.Official", "Danh sách cán bộ", "List of officials"),
    "organizations:import-export": exports(
        "organizations.Official", "Tải danh sách đơn vị, cán bộ", "Download of units and officials"
    ),
    "organizations:import": shows(_IMPORT, "Tệp nhập danh sách", "File of units and officials", by="number"),
    "organizations:import-problems": exports(_IMPORT, "Tải lỗi của tệp nhập", "Download of errors in a file"),
    "organizations:import-changes": exports(_IMPORT, "Tải thay đổi của tệp nhập", "Download of changes by a file"),
    "organizations:export": exports(
        "organizations.Export", "Tải bảng do tác vụ lập", "Download of a table that a job wrote", by="number"
    ),
    "organizations:changes": shows(_CHAIN, "Nhật ký thay đổi", "Who changed what"),
    "organizations:changes-taken": exports(_CHAIN, "Tải nhật ký thay đổi", "Download of who changed what"),
    "organizations:disclosures": shows(_LOG, "Nhật ký xem dữ liệu cá nhân", "Log of disclosures"),
    "organizations:official-disclosures": shows(_LOG, "Ai đã xem dữ liệu của cán bộ", "Who saw an official's data"),
}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {
    CHANGES: (
        "organizations:calendar-bring-in",
        "organizations:retention-run",
        "organizations:chain-check",
        "organizations:act-for",
        "organizations:import-check",
        "organizations:import-commit",
        "organizations:import-set-aside",
        "organizations:official-account",
        "organizations:official-account-close",
        "organizations:official-account-factor",
        "organizations:official-account-password",
        "organizations:official-account-reopen",
        "organizations:official-deputy",
        "organizations:official-deputy-end",
        "organizations:official-enter",
        "organizations:official-grant",
        "organizations:official-transfer",
        "organizations:official-withdraw",
        "organizations:official-beside",
        "organizations:posting-end",
        "organizations:posting-correct",
        "organizations:posting-take-back",
        "organizations:calendar-take-back",
        "organizations:placement-correct",
        "organizations:unit-first-day-correct",
        "organizations:placement-take-back",
        "organizations:unit-calendar",
        "organizations:unit-change",
        "organizations:unit-end",
        "organizations:unit-found",
        "organizations:unit-merge",
        "organizations:unit-split",
        "organizations:unit-supervision",
        "organizations:unit-supervision-end",
    ),
    IN_OFFICE: ("organizations:unit",),
    NO_PERSON: (
        "organizations:export-ask",
        "organizations:import-template",
        "organizations:units",
        "organizations:retention",
    ),
    OWN: ("organizations:account", "organizations:imports"),
}
