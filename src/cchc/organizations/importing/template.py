"""The workbook that people fill in: the register as it is, with notes, drop-down lists and codes that are locked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, Literal

from cchc.organizations.importing.layout import (
    BESIDE_SHEET,
    GUIDE_SHEET,
    NO,
    OFFICIALS_SHEET,
    UNITS_SHEET,
    YES,
    ImportColumn,
    ImportSheet,
    beside_sheet,
    official_sheet,
    unit_sheet,
)
from cchc.organizations.importing.register import KnownOfficial, KnownUnit, Placed
from cchc.organizations.kinds import kind_of
from cchc.tables.writing import Column, Kind, SheetToWrite, WrittenValue, write_csv, write_xlsx

Which = Literal["units", "officials", "besides"]
_SPARE_ROWS: Final = 200
_GUIDE: Final = (
    "Nhập đơn vị và cán bộ",
    f"Trang {UNITS_SHEET}: mỗi dòng một đơn vị. Trang {OFFICIALS_SHEET}: mỗi dòng một người với vị trí công tác chính.",
    f"Trang {BESIDE_SHEET}: mỗi dòng một vị trí kiêm nhiệm ở đơn vị khác; một người có thể có nhiều dòng.",
    "Các dòng đã ghi là dữ liệu đang có trong hệ thống; có thể xóa những dòng không cần sửa.",
    "Thêm đơn vị hoặc người mới ở các dòng trống bên dưới, với mã mới.",
    "Sửa tên, loại, nơi trực thuộc, chức vụ: sửa ô và ghi vào “Từ ngày” ngày thay đổi có hiệu lực.",
    "Đơn vị hoặc vị trí kết thúc: ghi ngày cuối cùng vào “Ngày cuối”. Dòng vắng là giữ nguyên.",
    "Ô trống là giữ nguyên. Ngày ghi 01/07/2025.",
    "Mở tài khoản, giao vai trò cho nhiều người: ghi “Tên đăng nhập”, “Vai trò”, “Phạm vi”. Tệp không có mật khẩu.",
    "Mã đang có bị khóa để không sửa nhầm. Bỏ bảo vệ trang tính không cần mật khẩu.",
    "Tải tệp lên chỉ để kiểm tra. Chỉ thực hiện khi có xác nhận: tất cả hoặc không gì cả.",
    "Hai đơn vị sáp nhập: không nhập ở đây, dùng nút “Nhập đơn vị khác vào” ở trang của đơn vị còn lại.",
)  # fmt: skip


def template_sheets(units: Iterable[KnownUnit], officials: Iterable[KnownOfficial]) -> list[SheetToWrite]:
    """The guide and both sheets, filled with these units and officials."""
    guide = SheetToWrite(GUIDE_SHEET, (Column("", 120),), lines_above=_GUIDE, is_landscape=False)
    people = list(officials)
    of_people = ((official_sheet(), official_rows(people)), (beside_sheet(), beside_rows(people)))
    sheets = ((unit_sheet(), unit_rows(units)), *of_people)
    return [guide, *(_sheet(sheet, rows) for sheet, rows in sheets)]


def template_workbook(units: Iterable[KnownUnit], officials: Iterable[KnownOfficial]) -> bytes:
    """The same as XLSX."""
    return write_xlsx(template_sheets(units, officials))


def template_table(which: Which, units: Iterable[KnownUnit], officials: Iterable[KnownOfficial]) -> bytes:
    """One of the sheets as CSV."""
    if which == "units":
        sheet, rows = unit_sheet(), unit_rows(units)
    elif which == "officials":
        sheet, rows = official_sheet(), official_rows(officials)
    else:
        sheet, rows = beside_sheet(), beside_rows(officials)
    return write_csv([column.names[0] for column in sheet.columns], rows)


def unit_rows(units: Iterable[KnownUnit]) -> Iterator[tuple[WrittenValue, ...]]:
    """Each unit as it is, or was last."""
    for unit in units:
        now: Placed = unit.placements[-1]
        yield (
            unit.code, now.name, kind_of(now.kind).name.vi, now.parent or "-", now.starts_on, now.ends_on, now.symbol,
            now.name_en, now.document, now.document_on,
        )  # fmt: skip


def official_rows(officials: Iterable[KnownOfficial]) -> Iterator[tuple[WrittenValue, ...]]:
    """Each official with the latest main posting and the account. Not with roles: an old file would give again what was
    withdrawn meanwhile.
    """
    for official in officials:
        posted = official.postings[-1] if official.postings else None
        posting: tuple[str | date | None, ...] = (None,) * 5
        if posted is not None:
            head = YES if posted.is_head else NO
            posting = (posted.post, posted.unit, posted.starts_on, posted.ends_on, head)
        contact = (official.contact.email, official.contact.phone)
        yield (official.code, official.contact.name, *posting, *contact, official.username, None, None, None)


def beside_rows(officials: Iterable[KnownOfficial]) -> Iterator[tuple[WrittenValue, ...]]:
    """Each post beside a main one, the latest in each unit."""
    for official in officials:
        for one in {one.unit: one for one in official.beside}.values():
            head = YES if one.is_head else NO
            days = (one.starts_on, one.ends_on)
            yield (official.code, one.unit, one.post, *days, head, one.document, one.document_on)


def _sheet(sheet: ImportSheet, rows: Iterable[Sequence[WrittenValue]]) -> SheetToWrite:
    return SheetToWrite(
        sheet.name,
        tuple(_column(column) for column in sheet.columns),
        rows,
        frozen_columns=2,
        spare_rows=_SPARE_ROWS,
        is_protected=True,
        spare_rows_are_open=True,
    )


def _column(column: ImportColumn) -> Column:
    kind: Kind = "date" if column.kind == "date" else "text"
    return Column(
        column.names[0],
        column.width,
        kind,
        choices=column.choices,
        note=column.note or None,
        locked=column.kind == "code",
    )
