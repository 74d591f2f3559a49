"""What the fields of this room are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Fields, Purpose, internal, personal, post_then, secret
from cchc.records.sources import Source, Verification
from cchc.records.text import LocalText

SETTLING: Final = Purpose(
    LocalText(
        "Tiếp nhận, giải quyết và trả kết quả thủ tục hành chính theo yêu cầu của chính người nộp",
        "Receiving, settling and handing over what its owner asked for",
    ),
    Source("Nghị định 118/2025/NĐ-CP"),
    Verification(
        False,
        "Chưa đối chiếu điều khoản với bản ký",
        "The article was not compared with the signed text",
    ),
)


def _said(name: str) -> Callable[[str], str]:
    def say(value: str) -> str:
        from cchc.dossiers import shown_words

        said: str = getattr(shown_words, name)(value)
        return said

    return say


FIELDS: Final[Mapping[str, Fields]] = {
    "dossiers.Dossier": {
        "id": ROW_NUMBER,
        "code": internal("Mã hồ sơ", "Code"),
        "unit": internal("Đơn vị tiếp nhận", "Received by"),
        "settling_unit": internal("Đơn vị giải quyết", "Settled by"),
        "procedure_version": internal("Phiên bản thủ tục", "Version of the procedure"),
        "subject": personal("Nội dung đề nghị", "What is asked for", SETTLING),
        "channel": internal("Hình thức nộp", "Channel", _said("channel_name")),
        "owner_name": personal("Chủ hồ sơ", "Owner", SETTLING),
        "owner_number": personal("Số định danh của chủ hồ sơ", "Identity number of the owner", SETTLING),
        "owner_address": personal("Địa chỉ chủ hồ sơ", "Address of the owner", SETTLING),
        "owner_phone": personal("Điện thoại chủ hồ sơ", "Phone of the owner", SETTLING),
        "owner_email": personal("Thư điện tử chủ hồ sơ", "Mail of the owner", SETTLING),
        "submitter_name": personal("Người nộp", "Handed in by", SETTLING),
        "submitter_number": personal("Số định danh của người nộp", "Identity number of who handed it in", SETTLING),
        "state": internal("Trạng thái", "State", _said("state_name")),
        "finance": internal("Phí, lệ phí", "Fees", _said("finance_name")),
        "delivery": internal("Trả kết quả", "Delivery", _said("delivery_name")),
        "version": internal("Lần thay đổi", "Version").inner(),
        "submitted_at": internal("Thời điểm nộp", "Handed in at"),
        "received_at": internal("Thời điểm tiếp nhận", "Received at"),
        "calendar": internal("Lịch làm việc áp dụng", "Calendar", _said("calendar_said")),
        "calendar_hash": internal("Mã băm lịch", "Hash of the calendar").inner(),
        "first_due_at": internal("Ngày hẹn đầu", "First appointment"),
        "due_at": internal("Ngày hẹn hiện nay", "Appointment"),
        "supplements": internal("Số lần yêu cầu bổ sung", "Times papers were asked for"),
        "extensions": internal("Số lần hẹn lại", "Times it was put off"),
        "fee": internal("Số tiền phải nộp", "Amount to pay"),
        "receipt": internal("Số biên lai", "Receipt"),
        "result_number": internal("Số văn bản kết quả", "Number of the result"),
        "result_on": internal("Ngày văn bản kết quả", "Day of the result"),
        "result_note": personal("Nội dung kết quả", "What came of it", SETTLING),
        "result_recorded_at": internal("Thời điểm ghi kết quả", "Result recorded at"),
        "settled_at": internal("Thời điểm xử lý xong", "Settled at"),
        "ended_at": internal("Thời điểm thôi tính thời hạn", "Ended at"),
        "handed_over_at": internal("Thời điểm trả kết quả", "Handed over at"),
        "handed_over_to": personal("Người nhận kết quả", "Handed over to", SETTLING),
        "handed_over_by_way": internal("Cách trả kết quả", "Handed over by", _said("way_name")),
        "synchronisation": internal("Đồng bộ trạng thái", "Synchronisation", _said("synchronisation_name")),
        "reported_code": internal("Mã trạng thái quốc gia báo gần nhất", "National code reported last"),
        "reports_made": internal("Số bản tin đồng bộ", "Reports made").inner(),
        "archived_at": internal("Thời điểm đưa vào lưu trữ", "Archived at"),
        "search_key": personal("Khóa tìm kiếm", "Search key", SETTLING).inner(),
        "is_sample": internal("Dữ liệu mẫu", "Sample"),
    },
    "dossiers.CodeSeries": {
        "id": ROW_NUMBER,
        "unit": internal("Đơn vị", "Unit"),
        "on": internal("Ngày", "Day"),
        "last": internal("Số cuối đã cấp", "Last number given"),
    },
    "dossiers.Slip": {
        "id": ROW_NUMBER,
        "dossier": internal("Hồ sơ", "Dossier"),
        "token": secret("Mã tra cứu trên phiếu", "Token of the slip"),
    },
    "dossiers.StepInstance": {
        "id": ROW_NUMBER,
        "dossier": internal("Hồ sơ", "Dossier"),
        "step": internal("Mã bước", "Step").inner(),
        "turn": internal("Lần thực hiện", "Turn"),
        "place": internal("Thứ tự bước", "Place"),
        "name_vi": internal("Tên bước", "Name of the step"),
        "name_en": internal("Tên bước bằng tiếng Anh", "Name in English").inner(),
        "role": internal("Vai trò thực hiện", "Role", _said("role_said")),
        "unit": internal("Đơn vị thực hiện", "Unit"),
        "is_agency": internal("Cơ quan khác thực hiện", "Done by another body"),
        "limit_amount": internal("Thời hạn của bước", "Limit"),
        "limit_unit": internal("Đơn vị tính thời hạn", "Unit of the limit").inner(),
        "state": internal("Trạng thái bước", "State", _said("step_state_name")),
        "holder": personal("Người giữ bước", "Holder", ACCOUNTABILITY),
        "begun_at": internal("Thời điểm đến lượt", "Begun at"),
        "due_at": internal("Hạn của bước", "Due at"),
        "ended_at": internal("Thời điểm xong trên hệ thống", "Ended at"),
    },
    "dossiers.DossierEvent": {
        "id": ROW_NUMBER,
        "dossier": internal("Hồ sơ", "Dossier"),
        "at": internal("Thời điểm", "Moment"),
        "act": internal("Việc đã làm", "What happened"),
        "state": internal("Trạng thái hồ sơ", "State of the dossier"),
        "step": internal("Bước", "Step"),
        "step_state": internal("Trạng thái bước", "State of the step"),
        "holder": personal("Người giữ bước", "Holder", ACCOUNTABILITY),
        "by": personal("Người thực hiện", "Who did it", ACCOUNTABILITY),
        "by_as": post_then("người thực hiện", "it was done", ACCOUNTABILITY),
        "reason_code": internal("Mã lý do", "Code of the reason"),
        "text": personal("Nội dung", "In words", SETTLING),
        "due_at": internal("Ngày hẹn khi đó", "Appointment then"),
    },
    "dossiers.Component": {
        "id": ROW_NUMBER,
        "dossier": internal("Hồ sơ", "Dossier"),
        "place": internal("Số thứ tự", "Place"),
        "component": internal("Mã thành phần", "Component").inner(),
        "name": internal("Tên giấy tờ", "Paper"),
        "originals": internal("Số bản chính", "Originals"),
        "certified": internal("Số bản sao chứng thực", "Certified copies"),
        "copies": internal("Số bản chụp", "Copies"),
        "has_file": internal("Có tệp", "As a file"),
        "is_reused": internal("Dùng lại dữ liệu đã có", "Reused"),
        "reused_from": internal("Dùng lại từ giấy tờ", "Reused from"),
        "taken_in_at": internal("Thời điểm nhận", "Taken in at"),
    },
    "dossiers.PauseRecord": {
        "id": ROW_NUMBER,
        "dossier": internal("Hồ sơ", "Dossier"),
        "kind": internal("Chờ gì", "Waits for"),
        "effect": internal("Cách tính thời hạn", "Effect on the limit"),
        "reason_code": internal("Mã lý do", "Code of the reason"),
        "asked": personal("Nội dung yêu cầu", "What is asked for", SETTLING),
        "begun_at": internal("Bắt đầu", "Begun at"),
        "begun_by": personal("Người cho dừng", "Who began it", ACCOUNTABILITY),
        "begun_as": post_then("người cho dừng", "it began", ACCOUNTABILITY),
        "ended_at": internal("Kết thúc", "Ended at"),
        "ended_by": personal("Người cho chạy tiếp", "Who ended it", ACCOUNTABILITY),
        "ended_as": post_then("người cho chạy tiếp", "it ended", ACCOUNTABILITY),
    },
    "dossiers.Appointment": {
        "id": ROW_NUMBER,
        "dossier": internal("Hồ sơ", "Dossier"),
        "made_at": internal("Thời điểm hẹn", "Made at"),
        "made_by": personal("Người hẹn", "Who made it", ACCOUNTABILITY),
        "made_as": post_then("người hẹn", "it was made", ACCOUNTABILITY),
        "due_at": internal("Ngày hẹn", "Due at"),
        "is_decision": internal("Hẹn lại theo quyết định", "Put off by a decision"),
        "reason_code": internal("Mã lý do", "Code of the reason"),
        "reason": personal("Lý do", "Reason", SETTLING),
    },
    "dossiers.ActualCompletion": {
        "id": ROW_NUMBER,
        "step": internal("Bước", "Step"),
        "done_at": internal("Thời điểm làm xong thực tế", "Really done at"),
        "evidence": personal("Căn cứ", "Evidence", SETTLING),
        "claimed_at": internal("Thời điểm ghi", "Claimed at"),
        "claimed_by": personal("Người ghi", "Who claimed it", ACCOUNTABILITY),
        "claimed_as": post_then("người ghi", "it was claimed", ACCOUNTABILITY),
    },
    "dossiers.Advice": {
        "id": ROW_NUMBER,
        "step": internal("Bước", "Step"),
        "official": personal("Cán bộ được hỏi", "Official asked", ACCOUNTABILITY),
        "unit": internal("Đơn vị được hỏi", "Unit asked"),
        "body": internal("Cơ quan ngoài hệ thống được hỏi", "Outside body asked"),
        "question": personal("Nội dung hỏi", "What is asked", SETTLING),
        "working_days": internal("Hạn trả lời, ngày làm việc", "Working days to answer"),
        "state": internal("Trạng thái", "State", _said("advice_state_name")),
        "asked_at": internal("Thời điểm hỏi", "Asked at"),
        "asked_by": personal("Người hỏi", "Who asked", ACCOUNTABILITY),
        "asked_as": post_then("người hỏi", "it was asked", ACCOUNTABILITY),
        "due_at": internal("Hạn trả lời", "Answer due at"),
        "lapsed_at": internal("Thời điểm báo quá hạn", "Silence reported at"),
        "answer": personal("Ý kiến trả lời", "Answer", SETTLING),
        "evidence": personal("Căn cứ", "Evidence", SETTLING),
        "closed_at": internal("Thời điểm kết thúc", "Closed at"),
        "closed_by": personal("Người trả lời, rút", "Who closed it", ACCOUNTABILITY),
        "closed_as": post_then("người trả lời, rút", "it was closed", ACCOUNTABILITY),
    },
    "dossiers.ProgressReport": {
        "id": ROW_NUMBER,
        "dossier": internal("Hồ sơ", "Dossier"),
        "number": internal("Số thứ tự bản tin", "Number"),
        "national_code": internal("Mã trạng thái quốc gia", "National code"),
        "state": internal("Trạng thái hồ sơ", "State of the dossier", _said("state_name")),
        "at": internal("Thời điểm đổi trạng thái", "Since"),
        "status": internal("Tình hình đồng bộ", "Status", _said("synchronisation_name")),
        "sent_at": internal("Thời điểm xuất tệp", "Exported at"),
        "answered_at": internal("Thời điểm trả lời", "Answered at"),
        "failure": internal("Lý do lỗi", "Reason of the refusal"),
    },
    "dossiers.ArchiveRecord": {
        "id": ROW_NUMBER,
        "dossier": internal("Hồ sơ", "Dossier"),
        "place": internal("Nơi để hồ sơ", "Place"),
        "retention_class": internal("Thời hạn lưu trữ", "Class of retention"),
        "keep_until": internal("Lưu đến ngày", "Kept until"),
        "laid_at": internal("Thời điểm đưa vào lưu trữ", "Archived at"),
        "laid_by": personal("Người đưa vào lưu trữ", "Who archived it", ACCOUNTABILITY),
        "laid_as": post_then("người đưa vào lưu trữ", "it was archived", ACCOUNTABILITY),
    },
    "dossiers.Correction": {
        "id": ROW_NUMBER,
        "dossier": internal("Hồ sơ", "Dossier"),
        "before": personal("Giá trị cũ", "Values before", SETTLING),
        "after": personal("Giá trị mới", "Values since", SETTLING),
        "reason": personal("Lý do đính chính", "Reason", SETTLING),
        "corrected_at": internal("Thời điểm đính chính", "Corrected at"),
        "corrected_by": personal("Người đính chính", "Who corrected it", ACCOUNTABILITY),
        "corrected_as": post_then("người đính chính", "it was corrected", ACCOUNTABILITY),
    },
}

EVENT_KEYS: Final[Mapping[str, Fields]] = {
    "dossiers.Dossier": {
        "papers": internal("Số giấy tờ đã nhận", "Papers taken in"),
        "place": internal("Nơi để hồ sơ", "Place"),
    },
}
