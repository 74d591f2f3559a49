"""What the fields of this room are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.fields import ROW_NUMBER, Fields, internal, personal
from cchc.organizations.classification import CONTACT

FIELDS: Final[Mapping[str, Fields]] = {
    "notices.Notice": {
        "id": ROW_NUMBER,
        "recipient": internal("Người nhận", "Recipient"),
        "kind": internal("Loại thông báo", "Kind of notice"),
        "version": internal("Phiên bản lời văn", "Version of the words"),
        "subject_type": internal("Loại đối tượng", "Kind of object"),
        "subject_id": internal("Mã đối tượng", "Which object"),
        "parameters": personal("Nội dung thông báo", "What the notice says", CONTACT),
        "created_at": internal("Thời điểm gửi", "When it was given"),
        "due_at": internal("Thời hạn", "Due"),
        "read_at": internal("Thời điểm đọc", "When it was read"),
        "over_at": internal("Thời điểm xong việc", "When its matter was over"),
    },
    "notices.Delivery": {
        "id": ROW_NUMBER,
        "notice": internal("Thông báo", "Notice"),
        "channel": internal("Kênh", "Channel"),
        "state": internal("Trạng thái", "State"),
        "attempts": internal("Số lần gửi", "Attempts"),
        "why": internal("Lý do", "Why"),
        "settled_at": internal("Thời điểm kết thúc", "When it was settled"),
    },
    "notices.Wishes": {
        "official": internal("Cán bộ, công chức", "Official"),
        "language": personal("Ngôn ngữ thư", "Language of mails", CONTACT),
        "by_kind": personal("Cách nhận thông báo", "How notices are wished", CONTACT),
        "version": internal("Phiên bản", "Version").inner(),
    },
}

EVENT_KEYS: Final[Mapping[str, Fields]] = {
    "notices.Notice": {"subject": internal("Đối tượng", "Object")},
    "notices.List": {"notices": internal("Thông báo", "Notices")},
}
