"""What the fields are that watch dossiers before they are late. Who has a step that will be late says something about
an official.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Field, Fields, internal, personal
from cchc.oversight.purposes import WATCHING

WATCHED: Final[Mapping[str, Fields]] = {
    "oversight.StepDuration": {
        "id": ROW_NUMBER,
        "procedure": internal("Mã thủ tục", "Procedure"),
        "unit": internal("Đơn vị", "Unit"),
        "step": internal("Bước", "Step"),
        "cases": internal("Số hồ sơ đã giải quyết", "Settled cases"),
        "low": internal("Phút làm việc, bách phân vị 10", "Working minutes, 10th per cent"),
        "quarter": internal("Phút làm việc, tứ phân vị 1", "Working minutes, first quartile"),
        "median": internal("Phút làm việc, trung vị", "Working minutes, median"),
        "three_quarters": internal("Phút làm việc, tứ phân vị 3", "Working minutes, third quartile"),
        "high": internal("Phút làm việc, bách phân vị 90", "Working minutes, 90th per cent"),
        "first_on": internal("Từ ngày", "From"),
        "last_on": internal("Đến ngày", "To"),
        "computed_at": internal("Thời điểm tính", "Counted at"),
    },
    "oversight.StepForecast": {
        "id": ROW_NUMBER,
        "step": internal("Bước đang xử lý", "Step at work"),
        "dossier": internal("Hồ sơ", "Dossier"),
        "version": internal("Lần thay đổi đã đọc", "Version that was read").inner(),
        "unit": internal("Đơn vị", "Unit"),
        "holder": personal("Cán bộ giữ bước", "Official who holds the step", WATCHING),
        "due_at": internal("Ngày hẹn", "Appointment"),
        "is_waiting": internal("Đang dừng tính thời hạn", "Waiting"),
        "early_at": internal("Dự kiến xong, sớm", "Expected end, early"),
        "expected_at": internal("Dự kiến xong", "Expected end"),
        "late_at": internal("Dự kiến xong, muộn", "Expected end, late"),
        "minutes_left": internal("Số phút làm việc còn cần", "Working minutes still needed"),
        "beyond_minutes": internal("Số phút làm việc vượt ngày hẹn", "Working minutes beyond the appointment"),
        "basis": internal("Căn cứ ước tính", "Basis of the estimate"),
        "cases": internal("Số hồ sơ làm căn cứ", "Cases it rests on"),
        "chain": internal("Các bước còn lại", "Steps that are left"),
        "computed_at": internal("Thời điểm tính", "Counted at"),
        "stale_at": internal("Tính lại sau", "Counted again after").inner(),
    },
    "oversight.ForecastTold": {
        "id": ROW_NUMBER,
        "step": internal("Bước đang xử lý", "Step at work"),
        "recipient": personal("Người được báo", "Who was told", ACCOUNTABILITY),
        "level": internal("Với tư cách", "As whom"),
        "due_at": internal("Ngày hẹn", "Appointment"),
        "expected_at": internal("Dự kiến xong", "Expected end"),
        "beyond_minutes": internal("Số phút làm việc vượt ngày hẹn", "Working minutes beyond the appointment"),
        "told_at": internal("Thời điểm báo", "Told at"),
    },
}
WATCH_EVENT_KEYS: Final[Mapping[str, Field]] = {
    "procedure": internal("Mã thủ tục", "Procedure"),
    "durations": internal("Số bước có thời gian thường lệ", "Steps with a usual duration"),
    "dossiers": internal("Số hồ sơ", "Dossiers"),
    "forecasts": internal("Số dự kiến", "Forecasts"),
    "unknown": internal("Chưa dự kiến được", "Without a forecast"),
}
