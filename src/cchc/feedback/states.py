"""What becomes of a rating form that was handed out. The drawing in docs/states.md is made of this table."""

from __future__ import annotations

from typing import Final

from cchc.records.states import State, StateTable, Step
from cchc.records.text import LocalText

OUT: Final = "out"
TAKEN_IN: Final = "taken_in"

RECEIVER: Final = "receiver"
OWNER: Final = "owner"
CAME_BACK: Final = "came_back"

HAND_OUT: Final = StateTable(
    title=LocalText("Phiếu đánh giá đã phát", "A rating form handed out"),
    states=(
        State(OUT, LocalText("Đã phát, chưa thu", "Handed out")),
        State(TAKEN_IN, LocalText("Đã thu", "Taken in"), is_final=True),
    ),
    steps=(
        Step("take_in", LocalText("Thu phiếu", "Take the form in"), (OUT,), TAKEN_IN, RECEIVER, CAME_BACK),
        Step("rate", LocalText("Chủ hồ sơ đánh giá", "The owner rates"), (OUT,), TAKEN_IN, OWNER, CAME_BACK),
    ),
    who={
        RECEIVER: LocalText(
            "công chức tiếp nhận của đơn vị nhận hồ sơ", "receiving officers of the unit that received the dossier"
        ),
        OWNER: LocalText("chủ hồ sơ, bằng liên kết trên phiếu hoặc máy tính bảng", "the owner, by link or tablet"),
    },
    effects={CAME_BACK: LocalText("tính là đã thu", "it counts as taken in")},
)
