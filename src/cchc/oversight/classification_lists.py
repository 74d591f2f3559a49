"""What the fields of lists of a month are. Who is named there, and for what, says something about an official."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Field, Fields, Purpose, internal, personal, post_then
from cchc.records.sources import Source, Verification
from cchc.records.text import LocalText

PUBLISHING: Final = Purpose(
    LocalText(
        "Công khai hằng tháng cán bộ giải quyết hồ sơ chậm, quá hạn, sau khi người có tên được phản hồi",
        "The monthly publication of officials with slow and overdue dossiers, after those named could reply",
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
        from cchc.oversight import shown_lists_words

        said: str = getattr(shown_lists_words, name)(value)
        return said

    return say


def _told(vi: str, en: str, name: str) -> Field:
    """Of a person, in the reader's words."""
    return replace(personal(vi, en, PUBLISHING), say=_said(name))


def _done(act: str, vi: str, en: str) -> dict[str, Field]:
    """Who did something, and in which post."""
    return {
        f"{act}_by": personal(f"Người {vi}", f"Who {en}", ACCOUNTABILITY),
        f"{act}_as": post_then(f"người {vi}", f"it was {en}", ACCOUNTABILITY),
    }


FIELDS: Final[Mapping[str, Fields]] = {
    "oversight.MonthlyList": {
        "id": ROW_NUMBER,
        "unit": internal("Đơn vị công bố", "Unit that publishes"),
        "month": internal("Tháng", "Month"),
        "cut_off_at": internal("Thời điểm chốt số liệu", "Cut-off"),
        "minimum": internal("Số hồ sơ tối thiểu để xếp hạng", "Minimum for a rank"),
        "state": internal("Trạng thái", "State", _said("state_name")),
        "version": internal("Lần thay đổi", "Version").inner(),
        "drafted_at": internal("Thời điểm lập", "Drafted at"),
        **_done("drafted", "lập danh sách", "drafted"),
        "notice_number": internal("Số thông báo", "Number of the notice"),
        "noticed_on": internal("Ngày thông báo", "Day of the notice"),
        "reply_until": internal("Thời gian phản hồi đến", "Replies until"),
        "approved_at": internal("Thời điểm duyệt", "Approved at"),
        **_done("approved", "duyệt", "approved"),
        "put_hash": internal("Mã băm khi đề nghị chốt", "Hash put forward"),
        "put_at": internal("Thời điểm đề nghị chốt", "Put forward at"),
        **_done("put", "đề nghị chốt", "put forward"),
        "frozen_at": internal("Thời điểm chốt", "Frozen at"),
        **_done("frozen", "chốt", "frozen"),
        "basis": internal("Căn cứ pháp lý", "Legal basis"),
        "decision_number": internal("Số quyết định công bố", "Number of the decision"),
        "decided_on": internal("Ngày quyết định", "Day of the decision"),
        "published_at": internal("Thời điểm công bố", "Published at"),
        **_done("published", "công bố", "published"),
        "expires_on": internal("Đăng đến ngày", "On the page until"),
        "is_sample": internal("Dữ liệu mẫu", "Sample"),
    },
    "oversight.ListedOfficial": {
        "id": ROW_NUMBER,
        "list": internal("Danh sách", "List"),
        "place": internal("Thứ tự", "Place"),
        "holder_kind": internal("Loại người giữ", "Kind of holder"),
        "official": personal("Cán bộ", "Official", PUBLISHING),
        "name": personal("Họ tên", "Name", PUBLISHING),
        "post": personal("Chức vụ", "Post", PUBLISHING),
        "unit": internal("Đơn vị", "Unit"),
        "unit_name": internal("Tên đơn vị", "Name of the unit"),
        "volume": personal("Số hồ sơ đã giữ trong tháng", "Dossiers held in the month", PUBLISHING),
        "accountable": personal("Người chịu trách nhiệm", "Accountable", PUBLISHING),
        "reply_until": internal("Thời gian phản hồi đến", "Replies until"),
    },
    "oversight.ListedItem": {
        "id": ROW_NUMBER,
        "listed": internal("Người có tên", "Who is listed"),
        "place": internal("Thứ tự", "Place"),
        "klass": internal("Loại", "Class", _said("class_name")),
        "kept": internal("Hồ sơ theo dõi", "Dossier kept"),
        "own": internal("Hồ sơ trong hệ thống", "Dossier here"),
        "code": internal("Mã hồ sơ", "Code"),
        "procedure_name": internal("Tên thủ tục", "Name of the procedure"),
        "role": internal("Vai trò", "Role"),
        "due_at": internal("Ngày hẹn", "Appointment"),
        "ended_at": internal("Kết thúc", "Ended at"),
        "origin": internal("Mục đã hoãn ở danh sách trước", "Entry of an earlier list that was left out"),
        "is_of_month": internal("Thuộc tháng của danh sách", "Of the month of the list"),
        "is_carried_over": internal("Tồn từ tháng trước", "Carried over"),
        "is_returned": internal("Đã trả", "Returned"),
        "allotted": internal("Thời gian được giao (phút)", "Minutes allotted"),
        "used": personal("Số phút làm việc đã giữ", "Working minutes held", PUBLISHING),
        "overrun": personal("Số phút vượt thời gian của bước", "Minutes over the step's limit", PUBLISHING),
        "late": personal("Số phút quá hạn tính cho người giữ", "Late minutes charged", PUBLISHING),
        "late_overrun": personal("Trong đó do vượt thời gian của bước", "Of these by a limit exceeded", PUBLISHING),
        "late_holder": personal("Theo người giữ sau ngày hẹn", "By who held it", PUBLISHING),
        "late_first_overrun": personal("Do vượt bước, theo ngày hẹn đầu", "By limits, first appointment", PUBLISHING),
        "late_first_holder": personal("Theo người giữ, ngày hẹn đầu", "By holder, first appointment", PUBLISHING),
        "evidenced_at": internal("Thời điểm có kết quả theo chứng cứ", "Result there, by evidence"),
        "verdict": _told("Kết luận xác minh", "Verdict", "verdict_name"),
        "reply": personal("Phản hồi", "Reply", PUBLISHING),
        "replied_at": internal("Thời điểm phản hồi", "Replied at"),
        **_done("replied", "phản hồi", "replied"),
        "outcome": _told("Kết quả xem xét", "Outcome", "outcome_name"),
        "reason": personal("Lý do", "Reason", PUBLISHING),
        "decided_at": internal("Thời điểm quyết định", "Decided at"),
        **_done("decided", "quyết định", "decided"),
    },
    "oversight.DelayVerdict": {
        "id": ROW_NUMBER,
        "kept": internal("Hồ sơ theo dõi", "Dossier kept"),
        "finding": _told("Kết luận", "Verdict", "verdict_name"),
        "reason": personal("Lý do", "Reason", PUBLISHING),
        "evidence": personal("Minh chứng", "Evidence", PUBLISHING),
        "corrects": internal("Thay kết luận", "Verdict it follows"),
        "is_current": internal("Đang có giá trị", "Counts"),
        "found_at": internal("Thời điểm kết luận", "Found at"),
        **_done("found", "kết luận", "found"),
    },
    "oversight.RecheckDraw": {
        "id": ROW_NUMBER,
        "unit": internal("Đơn vị", "Unit"),
        "month": internal("Tháng", "Month"),
        "seed": internal("Số hạt giống", "Seed"),
        "percent": internal("Tỷ lệ phần trăm", "Per cent"),
        "drawn_from": internal("Số kết luận trong tháng", "Drawn from"),
        "drawn": internal("Số kết luận được rút", "Drawn"),
        "drawn_at": internal("Thời điểm rút", "Drawn at"),
        **_done("drawn", "rút", "drawn"),
    },
    "oversight.Recheck": {
        "id": ROW_NUMBER,
        "draw": internal("Lần rút", "Draw"),
        "verdict": internal("Kết luận", "Verdict"),
        "done_at": internal("Thời điểm phúc tra", "Looked at again"),
        "is_confirmed": internal("Giữ nguyên kết luận", "Confirmed"),
    },
    "oversight.ListNotice": {
        "id": ROW_NUMBER,
        "list": internal("Danh sách", "List"),
        "recipient": personal("Người nhận", "Recipient", PUBLISHING),
        "listed": internal("Người có tên", "Who is listed"),
        "unit": internal("Đơn vị", "Unit"),
        "number": internal("Số thông báo", "Number"),
        "noticed_on": internal("Ngày thông báo", "Day"),
        "sent_at": internal("Thời điểm gửi", "Sent at"),
        "received_at": internal("Thời điểm xác nhận đã nhận", "Receipt confirmed at"),
        **_done("received", "xác nhận", "confirmed"),
    },
    "oversight.ListEntry": {
        "id": ROW_NUMBER,
        "list": internal("Danh sách", "List"),
        "at": internal("Thời điểm", "Moment"),
        "act": internal("Việc đã làm", "What happened", _said("act_name")),
        "state": internal("Trạng thái", "State", _said("state_name")),
        "by": personal("Người thực hiện", "Who did it", ACCOUNTABILITY),
        "by_as": post_then("người thực hiện", "it was done", ACCOUNTABILITY),
        "text": personal("Nội dung", "In words", PUBLISHING),
    },
    "oversight.ListVersion": {
        "id": ROW_NUMBER,
        "list": internal("Danh sách", "List"),
        "number": internal("Bản", "Version"),
        "content": personal("Nội dung đã chốt", "What was frozen", PUBLISHING),
        "content_hash": internal("Mã băm", "Hash"),
        "previous_hash": internal("Mã băm bản trước", "Hash before"),
        "made_at": internal("Thời điểm lập bản", "Made at"),
        **_done("made", "lập bản", "made"),
    },
}
