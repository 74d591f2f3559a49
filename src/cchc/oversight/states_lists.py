"""What may become of a list of a month: drafted, notified, decided, approved, frozen, published; who does each."""

from __future__ import annotations

from typing import Final

from cchc.records.states import State, StateTable, Step
from cchc.records.text import LocalText

DRAFTED: Final = "drafted"
NOTIFIED: Final = "notified"
DECIDED: Final = "decided"
APPROVED: Final = "approved"
PUT_FORWARD: Final = "put_forward"
FROZEN: Final = "frozen"
PUBLISHED: Final = "published"
EXPIRED: Final = "expired"
WITHDRAWN: Final = "withdrawn"

KEEPER: Final = "keeper"
HEAD: Final = "head"
SECOND: Final = "second"
SYSTEM: Final = "system"

OPENS: Final = "opens"
CLOSES: Final = "closes"
ALLOWS: Final = "allows"
FIXES: Final = "fixes"
KEEPS: Final = "keeps"
SHOWS: Final = "shows"
MENDS: Final = "mends"
HIDES: Final = "hides"
FALLS_AWAY: Final = "falls_away"

BEFORE_PUBLICATION: Final = (DRAFTED, NOTIFIED, DECIDED, APPROVED, PUT_FORWARD, FROZEN)

MONTHLY_LIST: Final = StateTable(
    title=LocalText("Danh sách tháng về hồ sơ chậm, quá hạn", "The monthly list of slow and overdue dossiers"),
    states=(
        State(DRAFTED, LocalText("Dự thảo", "Drafted")),
        State(NOTIFIED, LocalText("Đã thông báo, chờ phản hồi", "Notified, replies awaited")),
        State(DECIDED, LocalText("Đã xem xét phản hồi", "Replies decided")),
        State(APPROVED, LocalText("Người đứng đầu đã duyệt", "Approved by the head")),
        State(PUT_FORWARD, LocalText("Đề nghị chốt", "Put forward to be frozen")),
        State(FROZEN, LocalText("Đã chốt", "Frozen")),
        State(PUBLISHED, LocalText("Đã công bố", "Published")),
        State(EXPIRED, LocalText("Hết thời gian đăng", "No longer on the page"), is_final=True),
        State(WITHDRAWN, LocalText("Đã rút", "Withdrawn"), is_final=True),
    ),
    steps=(
        Step("notify", LocalText("Thông báo cho người có tên", "Notify those named"),
             (DRAFTED,), NOTIFIED, KEEPER, OPENS),
        Step("close", LocalText("Kết thúc phản hồi", "Close the replies"), (NOTIFIED,), DECIDED, KEEPER, CLOSES),
        Step("approve", LocalText("Duyệt danh sách", "Approve the list"), (DECIDED,), APPROVED, HEAD, ALLOWS),
        Step("put_forward", LocalText("Đề nghị chốt", "Put forward to be frozen"),
             (APPROVED,), PUT_FORWARD, KEEPER, FIXES),
        Step("back", LocalText("Trả lại, chưa chốt", "Send back, not frozen"),
             (APPROVED, PUT_FORWARD), DECIDED, HEAD, OPENS),
        Step("freeze", LocalText("Chốt danh sách", "Freeze the list"), (PUT_FORWARD,), FROZEN, SECOND, KEEPS),
        Step("publish", LocalText("Công bố", "Publish"), (FROZEN,), PUBLISHED, HEAD, SHOWS),
        Step("correct", LocalText("Đính chính", "Add an erratum"), (PUBLISHED,), None, HEAD, MENDS),
        Step("expire", LocalText("Hết thời gian đăng", "Take off the page, time over"),
             (PUBLISHED,), EXPIRED, SYSTEM, HIDES),
        Step("withdraw", LocalText("Rút danh sách", "Withdraw the list"),
             (*BEFORE_PUBLICATION, PUBLISHED), WITHDRAWN, HEAD, FALLS_AWAY),
    ),
    who={
        KEEPER: LocalText(
            "công chức kiểm soát thủ tục hành chính, phụ trách Bộ phận Một cửa",
            "procedure-control officers, the head of the one-stop",
        ),
        HEAD: LocalText("người đứng đầu đơn vị công bố", "the head of the unit that publishes"),
        SECOND: LocalText(
            "người đứng đầu, lãnh đạo ký; không phải người đề nghị chốt",
            "the head or a signing leader, never who put it forward",
        ),
        SYSTEM: LocalText("hệ thống, khi hết thời gian đăng", "the system, when its time is over"),
    },
    effects={
        OPENS: LocalText("từng mục được xem xét", "each entry is looked at"),
        CLOSES: LocalText(
            "mục không có phản hồi theo quy định về im lặng, vắng mặt",
            "entries without a reply follow the rules for silence and leave",
        ),
        ALLOWS: LocalText("được đề nghị chốt", "it may be put forward to be frozen"),
        FIXES: LocalText("mã băm của nội dung được ghi", "the hash of what it says is written down"),
        KEEPS: LocalText("nội dung không đổi nữa; có mã băm", "what it says changes no more; it has a hash"),
        SHOWS: LocalText("đứng trên trang công khai đến ngày hết hạn", "it stands on the public page until it expires"),
        MENDS: LocalText(
            "một bản mới ghi đính chính bên cạnh tên, nối với mã băm bản trước",
            "a new version says the erratum beside the name, chained to the hash before",
        ),
        HIDES: LocalText("không còn trên trang công khai", "it leaves the public page"),
        FALLS_AWAY: LocalText("không công bố; hồ sơ vẫn giữ", "it is not published; the record stays"),
    },
)  # fmt: skip
