"""Kinds of events of this room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.text import LocalText

NOTICE_GIVEN: Final = "notices.notice_given"
NOTICES_READ: Final = "notices.notices_read"
NOTICES_OVER: Final = "notices.notices_over"
WISHES_KEPT: Final = "notices.wishes_kept"
DIGEST_RELEASED: Final = "notices.digest_released"
MAIL_SENT: Final = "notices.mail_sent"
MAIL_PUT_OFF: Final = "notices.mail_put_off"
MAIL_FAILED: Final = "notices.mail_failed"
MAIL_SKIPPED: Final = "notices.mail_skipped"
MAIL_ASKED_AGAIN: Final = "notices.mail_asked_again"

KINDS: Final[Mapping[str, LocalText]] = {
    NOTICE_GIVEN: LocalText("Gửi thông báo", "Notice given"),
    NOTICES_READ: LocalText("Đọc thông báo", "Notices read"),
    NOTICES_OVER: LocalText("Thông báo đã xong việc", "Matter of notices over"),
    WISHES_KEPT: LocalText("Chọn cách nhận thông báo", "Way of being told chosen"),
    DIGEST_RELEASED: LocalText("Gửi thư gộp trong ngày", "Daily digest released"),
    MAIL_SENT: LocalText("Gửi thư điện tử", "Mail sent"),
    MAIL_PUT_OFF: LocalText("Hoãn gửi thư điện tử", "Mail put off"),
    MAIL_FAILED: LocalText("Không gửi được thư điện tử", "Mail could not be sent"),
    MAIL_SKIPPED: LocalText("Không cần gửi thư điện tử", "Mail not needed or not possible"),
    MAIL_ASKED_AGAIN: LocalText("Yêu cầu gửi lại thư điện tử", "Mail to be sent again"),
}
