"""What officials are told of their own rights and account: the room below records it, this one tells."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from cchc.notices.kinds import NoticeKind
from cchc.records.text import LocalText

ROLE_GRANTED: Final = "notices.role_granted"
ROLE_WITHDRAWN: Final = "notices.role_withdrawn"
DELEGATION_GIVEN: Final = "notices.delegation_given"
DELEGATION_ENDED: Final = "notices.delegation_ended"
DELEGATION_TAKEN_BACK: Final = "notices.delegation_taken_back"
PASSWORD_SET: Final = "notices.password_set"  # noqa: S105 - the name of a kind

SECOND_FACTOR_ENDED: Final = "notices.second_factor_ended"
SECOND_FACTOR_SET_UP: Final = "notices.second_factor_set_up"
RECOVERY_CODES_MADE: Final = "notices.recovery_codes_made"
ACCOUNT_CLOSED: Final = "notices.account_closed"
ACCOUNT_CLOSES: Final = "notices.account_closes"
ACCOUNT_REOPENED: Final = "notices.account_reopened"
CALENDAR_CHOSEN: Final = "notices.calendar_chosen"
_ACCOUNT: Final = ("username", "at", "by", "reason")


def _own_account(_subject_id: str) -> str:
    return reverse("organizations:account")


def _units(_subject_id: str) -> str:
    return reverse("organizations:units")


KINDS: Final = (
    NoticeKind(
        CALENDAR_CHOSEN,
        LocalText("Đơn vị đổi lịch làm việc", "Another working calendar for your unit"),
        ("unit", "calendar", "starts_on", "by"),
        _units,
    ),
    NoticeKind(
        ROLE_GRANTED,
        LocalText("Được giao vai trò", "A role is given to you"),
        ("role", "duty", "unit", "starts_on", "ends_on", "by"),
        _own_account,
    ),
    NoticeKind(
        ROLE_WITHDRAWN,
        LocalText("Bị thu hồi vai trò", "A role of yours is withdrawn"),
        ("role", "unit", "last_day", "reason", "by"),
        _own_account,
    ),
    NoticeKind(
        DELEGATION_GIVEN,
        LocalText("Ủy quyền", "Delegation"),
        ("principal", "deputy", "role", "starts_on", "ends_on", "reason", "by"),
        _own_account,
    ),
    NoticeKind(
        DELEGATION_ENDED,
        LocalText("Kết thúc ủy quyền", "End of a delegation"),
        ("principal", "deputy", "role", "ends_on", "reason", "by"),
        _own_account,
    ),
    NoticeKind(
        DELEGATION_TAKEN_BACK,
        LocalText("Rút lại ủy quyền chưa bắt đầu", "A delegation is taken back before it began"),
        ("principal", "deputy", "role", "starts_on", "reason", "by"),
        _own_account,
    ),
    NoticeKind(
        PASSWORD_SET,
        LocalText("Đặt lại mật khẩu", "New password"),
        _ACCOUNT,
        _own_account,
        mail_is_fixed=True,
    ),
    NoticeKind(
        SECOND_FACTOR_ENDED,
        LocalText("Gỡ xác thực hai lớp", "Second factor ended"),
        _ACCOUNT,
        _own_account,
        mail_is_fixed=True,
    ),
    NoticeKind(
        SECOND_FACTOR_SET_UP,
        LocalText("Thiết lập xác thực hai lớp", "Second factor set up"),
        _ACCOUNT,
        _own_account,
        mail_is_fixed=True,
    ),
    NoticeKind(
        RECOVERY_CODES_MADE,
        LocalText("Tạo mã dự phòng mới", "New recovery codes"),
        _ACCOUNT,
        _own_account,
        mail_is_fixed=True,
    ),
    NoticeKind(
        ACCOUNT_CLOSED, LocalText("Khóa tài khoản", "Account closed"), _ACCOUNT, _own_account, mail_is_fixed=True
    ),
    NoticeKind(
        ACCOUNT_CLOSES,
        LocalText("Tài khoản sắp khóa", "Your account is to be closed"),
        ("username", "from_day", "by", "reason"),
        _own_account,
        mail_is_fixed=True,
    ),
    NoticeKind(
        ACCOUNT_REOPENED,
        LocalText("Mở lại tài khoản", "Account opened again"),
        _ACCOUNT,
        _own_account,
        mail_is_fixed=True,
    ),
)
