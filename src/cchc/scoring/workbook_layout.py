"""The workbook of a criteria set: which sheet and column holds which part of the set.

A set is a tree of text. A `Part` is one sheet: the scalars of its members stand in columns by their path
(`source.document`), its lists in sheets of their own that name their owner's code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cchc.records.trees import DOUBT, DOUBT_EN
from cchc.scoring.criteria import COMBINE, NOT_APPLICABLE, SCORERS
from cchc.scoring.criterion_loading import INPUT_KINDS
from cchc.scoring.rules import RULE_KINDS

GUIDE_SHEET: Final = "Hướng dẫn"
KEY_TITLE: Final = "Khóa"
VALUE_TITLE: Final = "Giá trị"
SET_SHEET: Final = "Bộ tiêu chí"
LIST_SEPARATOR: Final = "\n"


@dataclass(frozen=True, slots=True)
class PathColumn:
    """One column: where its text belongs in a member's tree, its heading and a note for people."""

    path: str
    title: str
    note: str = ""
    width: int = 14
    choices: tuple[str, ...] = ()
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet of members. `owner_titles` are the columns that say whose members they are."""

    sheet: str
    columns: tuple[PathColumn, ...]
    about: str


@dataclass(frozen=True, slots=True)
class SetKey:
    """One line of the sheet with the set's own keys."""

    path: str
    about: str
    is_list: bool = False


SET_KEYS: Final = (
    SetKey("id", "Mã bộ tiêu chí, không dấu, không đổi khi sửa nội dung"),
    SetKey("title.vi", "Tên bộ tiêu chí"),
    SetKey("title.en", "Tên tiếng Anh (không bắt buộc)"),
    SetKey("applies_to", "Cấp hoặc loại đơn vị áp dụng, mỗi dòng một loại", is_list=True),
    SetKey("valid.from", "Áp dụng từ ngày"),
    SetKey("valid.to", "Áp dụng đến ngày; để trống nếu chưa có"),
    SetKey("source.document", "Văn bản ban hành"),
    SetKey("source.on", "Ngày ban hành"),
    SetKey("source.article", "Điều, phụ lục"),
    SetKey("source.url", "Địa chỉ đăng văn bản"),
    SetKey("verified", "true nếu đã đối chiếu với văn bản; nếu chưa, để trống và ghi lý do ở dòng dưới"),
    SetKey(DOUBT, "Lý do chưa xác minh"),
    SetKey(DOUBT_EN, "Lý do chưa xác minh, tiếng Anh (không bắt buộc)"),
    SetKey("total", "Tổng điểm tối đa, bằng tổng điểm các tiêu chí"),
    SetKey("points_decimals", "Số chữ số thập phân của điểm từng tiêu chí; để trống nếu không làm tròn"),
    SetKey("index.decimals", "Số chữ số thập phân của chỉ số; để trống là 2"),
    SetKey("index.cap", "Chỉ số tối đa, ví dụ 100"),
    SetKey("ties.order", "Mã xét lần lượt khi bằng chỉ số, mỗi dòng một mã; để trống là đồng hạng", is_list=True),
    SetKey("bands.on", "Xếp loại theo index (chỉ số) hoặc points (điểm)"),
    SetKey("bonus_cap", "Tổng điểm thưởng tối đa"),
    SetKey("penalty_cap", "Tổng điểm trừ tối đa"),
)

_OWNER: Final = PathColumn("", "Mã tiêu chí", "Mã ở trang Tiêu chí", 12, is_locked=True)

BANDS: Final = Part(
    "Xếp loại",
    (
        PathColumn("id", "Mã loại", "Không dấu", 14),
        PathColumn("from", "Từ", "Từ cao xuống thấp, cuối cùng là 0", 8),
        PathColumn("name.vi", "Tên loại", width=20),
        PathColumn("name.en", "Tên tiếng Anh", width=20),
    ),
    "Các loại từ cao xuống thấp.",
)
CLASS_CAPS: Final = Part(
    "Giới hạn xếp loại",
    (
        PathColumn("when", "Khi", "Điều kiện, ví dụ c['1.1'].done == 0", 50),
        PathColumn("at_most", "Nhiều nhất là loại", "Mã loại ở trang Xếp loại", 18),
    ),
    "Điều kiện làm xếp loại không vượt quá một loại; không đổi thứ hạng.",
)
CRITERIA: Final = Part(
    "Tiêu chí",
    (
        PathColumn("code", "Mã", "Không sửa mã đã dùng; thêm dòng mới thì bỏ khóa trang tính", 10, is_locked=True),
        PathColumn(
            "parent", "Thuộc", "Mã của lĩnh vực hoặc nhóm chứa tiêu chí; để trống là lĩnh vực", 10, is_locked=True
        ),
        PathColumn("title.vi", "Tên", width=48),
        PathColumn("title.en", "Tên tiếng Anh", width=32),
        PathColumn("max", "Điểm tối đa", "Với nhóm: bằng tổng bên dưới, hoặc để trống", 9),
        PathColumn("rule.kind", "Cách tính", "Để trống với lĩnh vực và nhóm", 18, tuple(RULE_KINDS)),
        PathColumn("rule.value", "Tỷ lệ, giá trị", "Biểu thức, ví dụ done / planned", 24),
        PathColumn("rule.count", "Số lượng", "Biểu thức đếm", 14),
        PathColumn("rule.each", "Điểm mỗi đơn vị", width=9),
        PathColumn("rule.floor", "Mức sàn", "0.8 là 80 %", 8),
        PathColumn("rule.target", "Mục tiêu", "Số, hoặc biểu thức với target_ratio", 10),
        PathColumn("rule.actual", "Kết quả", "Biểu thức của target_ratio", 12),
        PathColumn("rule.best", "Cao nhất", "Để trống: cao nhất trong nhóm", 10),
        PathColumn("rule.date", "Chỉ tiêu ngày", "Tên chỉ tiêu loại date của by_date", 12),
        PathColumn("rule.late", "Trễ hạn", "Biểu thức của worst_of_period; để trống là late", 10),
        PathColumn("rule.total", "Tổng số", "Biểu thức của worst_of_period; để trống là total", 10),
        PathColumn("rule.cap", "Thưởng, trừ tối đa", width=9),
        PathColumn("rule.least", "Không dưới", "Với deduction; để trống là 0", 9),
        PathColumn("not_applicable", "Khi không áp dụng", "Để trống là never", 12, NOT_APPLICABLE),
        PathColumn("scored_by", "Người chấm", "Để trống là unit; hoặc metric:MÃ", 12, SCORERS),
        PathColumn("combine", "Điểm thực tế", "Để trống là replace", 10, COMBINE),
        PathColumn("source.document", "Văn bản", "Để trống: như của bộ tiêu chí", 24),
        PathColumn("source.on", "Ngày văn bản", width=12),
        PathColumn("source.article", "Điều khoản", width=14),
        PathColumn("source.url", "Địa chỉ", width=14),
        PathColumn("verified", "Đã xác minh", "true, hoặc để trống", 10, ("true",)),
        PathColumn(DOUBT, "Lý do chưa xác minh", width=24),
        PathColumn(DOUBT_EN, "Lý do bằng tiếng Anh", width=24),
    ),
    "Mỗi dòng một lĩnh vực, nhóm hoặc tiêu chí, theo thứ tự in.",
)
INPUTS: Final = Part(
    "Chỉ tiêu",
    (
        _OWNER,
        PathColumn("name", "Tên dùng trong biểu thức", "Chữ không dấu", 18, is_locked=True),
        PathColumn("kind", "Loại", width=12, choices=INPUT_KINDS),
        PathColumn("label.vi", "Nhãn", width=48),
        PathColumn("label.en", "Nhãn tiếng Anh", width=32),
        PathColumn("unit.vi", "Đơn vị tính", "Chỉ loại count, number", 14),
        PathColumn("unit.en", "Đơn vị tính bằng tiếng Anh", width=14),
    ),
    "Số liệu đơn vị kê khai cho từng tiêu chí.",
)
STEPS: Final = Part(
    "Mức và lựa chọn",
    (
        _OWNER,
        PathColumn("list", "Thuộc phần", "options, items, steps, cases; hoặc tên chỉ tiêu có lựa chọn", 14),
        PathColumn("id", "Mã lựa chọn", width=14),
        PathColumn("label.vi", "Nhãn", width=40),
        PathColumn("label.en", "Nhãn tiếng Anh", width=28),
        PathColumn("until", "Đến hết ngày", "Mức của by_date", 12),
        PathColumn("from", "Từ giá trị", "Mức của steps", 10),
        PathColumn("when", "Khi", "Điều kiện của formula; dòng cuối có thể là otherwise", 28),
        PathColumn("points", "Điểm", width=10),
    ),
    "Lựa chọn, nội dung, mức, trường hợp của cách tính; và lựa chọn của chỉ tiêu.",
)
EVIDENCE: Final = Part(
    "Tài liệu kiểm chứng",
    (_OWNER, PathColumn("vi", "Tài liệu", width=60), PathColumn("en", "Tên tiếng Anh", width=40)),
    "Tài liệu kiểm chứng của từng tiêu chí.",
)
PARTS: Final = (CRITERIA, INPUTS, STEPS, EVIDENCE, BANDS, CLASS_CAPS)
RULE_LISTS: Final = ("options", "items", "steps", "cases")
INPUT_LIST: Final = "inputs."
