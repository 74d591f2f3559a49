"""What happened to a dossier, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.dossiers.states import DOSSIER, FINANCE, STEP
from cchc.dossiers.states_beside import ADVICE
from cchc.records.text import LocalText

CLAIM: Final = "claim_completion"
REGISTER: Final = "register"
RECOUNT: Final = "recount"
ASK_ADVICE: Final = "ask_advice"

_NAMES: Final[Mapping[str, LocalText]] = {
    **{step.id: step.name for table in (STEP, FINANCE, DOSSIER, ADVICE) for step in table.steps},
    CLAIM: LocalText("Ghi thời điểm làm xong thực tế", "Actual completion claimed"),
    ASK_ADVICE: LocalText("Lấy ý kiến", "Ask for advice"),
    REGISTER: LocalText("Đăng ký hồ sơ", "Registered"),
    RECOUNT: LocalText("Tính lại theo lịch làm việc khác", "Counted by another working calendar"),
}


def act_name(act: str) -> LocalText:
    """Raises `LookupError` for what nobody does."""
    return _NAMES[act]
