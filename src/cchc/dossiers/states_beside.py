"""What may become of what stands beside a dossier and its steps: an opinion that is asked for.

Drawn in docs/states.md with the tables of `states`.
"""

from __future__ import annotations

from typing import Final

from cchc.records.states import State, StateTable, Step
from cchc.records.text import LocalText

ASKED: Final = "asked"
LAPSED: Final = "lapsed"
ANSWERED: Final = "answered"
TAKEN_BACK: Final = "taken_back"

OPEN_ADVICE: Final = (ASKED, LAPSED)
"""States in which an answer is waited for."""

_HOLDER: Final = "holder"
_ADVISER: Final = "adviser"
_MACHINE: Final = "machine"

_ENDS: Final = "advice_ends"
_TELLS: Final = "tells_the_head"
_LEFT: Final = "left"

ADVICE: Final = StateTable(
    title=LocalText("Ý kiến được hỏi khi giữ bước", "An opinion asked for by whoever holds a step"),
    states=(
        State(ASKED, LocalText("Chờ trả lời ý kiến", "Waiting for an answer")),
        State(LAPSED, LocalText("Quá hạn trả lời ý kiến", "Not answered in time")),
        State(ANSWERED, LocalText("Đã trả lời ý kiến", "Answered"), is_final=True),
        State(TAKEN_BACK, LocalText("Thôi lấy ý kiến", "Taken back"), is_final=True),
    ),
    steps=(
        Step(
            "answer_advice", LocalText("Trả lời ý kiến", "Answer the question"), OPEN_ADVICE, ANSWERED, _ADVISER, _ENDS
        ),
        Step(
            "take_back_advice", LocalText("Rút yêu cầu lấy ý kiến", "Take the question back"),
            OPEN_ADVICE, TAKEN_BACK, _HOLDER, _LEFT,
        ),
        Step(
            "advice_lapses", LocalText("Hết hạn trả lời ý kiến", "The question was not answered in time"),
            (ASKED,), LAPSED, _MACHINE, _TELLS,
        ),
        Step(
            "advice_falls_away", LocalText("Bước kết thúc, không chờ ý kiến nữa", "The step is over, nobody waits"),
            OPEN_ADVICE, TAKEN_BACK, _MACHINE, _LEFT,
        ),
    ),
    who={
        _HOLDER: LocalText("người đang giữ bước", "whoever holds the step"),
        _ADVISER: LocalText(
            "người, đơn vị được hỏi; ý kiến của cơ quan ngoài hệ thống do người giữ bước ghi kèm căn cứ",
            "the official or unit asked; what an outside body says is noted by the holder, with evidence",
        ),
        _MACHINE: LocalText("phần mềm", "the product"),
    },
    effects={
        _ENDS: LocalText(
            "người giữ bước được báo; thời hạn hồ sơ vẫn chạy suốt",
            "the holder is told; the dossier's time ran all along",
        ),
        _TELLS: LocalText("báo phụ trách Bộ phận Một cửa một lần", "the head of the one-stop is told, once"),
        _LEFT: LocalText("giữ trong lịch sử", "kept in the history"),
    },
)  # fmt: skip
