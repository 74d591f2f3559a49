"""Kinds of events of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

BASIS_ENTERED: Final = "papers.basis_entered"
BASIS_CHANGED: Final = "papers.basis_changed"
BASES_UPLOADED: Final = "papers.bases_uploaded"
BASES_IMPORTED: Final = "papers.bases_imported"
BASES_SET_ASIDE: Final = "papers.bases_set_aside"
TEMPLATE_MADE: Final = "papers.template_made"
TEMPLATE_WRITTEN: Final = "papers.template_written"
TEMPLATE_ENDED: Final = "papers.template_ended"
PAPER_DRAFTED: Final = "papers.paper_drafted"
PAPER_CHANGED: Final = "papers.paper_changed"
PAPER_DISCARDED: Final = "papers.paper_discarded"
NUMBER_GIVEN: Final = "papers.number_given"
PAPER_ISSUED: Final = "papers.paper_issued"
SIGNED_FILE_ATTACHED: Final = "papers.signed_file_attached"
PAPER_WITHDRAWN: Final = "papers.paper_withdrawn"
PAPER_REPLACED: Final = "papers.paper_replaced"
APPROVAL_ASKED: Final = "papers.approval_asked"
APPROVAL_DECIDED: Final = "papers.approval_decided"
APPROVAL_TAKEN_BACK: Final = "papers.approval_taken_back"

KINDS: Final[Mapping[str, LocalText]] = {
    BASIS_ENTERED: LocalText("Nhập căn cứ pháp lý", "Legal basis entered"),
    BASIS_CHANGED: LocalText("Sửa căn cứ pháp lý", "Legal basis changed"),
    BASES_UPLOADED: LocalText("Tải lên tệp căn cứ pháp lý", "File of legal bases uploaded"),
    BASES_IMPORTED: LocalText("Nhập căn cứ pháp lý từ tệp", "Legal bases imported"),
    BASES_SET_ASIDE: LocalText("Bỏ tệp căn cứ pháp lý", "File of legal bases laid aside"),
    TEMPLATE_MADE: LocalText("Lập mẫu văn bản", "Template made"),
    TEMPLATE_WRITTEN: LocalText("Soạn phiên bản của mẫu", "Version of template written"),
    TEMPLATE_ENDED: LocalText("Kết thúc phiên bản của mẫu", "Version of template ended"),
    PAPER_DRAFTED: LocalText("Soạn dự thảo văn bản", "Paper drafted"),
    PAPER_CHANGED: LocalText("Sửa dự thảo văn bản", "Draft changed"),
    PAPER_DISCARDED: LocalText("Bỏ dự thảo văn bản", "Draft discarded"),
    NUMBER_GIVEN: LocalText("Cấp số văn bản", "Number given"),
    PAPER_ISSUED: LocalText("Phát hành văn bản", "Paper issued"),
    SIGNED_FILE_ATTACHED: LocalText("Lưu bản đã ký", "Signed file attached"),
    PAPER_WITHDRAWN: LocalText("Thu hồi văn bản", "Paper withdrawn"),
    PAPER_REPLACED: LocalText("Thay thế văn bản", "Paper replaced"),
    APPROVAL_ASKED: LocalText("Trình phê duyệt", "Approval asked for"),
    APPROVAL_DECIDED: LocalText("Quyết định về văn bản trình", "Approval decided"),
    APPROVAL_TAKEN_BACK: LocalText("Thôi trình phê duyệt", "Request for approval taken back"),
}
