"""What may become of a dossier (hồ sơ) and of one step of it (bước xử lý); money and delivery are lines of their own.

The drawings in docs/states.md are made of these tables. Several branches of a dossier may be worked on at once, so that
where a dossier stands and where its steps stand are two tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc.records.states import State, StateTable, Step
from cchc.records.text import LocalText

REGISTERED: Final = "registered"
RECEIVED: Final = "received"
REFUSED: Final = "refused"
PROCESSING: Final = "processing"
SUPPLEMENTING: Final = "supplementing"
AWAITING_PAYMENT: Final = "awaiting_payment"
WITHDRAWN: Final = "withdrawn"
SUSPENDED: Final = "suspended"
STOPPED: Final = "stopped"
SETTLED: Final = "settled"
RETURNED: Final = "returned"

NATIONAL_CODES: Final[Mapping[str, int]] = {
    REGISTERED: 1,
    RECEIVED: 2,
    REFUSED: 3,
    PROCESSING: 4,
    SUPPLEMENTING: 5,
    AWAITING_PAYMENT: 6,
    WITHDRAWN: 7,
    SUSPENDED: 8,
    STOPPED: 8,
    SETTLED: 9,
    RETURNED: 10,
}
"""The code of each state in the national list; 8 is a pause in one procedure and the end in another."""

RUNNING: Final = (RECEIVED, PROCESSING)
"""States in which the time limit runs."""
PAUSED: Final = (SUPPLEMENTING, AWAITING_PAYMENT, SUSPENDED)
"""States in which it does not, and somebody else is waited for."""
OPEN: Final = (*RUNNING, *PAUSED)
"""Received and not ended."""

RECEIVER: Final = "receiver"
HOLDER: Final = "holder"
MANAGER: Final = "manager"
CANDIDATE: Final = "candidate"
MACHINE: Final = "machine"

STARTS: Final = "starts"
RUNS_ON: Final = "runs_on"
WAITS: Final = "waits"
SUSPENDS: Final = "suspends"
GOES_ON: Final = "goes_on"
MOVES: Final = "moves"
NOTED: Final = "noted"
STOPS: Final = "stops"
ENDS: Final = "ends"
CLOSES: Final = "closes"

WAITING_STATES: Final[Mapping[str, str]] = {
    SUPPLEMENTING: "applicant",
    AWAITING_PAYMENT: "payment",
    SUSPENDED: "suspension",
}
"""Whom the ledger finds the time with while a dossier stands there."""

DOSSIER: Final = StateTable(
    title=LocalText("Hồ sơ", "A dossier"),
    states=(
        State(REGISTERED, LocalText("Mới đăng ký, chờ tiếp nhận", "Registered, to be received")),
        State(RECEIVED, LocalText("Được tiếp nhận", "Received")),
        State(REFUSED, LocalText("Không được tiếp nhận", "Refused"), is_final=True),
        State(PROCESSING, LocalText("Đang xử lý", "In process")),
        State(SUPPLEMENTING, LocalText("Chờ bổ sung giấy tờ", "Waiting for missing papers")),
        State(AWAITING_PAYMENT, LocalText("Chờ thực hiện nghĩa vụ tài chính", "Waiting for payment")),
        State(WITHDRAWN, LocalText("Công dân rút hồ sơ", "Withdrawn by its owner"), is_final=True),
        State(SUSPENDED, LocalText("Tạm dừng xử lý", "Suspended")),
        State(STOPPED, LocalText("Dừng xử lý", "Stopped"), is_final=True),
        State(SETTLED, LocalText("Đã xử lý xong, chờ trả kết quả", "Settled, to be handed over")),
        State(RETURNED, LocalText("Đã trả kết quả", "Result handed over"), is_final=True),
    ),
    steps=(
        Step("receive", LocalText("Tiếp nhận", "Receive"), (REGISTERED,), RECEIVED, RECEIVER, STARTS),
        Step("refuse", LocalText("Từ chối tiếp nhận", "Refuse"), (REGISTERED,), REFUSED, RECEIVER, ENDS),
        Step("advance", LocalText("Chuyển bước", "Go on"), RUNNING, PROCESSING, HOLDER, RUNS_ON),
        Step(
            "ask_supplement", LocalText("Yêu cầu bổ sung", "Ask for missing papers"),
            RUNNING, SUPPLEMENTING, HOLDER, WAITS,
        ),
        Step(
            "supplement", LocalText("Nhận giấy tờ bổ sung", "Take in the missing papers"),
            (SUPPLEMENTING,), PROCESSING, RECEIVER, GOES_ON,
        ),
        Step(
            "ask_payment", LocalText("Yêu cầu thực hiện nghĩa vụ tài chính", "Ask for payment"),
            RUNNING, AWAITING_PAYMENT, HOLDER, SUSPENDS,
        ),
        Step(
            "note_payment", LocalText("Ghi nhận đã thực hiện nghĩa vụ tài chính", "Note the payment"),
            (AWAITING_PAYMENT,), PROCESSING, RECEIVER, GOES_ON,
        ),
        Step("suspend", LocalText("Tạm dừng", "Suspend"), RUNNING, SUSPENDED, MANAGER, SUSPENDS),
        Step("resume", LocalText("Xử lý tiếp", "Resume"), (SUSPENDED,), PROCESSING, MANAGER, GOES_ON),
        Step("extend", LocalText("Hẹn lại ngày trả", "Put off the appointment"), RUNNING, None, MANAGER, MOVES),
        Step("record_result", LocalText("Ghi kết quả", "Record the result"), RUNNING, None, HOLDER, NOTED),
        Step(
            "settle", LocalText("Xong bước cuối, có kết quả", "Settled with the last step"),
            RUNNING, SETTLED, HOLDER, STOPS,
        ),
        Step("hand_over", LocalText("Trả kết quả", "Hand over the result"), (SETTLED,), RETURNED, RECEIVER, CLOSES),
        Step("withdraw", LocalText("Rút hồ sơ", "Withdraw"), (REGISTERED, *OPEN), WITHDRAWN, RECEIVER, ENDS),
        Step("stop", LocalText("Dừng giải quyết", "Stop"), OPEN, STOPPED, MANAGER, ENDS),
    ),
    who={
        RECEIVER: LocalText(
            "công chức tiếp nhận của đơn vị nhận hồ sơ",
            "receiving officers of the unit that received it",
        ),
        HOLDER: LocalText("người đang giữ bước xử lý", "whoever holds a step of it"),
        MANAGER: LocalText(
            "phụ trách Bộ phận Một cửa, người đứng đầu đơn vị",
            "the head of the one-stop, the head of the unit",
        ),
    },
    effects={
        STARTS: LocalText("thời hạn bắt đầu tính, hẹn ngày trả", "its time begins, the appointment is made"),
        RUNS_ON: LocalText("thời hạn chạy tiếp", "its time runs on"),
        WAITS: LocalText(
            "dừng tính thời hạn; khi đủ giấy tờ thì tính tiếp hoặc tính lại từ đầu, theo quy định của thủ tục",
            "its time stops; with the papers it goes on, or starts from zero, as the procedure says",
        ),
        SUSPENDS: LocalText("dừng tính thời hạn", "its time stops"),
        GOES_ON: LocalText("tính lại ngày hẹn, giữ ngày hẹn cũ", "due anew, the old date is kept"),
        MOVES: LocalText("ngày hẹn mới, giữ ngày hẹn đầu", "another appointment, the first is kept"),
        NOTED: LocalText("ghi vào hồ sơ, chưa kết thúc", "noted, it is not over yet"),
        STOPS: LocalText(
            "thôi tính thời hạn, so với ngày hẹn",
            "its time is over and measured against the appointment",
        ),
        ENDS: LocalText("kết thúc, không có kết quả", "it is over without a result"),
        CLOSES: LocalText("kết thúc", "it is over"),
    },
)  # fmt: skip

WAITING: Final = "waiting"
QUEUED: Final = "queued"
HELD: Final = "held"
DONE: Final = "done"
SENT_BACK: Final = "sent_back"
CANCELLED: Final = "cancelled"

BEGUN: Final = (QUEUED, HELD)
"""Steps that somebody has to work on now."""

NAMED: Final = "named"
SHARED: Final = "shared"
BEGINS: Final = "begins"
LEADS_ON: Final = "leads_on"
AGAIN: Final = "again"
FALLS_AWAY: Final = "falls_away"

STEP: Final = StateTable(
    title=LocalText("Bước xử lý của hồ sơ", "A step of a dossier"),
    states=(
        State(WAITING, LocalText("Chưa đến lượt", "Not yet begun")),
        State(QUEUED, LocalText("Hàng chờ chung", "In the shared queue")),
        State(HELD, LocalText("Có người xử lý", "Held")),
        State(DONE, LocalText("Đã xong", "Done"), is_final=True),
        State(SENT_BACK, LocalText("Đã chuyển trả", "Sent back"), is_final=True),
        State(CANCELLED, LocalText("Không thực hiện nữa", "No longer needed"), is_final=True),
    ),
    steps=(
        Step("begin", LocalText("Đến lượt", "Begin"), (WAITING,), QUEUED, MACHINE, BEGINS),
        Step("take", LocalText("Nhận xử lý", "Take"), (QUEUED,), HELD, CANDIDATE, NAMED),
        Step("assign", LocalText("Phân công, chuyển người xử lý", "Assign"), BEGUN, HELD, MANAGER, NAMED),
        Step("release", LocalText("Trả về hàng chờ", "Put back into the queue"), (HELD,), QUEUED, HOLDER, SHARED),
        Step("complete", LocalText("Hoàn thành, chuyển bước", "Complete and hand on"), (HELD,), DONE, HOLDER, LEADS_ON),
        Step(
            "send_back", LocalText("Chuyển trả bước trước", "Send back to an earlier step"),
            (HELD,), SENT_BACK, HOLDER, AGAIN,
        ),
        Step(
            "cancel", LocalText("Không thực hiện nữa", "No longer needed"),
            (WAITING, *BEGUN), CANCELLED, MACHINE, FALLS_AWAY,
        ),
    ),
    who={
        MACHINE: LocalText("phần mềm, theo quy trình", "the product, as the procedure says"),
        CANDIDATE: LocalText("người giữ vai trò của bước tại đơn vị", "whoever holds the step's role in the unit"),
        HOLDER: LocalText("người đang giữ bước", "whoever holds it"),
        MANAGER: LocalText(
            "phụ trách Bộ phận Một cửa, người đứng đầu đơn vị",
            "the head of the one-stop, the head of the unit",
        ),
    },
    effects={
        BEGINS: LocalText("thời hạn của bước bắt đầu", "its time begins"),
        NAMED: LocalText("từ lúc này tính cho người nhận", "from now on the time is that person's"),
        SHARED: LocalText("từ lúc này tính cho hàng chờ của đơn vị", "from now on the time is the shared queue's"),
        LEADS_ON: LocalText("các bước sau đến lượt", "the steps that wait for it begin"),
        AGAIN: LocalText(
            "bước trước và các bước sau nó làm lại, bản ghi cũ giữ nguyên",
            "the earlier step and what follows it are done again, the old records stay",
        ),
        FALLS_AWAY: LocalText("giữ trong lịch sử", "kept in the history"),
    },
)  # fmt: skip

NOTHING_OWED: Final = "nothing_owed"
OWED: Final = "owed"
PAID: Final = "paid"

AMOUNT: Final = "amount"
RECEIPT: Final = "receipt"
LET_OFF: Final = "let_off"

FINANCE: Final = StateTable(
    title=LocalText("Phí, lệ phí của hồ sơ", "The fees of a dossier"),
    states=(
        State(NOTHING_OWED, LocalText("Không phải nộp", "Nothing to pay")),
        State(OWED, LocalText("Chưa nộp", "To be paid")),
        State(PAID, LocalText("Đã nộp", "Paid")),
    ),
    steps=(
        Step("charge", LocalText("Thông báo phải nộp", "Charge"), (NOTHING_OWED, OWED, PAID), OWED, HOLDER, AMOUNT),
        Step("pay", LocalText("Ghi nhận đã nộp", "Note the payment"), (OWED,), PAID, RECEIVER, RECEIPT),
        Step("waive", LocalText("Miễn", "Waive"), (OWED,), NOTHING_OWED, MANAGER, LET_OFF),
    ),
    who={
        HOLDER: LocalText(
            "người đang giữ bước xử lý; khi tiếp nhận: công chức tiếp nhận",
            "whoever holds a step; at reception the receiving officer",
        ),
        RECEIVER: LocalText("công chức tiếp nhận", "receiving officers"),
        MANAGER: LocalText(
            "phụ trách Bộ phận Một cửa, người đứng đầu đơn vị",
            "the head of the one-stop, the head of the unit",
        ),
    },
    effects={
        AMOUNT: LocalText("ghi số tiền phải nộp", "the amount owed is noted"),
        RECEIPT: LocalText("ghi số biên lai", "the receipt is noted"),
        LET_OFF: LocalText("ghi lý do miễn", "the reason is noted"),
    },
)  # fmt: skip

NO_RESULT: Final = "no_result"
READY: Final = "ready"
DELIVERED: Final = "delivered"

LIES: Final = "lies"
GIVEN: Final = "given"

DELIVERY: Final = StateTable(
    title=LocalText("Trả kết quả của hồ sơ", "The delivery of a result"),
    states=(
        State(NO_RESULT, LocalText("Chưa có kết quả", "No result yet")),
        State(READY, LocalText("Có kết quả, chờ trả", "Ready")),
        State(DELIVERED, LocalText("Đã trả, đã chuyển", "Delivered"), is_final=True),
    ),
    steps=(
        Step(
            "ready", LocalText("Kết quả về Bộ phận Một cửa", "The result is at the one-stop"),
            (NO_RESULT,), READY, HOLDER, LIES,
        ),
        Step(
            "deliver", LocalText("Trả cho người nhận hoặc giao bưu chính", "Hand over, or give to the post"),
            (READY,), DELIVERED, RECEIVER, GIVEN,
        ),
    ),
    who={
        HOLDER: LocalText("người ghi kết quả", "whoever records the result"),
        RECEIVER: LocalText("công chức tiếp nhận", "receiving officers"),
    },
    effects={
        LIES: LocalText("chủ hồ sơ được báo", "its owner can see it"),
        GIVEN: LocalText("ghi người nhận, cách nhận", "who took it and how is noted"),
    },
)  # fmt: skip
