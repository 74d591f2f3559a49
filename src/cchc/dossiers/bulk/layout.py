"""The sheet of dossiers to receive: a row for each."""

from __future__ import annotations

from typing import Final

from cchc.organizations.importing.layout import NO, YES, ImportColumn, ImportSheet

MOST_ROWS: Final = 200
"""Dossiers in one file: so many are compared while somebody waits, and received in a minute or two."""
PAPERS: Final = "papers"
MOMENT: Final = "handed_in_at"
NOT_TWICE: Final = "is_no_duplicate"
_LONGEST: Final = 4_000

SHEET: Final = ImportSheet(
    "Hồ sơ",
    (
        ImportColumn("procedure", ("Mã thủ tục", "Procedure"), 16, longest=100, note="Chọn trong trang Thủ tục."),
        ImportColumn("name", ("Chủ hồ sơ", "Owner of the dossier"), 30, longest=200),
        ImportColumn("number", ("Số định danh", "Identity number"), 16, longest=30),
        ImportColumn("phone", ("Điện thoại", "Phone"), 14, longest=30),
        ImportColumn("address", ("Địa chỉ", "Address"), 36, longest=500),
        ImportColumn("submitter_name", ("Người nộp, nếu là người khác", "Handed in by"), 26, longest=200),
        ImportColumn("subject", ("Nội dung đề nghị", "What is asked for"), 34, longest=500),
        ImportColumn(PAPERS, ("Giấy tờ đã nhận", "Papers handed in"), 40, longest=_LONGEST,
                     note="Để trống khi đủ thành phần, đúng số bản theo thủ tục. Nếu không: mỗi giấy tờ một dòng, đúng"
                          " tên; giấy tờ không ghi là chưa có."),
        ImportColumn("receipt", ("Số biên lai", "Receipt"), 16, longest=60, note="Khi phí, lệ phí đã nộp."),
        ImportColumn(NOT_TWICE, ("Không trùng", "No duplicate"), 12, "flag", choices=(YES, NO),
                     note="Ghi Có khi chủ hồ sơ đang có hồ sơ cùng thủ tục mà đây là hồ sơ khác."),
        ImportColumn(MOMENT, ("Nộp bản giấy lúc", "Handed in on paper at"), 18, longest=20,
                     note="Ngày giờ thực tế, ví dụ 23/11/2026 08:15. Chỉ ghi nhận bên cạnh: mã và ngày hẹn vẫn tính từ"
                          " lúc tiếp nhận trên hệ thống."),
        ImportColumn("evidence", ("Căn cứ", "What shows it"), 30, longest=1_000,
                     note="Bắt buộc khi có ngày giờ nộp bản giấy, ví dụ số trong sổ tiếp nhận giấy."),
    ),
    ("procedure", "name"),
)  # fmt: skip
