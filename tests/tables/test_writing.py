"""What is written comes back as it was, and no text of anybody's becomes a formula."""

from __future__ import annotations

import unicodedata
import zipfile
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cchc.records.errors import DomainError
from cchc.records.numbers import parse_number
from cchc.tables.formula_guard import guard, unguard
from cchc.tables.legacy import legacy_encoding
from cchc.tables.reading import read_tables
from cchc.tables.writing import Column, SheetToWrite, WrittenValue, write_csv, write_xlsx
from tests.support.examples import share_of_examples
from tests.tables.workbooks import read_here

INJECTIONS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "-cmd",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "'=1+1",
    "''=1+1",
    '=HYPERLINK("http://example.invalid","x")',
    "http://example.invalid",
    "mailto:a@example.invalid",
    "{=1+1}",
    "=",
    "-",
    "--1",
    "-1,5-",
    "-1.2.3",
]
PLAIN = ["-1,5", "-1.5", "+3", "-0", "-12%", "83,5/97", "'tis", "a=b", "", "Đăk Pnê"]
# Any text: no control characters, which no table can hold, and as a table keeps it: NFC, no spaces around.
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")).map(
    lambda text: unicodedata.normalize("NFC", text).strip()
)
NUMBERS = st.integers(-(10**14), 10**14).flatmap(
    lambda digits: st.integers(0, 9).map(lambda places: Decimal(digits).scaleb(-places))
)


def one_column(values: list[WrittenValue], **column: Any) -> SheetToWrite:
    return SheetToWrite("Bảng", (Column("Cột", **column),), [[value] for value in values])


def first_cells(content: bytes, count: int) -> list[str]:
    """The first cell of the rows under the heading, absent rows as empty text."""
    (grid,) = read_here(content) if content.startswith(b"PK") else read_tables(content, "x.csv")
    shown = {row.number: row.cells[0].text for row in grid.rows}
    return [shown.get(number, "") for number in range(2, count + 2)]


@pytest.mark.parametrize("text", INJECTIONS)
def test_dangerous_text_is_guarded_in_csv(text: str) -> None:
    written = write_csv(["a"], [[text]], bom=False).decode().split("\r\n", 1)[1]
    is_formula = unicodedata.normalize("NFKC", text.lstrip("'").strip())[:1] in tuple("=+-@")
    assert written.lstrip('"').startswith("'") == is_formula


@pytest.mark.parametrize("text", PLAIN)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert guard(text) == text
    assert unguard(text) == text


@pytest.mark.requirement(126)
def test_no_text_becomes_a_formula_or_a_link_in_a_workbook() -> None:
    texts: list[WrittenValue] = [*INJECTIONS, *PLAIN]
    column = Column("=1+1", choices=("=1+1", "+2"), note="=1+1")
    page = SheetToWrite("=1+1", (column,), [[text] for text in texts], ("=1+1",), notes=((0, 0, "=1+1"),))
    content = write_xlsx([page])
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if "worksheets/sheet" in name and name.endswith(".xml"):
                xml = archive.read(name)
                assert b"<f>" not in xml
                assert b"<hyperlink" not in xml
    book = openpyxl.load_workbook(BytesIO(content))
    found = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert len(found) > len(INJECTIONS)
    assert all(cell.hyperlink is None for cell in found)
    assert {cell.data_type for cell in found} == {"s"}


@given(texts=st.lists(TEXTS | st.sampled_from(INJECTIONS[:6] + PLAIN), max_size=20), delimiter=st.sampled_from(",;\t"))
def test_text_comes_back_from_csv(texts: list[str], delimiter: Any) -> None:
    assume(legacy_encoding("\n".join(texts)) is None)  # what looks like an old encoding is refused on purpose
    content = write_csv(["a", "b"], [[text, "x"] for text in texts], delimiter=delimiter)
    assert first_cells(content, len(texts)) == texts


@given(text=st.text())
def test_unguard_undoes_guard(text: str) -> None:
    assert unguard(guard(text)) == text


@settings(max_examples=share_of_examples(0.4))
@given(texts=st.lists(TEXTS | st.sampled_from(INJECTIONS[:6] + PLAIN), max_size=30))
def test_text_comes_back_from_xlsx(texts: list[str]) -> None:
    assume(legacy_encoding("\n".join(texts)) is None)
    content = write_xlsx([one_column([*texts])])
    assert first_cells(content, len(texts)) == texts


def test_decomposed_text_is_written_composed() -> None:
    text = unicodedata.normalize("NFD", "Đăk Tờ Re")
    composed = unicodedata.normalize("NFC", text)
    assert composed.encode() in write_csv(["a"], [[text]])
    assert first_cells(write_xlsx([one_column([text])]), 1) == [composed]


@pytest.mark.requirement(103)
@given(values=st.lists(NUMBERS, max_size=20), delimiter=st.sampled_from(",;\t"))
def test_numbers_come_back_from_csv(values: list[Decimal], delimiter: Any) -> None:
    content = write_csv(["a", "b"], [[value, "x"] for value in values], delimiter=delimiter)
    assert [parse_number(text) for text in first_cells(content, len(values))] == [Fraction(value) for value in values]
    if delimiter == ";":
        assert b"." not in content


@pytest.mark.requirement(126)
@settings(max_examples=share_of_examples(0.4))
@given(values=st.lists(NUMBERS, max_size=30))
def test_numbers_come_back_from_xlsx_exactly(values: list[Decimal]) -> None:
    (grid,) = read_here(write_xlsx([one_column([*values], kind="number")]))
    assert [row.cells[0].value for row in grid.rows[1:]] == values


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        (Decimal("87.2"), {"kind": "number", "decimals": 2}, "87.20"),
        (Decimal("1234567.5"), {"kind": "number", "decimals": 1}, "1234567.5"),
        (-3, {"kind": "number", "decimals": 0}, "-3"),
        (2026, {"kind": "number"}, "2026"),
        (Fraction(8711, 10000), {"kind": "percent", "decimals": 2}, "87.11%"),
        (Fraction(1, 2), {"kind": "percent", "decimals": 0}, "50%"),
        (Fraction(1, 3), {"kind": "number", "decimals": 2}, "0.33"),
        (Decimal("1.10"), {}, "1.1"),
        ("1.10", {}, "1.10"),
        (12345678901234567, {"kind": "number"}, "12345678901234567"),
        (date(2026, 1, 5), {"kind": "date"}, "05/01/2026"),
        (datetime.fromisoformat("2026-01-05T07:30+07:00"), {"kind": "date"}, "05/01/2026 07:30"),
        (date(1890, 5, 19), {"kind": "date"}, "19/05/1890"),
        (True, {}, "TRUE"),
        (None, {}, ""),
        ("a\r\nb", {}, "a\nb"),
        ("a\x00\x1bb", {}, "a\ufffd\ufffdb"),
        ("_x0041_", {}, "_x0041_"),
    ],
)
def test_every_kind_of_value_in_a_workbook(value: WrittenValue, column: dict[str, Any], text: str) -> None:
    assert first_cells(write_xlsx([one_column([value], **column)]), 1) == [text]


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (Decimal("87.20"), "87.20"), (Fraction(1, 3), "0.333333"), (Fraction(-3, 2), "-1.5"), (7, "7"), (None, ""),
        (True, "TRUE"), (date(2026, 1, 5), "05/01/2026"), ("a,b", '"a,b"'), ("a\rb", '"a\nb"'), ("a\x00b", "a\ufffdb"),
        (datetime.fromisoformat("2026-01-05T07:30"), "05/01/2026 07:30"), (Decimal("1E+3"), "1000"),
    ],
)  # fmt: skip
def test_every_kind_of_value_in_csv(value: WrittenValue, field: str) -> None:
    assert write_csv(["x", "y"], [[value, 1]], bom=False).decode() == f"x,y\r\n{field},1\r\n"


def test_a_spreadsheet_knows_the_encoding_by_the_mark() -> None:
    assert write_csv(["a"], []).startswith(b"\xef\xbb\xbf")
    assert write_csv(["a"], [], bom=False) == b"a\r\n"


def a_form() -> SheetToWrite:
    return SheetToWrite(
        "Phiếu chấm",
        (
            Column("Mã", 8, locked=True, note="Không sửa cột này"),
            Column("Xếp loại", 20, choices=("Xuất sắc", "Khá, giỏi")),
            Column("Điểm", 10, kind="number", decimals=2),
        ),
        [("1.1", "Xuất sắc", Decimal("0.5")), ("1.2", None, None)],
        ("Phiếu tự chấm năm 2026", "Xã Đăk Pnê"),
        notes=((1, 2, "Tối đa 2 điểm"),),
        frozen_columns=1,
        spare_rows=3,
        is_protected=True,
    )


@pytest.mark.requirement(126)
def test_a_form_can_be_filled_in_and_printed() -> None:
    page: Any = openpyxl.load_workbook(BytesIO(write_xlsx([a_form()])))["Phiếu chấm"]
    assert page["A1"].value == "Phiếu tự chấm năm 2026"
    assert [cell.value for cell in page[3]] == ["Mã", "Xếp loại", "Điểm"]
    assert page.freeze_panes == "B4"
    assert page.protection.sheet
    assert page["A4"].protection.locked
    assert not page["B4"].protection.locked
    assert not page.column_dimensions["B"].protection.locked  # the rows still to be filled in
    assert page["A3"].comment.text == "Không sửa cột này"
    assert page["C5"].comment.text == "Tối đa 2 điểm"
    (rule,) = page.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("B4:B8", "'Danh mục'!$A$1:$A$2")
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.print_title_rows == "$3:$3"
    assert page["C4"].number_format == "#,##0.00"
    assert page["A4"].font.name == "Times New Roman"


def test_the_lists_of_a_form_are_on_a_hidden_sheet() -> None:
    grids = read_here(write_xlsx([a_form(), a_form()]))
    assert [(grid.sheet, grid.hidden) for grid in grids] == [
        ("Phiếu chấm", False), ("Phiếu chấm (2)", False), ("Danh mục", True),
    ]  # fmt: skip
    assert [[cell.text for cell in row.cells] for row in grids[2].rows] == [["Xuất sắc"], ["Khá, giỏi"]]


@given(names=st.lists(st.text(max_size=40) | st.sampled_from(["A", "a", "'x'", "Danh mục", "x" * 40]), max_size=4))
@settings(max_examples=share_of_examples(0.5))
def test_any_names_of_sheets(names: list[str]) -> None:
    grids = read_here(write_xlsx([SheetToWrite(name, (Column("a"),)) for name in names] or [a_form()]))
    assert len({(grid.sheet or "").casefold() for grid in grids}) == len(grids) >= len(names)


def test_a_row_is_as_high_as_its_wrapped_text() -> None:
    """Only Excel would measure it when it opens the file; others cut the text or let it run over its neighbours."""
    columns = (Column("Điểm thẩm định tối đa", width=13), Column("Ghi chú", width=20))
    rows = [(1, "ngắn"), (2, "Chỉ số in 84,41; tính từ 79,63/94 được 84,71."), (3, "một\nhai\nba"), (4, "ô " * 9_000)]
    page: Any = openpyxl.load_workbook(BytesIO(write_xlsx([SheetToWrite("Bảng", columns, rows)]))).active
    heading, short, long, lines, longest = (page.row_dimensions[row].height for row in range(1, 6))
    assert short is None  # one line: the usual height
    assert heading == pytest.approx(32, abs=2)
    assert long == pytest.approx(48, abs=2)
    assert lines == long
    assert longest == pytest.approx(409, abs=1)  # the highest a row can be


def test_a_figure_that_stays_text_stands_with_the_figures() -> None:
    columns = (Column("Chỉ số (in)", is_figure=True), Column("Tên"))
    page: Any = openpyxl.load_workbook(BytesIO(write_xlsx([SheetToWrite("Bảng", columns, [("87,2", "Xã A")])]))).active
    assert page["A2"].alignment.horizontal == "right"
    assert page["B2"].alignment.horizontal in (None, "general")


def test_equal_content_gives_equal_bytes() -> None:
    assert write_xlsx([a_form(), a_form()]) == write_xlsx([a_form(), a_form()])


def test_a_sheet_without_column_titles_has_no_heading() -> None:
    page = SheetToWrite("Hướng dẫn", (Column("", 80),), [["Dòng một"], ["Dòng hai"]])
    (grid,) = read_here(write_xlsx([page]))
    assert [row.cells[0].text for row in grid.rows] == ["Dòng một", "Dòng hai"]


def test_text_too_long_for_a_cell_is_refused_not_cut() -> None:
    write_xlsx([one_column(["x" * 32_767])])
    with pytest.raises(DomainError) as caught:
        write_xlsx([one_column(["x" * 32_768])])
    assert caught.value.code == "tables.cell_too_long"


def test_rows_may_come_one_after_another() -> None:
    rows = ([row, "Đăk Pnê", Decimal(row) / 8] for row in range(1000))
    columns = (Column("a", kind="number"), Column("b"), Column("c", kind="number", decimals=3))
    (grid,) = read_here(write_xlsx([SheetToWrite("Bảng", columns, rows)]))
    assert [cell.text for cell in grid.rows[-1].cells] == ["999", "Đăk Pnê", "124.875"]


def test_a_row_with_too_few_values_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(ValueError, match="shorter"):
        write_xlsx([SheetToWrite("Bảng", (Column("a"), Column("b")), [["1"]])])
