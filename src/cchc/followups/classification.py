"""What the fields of this room are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Fields, internal, personal, post_then


def _state(id_: str) -> str:
    from cchc.followups.states import TASK
    from cchc.interface.errors import current_language

    names = {state.id: state.name.in_language(current_language()) for state in TASK.states}
    return names.get(id_, id_)


def _calendar(id_: str) -> str:
    from cchc.organizations.shown import shown_calendar

    return shown_calendar(id_)


def _directive_state(id_: str) -> str:
    from cchc.followups.states import DIRECTIVE
    from cchc.interface.errors import current_language

    names = {state.id: state.name.in_language(current_language()) for state in DIRECTIVE.states}
    return names.get(id_, id_)


_TASK: Final = internal("Nhiệm vụ", "Task")
_UNIT: Final = internal("Đơn vị", "Unit")
_DIRECTIVE: Final = internal("Văn bản chỉ đạo", "Directive")
_STATE: Final = internal("Trạng thái", "State", _state)
_DUE_AT: Final = internal("Thời hạn", "Due")
_SEARCH_KEY: Final = internal("Khóa tìm kiếm", "Search key").inner()

FIELDS: Final[Mapping[str, Fields]] = {
    "followups.Directive": {
        "id": ROW_NUMBER,
        "number": internal("Số, ký hiệu", "Number"),
        "issued_on": internal("Ngày ban hành", "Issued on"),
        "issued_by": internal("Cơ quan ban hành", "Issued by"),
        "title": internal("Trích yếu", "Title"),
        "unit": internal("Đơn vị ban hành, chuyển tiếp", "Unit that enters it"),
        "watcher": internal("Đơn vị theo dõi", "Followed by"),
        "posting_wanted": internal("Yêu cầu đăng tải", "To be posted"),
        "entered_at": internal("Thời điểm nhập", "When it was entered"),
        "entered_by": personal("Người nhập", "Who entered it", ACCOUNTABILITY),
        "search_key": _SEARCH_KEY,
        "is_sample": internal("Dữ liệu mẫu", "Sample"),
        "signer": personal("Người ký", "Signed by", ACCOUNTABILITY),
        "legal_basis": internal("Căn cứ khác", "Other basis"),
        "state": internal("Trạng thái", "State", _directive_state),
        "version": internal("Lần sửa", "Version").inner(),
        "ended_on": internal("Ngày thu hồi, bãi bỏ", "Withdrawn or repealed on"),
        "because": internal("Lý do thu hồi, bãi bỏ", "Why it was withdrawn or repealed"),
        "paper": internal("Văn bản đi", "Issued paper"),
        "replaced_by": internal("Văn bản thay thế", "What stands in its place"),
    },
    "followups.DirectiveBasis": {
        "id": ROW_NUMBER,
        "directive": _DIRECTIVE,
        "basis": internal("Căn cứ trong thư viện", "Basis of the library"),
        "place": internal("Thứ tự", "Place").inner(),
    },
    "followups.DirectiveEntry": {
        "id": ROW_NUMBER,
        "directive": _DIRECTIVE,
        "at": internal("Thời điểm", "Moment"),
        "step": internal("Bước", "Step"),
        "by": personal("Người thực hiện", "Who did it", ACCOUNTABILITY),
        "principal": personal("Người được thay", "On whose behalf", ACCOUNTABILITY),
        "capacity": personal("Chức vụ, đơn vị khi thực hiện", "In which post", ACCOUNTABILITY),
        "principal_capacity": personal(
            "Chức vụ, đơn vị của người được thay", "Post of the person acted for", ACCOUNTABILITY
        ),
        "text": internal("Lý do", "Reason"),
        "changes": personal("Nội dung cũ, nội dung mới", "What it said before and after", ACCOUNTABILITY),
        "posting": internal("Dòng nhật ký đăng tải", "Line of the posting log"),
    },
    "followups.Addressee": {
        "id": ROW_NUMBER,
        "directive": _DIRECTIVE,
        "unit": internal("Đơn vị nhận", "Addressee"),
        "told_at": internal("Thời điểm gửi", "When it was told"),
        "heard_by": internal("Hạn xác nhận", "To be acknowledged by"),
        "post_by": internal("Hạn đăng tải", "To be posted by"),
        "acknowledged_at": internal("Thời điểm xác nhận", "When it was acknowledged"),
        "acknowledged_by": personal("Người xác nhận", "Who acknowledged it", ACCOUNTABILITY),
        "acknowledged_as": post_then("người xác nhận", "it was acknowledged", ACCOUNTABILITY),
        "reminded_at": internal("Đã nhắc đơn vị", "When its head was reminded"),
        "escalated_at": internal("Đã báo đơn vị theo dõi", "When the unit that follows was told"),
        "posting_reminded_at": internal("Đã nhắc đăng tải", "When its head was reminded to post"),
    },
    "followups.WebPosting": {
        "id": ROW_NUMBER,
        "directive": _DIRECTIVE,
        "unit": _UNIT,
        "place": internal("Nơi đăng tải", "Where it stands"),
        "link": internal("Liên kết", "Link"),
        "posted_on": internal("Ngày đăng tải", "Posted on"),
        "noted_at": internal("Thời điểm ghi nhận", "When it was noted"),
        "noted_by": personal("Người ghi nhận", "Who noted it", ACCOUNTABILITY),
        "noted_as": post_then("người ghi nhận", "it was noted", ACCOUNTABILITY),
        "version": internal("Lần sửa", "Version").inner(),
        "struck_at": internal("Thời điểm gạch bỏ", "When it was struck out"),
        "struck_because": internal("Lý do gạch bỏ", "Why it was struck out"),
    },
    "followups.Task": {
        "id": ROW_NUMBER,
        "subject_type": internal("Loại đối tượng", "Kind of object").inner(),
        "subject_id": internal("Mã đối tượng", "Which object").inner(),
        "what": internal("Nội dung", "What"),
        "legal_basis": internal("Căn cứ", "Legal basis"),
        "owner": internal("Đơn vị thực hiện", "Owner"),
        "leader": personal("Lãnh đạo phụ trách", "Leader who answers for it", ACCOUNTABILITY),
        "watcher": internal("Đơn vị theo dõi", "Followed by"),
        "state": _STATE,
        "version": internal("Lần sửa", "Version").inner(),
        "counted_from": internal("Tính từ ngày", "Counted from"),
        "due_on": internal("Đến ngày", "Due on"),
        "due_time": internal("Giờ đến hạn", "Before the hour"),
        "working_days": internal("Số ngày làm việc", "Working days"),
        "calendar": internal("Lịch làm việc", "Working calendar", _calendar),
        "calendar_hash": internal("Mã băm lịch", "Hash of the calendar").inner(),
        "due_at": _DUE_AT,
        "heard_by": internal("Hạn xác nhận, báo cáo", "To be heard of by"),
        "given_at": internal("Thời điểm giao", "When it was given"),
        "acknowledged_at": internal("Thời điểm xác nhận", "When it was acknowledged"),
        "reported_at": internal("Thời điểm báo cáo", "When it was reported"),
        "claimed_at": internal("Thời điểm báo hoàn thành", "When it was reported done"),
        "claimed_by": personal("Người báo hoàn thành", "Who reported it done", ACCOUNTABILITY),
        "claimed_as": post_then("người báo hoàn thành", "it was reported done", ACCOUNTABILITY),
        "claimed_for": personal("Báo hoàn thành thay ai", "On whose behalf it was reported done", ACCOUNTABILITY),
        "done_on": internal("Ngày hoàn thành thực tế", "Really done on"),
        "closed_at": internal("Thời điểm kết thúc", "When it was closed"),
        "search_key": _SEARCH_KEY,
    },
    "followups.TaskBasis": {
        "id": ROW_NUMBER,
        "task": _TASK,
        "basis": internal("Căn cứ trong thư viện", "Basis of the library"),
        "place": internal("Thứ tự", "Place").inner(),
    },
    "followups.TaskEntry": {
        "id": ROW_NUMBER,
        "task": _TASK,
        "at": internal("Thời điểm", "Moment"),
        "step": internal("Bước", "Step"),
        "state": _STATE,
        "by": personal("Người thực hiện", "Who did it", ACCOUNTABILITY),
        "principal": personal("Người được thay", "On whose behalf", ACCOUNTABILITY),
        "capacity": personal("Chức vụ, đơn vị khi thực hiện", "In which post", ACCOUNTABILITY),
        "principal_capacity": personal(
            "Chức vụ, đơn vị của người được thay", "Post of the person acted for", ACCOUNTABILITY
        ),
        "text": internal("Nội dung", "Text"),
        "done_on": internal("Ngày hoàn thành thực tế", "Really done on"),
        "due_at": _DUE_AT,
        "rule": internal("Quy tắc nhắc", "Rule of the reminder"),
        "about_at": internal("Nhắc về thời điểm", "Moment it warns of"),
        "recipient": personal("Người được nhắc", "Who was reminded", ACCOUNTABILITY),
    },
    "followups.Difficulty": {
        "id": ROW_NUMBER,
        "task": _TASK,
        "kind": internal("Loại", "Kind"),
        "text": internal("Nội dung", "Text"),
        "raised_at": internal("Thời điểm nêu", "When it was raised"),
        "raised_by": personal("Người nêu", "Who raised it", ACCOUNTABILITY),
        "raised_as": post_then("người nêu", "it was raised", ACCOUNTABILITY),
        "answer": internal("Trả lời", "Answer"),
        "answered_at": internal("Thời điểm trả lời", "When it was answered"),
        "answered_by": personal("Người trả lời", "Who answered", ACCOUNTABILITY),
        "answered_as": post_then("người trả lời", "it was answered", ACCOUNTABILITY),
        "search_key": _SEARCH_KEY,
    },
}

_ASSIGNED: Final[Fields] = {
    "assigned": personal("Người được phân công theo dõi", "Who is assigned to follow it", ACCOUNTABILITY),
    "starts_on": internal("Từ ngày", "From"),
    "ends_on": internal("Đến hết ngày", "Until"),
}
EVENT_KEYS: Final[Mapping[str, Fields]] = {
    "followups.Directive": {
        **_ASSIGNED,
        "units": internal("Đơn vị nhận", "Addressees").codes_of("organizations.Unit"),
        "tasks": internal("Số nhiệm vụ", "How many tasks"),
        "urged": internal("Nội dung đôn đốc", "What was urged"),
        "reminded": internal("Đơn vị được nhắc", "Units reminded"),
        "removed": internal("Đơn vị bỏ khỏi nơi nhận", "Units taken off").codes_of("organizations.Unit"),
        "grounds": internal("Các căn cứ", "All bases"),
    },
    "followups.Task": {**_ASSIGNED, "grounds": internal("Các căn cứ", "All bases")},
}
