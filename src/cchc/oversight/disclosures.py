"""What pages of this room show of people: who had dossiers, who is named with them. Owners stand on none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.privacy.disclosing import CHANGES, NO_PERSON, OWN, Disclosing, Silence, exports, shows

_OFFICIAL: Final = "organizations.Official"
_LIST: Final = "oversight.MonthlyList"
_ITEM: Final = "oversight.ListedItem"

DISCLOSES: Final[Mapping[str, Disclosing]] = {
    "oversight:board": shows(_OFFICIAL, "Xem bảng hồ sơ chậm, quá hạn", "Board of slow and overdue dossiers"),
    "oversight:rows": shows(_OFFICIAL, "Xem hồ sơ sau số liệu chậm, quá hạn", "Dossiers behind a figure of the board"),
    "oversight:process": shows(_OFFICIAL, "Xem quy trình, chuyển giao hồ sơ", "Hand-overs between officials"),
    "oversight:spells": shows(_OFFICIAL, "Xem các đoạn giữ hồ sơ", "Stretches of dossiers"),
    "oversight:watch": shows(_OFFICIAL, "Xem hồ sơ sắp quá hạn theo cán bộ", "Becoming late, by official"),
    "oversight:watch-rows": shows(_OFFICIAL, "Xem hồ sơ sắp quá hạn", "Dossiers that become late"),
    "oversight:watch-download": exports(_OFFICIAL, "Tải hồ sơ sắp quá hạn", "Dossiers that become late, taken along"),
    "oversight:signals": shows(_OFFICIAL, "Xem câu hỏi về ghi nhận hồ sơ", "Questions to the record"),
    "oversight:dossier": shows(_OFFICIAL, "Xem thời gian giữ hồ sơ", "Whose time a dossier was"),
    "oversight:log": shows(
        "oversight.LogImport", "Xem nhật ký của hệ thống khác", "Log of another system", by="number"
    ),
    "oversight:name": shows("oversight.SourceName", "Xem tên trong nhật ký", "Name in a log", by="number"),
    "oversight:names": shows("oversight.SourceName", "Xem tên trong nhật ký", "Names in logs"),
    "oversight:record": shows(_OFFICIAL, "Xem bản ghi tháng của cán bộ", "Monthly record of an official"),
    "oversight:verdicts": shows(_OFFICIAL, "Xem kết luận quá hạn, quên thao tác", "Verdicts real or forgotten"),
    "oversight:download": exports(_OFFICIAL, "Tải bảng hồ sơ chậm, quá hạn", "Board taken along"),
    "oversight:list": shows(_LIST, "Xem danh sách tháng", "Page of a monthly list", by="number"),
    "oversight:compiled": shows(_OFFICIAL, "Xem danh sách tháng tổng hợp", "Compiled monthly lists"),
    "oversight:compiled-paper": exports(
        _OFFICIAL, "Tải danh sách tháng tổng hợp", "Compiled monthly lists, taken along"
    ),
    "oversight:list-paper": exports(_LIST, "Tải danh sách tháng", "Monthly list taken along", by="number"),
    "oversight:list-notices": exports(_LIST, "Tải thông báo danh sách tháng", "Notices of a monthly list", by="number"),
    "oversight:list-notice-paper": exports(
        "oversight.ListNotice", "Tải thông báo danh sách tháng", "Notice of a monthly list taken along", by="number"
    ),
    "oversight:list-decide-several": shows(
        _LIST, "Xem phản hồi về danh sách tháng", "Replies to a monthly list", by="number"
    ),
    "oversight:list-item": shows(_ITEM, "Xem mục trong danh sách tháng", "Entry of a monthly list", by="number"),
    "oversight:list-notice": shows(
        "oversight.ListNotice", "Xem thông báo danh sách tháng", "Notice of a monthly list", by="number"
    ),
    "oversight:appraisal": shows(_OFFICIAL, "Xem số liệu đánh giá, thi đua", "Figures for appraisal and emulation"),
    "oversight:appraisal-rows": shows(_OFFICIAL, "Xem dòng của số liệu đánh giá", "Rows of figures for appraisal"),
    "oversight:appraisal-file": exports(_OFFICIAL, "Tải số liệu đánh giá, thi đua", "Figures for appraisal, taken"),
    "oversight:cases": shows(_OFFICIAL, "Xem hồ sơ xem xét trách nhiệm", "Cases of responsibility"),
    "oversight:case-rows": shows(_OFFICIAL, "Xem hồ sơ quá hạn, trách nhiệm", "Overdue dossiers by their cases"),
    "oversight:case": shows(
        "oversight.ResponsibilityCase", "Xem hồ sơ xem xét trách nhiệm", "Case of responsibility", by="number"
    ),
}
SILENT: Final[Mapping[Silence, tuple[str, ...]]] = {
    CHANGES: (
        "oversight:answer",
        "oversight:list-draft", "oversight:list-act", "oversight:list-reply", "oversight:list-decide",
        "oversight:list-received", "oversight:verdict-draw",
        "oversight:case-task", "oversight:item-task", "oversight:dossier-task",
        "oversight:case-act", "oversight:case-of-listed", "oversight:case-of-dossier", "oversight:case-of-record",
        "oversight:verify", "oversight:verify-several",
        "oversight:recheck",
        "oversight:log-aside", "oversight:log-columns", "oversight:log-give-up",
        "oversight:log-load", "oversight:log-new", "oversight:log-try", "oversight:log-yaml", "oversight:source-new",
    ),
    NO_PERSON: (
        "oversight:lists", "oversight:months", "oversight:log-rejects", "oversight:source",
        "oversight:sources",
    ),
    OWN: ("oversight:own",),
}  # fmt: skip
