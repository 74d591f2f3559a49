"""The sheet of procedures: a row for each version; steps, papers, fees and bases a line each within their cell."""

from __future__ import annotations

from typing import Final

from cchc.organizations.importing.layout import NO, YES, ImportColumn, ImportSheet
from cchc.procedures.coding import LONGEST_CODE
from cchc.procedures.versions import LEVELS, MECHANISMS, ONLINE
from cchc.records.errors import Message
from cchc.records.words import say
from cchc.worktime.appointments import EFFECTS

SHEET_NAME: Final = "Thủ tục"
LINES: Final = frozenset({"steps", "papers", "fees", "bases"})
"""Columns in whose cells each line says something of its own."""
_LONGEST: Final = 20_000


def choice_names(prefix: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    """What choices are called in the workbook."""
    return tuple(say(Message(f"procedures.{prefix}_{id_}"), "vi") for id_ in ids)


SHEET: Final = ImportSheet(
    SHEET_NAME,
    (
        ImportColumn("code", ("Mã thủ tục", "Code"), 14, longest=LONGEST_CODE, note="Mã quốc gia, ví dụ 2.000635."),
        ImportColumn("name", ("Tên thủ tục", "Name"), 44, longest=1_000),
        ImportColumn("field", ("Lĩnh vực", "Field"), 22, longest=1_000),
        ImportColumn("level", ("Cấp thực hiện", "Level"), 14, choices=choice_names("level", LEVELS)),
        ImportColumn("authority", ("Cơ quan quyết định", "Who decides"), 28, longest=1_000),
        ImportColumn("starts_on", ("Áp dụng từ", "In force from"), 13, "date",
                     note="Mỗi dòng là một phiên bản; ngày đầu áp dụng."),
        ImportColumn("ends_on", ("Đến hết ngày", "In force until"), 13, "date", note="Để trống khi chưa biết."),
        ImportColumn("document", ("Quyết định công bố", "Decision"), 30, longest=1_000),
        ImportColumn("issued_on", ("Ngày quyết định", "Date of the decision"), 13, "date"),
        ImportColumn("verified", ("Đã đối chiếu", "Verified"), 12, "flag", choices=(YES, NO),
                     note="Có khi đã so với quyết định; Không thì ghi điều chưa xác minh."),
        ImportColumn("doubt", ("Điều chưa xác minh", "What is not verified"), 26, longest=1_000),
        ImportColumn("limit", ("Thời hạn giải quyết", "Limit"), 18,
                     note="Ví dụ: 10 ngày làm việc; 4 giờ làm việc; 30 ngày (ngày lịch). Để trống nếu không quy định."),
        ImportColumn("mechanism", ("Cơ chế tiếp nhận", "Mechanism"), 18, choices=choice_names("mechanism", MECHANISMS)),
        ImportColumn("online", ("Mức trực tuyến", "Online"), 18, choices=choice_names("online", ONLINE)),
        ImportColumn("not_full_because", ("Lý do chưa toàn trình", "Why not fully online"), 24, longest=1_000),
        ImportColumn("portal", ("Địa chỉ trên Cổng DVCQG", "Address on the national portal"), 26, longest=1_000),
        ImportColumn("on_supplement", ("Khi chờ bổ sung", "While papers are missing"), 24,
                     choices=choice_names("on", EFFECTS)),
        ImportColumn("extensions", ("Số lần hẹn lại", "Put off"), 10, note="Để trống là 1."),
        ImportColumn("result", ("Kết quả", "Result"), 24, longest=1_000),
        ImportColumn("steps", ("Các bước", "Steps"), 60, longest=_LONGEST,
                     note="Mỗi bước một dòng: nội dung // vai trò // thời hạn // sau bước // cơ quan khác. Ví dụ:"
                          " Thẩm tra // Công chức giải quyết // 2 ngày làm việc // 1. Bỏ phần sau bước thì sau bước"
                          " liền trước; 0 là bắt đầu ngay."),
        ImportColumn("papers", ("Thành phần hồ sơ", "Papers"), 44, longest=_LONGEST,
                     note="Mỗi giấy tờ một dòng: tên // số bản chính // số bản sao chứng thực // số bản sao."),
        ImportColumn("fees", ("Phí, lệ phí", "Fees"), 36, longest=_LONGEST,
                     note="Mỗi khoản một dòng: tên // số tiền // nộp khi nào."),
        ImportColumn("bases", ("Căn cứ pháp lý", "Legal bases"), 36, longest=_LONGEST, note="Mỗi căn cứ một dòng."),
    ),
    ("code", "name", "starts_on"),
)  # fmt: skip
