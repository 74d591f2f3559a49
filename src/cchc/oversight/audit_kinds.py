"""Kinds of events of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.oversight import audit_kinds_cases, audit_kinds_lists
from cchc.records.text import LocalText

SOURCE_ADDED: Final = "oversight.source_added"
SIGNAL_ANSWERED: Final = "oversight.signal_answered"
ROWS_KEPT: Final = "oversight.rows_kept"
REFRESHED: Final = "oversight.refreshed"
DURATIONS_KEPT: Final = "oversight.durations_kept"
FORECASTS_KEPT: Final = "oversight.forecasts_kept"
WATCHED: Final = "oversight.watched"
FORECAST_TOLD: Final = "oversight.forecast_told"
LOG_HANDED_IN: Final = "oversight.log_handed_in"
LOG_LOOKED_AT: Final = "oversight.log_looked_at"
LOG_MAPPED: Final = "oversight.log_mapped"
LOG_TRIED: Final = "oversight.log_tried"
LOG_LOADING: Final = "oversight.log_loading"
LOG_PART: Final = "oversight.log_part"
LOG_LOADED: Final = "oversight.log_loaded"
LOG_ASIDE: Final = "oversight.log_aside"
NAMES_NOTED: Final = "oversight.names_noted"
NAME_DECIDED: Final = "oversight.name_decided"

KINDS: Final[Mapping[str, LocalText]] = {
    SOURCE_ADDED: LocalText("Thêm nguồn hồ sơ theo dõi", "Source of dossiers added"),
    SIGNAL_ANSWERED: LocalText("Trả lời câu hỏi về ghi nhận hồ sơ", "Question to the record answered"),
    ROWS_KEPT: LocalText("Tính lại thời gian giữ hồ sơ", "Ledger of dossiers kept"),
    REFRESHED: LocalText("Cập nhật hồ sơ chậm, quá hạn", "Slow and overdue dossiers brought up to date"),
    DURATIONS_KEPT: LocalText("Tính lại thời gian thường lệ của các bước", "Usual durations of steps kept"),
    FORECASTS_KEPT: LocalText("Dự kiến lại ngày xong của hồ sơ", "Forecasts of dossiers kept"),
    WATCHED: LocalText("Cập nhật hồ sơ sắp quá hạn", "Forecasts of dossiers brought up to date"),
    FORECAST_TOLD: LocalText("Báo hồ sơ dự kiến không kịp ngày hẹn", "Told of a dossier expected to be late"),
    LOG_HANDED_IN: LocalText("Tải lên nhật ký của hệ thống khác", "Log of another system handed in"),
    LOG_LOOKED_AT: LocalText("Đọc nhật ký lần đầu", "Log looked at"),
    LOG_MAPPED: LocalText("Sửa ánh xạ cột của nhật ký", "Mapping of a log changed"),
    LOG_TRIED: LocalText("Chạy thử nhật ký", "Log tried"),
    LOG_LOADING: LocalText("Bắt đầu nhập nhật ký vào sổ", "Loading of a log begun"),
    LOG_PART: LocalText("Ghi một phần nhật ký vào sổ", "Part of a log written"),
    LOG_LOADED: LocalText("Nhập xong nhật ký", "Log loaded"),
    LOG_ASIDE: LocalText("Bỏ nhật ký đã tải lên", "Log laid aside"),
    NAMES_NOTED: LocalText("Ghi nhận tên có trong nhật ký", "Names in a log noted"),
    NAME_DECIDED: LocalText("Xác định tên trong nhật ký là ai", "Decided whom a name in a log means"),
    **audit_kinds_lists.KINDS,
    **audit_kinds_cases.KINDS,
}
