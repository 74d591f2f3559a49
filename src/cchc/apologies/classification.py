"""What the fields of this room are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Fields, internal, personal, post_then
from cchc.dossiers.classification import SETTLING


def _said(name: str) -> Callable[[str], str]:
    def say(value: str) -> str:
        from cchc.apologies import shown

        said: str = getattr(shown, name)(value)
        return said

    return say


FIELDS: Final[Mapping[str, Fields]] = {
    "apologies.Mistake": {
        "id": ROW_NUMBER,
        "dossier": internal("Hồ sơ", "Dossier"),
        "cause": internal("Loại sai sót", "Kind of mistake", _said("cause_name")),
        "text": personal("Sai sót", "What went wrong", SETTLING),
        "found_at": internal("Thời điểm phát hiện", "Found at"),
        "recorded_at": internal("Thời điểm ghi nhận", "Recorded at"),
        "recorded_by": personal("Người ghi nhận", "Who recorded it", ACCOUNTABILITY),
        "recorded_as": post_then("người ghi nhận", "it was recorded", ACCOUNTABILITY),
    },
    "apologies.Letter": {
        "id": ROW_NUMBER,
        "dossier": internal("Hồ sơ", "Dossier"),
        "mistake": internal("Sai sót", "Mistake"),
        "appointment": internal("Quyết định hẹn lại", "Decision to put off"),
        "turn": internal("Số lần hẹn lại trước đó", "Decisions before").inner(),
        "due_before": internal("Ngày hẹn được nêu", "Appointment it is about"),
        "cause": internal("Nguyên nhân", "Cause", _said("cause_name")),
        "reason": personal("Lý do", "Reason", SETTLING),
        "new_due_at": internal("Ngày hẹn mới", "New appointment"),
        "is_override": internal("Cho phép hẹn lại thêm lần nữa", "Allowed once more"),
        "state": internal("Trạng thái", "State", _said("letter_state")),
        "version": internal("Lần thay đổi", "Version").inner(),
        "drafted_at": internal("Thời điểm soạn", "Drafted at"),
        "drafted_by": personal("Người soạn", "Who drafted it", ACCOUNTABILITY),
        "drafted_as": post_then("người soạn", "it was drafted", ACCOUNTABILITY),
        "number": internal("Số văn bản", "Number"),
        "signed_on": internal("Ngày ký", "Signed on"),
        "signed_by": personal("Người ký", "Who signed it", ACCOUNTABILITY),
        "signed_as": post_then("người ký", "it was signed", ACCOUNTABILITY),
        "way": internal("Cách gửi", "Way", _said("way_name")),
        "sent_to": personal("Địa chỉ, số đã gửi đến", "Address that was used", SETTLING),
        "sent_at": internal("Thời điểm gửi", "Sent at"),
        "sent_by": personal("Người ghi nhận việc gửi", "Who noted that it was sent", ACCOUNTABILITY),
        "sent_as": post_then("người ghi nhận việc gửi", "it was noted", ACCOUNTABILITY),
        "owed_by": internal("Hạn gửi", "To be sent by"),
    },
    "apologies.LetterEntry": {
        "id": ROW_NUMBER,
        "letter": internal("Văn bản xin lỗi", "Letter of apology"),
        "at": internal("Thời điểm", "Moment"),
        "act": internal("Việc đã làm", "What happened"),
        "state": internal("Trạng thái", "State"),
        "by": personal("Người thực hiện", "Who did it", ACCOUNTABILITY),
        "by_as": post_then("người thực hiện", "it was done", ACCOUNTABILITY),
        "text": personal("Nội dung", "In words", SETTLING),
    },
    "apologies.Warned": {
        "id": ROW_NUMBER,
        "dossier": internal("Hồ sơ", "Dossier"),
        "rule": internal("Mốc nhắc", "Rule"),
        "about_at": internal("Về thời điểm", "About the moment"),
        "recipient": personal("Người được nhắc", "Who was told", ACCOUNTABILITY),
        "at": internal("Thời điểm nhắc", "Told at"),
    },
}
