"""A calendar as a workbook or a CSV table that officials can edit; both read back to the same content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from cchc.records.trees import DOUBT, to_columns
from cchc.tables.layout import Column, SheetToWrite, WrittenValue
from cchc.tables.writing import write_csv, write_xlsx
from cchc.worktime.nodes import by_path
from cchc.worktime.rules import WEEKDAYS, CalendarRules, DayException
from cchc.worktime.sheet_layout import (
    CALENDAR_SHEET,
    CLOSED_KIND,
    DAYS,
    GUIDE_SHEET,
    HOURS_KIND,
    KEY_TITLE,
    KEYS,
    KIND_WORDS,
    NO,
    VALUE_TITLE,
    WEEKS,
    YES,
    Part,
    RecordSheet,
)
from cchc.worktime.writing import exception_tree, rules_tree, week_tree

_SPARE_ROWS: Final = 100
_BETWEEN_WINDOWS: Final = "; "


def to_csv(rules: CalendarRules) -> bytes:
    """The exceptional days, one row each. Weeks and the calendar's own keys are in the workbook only."""
    return write_csv([part.title for part in DAYS.parts], map(_day_row, rules.exceptions))


def to_workbook(rules: CalendarRules) -> bytes:
    """The whole calendar: its keys, weeks and exceptional days, with drop-down lists and notes."""
    days = _sheet(DAYS, map(_day_row, rules.exceptions))
    weeks = _sheet(WEEKS, (_row(WEEKS.parts, week_tree(week)) for week in rules.weeks))
    return write_xlsx([_guide(rules), days, weeks, _keys(rules)])


def _day_row(exception: DayException) -> tuple[WrittenValue, ...]:
    tree = exception_tree(exception)
    hours = tree.pop("open")
    kind = hours if isinstance(hours, str) else HOURS_KIND if hours else CLOSED_KIND
    windows = _BETWEEN_WINDOWS.join(hours) if kind == HOURS_KIND else ""
    return _row(DAYS.parts, tree | {"kind": KIND_WORDS[kind], "hours": windows})


def _row(parts: Sequence[Part], tree: Mapping[str, Any]) -> tuple[WrittenValue, ...]:
    texts = _texts(tree)
    return tuple(_cell(part, texts.get(part.path, "")) for part in parts)


def _cell(part: Part, text: str) -> WrittenValue:
    return date.fromisoformat(text) if part.is_date and text else text


def _texts(tree: Mapping[str, Any]) -> dict[str, str]:
    """What a cell shows, by path: windows in one text, verification as an answer."""
    found = {
        path: _BETWEEN_WINDOWS.join(value) if isinstance(value, list) else value
        for path, value in to_columns(by_path(tree)).items()
    }
    for path in list(found):
        if path.endswith("verified"):
            found[path] = YES
        elif path.endswith(DOUBT):
            found[path.removesuffix(".no")] = NO
    return found


def _sheet(sheet: RecordSheet, rows: Iterable[Sequence[WrittenValue]]) -> SheetToWrite:
    return SheetToWrite(sheet.name, _columns(sheet.parts), rows, frozen_columns=1, spare_rows=_SPARE_ROWS)


def _columns(parts: Sequence[Part]) -> tuple[Column, ...]:
    return tuple(
        Column(
            part.title,
            part.width,
            kind="date" if part.is_date else "text",
            choices=part.choices,
            note=part.note or None,
        )
        for part in parts
    )


def _keys(rules: CalendarRules) -> SheetToWrite:
    texts = _texts({key: value for key, value in rules_tree(rules).items() if key not in ("weeks", "exceptions")})
    columns = (Column(KEY_TITLE, 24, locked=True), Column(VALUE_TITLE, 50), Column("Giải thích", 70, locked=True))
    rows = [(key.path, texts.get(key.path, ""), key.about) for key in KEYS]
    return SheetToWrite(CALENDAR_SHEET, columns, rows, is_protected=True)


def _guide(rules: CalendarRules) -> SheetToWrite:
    return SheetToWrite(GUIDE_SHEET, (Column("", 110),), (), lines_above=tuple(_guide_lines(rules)), is_landscape=False)


def _guide_lines(rules: CalendarRules) -> Iterator[str]:
    yield rules.title.vi
    yield "Bảng tính này chứa toàn bộ một lịch làm việc. Sửa ở đây rồi nhập lại bằng lệnh cchc worktime import."
    yield f"{DAYS.name}: mỗi dòng một ngày có giờ khác ngày thường: nghỉ lễ, nghỉ bù, hoán đổi, giờ riêng."
    yield f"{WEEKS.name}: giờ làm việc thường ngày; mỗi dòng áp dụng từ ngày ghi ở cột đầu cho đến dòng sau."
    yield f"{CALENDAR_SHEET}: mã, tên, múi giờ, thời gian hiệu lực, giờ tiếp nhận."
    yield "Ngày làm bù vào thứ Bảy ghi như ngày được làm thay, ví dụ Như thứ Sáu. Nửa ngày ghi Giờ riêng và khung giờ."
    yield "Ngày trùng thứ Bảy, Chủ nhật cũng ghi: nơi làm việc thứ Bảy dùng chung lịch này."
    yield f"Mọi ngày đều có văn bản làm căn cứ. Chưa đối chiếu với văn bản thì ghi {NO} và ghi lý do."
    if rules.extends is not None:
        yield f"Lịch này kế thừa lịch {rules.extends}: chỉ ghi những gì khác lịch đó."
    yield "Ngày trong tuần: " + ", ".join(KIND_WORDS[day] for day in WEEKDAYS) + "."
