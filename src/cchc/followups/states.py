"""What may become of a task (nhiệm vụ). The drawing in docs/states.md is made of this table."""

from __future__ import annotations

from typing import Final

from cchc.records.states import State, StateTable, Step
from cchc.records.text import LocalText

GIVEN: Final = "given"
ACKNOWLEDGED: Final = "acknowledged"
IN_PROGRESS: Final = "in_progress"
DONE_CLAIMED: Final = "done_claimed"
RETURNED: Final = "returned"
VERIFIED: Final = "verified"
WITHDRAWN: Final = "withdrawn"

RUNNING: Final = (GIVEN, ACKNOWLEDGED, IN_PROGRESS, RETURNED)
"""States in which the owner's time runs."""
OPEN: Final = (*RUNNING, DONE_CLAIMED)

OWNER: Final = "owner"
FOLLOWER: Final = "follower"
URGER: Final = "urger"
VERIFIER: Final = "verifier"

HEARD: Final = "heard"
STOPS: Final = "stops"
RUNS_ON: Final = "runs_on"
CLOSES: Final = "closes"
MOVES: Final = "moves"
NOTED: Final = "noted"

_UNDER_WAY: Final = (ACKNOWLEDGED, IN_PROGRESS, RETURNED)

TASK: Final = StateTable(
    title=LocalText("Nhiệm vụ được giao", "A task"),
    states=(
        State(GIVEN, LocalText("Mới giao", "Given")),
        State(ACKNOWLEDGED, LocalText("Đã tiếp nhận", "Acknowledged")),
        State(IN_PROGRESS, LocalText("Đang thực hiện", "In progress")),
        State(DONE_CLAIMED, LocalText("Chờ xác minh", "To be verified")),
        State(RETURNED, LocalText("Yêu cầu làm tiếp", "To be completed")),
        State(VERIFIED, LocalText("Đã hoàn thành", "Verified"), is_final=True),
        State(WITHDRAWN, LocalText("Đã rút", "Withdrawn"), is_final=True),
    ),
    steps=(
        Step("acknowledge", LocalText("Tiếp nhận nhiệm vụ", "Acknowledge"), (GIVEN,), ACKNOWLEDGED, OWNER, HEARD),
        Step("report", LocalText("Báo cáo tiến độ", "Report progress"), _UNDER_WAY, IN_PROGRESS, OWNER, HEARD),
        Step("claim", LocalText("Báo cáo hoàn thành", "Report it done"), _UNDER_WAY, DONE_CLAIMED, OWNER, STOPS),
        Step("raise_difficulty", LocalText("Nêu khó khăn, đề xuất", "Raise a difficulty"), RUNNING, None, OWNER, NOTED),
        Step("verify", LocalText("Xác minh hoàn thành", "Verify"), (DONE_CLAIMED,), VERIFIED, VERIFIER, CLOSES),
        Step("send_back", LocalText("Yêu cầu làm tiếp", "Send back"), (DONE_CLAIMED,), RETURNED, VERIFIER, RUNS_ON),
        Step("urge", LocalText("Đôn đốc", "Urge"), RUNNING, None, URGER, NOTED),
        Step("move_deadline", LocalText("Đổi thời hạn", "Change the deadline"), RUNNING, None, FOLLOWER, MOVES),
        Step("change_leader", LocalText("Đổi lãnh đạo phụ trách", "Change the leader"), RUNNING, None, FOLLOWER, NOTED),
        Step("withdraw", LocalText("Rút nhiệm vụ", "Withdraw"), OPEN, WITHDRAWN, FOLLOWER, CLOSES),
    ),
    who={
        OWNER: LocalText("đơn vị thực hiện", "the owner"),
        FOLLOWER: LocalText("đơn vị theo dõi, không theo dõi chính mình", "whoever follows it, never the owner"),
        URGER: LocalText(
            "đơn vị theo dõi hoặc được giao đôn đốc, không đôn đốc chính mình",
            "whoever follows it or supervises its owner, never the owner",
        ),
        VERIFIER: LocalText(
            "đơn vị theo dõi, không phải người đã báo cáo hoàn thành",
            "whoever follows it, never who reported it done",
        ),
    },
    effects={
        HEARD: LocalText("tính lại hạn báo cáo kế tiếp", "the next report is due anew"),
        STOPS: LocalText("dừng tính thời hạn", "its time stops"),
        RUNS_ON: LocalText("thời hạn cũ chạy tiếp", "its time runs on, due as before"),
        CLOSES: LocalText("kết thúc", "it is over"),
        MOVES: LocalText("tính lại thời hạn, giữ thời hạn cũ trong lịch sử", "due anew, the old date is kept"),
        NOTED: LocalText("ghi vào lịch sử", "noted in its history"),
    },
)  # fmt: skip
