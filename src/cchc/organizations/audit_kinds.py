"""Kinds of events of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

UNIT_FOUNDED: Final = "organizations.unit_founded"
UNIT_PLACED: Final = "organizations.unit_placed"
PLACEMENT_ENDED: Final = "organizations.placement_ended"
REORGANIZED: Final = "organizations.reorganized"
CALENDAR_BROUGHT_IN: Final = "organizations.calendar_brought_in"
CALENDAR_CHOSEN: Final = "organizations.calendar_chosen"
SUPERVISION_GIVEN: Final = "organizations.supervision_given"
SUPERVISION_ENDED: Final = "organizations.supervision_ended"
OFFICIAL_ENTERED: Final = "organizations.official_entered"
OFFICIAL_CHANGED: Final = "organizations.official_changed"
POSTING_GIVEN: Final = "organizations.posting_given"
POSTING_ENDED: Final = "organizations.posting_ended"
POSTING_RESUMED: Final = "organizations.posting_resumed"
PLACEMENT_RESUMED: Final = "organizations.placement_resumed"
PLACEMENT_CORRECTED: Final = "organizations.placement_corrected"
POSTING_CORRECTED: Final = "organizations.posting_corrected"
FIRST_DAY_CORRECTED: Final = "organizations.first_day_corrected"
ROLE_GRANTED: Final = "organizations.role_granted"
ROLE_WITHDRAWN: Final = "organizations.role_withdrawn"
DELEGATION_GIVEN: Final = "organizations.delegation_given"
DELEGATION_ENDED: Final = "organizations.delegation_ended"
DUTY_ASSIGNED: Final = "organizations.duty_assigned"
DUTY_ENDED: Final = "organizations.duty_ended"
ACCOUNT_OPENED: Final = "organizations.account_opened"
ACCOUNT_CLOSED: Final = "organizations.account_closed"
ACCOUNT_REOPENED: Final = "organizations.account_reopened"
SECOND_FACTOR_SET_UP: Final = "organizations.second_factor_set_up"
RECOVERY_CODES_MADE: Final = "organizations.recovery_codes_made"
SECOND_FACTOR_ENDED: Final = "organizations.second_factor_ended"
PASSWORD_SET: Final = "organizations.password_set"  # noqa: S105 - the name of an event
IDENTITY_TIED: Final = "organizations.identity_tied"
SIGNED_IN: Final = "organizations.signed_in"
IMPORT_UPLOADED: Final = "organizations.import_uploaded"
IMPORT_CHECKED: Final = "organizations.import_checked"
IMPORT_COMMIT_ASKED: Final = "organizations.import_commit_asked"
IMPORT_SET_ASIDE: Final = "organizations.import_set_aside"
IMPORT_COMMITTED: Final = "organizations.import_committed"
CHAIN_CHECKED: Final = "organizations.chain_checked"
REGISTER_EXPORTED: Final = "organizations.register_exported"
EXPORT_ASKED: Final = "organizations.export_asked"
EXPORT_WRITTEN: Final = "organizations.export_written"
EXPORT_ENDED: Final = "organizations.export_ended"
TAKEN_BACK: Final = "organizations.taken_back"

KINDS: Final[Mapping[str, LocalText]] = {
    UNIT_FOUNDED: LocalText("Lập đơn vị", "Unit founded"),
    UNIT_PLACED: LocalText("Đặt tên, loại, trực thuộc của đơn vị", "Unit named and placed"),
    PLACEMENT_ENDED: LocalText("Kết thúc tên hoặc trực thuộc của đơn vị", "Name or place of unit ended"),
    REORGANIZED: LocalText("Sắp xếp đơn vị", "Units reorganized"),
    CALENDAR_BROUGHT_IN: LocalText("Đưa lịch làm việc vào", "Working calendar brought in"),
    CALENDAR_CHOSEN: LocalText("Chọn lịch làm việc", "Working calendar chosen"),
    SUPERVISION_GIVEN: LocalText("Giao theo dõi, đôn đốc", "Supervision given"),
    SUPERVISION_ENDED: LocalText("Thôi theo dõi, đôn đốc", "Supervision ended"),
    OFFICIAL_ENTERED: LocalText("Nhập cán bộ, công chức", "Official entered"),
    OFFICIAL_CHANGED: LocalText("Sửa thông tin cán bộ, công chức", "Official changed"),
    POSTING_GIVEN: LocalText("Bố trí công tác", "Posting given"),
    POSTING_ENDED: LocalText("Thôi vị trí công tác", "Posting ended"),
    POSTING_RESUMED: LocalText("Tiếp tục vị trí công tác", "Posting goes on"),
    PLACEMENT_RESUMED: LocalText("Tiếp tục tên hoặc trực thuộc của đơn vị", "Name or place of unit goes on"),
    PLACEMENT_CORRECTED: LocalText(
        "Sửa sai sót khi nhập tên, trực thuộc của đơn vị", "Entry of a name or place corrected"
    ),
    POSTING_CORRECTED: LocalText("Sửa sai sót khi nhập vị trí công tác", "Entry of a posting corrected"),
    FIRST_DAY_CORRECTED: LocalText("Sửa ngày đầu theo đơn vị", "First day corrected with that of the unit"),
    ROLE_GRANTED: LocalText("Giao vai trò", "Role granted"),
    ROLE_WITHDRAWN: LocalText("Thu hồi vai trò", "Role withdrawn"),
    DELEGATION_GIVEN: LocalText("Ủy quyền", "Delegation given"),
    DELEGATION_ENDED: LocalText("Kết thúc ủy quyền", "Delegation ended"),
    DUTY_ASSIGNED: LocalText("Phân công cán bộ", "Duty assigned"),
    DUTY_ENDED: LocalText("Kết thúc phân công", "Duty ended"),
    ACCOUNT_OPENED: LocalText("Mở tài khoản", "Account opened"),
    ACCOUNT_CLOSED: LocalText("Khóa tài khoản", "Account closed"),
    ACCOUNT_REOPENED: LocalText("Mở lại tài khoản", "Account opened again"),
    SECOND_FACTOR_SET_UP: LocalText("Thiết lập xác thực hai lớp", "Second factor set up"),
    RECOVERY_CODES_MADE: LocalText("Tạo mã dự phòng", "Recovery codes made"),
    SECOND_FACTOR_ENDED: LocalText("Gỡ xác thực hai lớp", "Second factor ended"),
    PASSWORD_SET: LocalText("Đặt mật khẩu", "Password set"),
    IDENTITY_TIED: LocalText("Gắn danh tính đăng nhập của tỉnh", "Provincial identity tied"),
    SIGNED_IN: LocalText("Đăng nhập", "Signed in"),
    IMPORT_UPLOADED: LocalText("Tải lên tệp đơn vị và cán bộ", "File of units and officials uploaded"),
    IMPORT_CHECKED: LocalText("Kiểm tra tệp đơn vị và cán bộ", "File of units and officials checked"),
    IMPORT_COMMIT_ASKED: LocalText("Yêu cầu thực hiện tệp đơn vị và cán bộ", "Import of units and officials asked for"),
    IMPORT_SET_ASIDE: LocalText("Bỏ tệp đơn vị và cán bộ", "File of units and officials laid aside"),
    IMPORT_COMMITTED: LocalText("Thực hiện tệp đơn vị và cán bộ", "Units and officials imported"),
    CHAIN_CHECKED: LocalText("Kiểm tra chuỗi nhật ký", "Audit chain checked"),
    REGISTER_EXPORTED: LocalText("Tải danh sách đơn vị, cán bộ", "List of units and officials taken out"),
    EXPORT_ASKED: LocalText("Yêu cầu lập bảng tải về", "Table to take along asked for"),
    EXPORT_WRITTEN: LocalText("Lập xong bảng tải về", "Table to take along written"),
    EXPORT_ENDED: LocalText("Xóa bảng tải về hết hạn giữ", "Table to take along deleted, its time being over"),
    TAKEN_BACK: LocalText("Rút lại nội dung chưa bắt đầu", "Taken back before it began"),
}
