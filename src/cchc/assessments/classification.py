"""What the fields of this room are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.assessments.halves import HALVES
from cchc.assessments.motions import CARRIED, MOTIONS, REJECTED, VOTES
from cchc.assessments.states import ROUND, SHEET
from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Fields, internal, personal, post_then
from cchc.records.states import StateTable
from cchc.records.text import LocalText


def _said(table: StateTable, id_: str) -> str:
    from cchc.interface.errors import current_language

    return table.state(id_).name.in_language(current_language())


def _state(id_: str) -> str:
    return _said(ROUND, id_)


def _sheet_state(id_: str) -> str:
    return _said(SHEET, id_)


def _motion(id_: str) -> str:
    return _named(MOTIONS, id_)


def _vote(id_: str) -> str:
    return _named(VOTES, id_)


def _half(id_: str) -> str:
    return _named(HALVES, id_)


def _outcome(id_: str) -> str:
    return _named({CARRIED: LocalText("thông qua", "carried"), REJECTED: LocalText("không thông qua", "rejected")}, id_)


def _named(names: Mapping[str, LocalText], id_: str) -> str:
    from cchc.interface.errors import current_language

    return names[id_].in_language(current_language()) if id_ in names else id_


_ROUND: Final = internal("Đợt chấm điểm", "Round")
_SHEET: Final = internal("Bản chấm điểm", "Sheet")
_CRITERION: Final = internal("Mã tiêu chí", "Criterion")
_STAGE: Final = internal("Giai đoạn chấm", "Stage")
_VERSION: Final = internal("Lần sửa", "Version").inner()
_SEARCH_KEY: Final = internal("Khóa tìm kiếm", "Search key").inner()
_GROUP: Final = internal("Nhóm đơn vị", "Group of units")

FIELDS: Final[Mapping[str, Fields]] = {
    "assessments.Round": {
        "id": ROW_NUMBER,
        "title": internal("Tên đợt chấm điểm", "Title"),
        "year": internal("Năm đánh giá", "Year"),
        "organizer": internal("Đơn vị tổ chức", "Held by"),
        "assessed_from": internal("Đánh giá từ ngày", "Assessed from"),
        "assessed_to": internal("Đánh giá đến ngày", "Assessed to"),
        "cut_off_on": internal("Ngày chốt số liệu", "Cut-off of data"),
        "state": internal("Trạng thái", "State", _state),
        "criteria_id": internal("Mã bộ tiêu chí", "Criteria set"),
        "criteria_hash": internal("Mã băm bộ tiêu chí", "Hash of the set"),
        "criteria": internal("Nội dung bộ tiêu chí", "Content of the set").inner(),
        "version": _VERSION,
        "result_version": internal("Phiên bản kết quả", "Version of the result"),
        "copy_of": internal("Lập theo đợt", "Copy of"),
        "opened_at": internal("Thời điểm lập", "When it was opened"),
        "opened_by": personal("Người lập", "Who opened it", ACCOUNTABILITY),
        "opened_as": post_then("người lập", "it was opened", ACCOUNTABILITY),
        "search_key": _SEARCH_KEY,
        "is_sample": internal("Dữ liệu mẫu", "Sample"),
    },
    "assessments.FoundingPaper": {
        "id": ROW_NUMBER,
        "round": _ROUND,
        "kind": internal("Loại văn bản", "Kind"),
        "number": internal("Số, ký hiệu", "Number"),
        "issued_on": internal("Ngày ban hành", "Date"),
        "paper": internal("Văn bản ban hành trên hệ thống", "Paper issued here"),
    },
    "assessments.Phase": {
        "id": ROW_NUMBER,
        "round": _ROUND,
        "phase": internal("Giai đoạn", "Phase"),
        "starts_on": internal("Từ ngày", "From"),
        "ends_on": internal("Đến ngày", "Until"),
        "reminded_at": internal("Thời điểm nhắc hạn", "When units were reminded"),
    },
    "assessments.Sheet": {
        "id": ROW_NUMBER,
        "round": _ROUND,
        "unit": internal("Đơn vị", "Unit"),
        "place": internal("Số thứ tự", "Place"),
        "group": _GROUP,
        "name": internal("Tên đơn vị khi đưa vào đợt", "Name then"),
        "search_key": _SEARCH_KEY,
        "state": internal("Trạng thái", "State", _sheet_state),
        "version": _VERSION,
        "completed_at": internal("Thời điểm đủ nội dung", "When nothing was missing any more"),
        "submitted_at": internal("Thời điểm khóa và gửi", "When it was submitted"),
        "submitted_by": personal("Người khóa và gửi", "Who submitted it", ACCOUNTABILITY),
        "submitted_as": post_then("người khóa và gửi", "it was submitted", ACCOUNTABILITY),
        "is_late": internal("Gửi chậm", "Came late"),
        "explained_at": internal("Thời điểm gửi giải trình", "When explanations were submitted"),
        "explained_by": personal("Người gửi giải trình", "Who submitted the explanations", ACCOUNTABILITY),
        "explained_as": post_then("người gửi giải trình", "explanations were submitted", ACCOUNTABILITY),
        "explained_late": internal("Gửi giải trình muộn", "Explanations came late"),
    },
    "assessments.Charge": {
        "id": ROW_NUMBER,
        "round": _ROUND,
        "official": personal("Người thẩm định", "Appraiser", ACCOUNTABILITY),
        "code": internal("Lĩnh vực, tiêu chí", "Field or criterion"),
        "group": _GROUP,
        "sheet": _SHEET,
        "instead_of": personal("Thay cho", "Instead of", ACCOUNTABILITY),
        "starts_on": internal("Từ ngày", "From"),
        "ends_on": internal("Đến ngày", "Until"),
        "source_document": internal("Văn bản phân công", "Document"),
        "source_on": internal("Ngày văn bản", "Date of the document"),
    },
    "assessments.Answer": {
        "id": ROW_NUMBER,
        "sheet": _SHEET,
        "criterion": _CRITERION,
        "stage": _STAGE,
        "said": internal("Số liệu, điểm đã ghi", "Figures and points"),
        "note": internal("Ghi chú", "Note"),
        "version": _VERSION,
        "written_at": internal("Thời điểm ghi", "When it was written"),
        "written_by": personal("Người ghi", "Who wrote it", ACCOUNTABILITY),
        "written_as": post_then("người ghi", "it was written", ACCOUNTABILITY),
    },
    "assessments.Question": {
        "id": ROW_NUMBER,
        "sheet": _SHEET,
        "criterion": _CRITERION,
        "text": internal("Nội dung yêu cầu giải trình", "What is to be explained"),
        "asked_at": internal("Thời điểm yêu cầu", "When it was asked"),
        "asked_by": personal("Người yêu cầu", "Who asked", ACCOUNTABILITY),
        "asked_as": post_then("người yêu cầu", "it was asked", ACCOUNTABILITY),
        "answer": internal("Giải trình", "Explanation"),
        "answered_at": internal("Thời điểm giải trình", "When it was explained"),
        "answered_by": personal("Người giải trình", "Who explained", ACCOUNTABILITY),
        "answered_as": post_then("người giải trình", "it was explained", ACCOUNTABILITY),
        "taken_back_at": internal("Thời điểm rút", "When it was taken back"),
    },
    "assessments.Finding": {
        "id": ROW_NUMBER,
        "sheet": _SHEET,
        "criterion": _CRITERION,
        "found_on": internal("Ngày phát hiện", "Found on"),
        "text": internal("Nội dung phát hiện", "What was found"),
        "is_deduction": internal("Đề nghị trừ điểm", "Points are to be taken away"),
        "amount": internal("Số điểm đề nghị", "Points proposed"),
        "entered_at": internal("Thời điểm ghi", "When it was entered"),
        "entered_by": personal("Người ghi", "Who entered it", ACCOUNTABILITY),
        "entered_as": post_then("người ghi", "it was entered", ACCOUNTABILITY),
        "is_accepted": internal("Được chấp nhận", "Accepted"),
        "reason": internal("Lý do không chấp nhận", "Why it was refused"),
        "decided_at": internal("Thời điểm quyết định", "When it was decided"),
        "decided_by": personal("Người quyết định", "Who decided", ACCOUNTABILITY),
        "decided_as": post_then("người quyết định", "it was decided", ACCOUNTABILITY),
    },
    "assessments.Visit": {
        "id": ROW_NUMBER,
        "sheet": _SHEET,
        "visit_on": internal("Ngày kiểm tra thực tế", "Day of the visit"),
        "half": internal("Buổi", "Half of the day", _half),
        "place": internal("Địa điểm", "Place"),
        "note": internal("Ghi chú", "Note"),
        "version": _VERSION,
        "planned_at": internal("Thời điểm xếp lịch", "When it was planned"),
        "planned_by": personal("Người xếp lịch", "Who planned it", ACCOUNTABILITY),
        "planned_as": post_then("người xếp lịch", "it was planned", ACCOUNTABILITY),
        "taken_back_at": internal("Thời điểm bỏ lịch", "When it was taken back"),
        "taken_back_by": personal("Người bỏ lịch", "Who took it back", ACCOUNTABILITY),
        "taken_back_as": post_then("người bỏ lịch", "it was taken back", ACCOUNTABILITY),
        "reason": internal("Lý do bỏ lịch", "Why it was taken back"),
    },
    "assessments.KeptReason": {
        "id": ROW_NUMBER,
        "round": _ROUND,
        "criterion": _CRITERION,
        "text": internal("Mẫu lý do", "Reason kept"),
        "points": internal("Điểm theo lý do", "Points it leads to"),
        "kept_at": internal("Thời điểm lưu", "When it was kept"),
        "kept_by": personal("Người lưu", "Who kept it", ACCOUNTABILITY),
        "kept_as": post_then("người lưu", "it was kept", ACCOUNTABILITY),
        "ended_at": internal("Thời điểm thôi dùng", "When its use ended"),
    },
    "assessments.Freeze": {
        "id": ROW_NUMBER,
        "round": _ROUND,
        "version": internal("Phiên bản kết quả", "Version of the result"),
        "content_hash": internal("Mã băm kết quả", "Hash of the result"),
        "reason": internal("Lý do có phiên bản mới", "Why there is a new version"),
        "proposed_at": internal("Thời điểm đề nghị", "When it was put forward"),
        "proposed_by": personal("Người đề nghị chốt", "Who put it forward", ACCOUNTABILITY),
        "proposed_as": post_then("người đề nghị chốt", "it was put forward", ACCOUNTABILITY),
        "confirmed_at": internal("Thời điểm chốt", "When it was confirmed"),
        "confirmed_by": personal("Người chốt", "Who confirmed it", ACCOUNTABILITY),
        "confirmed_as": post_then("người chốt", "it was confirmed", ACCOUNTABILITY),
        "withdrawn_at": internal("Thời điểm rút đề nghị", "When it was withdrawn"),
    },
    "assessments.Session": {
        "id": ROW_NUMBER,
        "round": _ROUND,
        "number": internal("Phiên họp số", "Number"),
        "held_on": internal("Ngày họp", "Day"),
        "place": internal("Địa điểm", "Place"),
        "version": _VERSION,
        "entered_at": internal("Thời điểm ghi", "When it was entered"),
        "entered_by": personal("Người ghi", "Who entered it", ACCOUNTABILITY),
        "entered_as": post_then("người ghi", "it was entered", ACCOUNTABILITY),
    },
    "assessments.Presence": {
        "id": ROW_NUMBER,
        "session": internal("Phiên họp", "Session"),
        "official": personal("Thành viên có mặt", "Member present", ACCOUNTABILITY),
    },
    "assessments.ComparedFigure": {
        "id": ROW_NUMBER,
        "round": _ROUND,
        "group": _GROUP,
        "sheet": _SHEET,
        "criterion": _CRITERION,
        "stage": _STAGE,
        "figure": internal("Số liệu để so trong nhóm", "Figure held against others"),
        "order_key": internal("Khóa xếp thứ tự", "Key of its order").inner(),
        "was_said": internal("Có ghi ở giai đoạn này", "Something was said at the stage").inner(),
    },
    "assessments.Binding": {
        "id": ROW_NUMBER,
        "round": _ROUND,
        "criterion": _CRITERION,
        "input": internal("Số liệu của tiêu chí", "Input of the criterion"),
        "measure": internal("Số đo", "Measure"),
        "bound_at": internal("Thời điểm gắn số đo", "When it was bound"),
        "bound_by": personal("Người gắn số đo", "Who bound it", ACCOUNTABILITY),
        "bound_as": post_then("người gắn số đo", "it was bound", ACCOUNTABILITY),
        "ended_at": internal("Thời điểm thôi gắn", "When it ended"),
    },
    "assessments.StagePoints": {
        "id": ROW_NUMBER,
        "sheet": _SHEET,
        "criterion": _CRITERION,
        "stage": _STAGE,
        "points": internal("Điểm ở giai đoạn", "Points at the stage"),
        "applicable": internal("Có áp dụng", "Whether it applies"),
    },
    "assessments.OpinionAsked": {
        "id": ROW_NUMBER,
        "sheet": _SHEET,
        "criterion": _CRITERION,
        "until": internal("Cho ý kiến đến ngày", "Opinions until"),
        "asked_at": internal("Thời điểm xin ý kiến", "When opinions were asked for"),
        "asked_by": personal("Người xin ý kiến", "Who asked", ACCOUNTABILITY),
        "asked_as": post_then("người xin ý kiến", "opinions were asked for", ACCOUNTABILITY),
    },
    "assessments.Opinion": {
        "id": ROW_NUMBER,
        "sheet": _SHEET,
        "criterion": _CRITERION,
        "agrees": internal("Đồng ý điểm thẩm định", "Agrees with the appraised points"),
        "points": internal("Điểm đề nghị", "Points wanted"),
        "reason": internal("Lý do", "Reason"),
        "given_at": internal("Thời điểm cho ý kiến", "When it was given"),
        "given_by": personal("Thành viên cho ý kiến", "Whose opinion", ACCOUNTABILITY),
        "given_as": post_then("thành viên cho ý kiến", "it was given", ACCOUNTABILITY),
    },
    "assessments.Motion": {
        "id": ROW_NUMBER,
        "sheet": _SHEET,
        "criterion": _CRITERION,
        "session": internal("Phiên họp", "Session"),
        "kind": internal("Nội dung", "What is to be decided", _motion),
        "points": internal("Điểm", "Points"),
        "reason": internal("Lý do", "Reason"),
        "put_at": internal("Thời điểm đưa ra", "When it was put"),
        "put_by": personal("Người đưa ra", "Who put it", ACCOUNTABILITY),
        "put_as": post_then("người đưa ra", "it was put", ACCOUNTABILITY),
        "outcome": internal("Kết quả", "Outcome", _outcome),
        "concluded_at": internal("Thời điểm kết luận", "When it was concluded"),
        "concluded_by": personal("Người kết luận", "Who concluded it", ACCOUNTABILITY),
        "concluded_as": post_then("người kết luận", "it was concluded", ACCOUNTABILITY),
    },
    "assessments.Vote": {
        "id": ROW_NUMBER,
        "motion": internal("Nội dung biểu quyết", "Motion"),
        "vote": internal("Phiếu", "Vote", _vote),
        "cast_at": internal("Thời điểm biểu quyết", "When it was cast"),
        "cast_by": personal("Người biểu quyết", "Who voted", ACCOUNTABILITY),
        "cast_as": post_then("người biểu quyết", "it was cast", ACCOUNTABILITY),
    },
    "assessments.Approval": {
        "id": ROW_NUMBER,
        "round": _ROUND,
        "version": internal("Phiên bản kết quả", "Version of the result"),
        "number": internal("Số, ký hiệu quyết định", "Number of the decision"),
        "decided_on": internal("Ngày quyết định", "Day of the decision"),
        "signer": personal("Người ký", "Who signed", ACCOUNTABILITY),
        "paper": internal("Văn bản ban hành trên hệ thống", "Paper issued here"),
        "approved_at": internal("Thời điểm ghi phê duyệt", "When it was recorded"),
        "approved_by": personal("Người ghi phê duyệt", "Who recorded it", ACCOUNTABILITY),
        "approved_as": post_then("người ghi phê duyệt", "it was recorded", ACCOUNTABILITY),
    },
    "assessments.ReviewRequest": {
        "id": ROW_NUMBER,
        "sheet": _SHEET,
        "criterion": _CRITERION,
        "text": internal("Nội dung kiến nghị", "What is asked"),
        "asked_at": internal("Thời điểm kiến nghị", "When it was asked"),
        "asked_by": personal("Người kiến nghị", "Who asked", ACCOUNTABILITY),
        "asked_as": post_then("người kiến nghị", "it was asked", ACCOUNTABILITY),
        "granted": internal("Chấp nhận", "Granted"),
        "answer": internal("Trả lời của Hội đồng", "What the council answered"),
        "answered_at": internal("Thời điểm trả lời", "When it was answered"),
        "answered_by": personal("Người ghi trả lời", "Who recorded the answer", ACCOUNTABILITY),
        "answered_as": post_then("người ghi trả lời", "it was answered", ACCOUNTABILITY),
    },
    "assessments.AnswersImport": {
        "id": ROW_NUMBER,
        "round": _ROUND,
        "sheet": _SHEET,
        "file": internal("Tên tệp", "File"),
        "sha256": internal("Mã băm của tệp", "Hash of the file"),
        "content": internal("Nội dung tệp", "Content of the file").inner(),
        "uploaded_by": personal("Người tải lên", "Who uploaded it", ACCOUNTABILITY),
        "uploaded_at": internal("Thời điểm tải lên", "When it was uploaded"),
        "committed_at": internal("Thời điểm thực hiện", "When it was carried out"),
        "set_aside_at": internal("Thời điểm bỏ", "When it was laid aside"),
    },
    "assessments.Result": {
        "id": ROW_NUMBER,
        "sheet": _SHEET,
        "version": internal("Phiên bản kết quả", "Version of the result"),
        "stage": _STAGE,
        "points": internal("Điểm", "Points"),
        "maximum": internal("Điểm tối đa", "Maximum"),
        "index": internal("Chỉ số", "Index"),
        "band": internal("Xếp loại", "Class"),
        "rank": internal("Xếp hạng", "Rank"),
    },
}

EVENT_KEYS: Final[Mapping[str, Fields]] = {
    "assessments.Session": {"present": personal("Thành viên có mặt", "Members present", ACCOUNTABILITY)},
    "assessments.AnswersImport": {"answers": internal("Số tiêu chí ghi", "Criteria written")},
    "assessments.Round": {
        "units": internal("Đơn vị, nhóm", "Units and groups"),
        "phases": internal("Lịch", "Timetable"),
        "founding_papers": internal("Văn bản làm căn cứ", "Papers it rests on"),
    },
}
