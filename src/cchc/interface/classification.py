"""What the fields of this room are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Fields, internal, personal

FIELDS: Final[Mapping[str, Fields]] = {
    "interface.Job": {
        "id": ROW_NUMBER,
        "kind": internal("Loại tác vụ", "Kind of job"),
        "parameters": internal("Tham số", "Parameters"),
        "key": internal("Khóa chống trùng", "Key against doubles"),
        "requested_by": personal("Người yêu cầu", "Who asked", ACCOUNTABILITY).of_actor(),
        "requested_at": internal("Thời điểm yêu cầu", "When it was asked for"),
        "state": internal("Trạng thái", "State"),
        "ended_at": internal("Thời điểm kết thúc", "When it ended"),
        "result": internal("Kết quả", "Result"),
        "problems": internal("Lý do thất bại", "Why it failed"),
    },
    "interface.JobLease": {
        "job": internal("Tác vụ", "Job"),
        "fence": internal("Số thứ tự quyền ghi", "Fence"),
        "worker": internal("Tiến trình", "Worker"),
        "free_at": internal("Thời điểm được nhận", "From when it may be taken"),
        "tries": internal("Số lần thử", "Attempts"),
        "done": internal("Đã xong", "Done"),
        "total": internal("Tổng số", "Of how many"),
        "saved": internal("Điểm lưu", "Last checkpoint"),
        "problems": internal("Lý do hoãn", "Why it was put off"),
    },
    "interface.ScheduleMark": {
        "id": ROW_NUMBER,
        "looked_until": internal("Đã xét lịch đến", "Looked through until"),
    },
}
