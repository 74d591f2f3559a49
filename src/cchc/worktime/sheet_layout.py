"""A calendar as tables: which column holds which part of an exceptional day, of a week, of the calendar itself.

A path names the place in the calendar's tree (`source.document`). `kind` and `hours` together are the key `open`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cchc.records.search import fold
from cchc.records.trees import DOUBT, DOUBT_EN
from cchc.worktime.rules import AFTER_CUT_OFF, DAY_ZERO, WEEKDAYS

GUIDE_SHEET: Final = "Hướng dẫn"
CALENDAR_SHEET: Final = "Lịch"
KEY_TITLE: Final = "Khóa"
VALUE_TITLE: Final = "Giá trị"
YES: Final = "Có"
NO: Final = "Chưa"
CLOSED_KIND: Final = "closed"
HOURS_KIND: Final = "hours"


@dataclass(frozen=True, slots=True)
class Part:
    """One column: the path of what it holds, its heading in both languages, a note for people."""

    path: str
    title: str
    english: str
    note: str = ""
    width: int = 14
    choices: tuple[str, ...] = ()
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """One sheet of records: its columns, those that must be there, those that every row fills in."""

    name: str
    parts: tuple[Part, ...]
    needed: tuple[str, ...]
    filled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the sheet with the calendar's own keys."""

    path: str
    about: str


_WEEKDAY_NAMES: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_ENGLISH_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
KIND_WORDS: Final[dict[str, str]] = {
    CLOSED_KIND: "Nghỉ",
    **{code: f"Như {name}" for code, name in zip(WEEKDAYS, _WEEKDAY_NAMES, strict=True)},
    HOURS_KIND: "Giờ riêng",
}
_ENGLISH_KINDS: Final[dict[str, str]] = {
    CLOSED_KIND: "closed",
    **{code: f"as {name}" for code, name in zip(WEEKDAYS, _ENGLISH_WEEKDAYS, strict=True)},
    HOURS_KIND: "own hours",
}

_KIND_OF: Final[dict[str, str]] = {
    **{fold(word): kind for words in (KIND_WORDS, _ENGLISH_KINDS) for kind, word in words.items()},
    **{code: code for code in WEEKDAYS},
}
_ANSWERS: Final[dict[str, bool]] = {
    **dict.fromkeys(("co", "yes", "true", "x"), True),
    **dict.fromkeys(("chua", "khong", "no", "false"), False),
}

_SOURCE_PARTS: Final = (
    Part("source.document", "Văn bản", "Document", "Tên và số văn bản, ví dụ Thông báo 9441/TB-BNV", 34),
    Part("source.on", "Ngày văn bản", "Document date", width=13, is_date=True),
    Part("source.article", "Điều khoản", "Article", width=12),
    Part("source.url", "Địa chỉ", "Address", "Nơi đăng văn bản", 18),
    Part("verified", "Đã xác minh", "Verified", f"{YES}: đã đối chiếu với văn bản. {NO}: ghi lý do.", 12, (YES, NO)),
    Part(DOUBT, "Lý do chưa xác minh", "Why not verified", width=34),
    Part(DOUBT_EN, "Lý do bằng tiếng Anh", "English reason", "Không bắt buộc", 34),
)
_DAY_PARTS: Final = (
    Part("on", "Ngày", "Date", "Ngày/tháng/năm, mỗi ngày một dòng", 12, is_date=True),
    Part(
        "kind",
        "Loại ngày",
        "Kind",
        "Nghỉ; hoặc làm việc như một ngày trong tuần (ngày làm bù); hoặc giờ riêng ghi ở cột bên",
        16,
        tuple(KIND_WORDS.values()),
    ),
    Part("hours", "Giờ làm việc", "Hours", "Chỉ với giờ riêng: 07:30-11:30; 13:00-17:00", 26),
    Part("name.vi", "Tên", "Name", "Ví dụ: Nghỉ bù Quốc khánh", 36),
    Part("name.en", "Tên tiếng Anh", "English name", "Không bắt buộc", 28),
    *_SOURCE_PARTS,
)
_WEEK_PARTS: Final = (
    Part("from", "Áp dụng từ ngày", "From", "Đến trước ngày bắt đầu của dòng sau", 14, is_date=True),
    *(
        Part(code, name[0].upper() + name[1:], english, "07:30-11:30; 13:00-17:00. Để trống là nghỉ.", 24)
        for code, name, english in zip(WEEKDAYS, _WEEKDAY_NAMES, _ENGLISH_WEEKDAYS, strict=True)
    ),
    *_SOURCE_PARTS,
)
_NEEDED: Final = ("on", "kind", "name.vi", "source.document", "verified")
DAYS: Final = RecordSheet("Ngày đặc biệt", _DAY_PARTS, _NEEDED, _NEEDED)
WEEKS: Final = RecordSheet("Tuần làm việc", _WEEK_PARTS, ("from", *WEEKDAYS), ("from",))
TITLES: Final = {part.path: part.title for part in (*_DAY_PARTS, *_WEEK_PARTS)}
KEYS: Final = (
    Key("id", "Mã lịch, không dấu; cũng là tên tệp YAML"),
    Key("extends", "Mã lịch được kế thừa; để trống nếu không có"),
    Key("title.vi", "Tên lịch"),
    Key("title.en", "Tên tiếng Anh (không bắt buộc)"),
    Key("time_zone", "Múi giờ, ví dụ Asia/Ho_Chi_Minh; để trống: như lịch được kế thừa"),
    Key("valid.from", "Lịch có từ ngày; để trống: như lịch được kế thừa"),
    Key("valid.to", "Lịch có đến hết ngày"),
    Key("source.document", "Văn bản chung của lịch (không bắt buộc)"),
    Key("source.on", "Ngày của văn bản chung"),
    Key("source.article", "Điều khoản"),
    Key("source.url", "Địa chỉ"),
    Key("verified", f"{YES} hoặc {NO}, cho văn bản chung"),
    Key(DOUBT, "Lý do chưa xác minh"),
    Key(DOUBT_EN, "Lý do chưa xác minh, tiếng Anh (không bắt buộc)"),
    Key("intake.cut_off", "Hồ sơ nhận sau giờ này tính từ ngày làm việc tiếp theo; để trống nếu không có"),
    Key("intake.after_cut_off", f"Cách tính sau giờ đó: {', '.join(AFTER_CUT_OFF)}"),
    Key("intake.day_zero", f"Ngày tiếp nhận: {', '.join(DAY_ZERO)}"),
    Key("intake.source.document", "Văn bản quy định việc tiếp nhận"),
    Key("intake.source.on", "Ngày của văn bản đó"),
    Key("intake.source.article", "Điều khoản"),
    Key("intake.source.url", "Địa chỉ"),
    Key("intake.verified", f"{YES} hoặc {NO}"),
    Key(f"intake.{DOUBT}", "Lý do chưa xác minh"),
    Key(f"intake.{DOUBT_EN}", "Lý do chưa xác minh, tiếng Anh (không bắt buộc)"),
)


def kind_in(text: str) -> str | None:
    """`Như thứ Hai`, `as Monday` or `mon` → `mon`; None when it is no kind of day."""
    return _KIND_OF.get(fold(text))


def is_verified_in(text: str) -> bool | None:
    """`Có` → True, `Chưa` → False; None when it is neither."""
    return _ANSWERS.get(fold(text))
