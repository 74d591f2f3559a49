"""What may become of a task (nhiệm vụ) and of a directive (văn bản chỉ đạo). The drawings in docs/states.md are made of
these tables.
"""

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
ANSWERER: Final = "answerer"

HEARD: Final = "heard"
STOPS: Final = "stops"
RUNS_ON: Final = "runs_on"
CLOSES: Final = "closes"
MOVES: Final = "moves"
NOTED: Final = "noted"

STEPS_OF_REQUESTS: Final = ("acknowledge", "report", "urge", "move_deadline", "change_leader")
"""What is done to a task that asks for an answer or a decision, until that comes and ends it."""

_UNDER_WAY: Final = (ACKNOWLEDGED, IN_PROGRESS, RETURNED)

_RAISE: Final = LocalText("Nêu thuận lợi, khó khăn, đề xuất", "Raise a difficulty, proposal or advantage")

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
        Step("raise_difficulty", _RAISE, RUNNING, None, OWNER, NOTED),
        Step("verify", LocalText("Xác minh hoàn thành", "Verify"), (DONE_CLAIMED,), VERIFIED, VERIFIER, CLOSES),
        Step("send_back", LocalText("Yêu cầu làm tiếp", "Send back"), (DONE_CLAIMED,), RETURNED, VERIFIER, RUNS_ON),
        Step("urge", LocalText("Đôn đốc", "Urge"), RUNNING, None, URGER, NOTED),
        Step("move_deadline", LocalText("Đổi thời hạn", "Change the deadline"), RUNNING, None, FOLLOWER, MOVES),
        Step("change_leader", LocalText("Đổi lãnh đạo phụ trách", "Change the leader"), RUNNING, None, FOLLOWER, NOTED),
        Step("withdraw", LocalText("Rút nhiệm vụ", "Withdraw"), OPEN, WITHDRAWN, FOLLOWER, CLOSES),
        Step("answer", LocalText("Trả lời", "Answered"), RUNNING, VERIFIED, ANSWERER, CLOSES),
        Step("approve", LocalText("Phê duyệt", "Approved"), RUNNING, VERIFIED, ANSWERER, CLOSES),
        Step("refuse", LocalText("Không phê duyệt", "Not approved"), RUNNING, VERIFIED, ANSWERER, CLOSES),
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
        ANSWERER: LocalText(
            "người có quyền trả lời, quyết định; chỉ với đề xuất và văn bản trình",
            "whoever may answer or decide; of proposals and papers laid for approval alone",
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

IN_FORCE: Final = "in_force"
REPEALED: Final = "repealed"
_STANDING: Final = (IN_FORCE,)

ISSUER: Final = "issuer"
ADDRESSEE: Final = "addressee"
POSTER: Final = "poster"

CORRECTS: Final = "corrects"
SENDS: Final = "sends"
GIVES: Final = "gives"
ENDS: Final = "ends"

DIRECTIVE: Final = StateTable(
    title=LocalText("Văn bản chỉ đạo", "A directive"),
    states=(
        State(IN_FORCE, LocalText("Còn hiệu lực", "In force")),
        State(WITHDRAWN, LocalText("Đã thu hồi", "Withdrawn"), is_final=True),
        State(REPEALED, LocalText("Đã bãi bỏ", "Repealed"), is_final=True),
    ),
    steps=(
        Step("acknowledge", LocalText("Tiếp nhận văn bản", "Acknowledge"), _STANDING, None, ADDRESSEE, NOTED),
        Step("post", LocalText("Ghi nhận đăng tải", "Note a posting"), _STANDING, None, POSTER, NOTED),
        Step("urge", LocalText("Đôn đốc", "Urge"), _STANDING, None, FOLLOWER, NOTED),
        Step("give", LocalText("Giao nhiệm vụ", "Give a task"), _STANDING, None, ISSUER, GIVES),
        Step("address", LocalText("Thêm nơi nhận", "Add addressees"), _STANDING, None, ISSUER, SENDS),
        Step("correct", LocalText("Sửa văn bản", "Correct"), _STANDING, None, ISSUER, CORRECTS),
        Step("withdraw", LocalText("Thu hồi", "Withdraw"), _STANDING, WITHDRAWN, ISSUER, ENDS),
        Step("repeal", LocalText("Bãi bỏ", "Repeal"), _STANDING, REPEALED, ISSUER, ENDS),
    ),
    who={
        ISSUER: LocalText("đơn vị ban hành hoặc chuyển tiếp", "the unit that issued it or passed it on"),
        FOLLOWER: LocalText("đơn vị theo dõi", "the unit that follows it"),
        ADDRESSEE: LocalText("đơn vị nhận", "an addressee"),
        POSTER: LocalText("đơn vị nhận, đơn vị theo dõi", "an addressee, or the unit that follows it"),
    },
    effects={
        NOTED: LocalText("ghi vào văn bản", "noted with it"),
        GIVES: LocalText("đơn vị có thêm nhiệm vụ", "units have another task"),
        SENDS: LocalText("gửi thêm đơn vị", "more units have it"),
        CORRECTS: LocalText("sửa nội dung, giữ nội dung cũ", "it says what is right, the old is kept"),
        ENDS: LocalText("rút mọi nhiệm vụ chưa kết thúc, giữ nhật ký", "its open tasks are withdrawn, its logs stay"),
    },
)  # fmt: skip
