"""Workbooks as people save them: what is shown, what is stored, what cannot be relied on."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart

from cchc.records.errors import DomainError
from cchc.records.words import say
from cchc.tables.grid import Cell, Grid
from cchc.tables.reading import read_tables
from tests.tables.workbooks import PARTS, sheet, strings, workbook

MOMENT = datetime.fromisoformat("2022-11-03T07:30")  # spreadsheets know no time zones


def saved(book: openpyxl.Workbook) -> tuple[Grid, ...]:
    target = BytesIO()
    book.save(target)
    return read_tables(target.getvalue(), "bang.xlsx")


def cells(*rows: str, **parts: Any) -> list[Cell]:
    """The cells of all rows, from XML."""
    (grid,) = read_tables(workbook(sheet(*rows), **parts), "bang.xlsx")
    return [cell for row in grid.rows for cell in row.cells]


@pytest.mark.requirement(103)
def test_numbers_by_format_and_exactly() -> None:
    book = openpyxl.Workbook()
    page = book.active
    for row, (value, code) in enumerate(
        [(87.2, "0.00"), (0.8711, "0.00%"), (87.2043, "General"), (0.3, "0.0"), (12, "00"), (1234.5, "#,##0.00")], 1
    ):
        page.cell(row, 1, value).number_format = code
    (grid,) = saved(book)
    assert [row.cells[0].text for row in grid.rows] == ["87.20", "87.11%", "87.2043", "0.3", "12", "1234.50"]
    assert [row.cells[0].value for row in grid.rows] == [
        Decimal("87.2"), Decimal("0.8711"), Decimal("87.2043"), Decimal("0.3"), 12, Decimal("1234.5"),
    ]  # fmt: skip


@pytest.mark.crossing
@pytest.mark.parametrize(
    ("value", "code", "text", "stored"),
    [
        (date(2022, 11, 3), "dd/mm/yyyy", "03/11/2022", date(2022, 11, 3)),
        (date(2022, 11, 3), "mm-dd-yy", "03/11/2022", date(2022, 11, 3)),
        (MOMENT, "yyyy-mm-dd hh:mm", "03/11/2022 07:30", MOMENT),
        (time(7, 5, 9), "h:mm:ss", "07:05:09", "07:05:09"),
        (timedelta(hours=36, minutes=15), "[h]:mm", "36:15", "36:15"),
        (True, "General", "TRUE", True),
        (False, "General", "FALSE", False),
        ("Đăk Pnê", "@", "Đăk Pnê", "Đăk Pnê"),
        ("  Đăk\n Pnê ", "@", "Đăk\n Pnê", "  Đăk\n Pnê "),
        ("Đăk", "@", "Đăk", "Đăk"),
        ("1.10", "@", "1.10", "1.10"),
    ],
)
def test_other_kinds_of_value(value: object, code: str, text: str, stored: object) -> None:
    book = openpyxl.Workbook()
    cell = book.active.cell(1, 1, value)
    cell.number_format = code
    (grid,) = saved(book)
    assert grid.rows[0].cells == (Cell(text, stored),)


def test_a_formula_counts_by_its_saved_value() -> None:
    found = cells(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v></v></c>'
        '<c r="D1" t="str"><f>IF(1,"","")</f><v></v></c><c r="E1" t="str"><f>A1</f><v>Tốt</v></c>'
        '<c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="G1"><v>1</v></c></row>'
    )
    assert [cell.text for cell in found] == ["2", "", "", "", "Tốt", "", "1"]
    faults = [cell.fault.code if cell.fault else None for cell in found]
    without, error = "tables.formula_without_value", "tables.error_value"
    assert faults == [None, without, without, None, None, error, None]
    assert not found[1].is_empty
    assert found[3].is_empty
    assert found[5].fault
    assert "#DIV/0!" in say(found[5].fault)


def test_a_row_of_nothing_but_a_faulty_formula_is_kept() -> None:
    assert cells('<row r="3"><c r="A3"><f>1+1</f></c></row>')[0].fault


def test_binary_noise_is_stored_but_not_shown() -> None:
    (cell,) = cells("<row><c><v>0.30000000000000004</v></c></row>")
    assert (cell.text, cell.value) == ("0.3", Decimal("0.30000000000000004"))


@pytest.mark.parametrize("value", ["1e999", "-1e999"])
def test_numbers_beyond_numbers_are_faults(value: str) -> None:
    (cell,) = cells(f"<row><c><v>{value}</v></c></row>")
    assert cell.fault
    assert cell.fault.code == "tables.error_value"


def test_rich_inline_and_escaped_text() -> None:
    found = cells(
        '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>Chữ</t></is></c>'
        '<c t="inlineStr"><is><t>a_x000D_\nb</t></is></c>'
        '<c t="inlineStr"><is><t>_x005F_x0041_</t></is></c></row>',
        **{"xl/sharedStrings.xml": strings(["<si><r><t>Đăk </t></r><r><t>Pnê</t></r></si>"])},
    )
    assert [cell.text for cell in found] == ["Đăk Pnê", "Chữ", "a\nb", "_x0041_"]


def test_merged_cells_have_their_value_in_the_first() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Điểm thẩm định", None, "Xếp loại"])
    book.active.merge_cells("A1:B1")
    (grid,) = saved(book)
    assert [cell.text for cell in grid.rows[0].cells] == ["Điểm thẩm định", "", "Xếp loại"]


def test_rows_and_columns_keep_their_numbers() -> None:
    (grid,) = read_tables(
        workbook(sheet('<row r="2"><c r="C2"><v>1</v></c></row><row r="4"/><row r="7"><c r="A7"><v>2</v></c></row>')),
        "bang.xlsx",
    )
    assert [(row.number, len(row.cells)) for row in grid.rows] == [(2, 3), (7, 1)]
    assert str(grid.place(grid.rows[0], 2)) == "bang.xlsx:Bảng:2:C"


def test_hidden_sheets_are_read_and_marked() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a"])
    for state in ("hidden", "veryHidden"):
        page = book.create_sheet(state)
        page.append(["b"])
        page.sheet_state = state
    book.create_chartsheet("Biểu đồ").add_chart(BarChart())
    assert [(grid.sheet, grid.hidden, len(grid.rows)) for grid in saved(book)] == [
        ("Sheet", False, 1), ("hidden", True, 1), ("veryHidden", True, 1),
    ]  # fmt: skip


def test_the_claimed_size_of_a_sheet_is_not_believed() -> None:
    small = sheet('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>', before='<dimension ref="A1"/>')
    huge = sheet('<row r="1"><c r="A1"><v>1</v></c></row>', before='<dimension ref="A1:XFD1048576"/>')
    assert len(read_tables(workbook(small), "x")[0].rows[0].cells) == 2
    assert len(read_tables(workbook(huge), "x")[0].rows) == 1


def test_old_fonts_are_named_in_workbooks_too() -> None:
    book = openpyxl.Workbook()
    book.active.append(["§¬n vÞ", "§iÓm thÈm ®Þnh", "XÕp lo¹i"])
    with pytest.raises(DomainError) as caught:
        saved(book)
    assert caught.value.code == "tables.legacy_encoding"


def test_the_name_of_the_file_decides_nothing() -> None:
    assert read_tables(workbook(sheet("<row><c><v>1</v></c></row>")), "bang.csv")[0].sheet == "Bảng"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"xl/vbaProject.bin": "x"}, "tables.macros"),
        ({"xl/macrosheets/sheet1.xml": "x"}, "tables.macros"),
        ({"xl/workbook.xml": "<workbook"}, "tables.damaged_workbook"),
        ({"xl/styles.xml": "<styleSheet"}, "tables.damaged_workbook"),
        (
            {"[Content_Types].xml": PARTS["[Content_Types].xml"].replace("sheet.main", "other")},
            "tables.damaged_workbook",
        ),
    ],
)
def test_refused_workbooks(parts: dict[str, str], code: str) -> None:
    with pytest.raises(DomainError) as caught:
        cells("<row><c><v>1</v></c></row>", **parts)
    assert caught.value.code == code
    assert caught.value.exit_code == 2


def test_an_archive_that_is_no_workbook() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(DomainError) as caught:
        read_tables(target.getvalue(), "x.docx")
    assert caught.value.code == "tables.not_a_table"


def test_links_to_other_files_are_not_followed() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "='[1]Bảng'!A1"
    book.active["A2"] = '=HYPERLINK("http://example.invalid/")'
    (grid,) = saved(book)
    assert [row.cells[0].fault.code for row in grid.rows if row.cells[0].fault] == ["tables.formula_without_value"] * 2
