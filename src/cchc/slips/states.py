"""What may become of a yearly register: open while its year runs, closed and signed when it is over."""

from __future__ import annotations

from typing import Final

from cchc.records.states import State, StateTable, Step
from cchc.records.text import LocalText

OPEN: Final = "open"
CLOSED: Final = "closed"

MANAGER: Final = "manager"
SEALED: Final = "sealed"

BOOK: Final = StateTable(
    title=LocalText("Sổ theo dõi hồ sơ", "A register of dossiers"),
    states=(
        State(OPEN, LocalText("Đang mở", "Open")),
        State(CLOSED, LocalText("Đã khóa sổ", "Closed"), is_final=True),
    ),
    steps=(Step("close", LocalText("Khóa sổ", "Close"), (OPEN,), CLOSED, MANAGER, SEALED),),
    who={
        MANAGER: LocalText(
            "phụ trách Bộ phận Một cửa, người đứng đầu đơn vị",
            "the head of the one-stop, the head of the unit",
        ),
    },
    effects={
        SEALED: LocalText(
            "giữ mã băm nội dung cuối năm; hồ sơ còn giải quyết chuyển sang sổ năm sau",
            "the hash of what it says is kept; dossiers still running are carried over into the next",
        ),
    },
)
