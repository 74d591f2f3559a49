"""Kinds of events of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

ROUND_OPENED: Final = "assessments.round_opened"
ROUND_CHANGED: Final = "assessments.round_changed"
ROUND_MOVED: Final = "assessments.round_moved_on"
SET_BROUGHT_IN: Final = "assessments.set_brought_in"
UNITS_TAKEN_IN: Final = "assessments.units_taken_in"
UNIT_LEFT_OUT: Final = "assessments.unit_left_out"
CHARGE_GIVEN: Final = "assessments.charge_given"
CHARGE_ENDED: Final = "assessments.charge_ended"
ANSWER_WRITTEN: Final = "assessments.answer_written"
ANSWERS_UPLOADED: Final = "assessments.answers_uploaded"
ANSWERS_IMPORTED: Final = "assessments.answers_imported"
ANSWERS_SET_ASIDE: Final = "assessments.answers_set_aside"
SHEET_COMPLETE: Final = "assessments.sheet_complete"
SHEET_SUBMITTED: Final = "assessments.sheet_submitted"
SHEET_HANDED_BACK: Final = "assessments.sheet_handed_back"
SHEET_EXPLAINED: Final = "assessments.sheet_explained"
QUESTION_ASKED: Final = "assessments.question_asked"
QUESTION_ANSWERED: Final = "assessments.question_answered"
QUESTION_TAKEN_BACK: Final = "assessments.question_taken_back"
FREEZE_PROPOSED: Final = "assessments.freeze_proposed"
FREEZE_WITHDRAWN: Final = "assessments.freeze_withdrawn"
RESULT_FROZEN: Final = "assessments.result_frozen"
SESSION_HELD: Final = "assessments.session_held"
SESSION_CHANGED: Final = "assessments.session_changed"
OPINIONS_ASKED: Final = "assessments.opinions_asked"
OPINION_GIVEN: Final = "assessments.opinion_given"
MOTION_PUT: Final = "assessments.motion_put"
MOTION_CONCLUDED: Final = "assessments.motion_concluded"
VOTE_CAST: Final = "assessments.vote_cast"
RESULT_APPROVED: Final = "assessments.result_approved"
REVIEW_ASKED: Final = "assessments.review_asked"
REVIEW_ANSWERED: Final = "assessments.review_answered"

UNITS_REMINDED: Final = "assessments.units_reminded"
FINDING_ENTERED: Final = "assessments.finding_entered"
FINDING_DECIDED: Final = "assessments.finding_decided"
VISIT_PLANNED: Final = "assessments.visit_planned"
VISIT_MOVED: Final = "assessments.visit_moved"
VISIT_TAKEN_BACK: Final = "assessments.visit_taken_back"
REASON_KEPT: Final = "assessments.reason_kept"
REASON_ENDED: Final = "assessments.reason_ended"
MEASURE_BOUND: Final = "assessments.measure_bound"
MEASURE_UNBOUND: Final = "assessments.measure_unbound"

KINDS: Final[Mapping[str, LocalText]] = {
    ROUND_OPENED: LocalText("Lập đợt chấm điểm", "Round opened"),
    ROUND_CHANGED: LocalText("Sửa thông tin đợt chấm điểm", "Round changed"),
    ROUND_MOVED: LocalText("Chuyển giai đoạn của đợt chấm điểm", "Round moved on"),
    SET_BROUGHT_IN: LocalText("Đưa bộ tiêu chí vào đợt", "Criteria set brought in"),
    UNITS_TAKEN_IN: LocalText("Đưa đơn vị vào đợt", "Units taken in"),
    UNIT_LEFT_OUT: LocalText("Bỏ đơn vị khỏi đợt", "Unit left out"),
    CHARGE_GIVEN: LocalText("Phân công thẩm định", "Charged to appraise"),
    CHARGE_ENDED: LocalText("Thôi phân công thẩm định", "No longer charged to appraise"),
    ANSWER_WRITTEN: LocalText("Ghi số liệu, điểm của tiêu chí", "Figures or points of a criterion written"),
    ANSWERS_UPLOADED: LocalText("Tải lên tệp bản chấm điểm", "File of answers uploaded"),
    ANSWERS_IMPORTED: LocalText("Nhập bản chấm điểm từ tệp", "Answers imported"),
    ANSWERS_SET_ASIDE: LocalText("Bỏ tệp bản chấm điểm", "File of answers laid aside"),
    SHEET_COMPLETE: LocalText("Bản tự chấm đã đủ nội dung", "Self-score complete"),
    SHEET_SUBMITTED: LocalText("Khóa và gửi bản tự chấm", "Self-score locked and submitted"),
    SHEET_HANDED_BACK: LocalText("Trả lại bản tự chấm", "Self-score handed back"),
    SHEET_EXPLAINED: LocalText("Khóa và gửi giải trình", "Explanations submitted"),
    UNITS_REMINDED: LocalText("Nhắc đơn vị trước khi hết hạn", "Units reminded before the last day"),
    FINDING_ENTERED: LocalText("Ghi kết quả kiểm tra thực tế", "Finding of the field check entered"),
    FINDING_DECIDED: LocalText("Quyết định kết quả kiểm tra thực tế", "Finding of the field check decided"),
    VISIT_PLANNED: LocalText("Xếp lịch kiểm tra thực tế", "Visit of the field check planned"),
    VISIT_MOVED: LocalText("Đổi lịch kiểm tra thực tế", "Visit of the field check moved"),
    VISIT_TAKEN_BACK: LocalText("Bỏ lịch kiểm tra thực tế", "Visit of the field check taken back"),
    REASON_KEPT: LocalText("Lưu mẫu lý do", "Reason kept for equal cases"),
    REASON_ENDED: LocalText("Thôi dùng mẫu lý do", "Kept reason no longer used"),
    MEASURE_BOUND: LocalText("Gắn số đo với tiêu chí", "Measure bound to a criterion"),
    MEASURE_UNBOUND: LocalText("Thôi gắn số đo", "Measure no longer bound"),
    QUESTION_ASKED: LocalText("Yêu cầu giải trình", "Explanation asked for"),
    QUESTION_ANSWERED: LocalText("Giải trình", "Explanation given"),
    QUESTION_TAKEN_BACK: LocalText("Rút yêu cầu giải trình", "Request for an explanation taken back"),
    FREEZE_PROPOSED: LocalText("Đề nghị chốt kết quả", "Freezing of the result proposed"),
    FREEZE_WITHDRAWN: LocalText("Rút đề nghị chốt kết quả", "Proposal to freeze withdrawn"),
    RESULT_FROZEN: LocalText("Chốt kết quả", "Result frozen"),
    SESSION_HELD: LocalText("Ghi phiên họp Hội đồng", "Session of the council entered"),
    SESSION_CHANGED: LocalText("Sửa phiên họp Hội đồng", "Session of the council changed"),
    OPINIONS_ASKED: LocalText("Xin ý kiến thành viên Hội đồng", "Opinions of the members asked for"),
    OPINION_GIVEN: LocalText("Cho ý kiến bằng phiếu", "Opinion given on a slip"),
    MOTION_PUT: LocalText("Đưa nội dung ra Hội đồng", "Motion put before the council"),
    MOTION_CONCLUDED: LocalText("Kết luận nội dung biểu quyết", "Motion concluded"),
    VOTE_CAST: LocalText("Biểu quyết", "Vote cast"),
    RESULT_APPROVED: LocalText("Phê duyệt kết quả", "Result approved"),
    REVIEW_ASKED: LocalText("Kiến nghị xem xét lại kết quả", "Review of the result asked for"),
    REVIEW_ANSWERED: LocalText("Trả lời kiến nghị xem xét lại", "Request for a review answered"),
}
