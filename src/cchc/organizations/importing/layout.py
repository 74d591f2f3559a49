"""The three sheets of the workbook: their columns, what each may be called, and what is said about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from cchc.organizations.kinds import unit_kinds
from cchc.organizations.roles import roles_over_units

UNITS_SHEET: Final = "Đơn vị"
OFFICIALS_SHEET: Final = "Cán bộ"
BESIDE_SHEET: Final = "Kiêm nhiệm"
GUIDE_SHEET: Final = "Hướng dẫn"
YES, NO = "Có", "Không"
NOTHING: Final = frozenset({"-", "–", "—"})
"""What a cell says to empty a field; an empty cell says nothing and keeps what is there."""
_EMPTIES: Final = "Ô trống: giữ nguyên. Ghi dấu gạch ngang (-) để xóa."


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """One column. `key` is its name in the program; `names` what its heading may be called, the first as we write it.

    `longest` in characters. `kind` says how a cell is read: a code is letters without marks, digits, `-` and `_`.
    """

    key: str
    names: tuple[str, ...]
    width: int
    kind: Literal["code", "text", "date", "flag"] = "text"
    note: str = ""
    longest: int = 300
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportSheet:
    """One sheet. `required`: keys of the columns without which a table is not this sheet."""

    name: str
    columns: tuple[ImportColumn, ...]
    required: tuple[str, ...]

    @property
    def roles(self) -> dict[str, tuple[str, ...]]:
        """The names of every column by its key."""
        return {column.key: column.names for column in self.columns}


def unit_sheet() -> ImportSheet:
    """The units, one in a row."""
    kinds = tuple(dated.value.name.vi for dated in unit_kinds().values())
    return ImportSheet(
        UNITS_SHEET,
        (
            ImportColumn("code", ("Mã đơn vị", "Unit code"), 24, "code", longest=80,
                         note="Chữ thường không dấu, chữ số, gạch nối. Không bao giờ đổi: đổi mã là lập đơn vị khác."),
            ImportColumn("name", ("Tên đơn vị", "Unit name"), 44),
            ImportColumn("kind", ("Loại đơn vị", "Loại", "Kind"), 32, choices=kinds, note="Chọn trong danh sách."),
            ImportColumn("parent", ("Trực thuộc (mã)", "Trực thuộc", "Stands under"), 24, longest=300,
                         note="Mã của đơn vị cấp trên, đã có hoặc có trong trang này. Ghi - cho cấp cao nhất."),
            ImportColumn("starts_on", ("Từ ngày", "Since"), 13, "date",
                         note="Ngày mà tên, loại, nơi trực thuộc này bắt đầu. Khi sửa, ghi ngày thay đổi có hiệu lực."),
            ImportColumn("ends_on", ("Ngày cuối", "Last day"), 13, "date",
                         note="Ngày cuối cùng đơn vị còn tồn tại. Để trống khi chưa biết."),
            ImportColumn("symbol", ("Ký hiệu", "Symbol"), 14, longest=40,
                         note=f"Trong số văn bản, như SNV. {_EMPTIES}"),
            ImportColumn("name_en", ("Tên tiếng Anh", "English name"), 36, note=_EMPTIES),
            ImportColumn("document", ("Văn bản", "Decision"), 36, note="Số của quyết định làm căn cứ thay đổi."),
            ImportColumn("document_on", ("Ngày văn bản", "Date of the decision"), 13, "date"),
        ),
        ("code", "name", "kind"),
    )  # fmt: skip


def official_sheet() -> ImportSheet:
    """The officials, one in a row, with their main posting, an account and a role."""
    return ImportSheet(
        OFFICIALS_SHEET,
        (
            ImportColumn("code", ("Mã cán bộ", "Số hiệu cán bộ", "Official code"), 18, "code", longest=40,
                         note="Số hiệu trong danh sách nhân sự. Không bao giờ đổi."),
            ImportColumn("name", ("Họ và tên", "Họ tên", "Full name"), 32),
            ImportColumn("post", ("Chức vụ", "Chức vụ, chức danh", "Post"), 32),
            ImportColumn("unit", ("Đơn vị (mã)", "Đơn vị", "Unit"), 24, longest=300,
                         note="Mã của đơn vị nơi công tác, có trong hệ thống hoặc ở trang Đơn vị."),
            ImportColumn("starts_on", ("Từ ngày", "Since"), 13, "date",
                         note="Ngày bắt đầu ở vị trí này. Khi điều động, ghi ngày nhận việc mới."),
            ImportColumn("ends_on", ("Ngày cuối", "Last day"), 13, "date", note="Ngày cuối ở vị trí này, nếu biết."),
            ImportColumn("is_head", ("Đứng đầu", "Người đứng đầu", "Head"), 11, "flag", choices=(YES, NO),
                         note="Có cho người đứng đầu đơn vị. Ô trống: giữ nguyên, người mới thì là không."),
            ImportColumn("email", ("E-mail", "Thư điện tử", "Email"), 30, note=_EMPTIES, longest=254),
            ImportColumn("phone", ("Điện thoại", "Telephone"), 16, note=_EMPTIES, longest=20),
            ImportColumn("username", ("Tên đăng nhập", "Sign-in name"), 20, longest=64,
                         note="Mở tài khoản với tên này, không kèm mật khẩu: đăng nhập bằng dịch vụ của tỉnh, hoặc "
                              "quản trị đặt mật khẩu ở trang của người đó. Ô trống: không mở."),
            ImportColumn("role", ("Vai trò", "Role"), 28, choices=tuple(role.name.vi for role in roles_over_units()),
                         note="Giao thêm vai trò này, từ ngày thực hiện tệp hoặc từ “Từ ngày” nếu muộn hơn. "
                              "Vai trò đang có không ghi ra đây. Ô trống: không giao, không thu hồi."),
            ImportColumn("over", ("Phạm vi (mã đơn vị)", "Phạm vi", "Role over"), 24, longest=300,
                         note="Vai trò đối với đơn vị nào. Ô trống: đơn vị nơi công tác."),
            ImportColumn("below", ("Cả đơn vị bên dưới", "And below"), 14, "flag", choices=(YES, NO),
                         note="Có: vai trò đối với cả các đơn vị bên dưới. Ô trống là không."),
        ),
        ("code", "name", "unit"),
    )  # fmt: skip


def beside_sheet() -> ImportSheet:
    """Posts beside the main one, one in a row; an official may stand in several, each of another unit."""
    return ImportSheet(
        BESIDE_SHEET,
        (
            ImportColumn("code", ("Mã cán bộ", "Số hiệu cán bộ", "Official code"), 18, "code", longest=40,
                         note="Số hiệu của người kiêm nhiệm, có trong hệ thống hoặc ở trang Cán bộ."),
            ImportColumn("unit", ("Kiêm nhiệm tại (mã)", "Beside in"), 24, longest=300,
                         note="Mã của đơn vị khác với nơi có vị trí chính. Mỗi người, mỗi đơn vị một dòng."),
            ImportColumn("post", ("Chức vụ kiêm nhiệm", "Chức vụ", "Post"), 32),
            ImportColumn("starts_on", ("Từ ngày", "Since"), 13, "date", note="Ngày bắt đầu kiêm nhiệm."),
            ImportColumn("ends_on", ("Ngày cuối", "Last day"), 13, "date", note="Ngày cuối kiêm nhiệm, nếu biết."),
            ImportColumn("is_head", ("Đứng đầu", "Người đứng đầu", "Head"), 11, "flag", choices=(YES, NO),
                         note="Có cho người đứng đầu đơn vị đó."),
            ImportColumn("document", ("Văn bản", "Decision"), 36, note="Số của quyết định."),
            ImportColumn("document_on", ("Ngày văn bản", "Date of the decision"), 13, "date"),
        ),
        ("unit", "code", "post"),
    )  # fmt: skip
