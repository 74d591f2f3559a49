"""What may become of a case of responsibility: opened, asked, explained or silent, concluded, closed; who does each."""

from __future__ import annotations

from typing import Final

from cchc.records.states import State, StateTable, Step
from cchc.records.text import LocalText

OPENED: Final = "opened"
ASKED: Final = "asked"
EXPLAINED: Final = "explained"
SILENT: Final = "silent"
CONCLUDED: Final = "concluded"
CLOSED: Final = "closed"
WITHDRAWN: Final = "withdrawn"

KEEPER: Final = "keeper"
CONCERNED: Final = "concerned"
JUDGE: Final = "judge"
SYSTEM: Final = "system"

WAITS: Final = "waits"
HEARS: Final = "hears"
MISSES: Final = "misses"
FINDS: Final = "finds"
CARRIES: Final = "carries"
FALLS_AWAY: Final = "falls_away"

OPEN: Final = (OPENED, ASKED, EXPLAINED, SILENT)
"""Nothing is concluded yet."""
HEARD: Final = (EXPLAINED, SILENT)
STANDS: Final = (CONCLUDED, CLOSED)

RESPONSIBILITY_CASE: Final = StateTable(
    title=LocalText("Hồ sơ xem xét trách nhiệm", "The case of responsibility"),
    states=(
        State(OPENED, LocalText("Đã lập", "Opened")),
        State(ASKED, LocalText("Chờ giải trình", "Explanation awaited")),
        State(EXPLAINED, LocalText("Đã giải trình", "Explained")),
        State(SILENT, LocalText("Không giải trình trong thời gian yêu cầu", "No explanation in time")),
        State(CONCLUDED, LocalText("Đã kết luận", "Concluded")),
        State(CLOSED, LocalText("Đã kết thúc", "Closed"), is_final=True),
        State(WITHDRAWN, LocalText("Đã rút", "Withdrawn"), is_final=True),
    ),
    steps=(
        Step("ask", LocalText("Yêu cầu giải trình", "Ask for an explanation"), (OPENED,), ASKED, KEEPER, WAITS),
        Step("explain", LocalText("Giải trình", "Explain"), (ASKED, EXPLAINED, SILENT), EXPLAINED, CONCERNED, HEARS),
        Step("silence", LocalText("Hết thời gian giải trình", "Time to explain over"),
             (ASKED,), SILENT, SYSTEM, MISSES),
        Step("conclude", LocalText("Kết luận", "Conclude"), (OPENED, *HEARD), CONCLUDED, JUDGE, FINDS),
        Step("close", LocalText("Kết thúc hồ sơ", "Close the case"), (CONCLUDED,), CLOSED, JUDGE, CARRIES),
        Step("withdraw", LocalText("Rút hồ sơ", "Withdraw the case"), OPEN, WITHDRAWN, JUDGE, FALLS_AWAY),
    ),
    who={
        KEEPER: LocalText(
            "người đứng đầu, công chức kiểm soát thủ tục hành chính; không phải người có liên quan",
            "the head, procedure-control officers; never whom it is about",
        ),
        CONCERNED: LocalText(
            "người được yêu cầu giải trình; của đơn vị thì người đứng đầu đơn vị",
            "whom it is about; of a unit its head",
        ),
        JUDGE: LocalText(
            "người đứng đầu; về đơn vị hoặc người đứng đầu đơn vị thì người đứng đầu cấp trên",
            "the head; about a unit or its head, a head from above",
        ),
        SYSTEM: LocalText("hệ thống, khi hết thời gian giải trình", "the system, when the time to explain is over"),
    },
    effects={
        WAITS: LocalText(
            "người có liên quan được thông báo, có thời hạn giải trình",
            "whom it is about is told, and has a time",
        ),
        HEARS: LocalText(
            "có thể kết luận; giải trình lại được đến khi kết luận",
            "it may be concluded; explained again until then",
        ),
        MISSES: LocalText(
            "có thể kết luận; vẫn giải trình được đến khi kết luận",
            "it may be concluded; explained all the same until then",
        ),
        FINDS: LocalText(
            "kết luận và biện pháp được thông báo; chưa yêu cầu giải trình thì chỉ khen thưởng",
            "conclusion and measure are told; before anybody was heard, a commendation alone",
        ),
        CARRIES: LocalText(
            "số, ngày, cơ quan ban hành văn bản được ghi",
            "number, day and authority of the document are kept",
        ),
        FALLS_AWAY: LocalText(
            "không kết luận; hồ sơ vẫn giữ, có lý do",
            "nothing is concluded; the record stays, with the reason",
        ),
    },
)  # fmt: skip
