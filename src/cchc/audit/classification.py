"""What the fields of this room are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.fields import Fields, Purpose, internal, personal, secret
from cchc.records.sources import Source, Verification
from cchc.records.text import LocalText

ACCOUNTABILITY: Final = Purpose(
    LocalText(
        "Biết ai đã làm gì, khi nào, vì sao; giải trình và bảo vệ dữ liệu khỏi bị sửa trái phép",
        "Knowing who did what, when and why; answering for it and protecting data from unlawful change",
    ),
    Source("Nghị định 85/2016/NĐ-CP"),
    Verification(
        False,
        "Chưa đối chiếu điều khoản về nhật ký với bản ký",
        "The article about logs was not compared with the signed text",
    ),
)

FIELDS: Final[Mapping[str, Fields]] = {
    "audit.AuditEvent": {
        "sequence": internal("Số thứ tự trong chuỗi", "Number in the chain"),
        "at": internal("Thời điểm", "Moment"),
        "kind": internal("Loại sự kiện", "Kind of event"),
        "actor_kind": internal("Loại người thực hiện", "Kind of actor"),
        "actor_identity": personal("Mã người thực hiện", "Who acted", ACCOUNTABILITY),
        "on_behalf_of": personal("Mã người được thay", "On whose behalf", ACCOUNTABILITY),
        "subject_type": internal("Loại đối tượng", "Kind of object"),
        "subject_id": internal("Mã đối tượng", "Which object"),
        "request": internal("Mã yêu cầu", "Number of the request"),
        "personal": internal("Có dữ liệu cá nhân", "Holds personal data"),
        "payload_hash": internal("Mã băm nội dung", "Hash of the content"),
        "previous_hash": internal("Mã băm sự kiện trước", "Hash of the event before"),
        "hash": internal("Mã băm", "Hash"),
    },
    "audit.AuditPayload": {
        "event": internal("Sự kiện", "Event"),
        "salt": secret("Muối của mã băm", "Salt of the hash"),
        "body": personal(
            "Nội dung trước, sau, lý do, tên người thực hiện", "Before, after, reason, actor's name", ACCOUNTABILITY
        ),
        "redacted_at": internal("Thời điểm xóa nội dung", "When the content was erased"),
    },
    "audit.AuditHead": {
        "id": internal("Dòng duy nhất", "The single row"),
        "sequence": internal("Số sự kiện cuối", "Number of the last event"),
        "hash": internal("Mã băm cuối", "Last hash"),
    },
}
EVENT_KEYS: Final[Mapping[str, Fields]] = {
    "audit.AuditHead": {
        "events": internal("Số sự kiện đã đọc", "Events read"),
        "redacted": internal("Số nội dung đã xóa theo quy định", "Contents erased by rule"),
        "damages": internal("Số chỗ hỏng", "Damages"),
        "found": internal("Chỗ hỏng", "What is damaged"),
    },
}
