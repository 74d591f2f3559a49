"""Whether a dossier that is over has been laid into the archive."""

from __future__ import annotations

from typing import Final

from cchc.records.states import State, StateTable, Step
from cchc.records.text import LocalText

IN_USE: Final = "in_use"
ARCHIVED: Final = "archived"
_RECEIVER: Final = "receiver"
_LAID: Final = "laid_away"
_MOVED: Final = "moved"

ARCHIVE: Final = StateTable(
    title=LocalText("Lưu trữ hồ sơ đã kết thúc", "The archive of dossiers that are over"),
    states=(
        State(IN_USE, LocalText("Chưa lưu trữ", "Not archived")),
        State(ARCHIVED, LocalText("Đã lưu trữ", "Archived")),
    ),
    steps=(
        Step("archive", LocalText("Đưa vào lưu trữ", "Archive"), (IN_USE,), ARCHIVED, _RECEIVER, _LAID),
        Step(
            "rearchive", LocalText("Sửa nơi để, thời hạn lưu trữ", "Put its place or class right"),
            (ARCHIVED,), None, _RECEIVER, _MOVED,
        ),
    ),
    who={
        _RECEIVER: LocalText(
            "công chức tiếp nhận, phụ trách Bộ phận Một cửa của đơn vị nhận hồ sơ",
            "receiving officers and the head of the one-stop of the unit that received it",
        ),
    },
    effects={
        _LAID: LocalText(
            "chỉ sau khi trả kết quả, từ chối, rút hoặc dừng; sau đó chỉ còn đọc và đính chính",
            "only once it was handed over, refused, withdrawn or stopped; from then on it is read and corrected alone",
        ),
        _MOVED: LocalText("một bản ghi mới, bản ghi cũ giữ nguyên", "another record, the old one stays"),
    },
)  # fmt: skip
