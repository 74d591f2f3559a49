"""What the fields of this room are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Fields, internal, personal, post_then


def _kind(id_: str) -> str:
    from cchc.registers.shown import shown_kind

    return shown_kind(id_)


def _state(id_: str) -> str:
    from cchc.registers.shown import state_name

    return state_name(id_)


_REGISTER: Final = internal("Sổ theo dõi", "Register")
_SEARCH_KEY: Final = internal("Khóa tìm kiếm", "Search key").inner()
_VERSION: Final = internal("Lần sửa", "Version").inner()

FIELDS: Final[Mapping[str, Fields]] = {
    "registers.Register": {
        "id": ROW_NUMBER,
        "kind": internal("Loại sổ", "Kind", _kind),
        "title": internal("Tên sổ", "Title"),
        "number": internal("Số văn bản làm căn cứ", "Number of the document"),
        "issued_on": internal("Ngày văn bản", "Date of the document"),
        "basis": internal("Căn cứ trong thư viện", "Basis of the library"),
        "keeper": internal("Đơn vị giữ sổ", "Kept by"),
        "starts_on": internal("Theo dõi từ ngày", "Kept from"),
        "ends_on": internal("Đến ngày", "Kept until"),
        "state": internal("Trạng thái", "State", _state),
        "version": _VERSION,
        "opened_at": internal("Thời điểm mở sổ", "When it was opened"),
        "opened_by": personal("Người mở sổ", "Who opened it", ACCOUNTABILITY),
        "closed_at": internal("Thời điểm khóa sổ", "When it was closed"),
        "search_key": _SEARCH_KEY,
        "is_sample": internal("Dữ liệu mẫu", "Sample"),
    },
    "registers.RegisterEntry": {
        "id": ROW_NUMBER,
        "register": _REGISTER,
        "place": internal("Số thứ tự", "Place"),
        "unit": internal("Đơn vị liên quan", "Unit concerned"),
        "values": internal("Giá trị các cột", "Values of the columns").inner(),
        "title": internal("Tên dòng", "What names it").inner(),
        "same_as": internal("Khóa nhận biết", "What makes two one").inner(),
        "version": _VERSION,
        "entered_at": internal("Thời điểm ghi", "When it was entered"),
        "entered_by": personal("Người ghi", "Who entered it", ACCOUNTABILITY),
        "entered_as": post_then("người ghi", "it was entered", ACCOUNTABILITY),
        "changed_at": internal("Thời điểm sửa", "When it was corrected"),
        "changed_by": personal("Người sửa", "Who corrected it", ACCOUNTABILITY),
        "changed_as": post_then("người sửa", "it was corrected", ACCOUNTABILITY),
        "struck_at": internal("Thời điểm gạch", "When it was struck out"),
        "struck_by": personal("Người gạch", "Who struck it out", ACCOUNTABILITY),
        "struck_as": post_then("người gạch", "it was struck out", ACCOUNTABILITY),
        "struck_because": internal("Lý do gạch", "Why it was struck out"),
        "search_key": _SEARCH_KEY,
    },
    "registers.EntriesImport": {
        "id": ROW_NUMBER,
        "register": _REGISTER,
        "file": internal("Tên tệp", "File"),
        "sha256": internal("Mã băm của tệp", "Hash of the file"),
        "content": internal("Nội dung tệp", "Content of the file").inner(),
        "uploaded_by": personal("Người tải lên", "Who uploaded it", ACCOUNTABILITY),
        "uploaded_at": internal("Thời điểm tải lên", "When it was uploaded"),
        "committed_at": internal("Thời điểm thực hiện", "When it was carried out"),
        "set_aside_at": internal("Thời điểm bỏ", "When it was laid aside"),
    },
}

EVENT_KEYS: Final[Mapping[str, Fields]] = {
    "registers.RegisterEntry": {"said": internal("Nội dung dòng", "What it says")},
    "registers.EntriesImport": {"entries": internal("Số dòng ghi hoặc sửa", "Entries written")},
}
