"""What officials of units, and members of the council, are told of a round."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from cchc.notices.kinds import Mail, NoticeKind
from cchc.records.text import LocalText

APPRAISED: Final = "assessments.appraised"
EXPLAIN_SOON: Final = "assessments.explain_soon"
SUBMIT_SOON: Final = "assessments.submit_soon"
HANDED_BACK: Final = "assessments.sheet_handed_back"
COMPLETE: Final = "assessments.sheet_complete"
SLIPS: Final = "assessments.slips_asked"
SESSION: Final = "assessments.session_entered"
VISIT_PLANNED: Final = "assessments.visit_planned"
VISIT_MOVED: Final = "assessments.visit_moved"
VISIT_TAKEN_BACK: Final = "assessments.visit_taken_back"
VOTE: Final = "assessments.vote_asked"
REOPENED: Final = "assessments.round_reopened"


def _sheet(subject_id: str) -> str:
    return reverse("assessments:sheet", args=[subject_id])


def _explanations(subject_id: str) -> str:
    return reverse("assessments:explanations", args=[subject_id])


def _council(subject_id: str) -> str:
    return reverse("assessments:council", args=[subject_id])


def _round(subject_id: str) -> str:
    return reverse("assessments:round", args=[subject_id])


def _vote(subject_id: str) -> str:
    return reverse("assessments:vote", args=[subject_id])


KINDS: Final = (
    NoticeKind(
        APPRAISED,
        LocalText("Thông báo kết quả thẩm định", "Results of appraisal"),
        ("round", "unit", "questions", "until", "by"),
        _explanations,
    ),
    NoticeKind(
        EXPLAIN_SOON,
        LocalText("Sắp hết hạn giải trình", "Explanations are due soon"),
        ("round", "unit", "questions", "until"),
        _explanations,
    ),
    NoticeKind(
        SUBMIT_SOON,
        LocalText("Sắp hết hạn tự chấm điểm", "The self-score is due soon"),
        ("round", "unit", "until"),
        _sheet,
    ),
    NoticeKind(
        HANDED_BACK,
        LocalText("Bản chấm điểm được trả lại", "A sheet is handed back"),
        ("unit", "round", "text", "by"),
        _sheet,
    ),
    NoticeKind(
        COMPLETE,
        LocalText("Bản chấm điểm đã đủ, chờ khóa và gửi", "A sheet is complete and waits to be submitted"),
        ("unit", "round", "by"),
        _sheet,
    ),
    NoticeKind(
        VISIT_PLANNED,
        LocalText("Lịch kiểm tra thực tế tại đơn vị", "The unit is visited for the field check"),
        ("unit", "round", "day", "half", "place", "note", "by"),
        _sheet,
    ),
    NoticeKind(
        VISIT_MOVED,
        LocalText("Đổi lịch kiểm tra thực tế tại đơn vị", "The visit of the field check is moved"),
        ("unit", "round", "before", "day", "half", "place", "note", "by"),
        _sheet,
    ),
    NoticeKind(
        VISIT_TAKEN_BACK,
        LocalText("Bỏ lịch kiểm tra thực tế tại đơn vị", "The visit of the field check is taken back"),
        ("unit", "round", "day", "text", "by"),
        _sheet,
    ),
    NoticeKind(
        SLIPS,
        LocalText("Xin ý kiến thành viên Hội đồng", "Opinion slips are asked for"),
        ("round", "items", "until", "by"),
        _council,
    ),
    NoticeKind(
        SESSION,
        LocalText("Phiên họp Hội đồng", "A session of the council"),
        ("round", "number", "day", "place", "by"),
        _council,
    ),
    NoticeKind(
        VOTE,
        LocalText("Nội dung chờ biểu quyết", "Something is put to the vote"),
        ("round", "unit", "criterion", "what", "by"),
        _vote,
        mail=Mail.DAILY,
    ),
    NoticeKind(
        REOPENED,
        LocalText("Đợt chấm điểm mở lại để Hội đồng xem xét", "A round is opened again for the council"),
        ("round", "text", "by"),
        _round,
    ),
)
