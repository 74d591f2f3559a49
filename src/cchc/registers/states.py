"""What may become of a register (sổ theo dõi). The drawing in docs/states.md is made of this table."""

from __future__ import annotations

from typing import Final

from cchc.records.states import State, StateTable, Step
from cchc.records.text import LocalText

OPEN: Final = "open"
CLOSED: Final = "closed"

KEEPER: Final = "keeper"

WRITTEN: Final = "written"
GIVEN: Final = "given"
STAYS: Final = "stays"
RUNS: Final = "runs"

REGISTER: Final = StateTable(
    title=LocalText("Sổ theo dõi, kế hoạch", "A register"),
    states=(
        State(OPEN, LocalText("Đang theo dõi", "Open")),
        State(CLOSED, LocalText("Đã khóa sổ", "Closed")),
    ),
    steps=(
        Step("change", LocalText("Sửa thông tin sổ", "Change what it rests on"), (OPEN,), None, KEEPER, WRITTEN),
        Step("write", LocalText("Ghi, sửa, gạch bỏ dòng", "Write entries"), (OPEN,), None, KEEPER, WRITTEN),
        Step("give", LocalText("Giao nhiệm vụ", "Give a task"), (OPEN,), None, KEEPER, GIVEN),
        Step("close", LocalText("Khóa sổ", "Close"), (OPEN,), CLOSED, KEEPER, STAYS),
        Step("reopen", LocalText("Mở lại sổ", "Open again"), (CLOSED,), OPEN, KEEPER, RUNS),
    ),
    who={KEEPER: LocalText("người phụ trách của đơn vị giữ sổ", "those in charge in the unit that keeps it")},
    effects={
        WRITTEN: LocalText("ghi vào nhật ký, giá trị cũ vẫn xem được", "noted; what stood there before can be read"),
        GIVEN: LocalText("có nhiệm vụ trên bảng chung", "a task stands on the one board"),
        STAYS: LocalText("không ghi thêm; mọi nhiệm vụ đã kết thúc", "nothing more is written; no task is open"),
        RUNS: LocalText("ghi tiếp, nêu lý do", "it is written on, with a reason"),
    },
)  # fmt: skip
