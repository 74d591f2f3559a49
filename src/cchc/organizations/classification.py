"""What the fields of this room are, and those of the tables that signing in brings along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.audit.fields import EVERY_FIELD, ROW_NUMBER, Fields, Purpose, internal, personal, post_then, public, secret
from cchc.records.sources import Source, Verification
from cchc.records.text import LocalText

LAW: Final = Source("Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15")
UNCHECKED: Final = Verification(
    False,
    "Chưa đối chiếu điều khoản với bản ký của Luật 91/2025/QH15",
    "The articles were not compared with the signed text of Law 91/2025/QH15",
)
OFFICE: Final = Purpose(
    LocalText(
        "Biết ai giữ chức vụ nào ở đâu, ai giải quyết và chịu trách nhiệm",
        "Knowing who holds which post and answers for what",
    ),
    LAW,
    UNCHECKED,
)
CONTACT: Final = Purpose(
    LocalText(
        "Liên hệ trong công việc và gửi thông báo của hệ thống", "Being reached at work, and notices of the system"
    ),
    LAW,
    UNCHECKED,
)
SIGN_IN: Final = Purpose(
    LocalText("Đăng nhập an toàn, phát hiện truy cập trái phép", "Signing in safely, noticing unlawful access"),
    LAW,
    UNCHECKED,
)
ABSENCE: Final = Purpose(
    LocalText("Giải thích vì sao người khác xử lý thay", "Saying why somebody acts for another"), LAW, UNCHECKED
)


def _role(id_: str) -> str:
    from cchc.organizations.shown import shown_role

    return shown_role(id_) if id_ else ""


def _kind(id_: str) -> str:
    from cchc.organizations.shown import shown_kind

    return shown_kind(id_)


def _kind_of_object(subject_type: str) -> str:
    from cchc.organizations.shown import shown_kind_of_object

    return shown_kind_of_object(subject_type)


def _kind_of_record(subject_type: str) -> str:
    from cchc.organizations.shown import shown_kind_of_record

    return shown_kind_of_record(subject_type)


def _calendar(id_: str) -> str:
    from cchc.organizations.shown import shown_calendar

    return shown_calendar(id_)


def _reorganization(kind: str) -> str:
    from cchc.organizations.shown import shown_reorganization

    return shown_reorganization(kind)


DATED: Final[Fields] = {
    "id": ROW_NUMBER,
    "starts_on": internal("Từ ngày", "From"),
    "ends_on": internal("Đến ngày", "Until"),
    "source_document": internal("Căn cứ", "Source"),
    "source_on": internal("Ngày của căn cứ", "Date of the source"),
}
_SEARCH_KEY: Final = public("Khóa tìm kiếm", "Search key").inner()
_SORT_KEY: Final = public("Khóa sắp xếp", "Sort key").inner()
VERSION: Final = internal("Lần sửa", "Version").inner()
SAMPLE: Final = internal("Dữ liệu mẫu", "Sample").inner()

FIELDS: Final[Mapping[str, Fields]] = {
    "organizations.Unit": {
        "id": ROW_NUMBER,
        "code": public("Mã đơn vị", "Code"),
        "version": VERSION,
        "is_sample": SAMPLE,
    },
    "organizations.Placement": {
        **DATED,
        "unit": public("Đơn vị", "Unit"),
        "parent": public("Trực thuộc", "Stands under"),
        "kind": public("Loại đơn vị", "Kind", _kind),
        "name_vi": public("Tên", "Name"),
        "name_en": public("Tên tiếng Anh", "English name"),
        "symbol": public("Ký hiệu", "Symbol"),
        "search_key": _SEARCH_KEY,
        "sort_key": _SORT_KEY,
    },
    "organizations.Ancestry": {
        "id": ROW_NUMBER,
        "ancestor": public("Đơn vị cấp trên", "Unit above"),
        "descendant": public("Đơn vị cấp dưới", "Unit below"),
        "depth": public("Số bậc", "Steps"),
        "starts_on": public("Từ ngày", "From"),
        "ends_on": public("Đến ngày", "Until"),
    },
    "organizations.Reorganization": {
        "id": ROW_NUMBER,
        "kind": public("Hình thức sắp xếp", "Kind of reorganization", _reorganization),
        "effective_on": public("Có hiệu lực từ", "In force from"),
        "source_document": public("Căn cứ", "Source"),
        "source_on": public("Ngày của căn cứ", "Date of the source"),
        "doubt": public("Điều chưa chắc chắn", "Doubt"),
        "doubt_en": public("Điều chưa chắc chắn, tiếng Anh", "Doubt in English"),
    },
    "organizations.Succession": {
        "id": ROW_NUMBER,
        "reorganization": public("Sắp xếp", "Reorganization"),
        "predecessor": public("Đơn vị trước", "Predecessor"),
        "successor": public("Đơn vị kế thừa", "Successor"),
    },
    "organizations.CalendarUse": {
        **DATED,
        "unit": public("Đơn vị", "Unit"),
        "calendar": public("Lịch làm việc", "Working calendar", _calendar),
    },
    "organizations.OwnCalendar": {
        "id": ROW_NUMBER,
        "code": public("Mã lịch", "Code of the calendar"),
        "unit": public("Đơn vị", "Unit"),
        "title_vi": public("Tên lịch", "Title"),
        "title_en": public("Tên tiếng Anh", "English title"),
        "first": public("Ngày đầu", "First day"),
        "last": public("Ngày cuối", "Last day"),
        "content": public("Nội dung lịch", "Content of the calendar"),
        "content_hash": public("Mã băm của lịch", "Hash of the calendar"),
        "file": internal("Tên tệp", "File"),
        "source_document": public("Căn cứ", "Source"),
        "source_on": public("Ngày của căn cứ", "Date of the source"),
        "brought_in_by": personal("Người đưa vào", "Who brought it in", OFFICE),
        "brought_in_as": post_then("người đưa vào", "it was brought in", OFFICE),
        "brought_in_at": internal("Thời điểm đưa vào", "When it was brought in"),
    },
    "organizations.Supervision": {
        **DATED,
        "supervisor": internal("Đơn vị theo dõi", "Follows"),
        "unit": internal("Đơn vị được theo dõi", "Is followed"),
    },
    "organizations.RegisterImport": {
        "id": ROW_NUMBER,
        "file": internal("Tên tệp", "File"),
        "sha256": internal("Mã băm của tệp", "Hash of the file"),
        "content": personal("Nội dung tệp", "Content of the file", OFFICE),
        "uploaded_by": personal("Người tải lên", "Who uploaded it", OFFICE),
        "principal": personal("Xử lý thay", "On behalf of", OFFICE),
        "uploaded_at": internal("Thời điểm tải lên", "When it was uploaded"),
        "checking": internal("Tác vụ kiểm tra", "Checking job"),
        "checked_at": internal("Thời điểm kiểm tra xong", "When it was checked"),
        "counts": internal("Số lượng theo loại thay đổi", "Counts by kind of change"),
        "digest": internal("Mã băm của các thay đổi", "Hash of the changes"),
        "committing": internal("Tác vụ thực hiện", "Job that carries it out"),
        "committed_at": internal("Thời điểm thực hiện xong", "When it was carried out"),
        "set_aside_at": internal("Thời điểm bỏ", "When it was laid aside"),
    },
    "organizations.Export": {
        "id": ROW_NUMBER,
        "kind": internal("Loại bảng", "Kind of table"),
        "query": personal("Điều kiện lọc", "Filters", OFFICE),
        "language": internal("Ngôn ngữ", "Language"),
        "asked_by": internal("Người yêu cầu", "Who asked"),
        "principal": personal("Xử lý thay", "On behalf of", OFFICE),
        "asked_at": internal("Thời điểm yêu cầu", "When it was asked for"),
        "standing": internal("Mã băm của quyền khi yêu cầu", "Hash of the rights when asked"),
        "job": internal("Tác vụ", "Job"),
        "file": internal("Tên tệp", "Name of the file"),
        "people": internal("Số người có trong bảng", "How many people are in it"),
        "whom": personal("Số hiệu cán bộ có trong bảng", "Personnel numbers of those in it", OFFICE),
        "written_at": internal("Thời điểm lập xong", "When it was written"),
    },
    "organizations.ImportLine": {
        "id": ROW_NUMBER,
        "of": internal("Tệp", "File"),
        "number": internal("Số thứ tự", "Number"),
        "kind": internal("Loại", "Kind"),
        "sheet": internal("Trang tính", "Sheet"),
        "row": internal("Dòng", "Row"),
        "column": internal("Cột", "Column"),
        "code": personal("Mã đơn vị hoặc cán bộ", "Code of the unit or official", OFFICE),
        "name": personal("Tên đơn vị hoặc cán bộ", "Name of the unit or official", OFFICE),
        "changes": personal("Thay đổi", "Changes", CONTACT),
        "said": personal("Lỗi hoặc lưu ý", "Error or remark", OFFICE),
        "next_step": internal("Cách sửa", "What to do"),
    },
    "organizations.Official": {
        "id": ROW_NUMBER,
        "code": personal("Số hiệu cán bộ", "Personnel number", OFFICE),
        "name": personal("Họ và tên", "Full name", OFFICE),
        "email": personal("Thư điện tử", "E-mail", CONTACT),
        "phone": personal("Điện thoại", "Telephone", CONTACT),
        "search_key": personal("Khóa tìm kiếm theo tên", "Search key of the name", OFFICE).inner(),
        "sort_key": personal("Khóa sắp xếp theo tên", "Sort key of the name", OFFICE).inner(),
        "version": VERSION,
        "is_sample": SAMPLE,
    },
    "organizations.Posting": {
        **DATED,
        "official": personal("Cán bộ, công chức", "Official", OFFICE),
        "unit": internal("Đơn vị", "Unit"),
        "post": personal("Chức vụ, chức danh", "Post", OFFICE),
        "is_main": internal("Vị trí chính", "Main post"),
        "is_head": internal("Đứng đầu đơn vị", "Head of the unit"),
    },
    "organizations.Account": {
        "id": ROW_NUMBER,
        "password": secret("Mật khẩu (mã băm)", "Password (hash)"),
        "username": personal("Tên đăng nhập", "Sign-in name", SIGN_IN),
        "official": internal("Cán bộ, công chức", "Official"),
        "is_active": internal("Còn dùng được", "Is active"),
        "must_change_password": internal("Phải đổi mật khẩu", "Password must be changed"),
        "created_at": internal("Thời điểm mở", "When it was opened"),
        "ended_at": internal("Thời điểm khóa", "When it was closed"),
    },
    "organizations.RoleGrant": {
        **DATED,
        "official": internal("Cán bộ, công chức", "Official"),
        "role": internal("Vai trò", "Role", _role),
        "unit": internal("Đơn vị", "Unit"),
        "covers_subtree": internal("Cả đơn vị trực thuộc", "With what stands under it"),
    },
    "organizations.Delegation": {
        **DATED,
        "principal": internal("Người ủy quyền", "Principal"),
        "deputy": internal("Người được ủy quyền", "Deputy"),
        "role": internal("Vai trò", "Role", _role),
        "reason": personal("Lý do", "Reason", ABSENCE),
    },
    "organizations.Assignment": {
        **DATED,
        "official": internal("Cán bộ, công chức", "Official"),
        "duty": internal("Phân công", "Duty", _role),
        "subject_type": internal("Loại đối tượng", "Kind of object", _kind_of_object),
        "subject_id": internal("Mã đối tượng", "Which object"),
        "reason": internal("Lý do", "Reason"),
    },
    # Tables of libraries; what they hold is read by signing in alone.
    "sessions.Session": {EVERY_FIELD: secret("Phiên đăng nhập", "Session")},
    "usersessions.UserSession": {
        EVERY_FIELD: personal(
            "Phiên đăng nhập: địa chỉ, trình duyệt, thời điểm", "Session: address, browser, moments", SIGN_IN
        )
    },
    "mfa.Authenticator": {EVERY_FIELD: secret("Khóa xác thực hai lớp", "Key of the second factor")},
    "socialaccount.SocialAccount": {
        EVERY_FIELD: personal("Danh tính đăng nhập của tỉnh", "Provincial identity", SIGN_IN)
    },
    "socialaccount.SocialApp": {EVERY_FIELD: secret("Dịch vụ đăng nhập của tỉnh", "Provincial sign-in")},
    "socialaccount.SocialToken": {EVERY_FIELD: secret("Mã truy cập (không dùng)", "Token (unused)")},
    "account.EmailAddress": {
        EVERY_FIELD: personal("Thư điện tử đăng nhập (không dùng)", "Sign-in e-mail (unused)", SIGN_IN)
    },
    "account.EmailConfirmation": {EVERY_FIELD: secret("Mã xác nhận thư (không dùng)", "E-mail confirmation (unused)")},
    "auth.Permission": {EVERY_FIELD: internal("Quyền của Django (không dùng)", "Django's rights (unused)")},
    "auth.Group": {EVERY_FIELD: internal("Nhóm của Django (không dùng)", "Django's groups (unused)")},
    "contenttypes.ContentType": {EVERY_FIELD: internal("Danh mục bảng", "List of tables")},
}

_TAKEN_BACK: Final[Fields] = {
    "record": internal("Nội dung rút lại", "What was taken back", _kind_of_record),
    "starts_on": internal("Từ ngày", "From"),
}
EVENT_KEYS: Final[Mapping[str, Fields]] = {
    "organizations.Unit": _TAKEN_BACK,
    "organizations.Official": {
        **_TAKEN_BACK,
        "units": internal("Số đơn vị đã tải", "Units taken out"),
        "officials": internal("Số cán bộ đã tải", "Officials taken out"),
    },
    "organizations.Account": {
        "ways": internal("Cách đăng nhập", "Ways of signing in"),
        "service": internal("Dịch vụ đăng nhập", "Sign-in service"),
        "subject": personal("Danh tính ở dịch vụ đó", "Identity there", SIGN_IN),
    },
    "socialaccount.SocialAccount": {
        "service": internal("Dịch vụ đăng nhập", "Sign-in service"),
        "subject": personal("Danh tính ở dịch vụ đó", "Identity there", SIGN_IN),
    },
    "organizations.Reorganization": {
        "predecessors": public("Đơn vị trước", "Predecessors").codes_of("organizations.Unit"),
        "successors": public("Đơn vị kế thừa", "Successors").codes_of("organizations.Unit"),
    },
}
