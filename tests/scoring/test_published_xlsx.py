"""Result tables from workbooks: what a person sees in the cell is what is printed."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from cchc.scoring.published import CheckedRow, check_table
from cchc.tables.reading import read_tables

HEADING = ["Đơn vị", "Điểm thẩm định", "Điểm tối đa", "Chỉ số"]


def row_of(points: float, maximum: float, index: object, formats: dict[str, str]) -> CheckedRow:
    """The one row of a workbook, after saving and reading it."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADING)
    sheet.append(["Đăk Ruông", points, maximum, index])
    for cell, number_format in formats.items():
        sheet[cell].number_format = number_format
    content = BytesIO()
    book.save(content)
    (row,) = check_table(read_tables(content.getvalue(), "bang.xlsx")).rows
    return row


@pytest.mark.requirement(104)
@pytest.mark.parametrize(
    ("index", "number_format", "shown", "agrees"),
    [
        (87.20430107526882, "0.00", "87.20", True),
        (87.20430107526882, "0.0", "87.2", True),
        (87.21, "0.0", "87.2", True),  # stored wrongly, but what is printed follows
        (87.21, "0.00", "87.21", False),
        (0.8720430107526882, "0.00%", "87.20", True),
        (0.8720430107526882, "0%", "87", True),
        (0.8721, "0.00%", "87.21", False),
        (0.8720430107526882, "0.00", "0.87", False),
        ("87,20", "General", "87.20", True),
    ],
)
def test_the_displayed_index_is_judged(index: object, number_format: str, shown: str, agrees: bool) -> None:
    row = row_of(81.1, 93, index, {"D2": number_format})
    assert row.printed.index == Decimal(shown)
    assert (row.disagree == ()) is agrees


def test_points_are_read_as_displayed_too() -> None:
    row = row_of(81.149, 93, 87.2, {"B2": "0.0", "D2": "0.00"})
    assert (row.printed.appraised, row.computed.index, row.disagree) == (Decimal("81.1"), Decimal("87.20"), ())


def test_a_formula_without_a_saved_value_is_an_error() -> None:
    row = row_of(81.1, 93, "=B2/C2*100", {})
    assert [message.code for message in row.errors] == ["scoring.table_bad_cell"]
    assert row.computed.index is None


def test_a_merged_heading_of_two_rows() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["BẢNG TỔNG HỢP KẾT QUẢ NĂM 2022"])
    sheet.append(["STT", "Đơn vị", "Điểm tự chấm", None, "Điểm thẩm định", None, "Chỉ số (%)"])
    sheet.append([None, None, "Điểm", "Điểm tối đa", "Điểm", "Điểm tối đa", None])
    sheet.append([1, "Đăk Pnê", 87.5, 100, 79.63, 94, 84.41])
    for cells in ("A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3"):
        sheet.merge_cells(cells)
    content = BytesIO()
    book.save(content)
    table = check_table(read_tables(content.getvalue(), "bang.xlsx"))
    (row,) = table.rows
    assert (row.row, row.unit, row.disagree) == (4, "Đăk Pnê", ("index",))
    assert (row.computed.index, row.computed.self_index) == (Decimal("84.71"), Decimal("87.50"))
    assert table.ignored == ("STT",)
