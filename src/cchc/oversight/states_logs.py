"""What may become of a log that was handed in: looked at, mapped, tried, loaded, or laid aside."""

from __future__ import annotations

from typing import Final

from cchc.records.states import State, StateTable, Step
from cchc.records.text import LocalText

LOOKING: Final = "looking"
MAPPED: Final = "mapped"
TRIED: Final = "tried"
LOADING: Final = "loading"
LOADED: Final = "loaded"
ASIDE: Final = "aside"

KEEPER: Final = "keeper"
WORK: Final = "work"

_FINDS: Final = "finds"
_SAYS: Final = "says"
_COUNTS: Final = "counts"
_WRITES: Final = "writes"
_ENDS: Final = "ends"
_LEAVES: Final = "leaves"

LOG: Final = StateTable(
    title=LocalText("Nhật ký được nhập", "A log handed in"),
    states=(
        State(LOOKING, LocalText("Đang đọc lần đầu", "Being looked at")),
        State(MAPPED, LocalText("Có ánh xạ cột, chưa chạy thử", "Mapped, not tried yet")),
        State(TRIED, LocalText("Đã chạy thử, chờ quyết định", "Tried, to be decided about")),
        State(LOADING, LocalText("Đang ghi vào sổ", "Being loaded")),
        State(LOADED, LocalText("Đã nhập", "Loaded"), is_final=True),
        State(ASIDE, LocalText("Đã bỏ", "Laid aside"), is_final=True),
    ),
    steps=(
        Step("look", LocalText("Đọc lần đầu", "Look at it"), (LOOKING,), MAPPED, WORK, _FINDS),
        Step("map", LocalText("Sửa ánh xạ cột", "Change the mapping"), (LOOKING, MAPPED, TRIED), MAPPED, KEEPER, _SAYS),
        Step("try", LocalText("Chạy thử", "Try it"), (MAPPED, TRIED), TRIED, WORK, _COUNTS),
        Step("load", LocalText("Nhập vào sổ", "Load it"), (TRIED,), LOADING, KEEPER, _WRITES),
        Step("finish", LocalText("Ghi xong", "Finish"), (LOADING,), LOADED, WORK, _ENDS),
        Step("give_up", LocalText("Thôi, giữ phần đã ghi", "Stop here"), (LOADING,), LOADED, KEEPER, _ENDS),
        Step("aside", LocalText("Bỏ, không nhập", "Lay it aside"), (LOOKING, MAPPED, TRIED), ASIDE, KEEPER, _LEAVES),
    ),
    who={
        KEEPER: LocalText(
            "công chức kiểm soát thủ tục hành chính của đơn vị chịu trách nhiệm về nguồn",
            "procedure-control officers over the unit that answers for the source",
        ),
        WORK: LocalText("tác vụ nền", "a job"),
    },
    effects={
        _FINDS: LocalText("có ánh xạ cột đề xuất và các dòng đầu", "there are a proposed mapping and the first rows"),
        _SAYS: LocalText("kết quả chạy thử trước đó không còn dùng", "what was tried before no longer counts"),
        _COUNTS: LocalText("chưa ghi gì vào sổ", "nothing is written into the kept ledger"),
        _WRITES: LocalText("ghi từng phần vào sổ", "written into the kept ledger part by part"),
        _ENDS: LocalText("các dòng đầu bị xóa; tệp được giữ", "the first rows are erased; the file stays"),
        _LEAVES: LocalText(
            "sổ không thay đổi; các dòng đầu bị xóa", "the kept ledger does not change; the first rows are erased"
        ),
    },
)
