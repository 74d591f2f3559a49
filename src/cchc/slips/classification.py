"""What the fields of this room are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Fields, internal, personal, post_then
from cchc.slips.printed_forms import name_of
from cchc.slips.states import BOOK


def _form(key: str) -> str:
    return name_of(key).vi


def _state(state: str) -> str:
    return BOOK.state(state).name.vi


FIELDS: Final[Mapping[str, Fields]] = {
    "slips.FormSeries": {
        "id": ROW_NUMBER,
        "unit": internal("Đơn vị", "Unit"),
        "form": internal("Mẫu phiếu", "Form", _form),
        "year": internal("Năm", "Year"),
        "last": internal("Số cuối đã cấp", "Last number given"),
    },
    "slips.IssuedForm": {
        "id": ROW_NUMBER,
        "event": internal("Việc của hồ sơ", "Act").inner(),
        "unit": internal("Đơn vị", "Unit"),
        "form": internal("Mẫu phiếu", "Form", _form),
        "year": internal("Năm", "Year"),
        "number": internal("Số", "Number"),
        "mark": internal("Ký hiệu sau số", "Letters behind the number"),
        "issued_at": internal("Thời điểm cấp số", "Issued at"),
        "issued_by": personal("Người cấp số", "Who gave the number", ACCOUNTABILITY),
        "issued_as": post_then("người cấp số", "it was issued", ACCOUNTABILITY),
    },
    "slips.RegisterBook": {
        "id": ROW_NUMBER,
        "unit": internal("Đơn vị", "Unit"),
        "year": internal("Năm", "Year"),
        "state": internal("Trạng thái", "State", _state),
        "last": internal("Số dòng", "Lines"),
        "opened_at": internal("Thời điểm mở sổ", "Opened at"),
        "closed_at": internal("Thời điểm khóa sổ", "Closed at"),
        "closed_by": personal("Người khóa sổ", "Who closed it", ACCOUNTABILITY),
        "closed_as": post_then("người khóa sổ", "it was closed", ACCOUNTABILITY),
        "content_hash": internal("Mã băm nội dung", "Hash of the content"),
    },
    "slips.RegisterEntry": {
        "id": ROW_NUMBER,
        "book": internal("Sổ", "Register"),
        "number": internal("Số thứ tự", "Serial number"),
        "dossier": internal("Hồ sơ", "Dossier"),
        "entered_at": internal("Thời điểm vào sổ", "Entered at"),
    },
    "slips.CarriedEntry": {
        "id": ROW_NUMBER,
        "book": internal("Sổ", "Register"),
        "dossier": internal("Hồ sơ", "Dossier"),
        "carried_at": internal("Thời điểm chuyển sổ", "Carried over at"),
    },
}

EVENT_KEYS: Final[Mapping[str, Fields]] = {
    "slips.RegisterBook": {"carried": internal("Số hồ sơ chuyển sang", "Dossiers carried over")},
}
