"""What the fields of lists of dossiers are, of what is claimed about paper, and of targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Fields, internal, personal, post_then, public
from cchc.dossiers.purposes import SETTLING
from cchc.dossiers.targets import METRICS
from cchc.interface.errors import current_language


def _metric_said(code: str) -> str:
    known = METRICS.get(code)  # an older one may have gone
    return code if known is None else known.in_language(current_language())


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
    "dossiers.UnitTarget": {
        "id": ROW_NUMBER,
        "unit": public("Đơn vị", "Unit"),
        "metric": public("Chỉ số đo", "Metric", _metric_said),
        "year": public("Năm", "Year"),
        "percent": public("Tỷ lệ phải đạt, %", "Share to reach, %"),
        "volume": public("Số hồ sơ phải đạt", "Dossiers to reach"),
        "is_withdrawn": public("Đã bỏ", "Ended"),
        "number": public("Số quyết định", "Number of the decision"),
        "issued_on": public("Ngày quyết định", "Date of the decision"),
        "basis": public("Căn cứ", "Legal basis"),
        "reason": internal("Lý do thay đổi", "Why it was changed"),
        "set_at": internal("Thời điểm đặt", "Set at"),
        "set_by": personal("Người đặt", "Who set it", ACCOUNTABILITY),
        "set_as": post_then("người đặt", "it was set", ACCOUNTABILITY),
    },
}
