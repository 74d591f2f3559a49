"""What the fields of lists of dossiers are, and of what is claimed about paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Fields, internal, personal, post_then
from cchc.dossiers.purposes import SETTLING

FIELDS: Final[Mapping[str, Fields]] = {
    "dossiers.IntakeBatch": {
        "id": ROW_NUMBER,
        "unit": internal("Đơn vị tiếp nhận", "Received by"),
        "file": internal("Tên tệp", "File"),
        "sha256": internal("Mã băm của tệp", "Hash of the file"),
        "content": internal("Nội dung tệp", "Content of the file").inner(),
        "asked_by": personal("Người tải lên", "Who uploaded it", ACCOUNTABILITY),
        "asked_for": personal("Làm thay cho", "On whose behalf", ACCOUNTABILITY),
        "is_typed": internal("Nhập tại quầy", "Typed at the counter"),
        "uploaded_at": internal("Thời điểm tải lên", "When it was uploaded"),
        "committed_at": internal("Thời điểm thực hiện", "When it was carried out"),
        "set_aside_at": internal("Thời điểm bỏ", "When it was laid aside"),
    },
    "dossiers.IntakeRow": {
        "id": ROW_NUMBER,
        "batch": internal("Danh sách", "List"),
        "place": internal("Dòng", "Row"),
        "said": personal("Nội dung dòng", "What the row says", SETTLING),
        "dossier": internal("Hồ sơ", "Dossier"),
        "why_vi": internal("Vì sao không tiếp nhận", "Why it was not received"),
        "why_en": internal("Vì sao không tiếp nhận, tiếng Anh", "Why it was not received, in English").inner(),
    },
    "dossiers.EarlierReception": {
        "id": ROW_NUMBER,
        "dossier": internal("Hồ sơ", "Dossier"),
        "handed_in_at": internal("Thời điểm nộp bản giấy", "Handed in on paper at"),
        "evidence": personal("Căn cứ", "What shows it", SETTLING),
        "claimed_at": internal("Thời điểm ghi", "Claimed at"),
        "claimed_by": personal("Người ghi", "Who claimed it", ACCOUNTABILITY),
        "claimed_as": post_then("người ghi", "it was claimed", ACCOUNTABILITY),
    },
}
