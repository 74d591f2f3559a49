"""What the fields of cases of responsibility are: what is said of whom a case is about says something of a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Field, Fields, Purpose, internal, personal, post_then
from cchc.records.sources import Source, Verification
from cchc.records.text import LocalText

JUDGING: Final = Purpose(
    LocalText(
        "Xem xét trách nhiệm để hồ sơ chậm, quá hạn; khen thưởng, kỷ luật gắn với giải quyết hồ sơ",
        "Responsibility of units and officials for slow and overdue dossiers; commendation and discipline tied to them",
    ),
    Source("Công văn số 2624/UBND-TTHCC ngày 12/8/2022 của UBND tỉnh Kon Tum"),
    Verification(
        False,
        "Văn bản của tỉnh Kon Tum trước sắp xếp; chưa đối chiếu với văn bản của tỉnh sau sắp xếp",
        "A paper of Kon Tum before the mergers; not compared with one of the province after them",
    ),
)


def _said(name: str) -> Callable[[str], str]:
    def say(value: str) -> str:
        from cchc.oversight import shown_cases_words

        said: str = getattr(shown_cases_words, name)(value)
        return said

    return say


def _told(vi: str, en: str, name: str) -> Field:
    """Of a person, in the reader's words."""
    return replace(personal(vi, en, JUDGING), say=_said(name))


def _done(act: str, vi: str, en: str) -> dict[str, Field]:
    """Who did something, and in which post."""
    return {
        f"{act}_by": personal(f"Người {vi}", f"Who {en}", ACCOUNTABILITY),
        f"{act}_as": post_then(f"người {vi}", f"it was {en}", ACCOUNTABILITY),
    }


FIELDS: Final[Mapping[str, Fields]] = {
    "oversight.ResponsibilityCase": {
        "id": ROW_NUMBER,
        "about": internal("Về ai", "About whom", _said("about_name")),
        "official": personal("Người có liên quan", "Official it is about", JUDGING),
        "unit": internal("Đơn vị", "Unit"),
        "name": personal("Tên khi lập hồ sơ", "Name when it was opened", JUDGING),
        "post": post_then("người có liên quan", "it was opened", JUDGING),
        "listed": internal("Người có tên trong danh sách", "Who is listed"),
        "kept": internal("Hồ sơ quá hạn", "Late dossier"),
        "month": internal("Tháng", "Month"),
        "why": personal("Lý do lập", "Why it was opened", JUDGING),
        "state": internal("Trạng thái", "State", _said("case_state")),
        "version": internal("Lần thay đổi", "Version").inner(),
        "opened_at": internal("Thời điểm lập", "Opened at"),
        **_done("opened", "lập hồ sơ", "opened"),
        "question": personal("Nội dung yêu cầu giải trình", "What is to be explained", JUDGING),
        "due_at": internal("Thời hạn giải trình", "Explanation due"),
        "explanation": personal("Giải trình", "Explanation", JUDGING),
        "explained_at": internal("Thời điểm giải trình", "Explained at"),
        **_done("explained", "giải trình", "explained"),
        "conclusion": personal("Kết luận", "Conclusion", JUDGING),
        "measure": _told("Biện pháp", "Measure", "measure_name"),
        "concluded_at": internal("Thời điểm kết luận", "Concluded at"),
        **_done("concluded", "kết luận", "concluded"),
        "document_number": personal("Số văn bản", "Number of the document", JUDGING),
        "document_on": internal("Ngày văn bản", "Day of the document"),
        "document_by": internal("Cơ quan ban hành", "Authority of the document"),
        "is_sample": internal("Dữ liệu mẫu", "Sample"),
    },
    "oversight.CaseGround": {
        "id": ROW_NUMBER,
        "case": internal("Hồ sơ trách nhiệm", "Case"),
        "place": internal("Thứ tự", "Place"),
        "item": internal("Mục trong danh sách tháng", "Entry of the list"),
        "kept": internal("Hồ sơ", "Dossier"),
        "month": internal("Tháng", "Month"),
        "code": internal("Mã hồ sơ", "Code"),
        "procedure_name": internal("Tên thủ tục", "Name of the procedure"),
        "klass": internal("Loại", "Class"),
        "holder": personal("Người giữ hồ sơ", "Holder", JUDGING),
        "late": personal("Số phút bị tính", "Minutes charged", JUDGING),
        "overrun": personal("Số phút vượt thời hạn bước", "Minutes over the limit", JUDGING),
        "verdict": personal("Thực tế hay quên thao tác", "Real or forgotten", JUDGING),
        "reply": personal("Phản hồi", "Reply", JUDGING),
        "outcome": personal("Kết quả xem xét phản hồi", "Decision about the reply", JUDGING),
        "reason": personal("Lý do", "Reason", JUDGING),
    },
    "oversight.CaseEntry": {
        "id": ROW_NUMBER,
        "case": internal("Hồ sơ trách nhiệm", "Case"),
        "at": internal("Thời điểm", "Moment"),
        "act": internal("Việc đã làm", "What happened", _said("case_act")),
        "state": internal("Trạng thái", "State", _said("case_state")),
        "by": personal("Người thực hiện", "Who did it", ACCOUNTABILITY),
        "by_as": post_then("người thực hiện", "it was done", ACCOUNTABILITY),
        "text": personal("Nội dung", "In words", JUDGING),
    },
}
EVENT_KEYS: Final[Mapping[str, Fields]] = {
    "oversight.ResponsibilityCase": {
        "grounds": internal("Số hồ sơ làm căn cứ", "Number of grounds"),
    },
}
