"""What the fields of this room are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.classification import ACCOUNTABILITY
from cchc.audit.fields import ROW_NUMBER, Fields, Purpose, internal, personal, post_then
from cchc.organizations.classification import DATED, LAW, SAMPLE, UNCHECKED, VERSION
from cchc.records.text import LocalText

PAPERS: Final = Purpose(
    LocalText("Soạn thảo, ban hành và lưu văn bản của cơ quan", "Drafting, issuing and keeping papers of the unit"),
    LAW,
    UNCHECKED,
)


def _kind(id_: str) -> str:
    from cchc.interface.errors import current_language
    from cchc.papers.kinds import BASIS_KINDS, PAPER_KINDS

    names = dict(BASIS_KINDS) | {str(kind): name for kind, name in PAPER_KINDS.items()}  # both call the same the same
    return names[id_].in_language(current_language()) if id_ in names else id_


def _state(id_: str) -> str:
    from cchc.interface.errors import current_language
    from cchc.papers.states import PAPER

    names = {state.id: state.name.in_language(current_language()) for state in PAPER.states}
    return names.get(id_, id_)


_UNIT: Final = internal("Đơn vị", "Unit")
_KIND: Final = internal("Loại văn bản", "Kind of paper", _kind)
_VOCABULARY: Final = internal("Bộ tên dùng trong mẫu", "Vocabulary").inner()
_SORT_KEY: Final = internal("Khóa sắp xếp", "Sort key").inner()
_SEARCH_KEY: Final = internal("Khóa tìm kiếm", "Search key").inner()

FIELDS: Final[Mapping[str, Fields]] = {
    "papers.LegalBasis": {
        **DATED,
        "unit": _UNIT,
        "kind": _KIND,
        "number": internal("Số, ký hiệu", "Number"),
        "issuer": internal("Cơ quan ban hành", "Issuer"),
        "title": internal("Tên, trích yếu", "Title"),
        "issued_on": internal("Ngày ban hành", "Issued on"),
        "replaced_by": internal("Được thay thế bằng", "Replaced by"),
        "verified": internal("Đã đối chiếu", "Verified"),
        "doubt": internal("Điều chưa chắc chắn", "Doubt"),
        "search_key": _SEARCH_KEY,
        "sort_key": _SORT_KEY,
        "version": VERSION,
        "is_sample": SAMPLE,
    },
    "papers.NumberSeries": {
        "id": ROW_NUMBER,
        "unit": _UNIT,
        "year": internal("Năm", "Year"),
        "symbol": internal("Ký hiệu", "Symbol"),
        "last": internal("Số cuối đã cấp", "Last number given"),
        "last_on": internal("Ngày cấp số cuối", "Last given on"),
    },
    "papers.TextTemplate": {
        "id": ROW_NUMBER,
        "code": internal("Mã mẫu", "Code"),
        "unit": _UNIT,
        "kind": _KIND,
        "vocabulary": _VOCABULARY,
        "version": VERSION,
        "is_sample": SAMPLE,
    },
    "papers.TemplateVersion": {
        **DATED,
        "template": internal("Mẫu", "Template"),
        "name": internal("Tên mẫu", "Name"),
        "summary": internal("Trích yếu", "Summary"),
        "addressees": internal("Kính gửi", "Addressees"),
        "text": internal("Nội dung", "Text"),
        "recipients": internal("Nơi nhận", "Recipients"),
        "sort_key": _SORT_KEY,
    },
    "papers.Paper": {
        "id": ROW_NUMBER,
        "unit": _UNIT,
        "kind": _KIND,
        "state": internal("Trạng thái", "State", _state),
        "template": internal("Mẫu", "Template"),
        "vocabulary": _VOCABULARY,
        "about": internal("Đối tượng", "About"),
        "values": personal("Giá trị điền vào", "Values filled in", PAPERS),
        "drafted_by": personal("Người soạn", "Who drafted it", ACCOUNTABILITY),
        "drafted_at": internal("Thời điểm soạn", "When it was drafted"),
        "version": VERSION,
        "is_sample": SAMPLE,
        "issuer": internal("Cơ quan ban hành", "Issuer"),
        "superior": internal("Cơ quan chủ quản", "Superior"),
        "symbol": internal("Ký hiệu", "Symbol"),
        "place": internal("Địa danh", "Place"),
        "summary": internal("Trích yếu", "Summary"),
        "addressees": internal("Kính gửi", "Addressees"),
        "text": personal("Nội dung", "Text", PAPERS),
        "recipients": internal("Nơi nhận", "Recipients"),
        "on_behalf": internal("Ký thay", "In whose place"),
        "signer_title": internal("Quyền hạn người ký", "Title of the signer"),
        "signer_post": internal("Chức vụ người ký", "Post of the signer"),
        "signer_name": personal("Người ký", "Signer", PAPERS),
        "title": internal("Tên văn bản", "Title"),
        "search_key": _SEARCH_KEY,
        "number": internal("Số", "Number"),
        "year": internal("Năm", "Year"),
        "issued_on": internal("Ngày ban hành", "Issued on"),
        "issued_at": internal("Thời điểm phát hành", "When it was issued"),
        "issued_by": personal("Người phát hành", "Who issued it", ACCOUNTABILITY),
        "issued_for": personal("Phát hành thay ai", "On whose behalf it was issued", ACCOUNTABILITY),
        "content": personal("Văn bản đã phát hành", "The issued document", PAPERS),
        "content_hash": internal("Mã băm văn bản", "Hash of the document"),
        "because": internal("Lý do thu hồi, thay thế, bỏ", "Why withdrawn, replaced or discarded"),
        "replaced_by": internal("Được thay thế bằng", "Replaced by"),
    },
    "papers.SignedFile": {
        "id": ROW_NUMBER,
        "paper": internal("Văn bản", "Paper"),
        "file": internal("Tệp đã ký", "Signed file"),
        "standing": internal("Giá trị chữ ký số", "What its signatures are worth"),
        "reports": personal("Chi tiết chữ ký số", "The signatures", PAPERS),
        "judged_at": internal("Thời điểm kiểm tra", "When it was judged"),
        "attached_by": personal("Người đính kèm", "Who attached it", ACCOUNTABILITY).of_actor(),
    },
    "papers.BasesImport": {
        "id": ROW_NUMBER,
        "unit": _UNIT,
        "file": internal("Tệp", "File"),
        "sha256": internal("Mã băm SHA-256", "SHA-256"),
        "content": internal("Nội dung tệp", "Content of the file"),
        "uploaded_by": personal("Người tải lên", "Who uploaded it", ACCOUNTABILITY),
        "uploaded_at": internal("Thời điểm tải lên", "When it was uploaded"),
        "committed_at": internal("Thời điểm thực hiện", "When it was carried out"),
        "set_aside_at": internal("Thời điểm bỏ", "When it was laid aside"),
    },
    "papers.ApprovalRequest": {
        "id": ROW_NUMBER,
        "paper": internal("Văn bản trình", "Paper"),
        "to": internal("Trình đơn vị", "Asked unit"),
        "asked_at": internal("Thời điểm trình", "When it was asked"),
        "asked_by": personal("Người trình", "Who asked", ACCOUNTABILITY),
        "asked_as": post_then("người trình", "it was asked", ACCOUNTABILITY),
        "verdict": internal("Kết quả", "Verdict"),
        "words": internal("Ý kiến", "Words"),
        "decision": internal("Văn bản quyết định", "Paper of the decision"),
        "decided_at": internal("Thời điểm quyết định", "When it was decided"),
        "decided_by": personal("Người quyết định", "Who decided", ACCOUNTABILITY),
        "decided_as": post_then("người quyết định", "it was decided", ACCOUNTABILITY),
    },
    "papers.CitedBasis": {
        "id": ROW_NUMBER,
        "paper": internal("Văn bản", "Paper"),
        "basis": internal("Căn cứ", "Basis"),
        "place": internal("Thứ tự", "Place"),
    },
}

EVENT_KEYS: Final[Mapping[str, Fields]] = {
    "papers.BasesImport": {"bases": internal("Số căn cứ", "How many bases")},
    "papers.Paper": {"bases": internal("Căn cứ (số thứ tự)", "Bases (numbers)")},
    "papers.NumberSeries": {"given": internal("Số đã cấp", "Number given")},
}
