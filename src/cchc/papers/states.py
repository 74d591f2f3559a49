"""What may become of a paper (văn bản). The drawing in docs/states.md is made of this table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from cchc.records.states import State, StateTable, Step
from cchc.records.text import LocalText


class PaperState(StrEnum):
    """Where a paper stands. Only an issued one counts; what was issued once keeps its number for ever."""

    DRAFT = "draft"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    DISCARDED = "discarded"


_DRAFT: Final = (PaperState.DRAFT,)
_ISSUED: Final = (PaperState.ISSUED,)

DRAFTER: Final = "drafter"
ISSUER: Final = "issuer"

WRITTEN: Final = "written"
NUMBERED: Final = "numbered"
DROPPED: Final = "dropped"
SIGNED: Final = "signed"
ASKED: Final = "asked"
ENDS: Final = "ends"

APPROVED: Final = "approved"
REFUSED: Final = "refused"
LAPSED: Final = "lapsed"
VERDICTS: Final[Mapping[str, LocalText]] = {
    "": LocalText("Chờ quyết định", "Waits for a decision"),
    APPROVED: LocalText("Phê duyệt", "Approved"),
    REFUSED: LocalText("Không phê duyệt", "Not approved"),
    LAPSED: LocalText("Thôi trình", "No longer asked"),
}
"""How a request for approval stands: it waits, was decided, or fell away: taken back, or with its paper."""

PAPER: Final = StateTable(
    title=LocalText("Văn bản", "A paper"),
    states=(
        State(PaperState.DRAFT, LocalText("Dự thảo", "Draft")),
        State(PaperState.ISSUED, LocalText("Đã phát hành", "Issued")),
        State(PaperState.WITHDRAWN, LocalText("Đã thu hồi", "Withdrawn"), is_final=True),
        State(PaperState.REPLACED, LocalText("Đã thay thế", "Replaced"), is_final=True),
        State(PaperState.DISCARDED, LocalText("Đã bỏ", "Discarded"), is_final=True),
    ),
    steps=(
        Step("edit", LocalText("Soạn", "Write"), _DRAFT, None, DRAFTER, WRITTEN),
        Step("issue", LocalText("Phát hành", "Issue"), _DRAFT, PaperState.ISSUED, ISSUER, NUMBERED),
        Step("discard", LocalText("Bỏ dự thảo", "Discard the draft"), _DRAFT, PaperState.DISCARDED, DRAFTER, DROPPED),
        Step("attach", LocalText("Tải lên bản đã ký", "Attach the signed file"), _ISSUED, None, ISSUER, SIGNED),
        Step("ask_approval", LocalText("Trình phê duyệt", "Ask for approval"), _ISSUED, None, DRAFTER, ASKED),
        Step("withdraw", LocalText("Thu hồi", "Withdraw"), _ISSUED, PaperState.WITHDRAWN, ISSUER, ENDS),
        Step("replace", LocalText("Thay thế", "Replace"), _ISSUED, PaperState.REPLACED, ISSUER, ENDS),
    ),
    who={
        DRAFTER: LocalText("người soạn và người ký của đơn vị", "who drafts or issues for the unit"),
        ISSUER: LocalText("người ký của đơn vị", "who issues for the unit"),
    },
    effects={
        WRITTEN: LocalText("nội dung thay đổi", "it says something else"),
        NUMBERED: LocalText("có số, ngày; nội dung không đổi nữa", "it has number and day and says the same for ever"),
        DROPPED: LocalText("không bao giờ có số", "it will never have a number"),
        SIGNED: LocalText("kèm bản đã ký", "the signed file stands beside it"),
        ASKED: LocalText("chờ đơn vị được trình quyết định", "another unit is to decide"),
        ENDS: LocalText("không còn hiệu lực, số vẫn là của nó", "it counts no longer; its number stays its own"),
    },
)  # fmt: skip
