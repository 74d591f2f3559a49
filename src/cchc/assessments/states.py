"""What may become of a round, and of a sheet in it. The drawings in docs/states.md are made of these tables.

The round's state says what is under way; a sheet's state says whether its unit may write. Who may write what is asked
of `policies`, which reads both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.states import State, StateTable, Step
from cchc.records.text import LocalText
from cchc.scoring.sheets import Stage

PREPARING: Final = "preparing"
SELF_SCORING: Final = "self_scoring"
APPRAISING: Final = "appraising"
EXPLAINING: Final = "explaining"
REAPPRAISING: Final = "reappraising"
DELIBERATING: Final = "deliberating"
FROZEN: Final = "frozen"
APPROVED: Final = "approved"
PUBLISHED: Final = "published"
SETTLED: Final = frozenset({FROZEN, APPROVED, PUBLISHED})
"""States in which the council has said its last word: what it did not vote on stands as it was appraised."""

RESULT_STANDS: Final = (FROZEN, APPROVED, PUBLISHED)
"""Nobody writes into a round any more: what is worked out from it stays as it is."""

SECRETARY: Final = "secretary"
CHAIR: Final = "chair"
AUTHORITY: Final = "authority"
HEAD: Final = "head"

ARRANGED: Final = "arranged"
SET_FROZEN: Final = "set_frozen"
APPRAISERS_WRITE: Final = "appraisers_write"
UNITS_EXPLAIN: Final = "units_explain"
COUNCIL_WRITES: Final = "council_writes"
COMPUTED: Final = "computed"
SIGNED: Final = "signed"
PUBLIC: Final = "public"
CORRECTED: Final = "corrected"

ROUND: Final = StateTable(
    title=LocalText("Đợt chấm điểm", "A scoring round"),
    states=(
        State(PREPARING, LocalText("Đang chuẩn bị", "Being prepared")),
        State(SELF_SCORING, LocalText("Đơn vị tự chấm điểm", "Units score themselves")),
        State(APPRAISING, LocalText("Thẩm định", "Appraisal")),
        State(EXPLAINING, LocalText("Đơn vị giải trình", "Units explain")),
        State(REAPPRAISING, LocalText("Thẩm định lần 2", "Second appraisal")),
        State(DELIBERATING, LocalText("Hội đồng xem xét", "Before the council")),
        State(FROZEN, LocalText("Đã chốt kết quả", "Result frozen")),
        State(APPROVED, LocalText("Đã phê duyệt", "Approved")),
        State(PUBLISHED, LocalText("Đã công bố", "Published")),
    ),
    steps=(
        Step("arrange", LocalText("Chuẩn bị đợt chấm điểm", "Prepare"), (PREPARING,), None, SECRETARY, ARRANGED),
        Step(
            "begin",
            LocalText("Mở tự chấm điểm", "Open self-scoring"),
            (PREPARING,),
            SELF_SCORING,
            SECRETARY,
            SET_FROZEN,
        ),
        Step(
            "appraise",
            LocalText("Chuyển sang thẩm định", "Go on to appraisal"),
            (SELF_SCORING,),
            APPRAISING,
            SECRETARY,
            APPRAISERS_WRITE,
        ),
        Step(
            "explain",
            LocalText("Thông báo kết quả thẩm định, mở giải trình", "Give notice, open explanations"),
            (APPRAISING,),
            EXPLAINING,
            SECRETARY,
            UNITS_EXPLAIN,
        ),
        Step(
            "reappraise",
            LocalText("Chuyển sang thẩm định lần 2", "Go on to the second appraisal"),
            (EXPLAINING,),
            REAPPRAISING,
            SECRETARY,
            APPRAISERS_WRITE,
        ),
        Step(
            "deliberate",
            LocalText("Trình Hội đồng", "Lay before the council"),
            (APPRAISING, REAPPRAISING),
            DELIBERATING,
            SECRETARY,
            COUNCIL_WRITES,
        ),
        Step(
            "freeze",
            LocalText("Chốt kết quả (hai người)", "Freeze the result (two persons)"),
            (DELIBERATING,),
            FROZEN,
            CHAIR,
            COMPUTED,
        ),
        Step("approve", LocalText("Phê duyệt kết quả", "Approve the result"), (FROZEN,), APPROVED, AUTHORITY, SIGNED),
        Step("publish", LocalText("Công bố kết quả", "Publish the result"), (APPROVED,), PUBLISHED, AUTHORITY, PUBLIC),
        Step(
            "reopen",
            LocalText("Mở lại để Hội đồng xem xét", "Open again for the council"),
            (FROZEN, APPROVED, PUBLISHED),
            DELIBERATING,
            CHAIR,
            CORRECTED,
        ),
    ),
    who={
        SECRETARY: LocalText("thư ký Hội đồng", "the council's secretary"),
        CHAIR: LocalText("chủ tịch Hội đồng", "the council's chair"),
        AUTHORITY: LocalText("người có thẩm quyền phê duyệt", "the approving authority"),
    },
    effects={
        ARRANGED: LocalText(
            "bộ tiêu chí, đơn vị, lịch, phân công còn sửa được", "set, units, timetable and charges may change"
        ),
        SET_FROZEN: LocalText(
            "bộ tiêu chí khóa theo mã băm; đơn vị bắt đầu chấm", "the set is frozen with its hash; units begin"
        ),
        APPRAISERS_WRITE: LocalText("người thẩm định ghi điểm; đơn vị không ghi", "appraisers write, units do not"),
        UNITS_EXPLAIN: LocalText(
            "đơn vị xem điểm thẩm định và giải trình", "units see the appraised points and explain"
        ),
        COUNCIL_WRITES: LocalText(
            "chỉ Hội đồng quyết định các chênh lệch còn lại", "the council alone decides what is still open"
        ),
        COMPUTED: LocalText(
            "tính Chỉ số, xếp loại, xếp hạng; không ai ghi nữa", "index, class and rank are computed; nobody writes"
        ),
        SIGNED: LocalText("ghi quyết định phê duyệt", "the decision is recorded"),
        PUBLIC: LocalText("kết quả lên cổng công khai", "the result is public"),
        CORRECTED: LocalText("phiên bản cũ vẫn xem được; nêu lý do", "the old version stays readable; with a reason"),
    },
)

FILLING: Final = "filling"
SUBMITTED: Final = "submitted"
EXPLAINED: Final = "explained"

LOCKED: Final = "locked"
BACK: Final = "back"

SHEET: Final = StateTable(
    title=LocalText("Bản chấm điểm của đơn vị", "A unit's sheet"),
    states=(
        State(FILLING, LocalText("Đang tự chấm", "Being filled in")),
        State(SUBMITTED, LocalText("Đã khóa và gửi", "Locked and submitted")),
        State(EXPLAINED, LocalText("Đã gửi giải trình", "Explanations submitted")),
    ),
    steps=(
        Step("submit", LocalText("Khóa và gửi", "Lock and submit"), (FILLING,), SUBMITTED, HEAD, LOCKED),
        Step("hand_back", LocalText("Trả lại để bổ sung", "Hand back"), (SUBMITTED,), FILLING, SECRETARY, BACK),
        Step(
            "explain",
            LocalText("Khóa và gửi giải trình", "Submit the explanations"),
            (FILLING, SUBMITTED),
            EXPLAINED,
            HEAD,
            LOCKED,
        ),
    ),
    who={
        HEAD: LocalText("người đứng đầu đơn vị", "the head of the unit"),
        SECRETARY: LocalText("thư ký Hội đồng", "the council's secretary"),
    },
    effects={
        LOCKED: LocalText("đơn vị không ghi được nữa", "the unit writes no more"),
        BACK: LocalText("đơn vị ghi tiếp; nêu lý do", "the unit writes on; with a reason"),
    },
)

STAGE_OF: Final[Mapping[str, Stage]] = {
    SELF_SCORING: "self",
    APPRAISING: "document1",
    REAPPRAISING: "document2",
    DELIBERATING: "council",
}
"""Which stage of scoring is written while the round stands there; where it is absent nobody writes points."""


def appraised_at(stage: Stage) -> tuple[Stage, ...]:
    """The stages at which whoever spoke has appraised, while `stage` is under way: none while units score themselves,
    that one alone in each appraisal, either of them afterwards.
    """
    if stage in ("document1", "document2"):
        return (stage,)
    return ("document1", "document2") if stage == "council" else ()


def stage_now(state: str) -> Stage:
    """The stage that is written, or was written last, while a round stands there."""
    return STAGE_OF.get(state, _WRITTEN_LAST.get(state, "council"))


_WRITTEN_LAST: Final[Mapping[str, Stage]] = {PREPARING: "self", EXPLAINING: "document1"}
