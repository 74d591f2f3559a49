"""What may become of the report of where a dossier stands: queued with every new national code, sent in a file,
answered by a file. The line of a dossier is that of its newest report.
"""

from __future__ import annotations

from typing import Final

from cchc.records.states import State, StateTable, Step
from cchc.records.text import LocalText

NOT_SENT: Final = "not_sent"
QUEUED: Final = "queued"
SENT: Final = "sent"
CONFIRMED: Final = "confirmed"
FAILED: Final = "failed"

_MACHINE: Final = "machine"
_EXPORT: Final = "export"
_ANSWER: Final = "answer"
_HEAD: Final = "head"
_WAITS: Final = "waits_for_export"
_OUT: Final = "is_out"
_KNOWN: Final = "is_known"
_SHOWN: Final = "stands_in_the_list"

SYNCHRONISATION: Final = StateTable(
    title=LocalText("Đồng bộ trạng thái hồ sơ (trao đổi tệp)", "The report of where a dossier stands (by files)"),
    states=(
        State(NOT_SENT, LocalText("Chưa có gì để đồng bộ", "Nothing to report yet")),
        State(QUEUED, LocalText("Chờ xuất tệp đồng bộ", "Waiting to be exported")),
        State(SENT, LocalText("Đã xuất tệp, chờ xác nhận", "Exported, not yet confirmed")),
        State(CONFIRMED, LocalText("Nơi nhận đã xác nhận", "Confirmed by the receiver")),
        State(FAILED, LocalText("Đồng bộ lỗi", "Refused by the receiver")),
    ),
    steps=(
        Step(
            "queue", LocalText("Trạng thái quốc gia thay đổi", "The national code changes"),
            (NOT_SENT, QUEUED, SENT, CONFIRMED, FAILED), QUEUED, _MACHINE, _WAITS,
        ),
        Step("send", LocalText("Xuất tệp đồng bộ", "Export"), (QUEUED,), SENT, _EXPORT, _OUT),
        Step("confirm", LocalText("Nhận xác nhận", "Confirm"), (SENT, FAILED), CONFIRMED, _ANSWER, _KNOWN),
        Step("fail", LocalText("Nhận báo lỗi", "Refuse"), (SENT,), FAILED, _ANSWER, _SHOWN),
        Step("send_again", LocalText("Gửi lại", "Send again"), (FAILED,), QUEUED, _HEAD, _WAITS),
    ),
    who={
        _MACHINE: LocalText("phần mềm, với mỗi thao tác đổi mã trạng thái", "the product, with such an act"),
        _EXPORT: LocalText("lệnh cchc dossiers export-progress", "the command cchc dossiers export-progress"),
        _ANSWER: LocalText("lệnh cchc dossiers import-answers", "the command cchc dossiers import-answers"),
        _HEAD: LocalText("phụ trách Bộ phận Một cửa", "the head of the one-stop"),
    },
    effects={
        _WAITS: LocalText("có trong tệp xuất lần tới", "is in the next export"),
        _OUT: LocalText("ghi thời điểm xuất; xuất lại vẫn cùng mã bản tin", "the moment is noted; the id stays"),
        _KNOWN: LocalText("ghi thời điểm xác nhận", "the moment is noted"),
        _SHOWN: LocalText("ghi lý do, vào danh sách Đồng bộ lỗi", "its reason stands in the list of failures"),
    },
)  # fmt: skip
