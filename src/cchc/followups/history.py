"""What the lines of histories are called: the steps of the tables, and what happens besides them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.followups.states import DIRECTIVE, TASK
from cchc.records.text import LocalText

GAVE: Final = "give"
ASKED: Final = "ask"
REMINDED: Final = "remind"
RECOUNTED: Final = "recount"
HANDED_ON: Final = "hand_on"
CORRECTED_POSTING: Final = "correct_posting"
STRUCK_POSTING: Final = "strike_posting"
_BESIDES: Final[Mapping[str, LocalText]] = {
    GAVE: LocalText("Giao nhiệm vụ", "Task given"),
    ASKED: LocalText("Đề nghị trả lời, quyết định", "Answer or decision asked for"),
    REMINDED: LocalText("Nhắc", "Reminder"),
    HANDED_ON: LocalText("Chuyển đơn vị theo dõi", "Followed by another unit"),
    RECOUNTED: LocalText("Tính lại thời hạn theo lịch làm việc mới", "Due anew by another calendar"),
}


def line_name(step: str) -> LocalText:
    """The name of a step, or of what else stands in a history."""
    return _BESIDES.get(step) or TASK.step(step).name


_BESIDE_DIRECTIVES: Final[Mapping[str, LocalText]] = {
    CORRECTED_POSTING: LocalText("Sửa dòng nhật ký đăng tải", "Line of the posting log corrected"),
    STRUCK_POSTING: LocalText("Gạch bỏ dòng nhật ký đăng tải", "Line of the posting log struck out"),
}


def change_name(step: str) -> LocalText:
    """The name of what was done to a directive, or to a line of its posting log."""
    return _BESIDE_DIRECTIVES.get(step) or DIRECTIVE.step(step).name
