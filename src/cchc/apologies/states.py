"""What may become of a letter of apology (văn bản xin lỗi): drafted, approved, signed, sent; who does each."""

from __future__ import annotations

from typing import Final

from cchc.records.states import State, StateTable, Step
from cchc.records.text import LocalText

DRAFTED: Final = "drafted"
RETURNED: Final = "returned"
APPROVED: Final = "approved"
SIGNED: Final = "signed"
SENT: Final = "sent"
CANCELLED: Final = "cancelled"

OPEN: Final = (DRAFTED, RETURNED, APPROVED, SIGNED)
"""On its way; one at a time for what it is owed for."""

DRAFTER: Final = "drafter"
HEAD: Final = "head"
SIGNER: Final = "signer"
SENDER: Final = "sender"

WRITES: Final = "writes"
ALLOWS: Final = "allows"
BACK: Final = "back"
DECIDES: Final = "decides"
PAYS: Final = "pays"
FALLS_AWAY: Final = "falls_away"

LETTER: Final = StateTable(
    title=LocalText("Văn bản xin lỗi và hẹn lại", "A letter of apology"),
    states=(
        State(DRAFTED, LocalText("Dự thảo, chờ duyệt", "Drafted, to be approved")),
        State(RETURNED, LocalText("Trả lại người soạn", "Returned to its drafter")),
        State(APPROVED, LocalText("Đã duyệt, chờ ký", "Approved, to be signed")),
        State(SIGNED, LocalText("Đã ký, chờ gửi", "Signed, to be sent")),
        State(SENT, LocalText("Đã gửi", "Sent"), is_final=True),
        State(CANCELLED, LocalText("Đã hủy", "Cancelled"), is_final=True),
    ),
    steps=(
        Step("draft", LocalText("Soạn lại", "Rewrite"), (DRAFTED, RETURNED), DRAFTED, DRAFTER, WRITES),
        Step("approve", LocalText("Duyệt", "Approve"), (DRAFTED,), APPROVED, HEAD, ALLOWS),
        Step(
            "return", LocalText("Trả lại người soạn", "Return to the drafter"),
            (DRAFTED, APPROVED), RETURNED, HEAD, BACK,
        ),
        Step("sign", LocalText("Ký", "Sign"), (APPROVED,), SIGNED, SIGNER, DECIDES),
        Step("send", LocalText("Ghi nhận đã gửi", "Note that it was sent"), (SIGNED,), SENT, SENDER, PAYS),
        Step("cancel", LocalText("Hủy", "Cancel"), OPEN, CANCELLED, HEAD, FALLS_AWAY),
    ),
    who={
        DRAFTER: LocalText(
            "người đang giữ hoặc đã giữ một bước của hồ sơ", "whoever holds, or held, a step of the dossier"
        ),
        HEAD: LocalText(
            "phụ trách Bộ phận Một cửa, người đứng đầu đơn vị", "the head of the one-stop, the head of the unit"
        ),
        SIGNER: LocalText("lãnh đạo ký, người đứng đầu đơn vị", "signing leaders, the head of the unit"),
        SENDER: LocalText(
            "công chức tiếp nhận của đơn vị nhận hồ sơ", "receiving officers of the unit that received the dossier"
        ),
    },
    effects={
        WRITES: LocalText("sửa nội dung dự thảo", "the draft is written anew"),
        ALLOWS: LocalText("trình ký", "it may be signed"),
        BACK: LocalText("người soạn sửa theo lý do nêu ra", "its drafter mends it for the reason stated"),
        DECIDES: LocalText(
            "có số, ngày; ngày hẹn mới có hiệu lực", "it has its number and day; the new appointment holds"
        ),
        PAYS: LocalText("hồ sơ không còn nợ văn bản này", "the dossier does not owe it any more"),
        FALLS_AWAY: LocalText("giữ trong lịch sử, hồ sơ vẫn nợ", "kept in the history; the dossier still owes it"),
    },
)  # fmt: skip
