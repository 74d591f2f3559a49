"""What the fields of questions to the record are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Fields, internal, personal, post_then
from cchc.oversight.purposes import WATCHING

SIGNALS: Final[Mapping[str, Fields]] = {
    "oversight.KeptSignal": {
        "id": ROW_NUMBER,
        "source": internal("Nguồn", "Source"),
        "dossier": internal("Hồ sơ", "Dossier"),
        "kind": internal("Loại câu hỏi", "Kind of question"),
        "at": internal("Thời điểm", "At"),
        "month": internal("Tháng", "Month"),
        "official": personal("Cán bộ", "Official", WATCHING),
        "holder_name": personal("Tên trong nhật ký", "Name in the log", WATCHING),
        "unit": internal("Đơn vị", "Unit"),
        "unit_name": internal("Tên đơn vị trong nhật ký", "Name of the unit in the log"),
        "step": internal("Bước", "Step"),
        "count": internal("Số lượng", "Count"),
        "other_at": internal("Thời điểm đối chiếu", "Other moment"),
    },
    "oversight.SignalAnswer": {
        "id": ROW_NUMBER,
        "source": internal("Nguồn", "Source"),
        "code": internal("Mã hồ sơ", "Code"),
        "kind": internal("Loại câu hỏi", "Kind of question"),
        "at": internal("Thời điểm", "At"),
        "text": personal("Trả lời", "Answer", WATCHING),
        "answered_at": internal("Thời điểm trả lời", "Answered at"),
        "answered_by": personal("Người trả lời", "Answered by", ACCOUNTABILITY),
        "answered_as": post_then("người trả lời", "it was answered", ACCOUNTABILITY),
    },
}
