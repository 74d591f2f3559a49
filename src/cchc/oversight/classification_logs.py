"""What the fields of logs that are handed in are, and of the names in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Fields, internal, personal, post_then
from cchc.oversight.purposes import WATCHING

LOGS: Final[Mapping[str, Fields]] = {
    "oversight.LogImport": {
        "id": ROW_NUMBER,
        "source": internal("Nguồn", "Source"),
        "file": internal("Tệp nhật ký", "Log"),
        "state": internal("Trạng thái", "State"),
        "mapping": internal("Ánh xạ cột", "Mapping"),
        "looked": personal("Cột và các dòng đầu", "Columns and first rows", WATCHING),
        "tried": personal("Kết quả chạy thử", "What a trial came to", WATCHING),
        "tried_hash": internal("Mã băm ánh xạ đã chạy thử", "Hash of the mapping tried").inner(),
        "job": internal("Tác vụ", "Job").inner(),
        "drops_gone": internal("Bỏ hồ sơ không còn trong tệp", "Dossiers that are gone are taken out"),
        "load": internal("Lần nhập", "Reading").inner(),
        "handed_in_at": internal("Thời điểm tải lên", "Handed in at"),
        "handed_in_by": personal("Người tải lên", "Handed in by", ACCOUNTABILITY),
        "handed_in_as": post_then("người tải lên", "it was handed in", ACCOUNTABILITY),
        "version": internal("Lần thay đổi", "Version").inner(),
    },
    "oversight.SourceName": {
        "id": ROW_NUMBER,
        "source": internal("Nguồn", "Source"),
        "kind": internal("Loại tên", "Kind of name"),
        "text": personal("Tên trong nhật ký", "Name in the log", WATCHING),
        "unit_text": internal("Đơn vị ghi bên cạnh", "Unit beside it"),
        "steps": internal("Số bước", "Steps"),
        "late_minutes": personal("Số phút quá hạn", "Late minutes", WATCHING),
        "meant": internal("Xác định", "Decision"),
        "official": personal("Cán bộ", "Official", WATCHING),
        "unit": internal("Đơn vị", "Unit"),
        "decided_at": internal("Thời điểm xác định", "Decided at"),
        "decided_by": personal("Người xác định", "Decided by", ACCOUNTABILITY),
        "decided_as": post_then("người xác định", "it was decided", ACCOUNTABILITY),
        "version": internal("Lần thay đổi", "Version").inner(),
    },
}
LOG_EVENT_KEYS: Final[Mapping[str, Fields]] = {
    "oversight.LogImport": {
        "columns": internal("Số cột", "Columns"),
        "mapping_hash": internal("Mã băm ánh xạ", "Hash of the mapping").inner(),
        "new": internal("Hồ sơ mới", "New dossiers"),
        "changed": internal("Hồ sơ thay đổi", "Changed dossiers"),
        "same": internal("Hồ sơ không đổi", "Unchanged dossiers"),
        "gone": internal("Hồ sơ không còn trong tệp", "Dossiers no longer there"),
        "is_partial": internal("Dừng giữa chừng", "Given up on the way"),
    },
}
