"""What the lines of a task's history are called: the steps of the table, and what happens besides them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.followups.states import TASK
from cchc.records.text import LocalText

GAVE: Final = "give"
REMINDED: Final = "remind"
RECOUNTED: Final = "recount"
_BESIDES: Final[Mapping[str, LocalText]] = {
    GAVE: LocalText("Giao nhiệm vụ", "Task given"),
    REMINDED: LocalText("Nhắc", "Reminder"),
    RECOUNTED: LocalText("Tính lại thời hạn theo lịch làm việc mới", "Due anew by another calendar"),
}


def line_name(step: str) -> LocalText:
    """The name of a step, or of what else stands in a history."""
    return _BESIDES.get(step) or TASK.step(step).name
