"""The sheet of legal bases: its columns, what each may be called, and what is said about them."""

from __future__ import annotations

from typing import Final

from cchc.organizations.importing.layout import NO, YES, ImportColumn, ImportSheet
from cchc.papers.kinds import BASIS_KINDS
from cchc.papers.models.bases import LONGEST_NAME

SHEET_NAME: Final = "Căn cứ"
EMPTIED: Final = frozenset({"ends_on", "replaced_by", "document", "document_on", "doubt"})
"""Fields that a hyphen empties; an empty cell says nothing and keeps what is there."""
_EMPTIES: Final = "Ô trống: giữ nguyên. Ghi dấu gạch ngang (-) để xóa."

SHEET: Final = ImportSheet(
    SHEET_NAME,
    (
        ImportColumn("kind", ("Loại văn bản", "Loại", "Kind"), 16, note="Chọn trong danh sách.",
                     choices=tuple(name.vi for name in BASIS_KINDS.values())),
        ImportColumn("number", ("Số, ký hiệu", "Số ký hiệu", "Number"), 22, longest=60,
                     note="Cùng loại, số, ngày, cơ quan ban hành là một căn cứ. Luật, pháp lệnh có thể để trống."),
        ImportColumn("issued_on", ("Ngày ban hành", "Issued on"), 13, "date"),
        ImportColumn("issuer", ("Cơ quan ban hành", "Issued by"), 28, longest=LONGEST_NAME),
        ImportColumn("title", ("Tên, trích yếu", "Trích yếu", "Title"), 56, longest=LONGEST_NAME,
                     note="Luật: tên luật. Văn bản khác: về việc gì, như: về công tác văn thư."),
        ImportColumn("starts_on", ("Hiệu lực từ", "In force from"), 13, "date"),
        ImportColumn("ends_on", ("Hiệu lực đến", "In force until"), 13, "date", note=_EMPTIES),
        ImportColumn("replaced_by", ("Thay thế bởi (số, ký hiệu)", "Thay thế bởi", "Replaced by"), 24,
                     note=f"Số của căn cứ thay thế, có trong thư viện hoặc trong tệp này. {_EMPTIES}"),
        ImportColumn("document", ("Nơi tra cứu", "Where it can be read"), 36, longest=500, note=_EMPTIES),
        ImportColumn("document_on", ("Ngày tra cứu", "Looked up on"), 13, "date", note=_EMPTIES),
        ImportColumn("verified", ("Đã đối chiếu", "Verified"), 12, "flag", choices=(YES, NO),
                     note="Có khi đã so với văn bản gốc. Ô trống: giữ nguyên, căn cứ mới thì là không."),
        ImportColumn("doubt", ("Điều còn chưa rõ", "Open question"), 36, longest=500, note=_EMPTIES),
    ),
    ("kind", "issued_on", "title"),
)  # fmt: skip
