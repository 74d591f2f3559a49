"""Workbooks an official can print, read and fill in: one look for all of them, the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from textwrap import wrap
from typing import Any, Final

from cchc.tables.grid import column_letters
from cchc.tables.layout import Column, Formula, SheetToWrite, WrittenValue, clean_text, date_text
from cchc.tables.workbook import FONT, SheetNames, check_written, fits_cell, new_workbook, number_digits

_FONT: Final = {"font_name": FONT, "font_size": 12}
_HEADING: Final = {
    "bold": True,
    "text_wrap": True,
    "align": "center",
    "valign": "vcenter",
    "border": 1,
    "bg_color": "#E6EEF6",
}
_LINE_HEIGHT: Final = 16  # points, of a font of 12
_HIGHEST_ROW: Final = 409
_A4: Final = 9
_LISTS: Final = "Danh mục"
_FIRST_DATE: Final = date(1900, 3, 1)  # spreadsheets disagree about the days before


def write_xlsx(sheets: Sequence[SheetToWrite]) -> bytes:
    """The workbook. Text is stored as text whatever it looks like: no formulas but those made here, no links.

    Numbers with up to 15 significant digits are number cells with exactly that value, longer ones text; a fraction
    without an end is the nearest number. Drop-down lists stand on a hidden sheet. Names of sheets are cut and changed
    where the format forbids them. Raises `tables.cell_too_long` or `tables.too_many_rows`.
    """
    target = BytesIO()
    book = _Book(target)
    try:
        for sheet in sheets:
            book.add(sheet)
    finally:
        book.close()  # after a refusal too: the rows so far are in temporary files
    return target.getvalue()


class _Book:
    """One workbook being written, row after row in little memory."""

    def __init__(self, target: BytesIO) -> None:
        self._book = new_workbook(target, constant_memory=True)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._names = SheetNames(_LISTS)
        self._lists: list[tuple[str, ...]] = []

    def add(self, sheet: SheetToWrite) -> None:
        """Write one sheet."""
        page = self._book.add_worksheet(self._names.new(sheet.name))
        heading = len(sheet.lines_above)
        has_heading = any(column.title for column in sheet.columns)
        self._set_up(page, sheet, heading, has_heading)
        for row, line in enumerate(sheet.lines_above):
            look = self._format(bold=row == 0, font_size=14 if row == 0 else 12)
            check_written(page.write_string(row, 0, clean_text(line), look), page, row)
        if has_heading:
            self._write_heading(page, sheet.columns, heading)
        first = heading + has_heading
        last = self._write_rows(page, sheet, first) + sheet.spare_rows
        self._add_lists(page, sheet.columns, first, last)
        for row, column, choices in sheet.cell_choices:
            self._add_list(page, choices, (first + row, column, first + row, column))
        for row, column, note in sheet.notes:
            page.write_comment(first + row, column, clean_text(note))

    def close(self) -> None:
        """Add the hidden lists and finish."""
        if self._lists:
            page = self._book.add_worksheet(_LISTS)
            page.hide()
            for row in range(max(map(len, self._lists))):
                for column, choices in enumerate(self._lists):
                    if row < len(choices):
                        check_written(page.write_string(row, column, choices[row]), page, row)
        self._book.close()

    def _set_up(self, page: Any, sheet: SheetToWrite, heading: int, has_heading: bool) -> None:
        for index, column in enumerate(sheet.columns):
            page.set_column(index, index, column.width, self._column_format(column, sheet.spare_rows_are_open))
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.set_footer("&C&P/&N")
        if sheet.is_landscape:
            page.set_landscape()
        if has_heading:
            page.repeat_rows(heading)
        page.freeze_panes(heading + has_heading, sheet.frozen_columns)
        if sheet.is_protected:
            page.protect("", {"format_columns": True, "format_rows": True})

    def _write_heading(self, page: Any, columns: tuple[Column, ...], row: int) -> None:
        look = self._format(**_HEADING)
        _make_room(page, row, [(column.title, column.width) for column in columns])
        for index, column in enumerate(columns):
            check_written(page.write_string(row, index, clean_text(column.title), look), page, row)
            if column.note:
                page.write_comment(row, index, clean_text(column.note))

    def _write_rows(self, page: Any, sheet: SheetToWrite, first: int) -> int:
        """Write the rows and answer the number after the last one."""
        row = first
        texts = [(index, column.width) for index, column in enumerate(sheet.columns) if column.kind == "text"]
        looks = [(column, self._cell_format(column)) for column in sheet.columns]
        for values in sheet.rows:
            _make_room(page, row, [(values[index], width) for index, width in texts if index < len(values)])
            for index, ((column, look), value) in enumerate(zip(looks, values, strict=True)):
                check_written(self._write(page, row, index, value, column, look), page, row)
            row += 1
        return row

    def _write(self, page: Any, row: int, index: int, value: WrittenValue, column: Column, look: Any) -> int:
        match value:
            case None | "":
                result = page.write_blank(row, index, None, look)
            case Formula(text, known):
                result = page.write_formula(row, index, text.replace("{row}", str(row + 1)), look, known)
            case bool():
                result = page.write_boolean(row, index, value, look)
            case int() | Decimal() | Fraction() if fits_cell(value):
                result = page.write_number(row, index, value, look)
            case datetime() if value.date() >= _FIRST_DATE:
                moment = self._cell_format(column, num_format="dd/mm/yyyy hh:mm")
                result = page.write_datetime(row, index, value.replace(tzinfo=None), moment)
            case date() if not isinstance(value, datetime) and value >= _FIRST_DATE:
                result = page.write_datetime(row, index, value, self._cell_format(column, num_format="dd/mm/yyyy"))
            case date():
                result = page.write_string(row, index, date_text(value), look)
            case _:
                result = page.write_string(row, index, clean_text(str(value)), look)
        return int(result)

    def _add_lists(self, page: Any, columns: tuple[Column, ...], first: int, end: int) -> None:
        for index, column in enumerate(columns):
            if column.choices and end > first:
                self._add_list(page, column.choices, (first, index, end - 1, index))

    def _add_list(self, page: Any, offered: tuple[str, ...], cells: tuple[int, int, int, int]) -> None:
        choices = tuple(map(clean_text, offered))
        if choices not in self._lists:
            self._lists.append(choices)
        letters = column_letters(self._lists.index(choices))
        source = f"='{_LISTS}'!${letters}$1:${letters}${len(choices)}"
        page.data_validation(*cells, {"validate": "list", "source": source})

    def _column_format(self, column: Column, is_open: bool) -> Any:
        """For the cells nobody has written: how they are locked and how a number typed there looks."""
        is_locked = column.locked and not is_open
        return self._format(num_format=_number_format(column), locked=is_locked, valign="top")

    def _cell_format(self, column: Column, **changes: Any) -> Any:
        look = {"num_format": _number_format(column), "locked": column.locked, "valign": "top", "border": 1}
        if column.is_figure:
            look["align"] = "right"
        return self._format(**look | {"text_wrap": column.kind == "text"} | changes)

    def _format(self, **properties: Any) -> Any:
        """One format object for equal properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(_FONT | properties)
        return self._formats[key]


def _make_room(page: Any, row: int, texts: Iterable[tuple[WrittenValue, int]]) -> None:
    """Make the row as high as its longest wrapped text; only Excel measures it by itself."""
    lines = max((_count_lines(text, width) for text, width in texts if isinstance(text, str)), default=1)
    if lines > 1:
        page.set_row(row, min(lines * _LINE_HEIGHT, _HIGHEST_ROW))


def _count_lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of `width` characters of the standard font; ours is wider."""
    fitting = max(1, width * 9 // 10)
    return sum(len(wrap(part, fitting)) if len(part) > fitting else 1 for part in text.splitlines()) or 1


def _number_format(column: Column) -> str:
    """The format code of a column; in codes the point is always the decimal mark."""
    match column.kind:
        case "text":
            return "@"
        case "date":
            return "dd/mm/yyyy"
        case "percent":
            return f"{number_digits(2 if column.decimals is None else column.decimals)}%"
        case "number":
            return "General" if column.decimals is None else f"#,##{number_digits(column.decimals)}"
