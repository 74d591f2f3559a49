"""Compiled lists of a month on official paper: by body, who has not published, and every entry; in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from django.utils.timezone import localdate
from django.utils.translation import override

from cchc.documents.blocks import Band, Block, Column, Paragraph, Row, Table
from cchc.documents.model import Document
from cchc.followups.vocabularies.tables import DAY_WIDTH, NOTHING, printable
from cchc.interface.durations import end_day, end_time
from cchc.oversight.list_papers import issuer_of
from cchc.oversight.shown_compiled import EntryRow, Line, Sheet
from cchc.oversight.timetable import timetable_on
from cchc.records.dates import format_date

TITLE: Final = "Danh sách tổng hợp"
MOST_ON_PAPER: Final = 500
_SUM: Final = "Tổng cộng"
_BODIES: Final = (
    Column("STT", "centred", 5), Column("Đơn vị", width=28), Column("Công bố", width=26),
    Column("Người có tên", "number", 8, is_summed=True), Column("Hồ sơ họ giữ", "number", 9, is_summed=True),
    Column("Mục quá hạn", "number", 8, is_summed=True), Column("Mục chậm", "number", 8, is_summed=True),
    Column("Quá hạn bao lâu", width=16), Column("Vượt hạn bước", width=16), Column("Bản, mã băm SHA-256", width=24),
)  # fmt: skip
_MISSING: Final = (
    Column("STT", "centred", 5), Column("Đơn vị", width=40), Column("Danh sách", width=30),
    Column("Quá hạn công bố từ ngày", "centred", DAY_WIDTH), Column("Số ngày", "number", 9),
)  # fmt: skip
_ENTRIES: Final = (
    Column("STT", "centred", 6), Column("Đơn vị công bố", width=18), Column("Họ và tên", width=18),
    Column("Chức vụ, đơn vị", width=20), Column("Mã hồ sơ", width=20), Column("Thủ tục", width=22),
    Column("Loại", width=11), Column("Vai trò", width=10), Column("Hẹn trả", "centred", DAY_WIDTH),
    Column("Quá hạn bao lâu", width=12), Column("Vượt hạn bước", width=12), Column("Ghi chú", width=14),
)  # fmt: skip
_UNVERIFIED: Final = "Các mốc ngày công bố là giá trị tạm, tỉnh chưa xác nhận."


def compiled_paper(sheet: Sheet, day: date, *, shows_states: bool, most: int | None = MOST_ON_PAPER) -> Document:
    """What the page says; `shows_states`: also where lists stand that are not published. More entries than `most` are
    counted, and left to the lists they come from: to lay out thousands keeps everybody else waiting. One query.
    """
    found = sheet.compiled
    issuer, place = issuer_of(found.unit, found.month)
    with override("vi"):
        tables = _tables(sheet, shows_states=shows_states, most=most)
        blocks = (*_told(sheet, day), *tables, *_remarks(sheet))
    return Document(
        "form", issuer, f"Hồ sơ quá hạn, chậm ở bước của mình mà các đơn vị đã công bố, tháng {found.month:%m/%Y}",
        blocks, title=TITLE, place=place, on=day, is_sample=sheet.is_sample, is_landscape=True,
    )  # fmt: skip


def _told(sheet: Sheet, day: date) -> Iterator[Block]:
    counts = sheet.counts
    yield Paragraph(
        f"Lập ngày {format_date(day)} từ danh sách các đơn vị đã công bố: {len(sheet.compiled.shown)} danh sách,"
        f" {counts[0]} lượt người có tên, {counts[2]} mục quá hạn, {counts[3]} mục chậm ở bước của mình; tổng thời gian"
        f" quá hạn: {sheet.late or 'không có'}; vượt hạn bước: {sheet.over or 'không có'}."
        f" {len(sheet.lacks)} đơn vị chưa công bố."
    )


def _tables(sheet: Sheet, *, shows_states: bool, most: int | None) -> Iterator[Block]:
    bodies = tuple(_body_row(place, one) for place, one in enumerate(sheet.has, start=1))
    yield Table(_BODIES, bodies or (Band(NOTHING),), "1. Đơn vị đã công bố", total=_SUM if bodies else None)
    lacks = tuple(_missing_row(place, one, shows_states) for place, one in enumerate(sheet.lacks, start=1))
    yield Table(_MISSING, lacks or (Band(NOTHING),), "2. Đơn vị chưa công bố")
    yield _entries(list(sheet.rows()), most)


def _entries(rows: Sequence[EntryRow], most: int | None) -> Block:
    if most is not None and len(rows) > most:
        return Paragraph(
            f"3. Hồ sơ: {len(rows)} mục, nhiều hơn {most} mục nên không in ở đây; xem trang danh sách tổng hợp hoặc"
            " danh sách của từng đơn vị."
        )
    return Table(_ENTRIES, tuple(_entry_rows(rows)) or (Band(NOTHING),), "3. Hồ sơ")


def _body_row(place: int, one: Line) -> Row:
    version = one.part.version
    said = "–" if version is None else f"Bản {version.number}: {version.content_hash}"
    return (
        place, printable(one.part.name), printable(_published(one)), *one.counts, one.late or "–", one.over or "–", said
    )  # fmt: skip


def _published(one: Line) -> str:
    list_ = one.part.list
    if list_ is None or list_.published_at is None:
        return "–"
    said = [f"Quyết định số {list_.decision_number}", f"ngày {format_date(localdate(list_.published_at))}"]
    if one.days_late:
        said.append(f"sau hạn công bố {one.days_late} ngày")
    if one.has_left_page:
        said.append("đã hết thời gian đăng")
    return ", ".join(said)


def _missing_row(place: int, one: Line, shows_states: bool) -> Row:
    since = "–" if one.is_in_time else format_date(one.late_since)
    state = one.state if shows_states else "Chưa công bố"
    return (place, printable(one.part.name), state, since, one.days_late or None)


def _entry_rows(rows: Iterable[EntryRow]) -> Iterator[Row]:
    for place, one in enumerate(rows, start=1):
        official = one.official
        where = ", ".join(filter(None, (official["post"], official["unit"])))
        remarks = [*(["Không tính"] if one.struck else []), *one.remarks]
        yield (
            place, printable(one.line.part.name), printable(official["name"]), printable(where),
            printable(one.entry["code"]), printable(one.entry["procedure"]), one.klass, one.role,
            "–" if one.due is None else f"{end_time(one.due)}, {format_date(end_day(one.due))}",
            one.late or "–", one.over or "–", printable("; ".join(remarks)),
        )  # fmt: skip


def _remarks(sheet: Sheet) -> Iterator[Block]:
    rules = timetable_on(sheet.compiled.month)
    last = rules.value.last_day_of(sheet.compiled.month)
    yield Paragraph(
        f"Hạn công bố: ngày {format_date(last)}, theo {printable(rules.source.document)}. Thời gian tính theo giờ làm"
        " việc, làm tròn xuống đến giờ; một ngày là 8 giờ. Hạng chỉ xếp trong danh sách của từng đơn vị. Một người có"
        " tên ở hai đơn vị được đếm ở mỗi đơn vị một lượt."
    )
    if not rules.verification.verified:
        yield Paragraph(_UNVERIFIED)
