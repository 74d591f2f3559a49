"""What happened to a dossier, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.dossiers.states import DOSSIER, FINANCE, STEP
from cchc.dossiers.states_archive import ARCHIVE
from cchc.dossiers.states_beside import ADVICE
from cchc.records.text import LocalText

CLAIM: Final = "claim_completion"
REGISTER: Final = "register"
RECOUNT: Final = "recount"
ASK_ADVICE: Final = "ask_advice"
CORRECT: Final = "correct"
REMIND: Final = "remind"
ESCALATE: Final = "escalate"
APOLOGY_DRAFTED: Final = "apology_drafted"
APOLOGY_SIGNED: Final = "apology_signed"
APOLOGY_SENT: Final = "apology_sent"
"""Of letters that the room of apologies keeps."""
PROGRESS: Final = (APOLOGY_DRAFTED, APOLOGY_SIGNED, APOLOGY_SENT)
"""What the look-up tells of the history, by its name and moment alone."""

_NAMES: Final[Mapping[str, LocalText]] = {
    **{step.id: step.name for table in (STEP, FINANCE, DOSSIER, ADVICE, ARCHIVE) for step in table.steps},
    CLAIM: LocalText("Ghi thời điểm làm xong thực tế", "Actual completion claimed"),
    ASK_ADVICE: LocalText("Lấy ý kiến", "Ask for advice"),
    CORRECT: LocalText("Đính chính", "Corrected"),
    REMIND: LocalText("Nhắc việc", "Reminded"),
    ESCALATE: LocalText("Báo cấp trên hồ sơ quá hạn", "Reported up: overdue"),
    REGISTER: LocalText("Đăng ký hồ sơ", "Registered"),
    RECOUNT: LocalText("Tính lại theo lịch làm việc khác", "Counted by another working calendar"),
    APOLOGY_DRAFTED: LocalText("Soạn văn bản xin lỗi", "Letter of apology drafted"),
    APOLOGY_SIGNED: LocalText("Ký văn bản xin lỗi", "Letter of apology signed"),
    APOLOGY_SENT: LocalText("Gửi văn bản xin lỗi", "Letter of apology sent"),
}


def act_name(act: str) -> LocalText:
    """Raises `LookupError` for what nobody does."""
    return _NAMES[act]
