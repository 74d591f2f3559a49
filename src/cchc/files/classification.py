"""What the fields of this room are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Fields, Purpose, internal, personal, post_then
from cchc.organizations.classification import LAW, SAMPLE, UNCHECKED, VERSION
from cchc.records.text import LocalText

EVIDENCE: Final = Purpose(
    LocalText("Chứng minh điều đã khai, đã làm; tìm lại tài liệu", "Proving what was said and done; finding it again"),
    LAW,
    UNCHECKED,
)


def _subject_type(code: str) -> str:
    from cchc.files.citing import known_citables
    from cchc.interface.errors import current_language

    known = known_citables().get(code)
    return code if known is None else known.name.in_language(current_language())


def _position(code: str) -> str:
    from cchc.files.showing import position_in_words

    return position_in_words(code)


def _state(code: str) -> str:
    from cchc.interface.errors import current_language

    named = _STATES.get(code)
    return code if named is None else named.in_language(current_language())


_STATES: Final[Mapping[str, LocalText]] = {
    "scanning": LocalText("đang quét", "being scanned"),
    "safe": LocalText("an toàn", "safe"),
    "unsafe": LocalText("có mã độc", "harmful"),
    "quarantined": LocalText("cách ly", "held back"),
}

FIELDS: Final[Mapping[str, Fields]] = {
    "files.Blob": {
        "id": ROW_NUMBER,
        "sha256": internal("Mã băm nội dung", "Hash of the content"),
        "kind": internal("Loại nội dung", "Kind of content"),
        "size": internal("Dung lượng (byte)", "Size in bytes"),
        "pages": internal("Số trang", "Pages"),
        "state": internal("Trạng thái kiểm tra", "State", _state),
        "scanned_at": internal("Thời điểm quét", "When it was scanned"),
        "finding": internal("Kết quả quét", "What was found"),
        "stored_at": internal("Thời điểm lưu", "When it was stored"),
    },
    "files.StoredFile": {
        "id": ROW_NUMBER,
        "blob": internal("Nội dung", "Content"),
        "name": personal("Tên tệp", "Name of the file", EVIDENCE),
        "received_sha256": internal("Mã băm khi nhận", "Hash as received"),
        "uploaded_by": personal("Người tải lên", "Who uploaded it", ACCOUNTABILITY),
        "uploaded_as": post_then("người tải lên", "it was uploaded", ACCOUNTABILITY),
        "on_behalf_of": personal("Tải lên thay cho", "For whom", ACCOUNTABILITY),
        "unit": internal("Đơn vị", "Unit"),
        "uploaded_at": internal("Thời điểm tải lên", "When it was uploaded"),
        "position": internal("Vị trí chụp trong ảnh", "Where a photo was taken, in the image", _position),
        "no_state_secret": internal("Xác nhận không chứa bí mật nhà nước", "Confirmed to hold no state secret"),
        "title": personal("Trích yếu", "Title", EVIDENCE),
        "number": internal("Số, ký hiệu", "Number"),
        "issuer": internal("Cơ quan ban hành", "Issuer"),
        "issued_on": internal("Ngày ban hành", "Issued on"),
        "search_key": personal("Khóa tìm kiếm", "Search key", EVIDENCE).inner(),
        "version": VERSION,
        "is_sample": SAMPLE,
    },
    "files.Citation": {
        "id": ROW_NUMBER,
        "file": internal("Tệp", "File"),
        "subject_type": internal("Loại đối tượng", "Kind of object", _subject_type),
        "subject_id": internal("Mã đối tượng", "Which object"),
        "reason": internal("Lý do viện dẫn", "Why it is cited"),
        "cited_by": personal("Người viện dẫn", "Who cited it", ACCOUNTABILITY).of_actor(),
        "cited_at": internal("Thời điểm viện dẫn", "When it was cited"),
        "ended_by": personal("Người thôi viện dẫn", "Who ended it", ACCOUNTABILITY).of_actor(),
        "ended_at": internal("Thời điểm thôi viện dẫn", "When it ended"),
        "ended_because": internal("Lý do thôi viện dẫn", "Why it ended"),
    },
}
