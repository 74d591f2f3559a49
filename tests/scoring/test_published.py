"""Published result tables: rows, errors, what disagrees, and the seven communes of Kon Rẫy."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from cchc.records.errors import DomainError, Message, Unreadable
from cchc.records.words import say, say_next_step
from cchc.scoring.arithmetic import parse_bands
from cchc.scoring.published import CheckedRow, CheckedTable, check_table
from cchc.scoring.published_explanations import explain
from cchc.tables.grid import Cell, Grid, Row
from tests.scoring.published_tables import KON_RAY_2022, grid


def check(*lines: str, decimals: int = 2) -> CheckedTable:
    return check_table([grid(*lines)], decimals=decimals)


def only_row(heading: str, line: str, decimals: int = 2) -> CheckedRow:
    (row,) = check(heading, line, decimals=decimals).rows
    return row


def codes(row: CheckedRow) -> list[str]:
    return [message.code for message in row.errors]


@pytest.mark.requirement(98, 99, 100, 101, 103, 104, 123)
def test_kon_ray_2022_six_agree_and_dak_pne_is_flagged() -> None:
    table = check(*KON_RAY_2022)
    assert [row.disagree for row in table.rows] == [(), (), (), (), ("index",), (), ()]
    assert [f"{row.computed.index}" for row in table.rows] == [
        "80.23", "81.88", "87.29", "90.51", "84.71", "87.20", "92.85",
    ]  # fmt: skip
    assert [f"{row.computed.self_index}" for row in table.rows] == [
        "86.08", "86.50", "88.00", "89.53", "87.50", "93.57", "94.18",
    ]  # fmt: skip
    assert [row.computed.rank for row in table.rows] == [7, 6, 3, 2, 5, 4, 1]
    dak_pne = table.rows[4]
    assert (dak_pne.printed.index, dak_pne.computed.index) == (Decimal("84.41"), Decimal("84.71"))
    assert (dak_pne.computed.class_name, dak_pne.computed.rank) == ("Tốt", 5)
    assert table.disagreements == 1
    assert not table.agrees


@pytest.mark.requirement(104)
def test_the_wrong_index_is_explained_with_its_figures_and_consequences() -> None:
    dak_pne = check(*KON_RAY_2022).rows[4]
    assert [say(message) for message in explain(dak_pne)] == [
        "Chỉ số in 84,41; tính từ 79,63/94 được 84,71.",
        "Xếp loại và thứ hạng không đổi.",
    ]
    assert [say(message, "en") for message in explain(dak_pne)] == [
        "Printed index 84.41; 79.63/94 gives 84.71.",
        "Class and rank stay the same.",
    ]


@pytest.mark.requirement(103)
@pytest.mark.parametrize("points", ["83,5/97", "83.5/97", "83,5 / 97", "83,50/97,0", "83,5/\u00a097"])
def test_points_over_maximum_in_one_cell(points: str) -> None:
    printed = only_row("Đơn vị | Điểm thẩm định", f"A | {points}").printed
    assert (printed.appraised, printed.maximum) == (Fraction("83.5"), Fraction(97))


@pytest.mark.requirement(100)
def test_points_and_maximum_in_columns_of_their_own() -> None:
    heading = "Đơn vị | Điểm tự chấm | Điểm tối đa | Điểm thẩm định | Điểm tối đa"
    printed = only_row(heading, "A | 83,5 | 97 | 75,42 | 94").printed
    assert (printed.self_points, printed.self_max) == (Fraction("83.5"), Fraction(97))
    assert (printed.appraised, printed.maximum) == (Fraction("75.42"), Fraction(94))


@pytest.mark.requirement(104)
@pytest.mark.parametrize(
    ("index", "agrees"),
    [
        ("87,2043", True), ("87,204", True), ("87,20", True), ("87,2", True), ("87", True), ("87.20", True),
        ("87,20%", True), ("87,2 %", True), ("87,21", False), ("87,19", False), ("87,3", False), ("88", False),
        ("87,205", False), ("0,872", False), ("", True),
    ],
)  # fmt: skip
def test_an_index_agrees_at_the_decimals_it_is_printed_with(index: str, agrees: bool) -> None:
    row = only_row("Đơn vị | Điểm thẩm định | Chỉ số", f"Đăk Ruông | 81,1/93 | {index}")
    assert (row.disagree == ()) is agrees
    assert row.computed.index == Decimal("87.20")


@pytest.mark.parametrize(("index", "agrees"), [("0,13", True), ("0,12", False), ("0,125", True), ("0,1", True)])
def test_a_half_is_rounded_up_from_the_exact_quotient(index: str, agrees: bool) -> None:
    row = only_row("Đơn vị | Điểm thẩm định | Chỉ số", f"A | 0,125/100 | {index}")
    assert (row.disagree == ()) is agrees


def test_an_index_already_rounded_is_not_rounded_again() -> None:
    # 84,445 % exactly is 84,45 at two decimals and 84,4 at one; 84,45 rounded again would be 84,5.
    heading = "Đơn vị | Điểm thẩm định | Chỉ số"
    assert only_row(heading, "A | 84,445/100 | 84,4").disagree == ()
    assert only_row(heading, "A | 84,445/100 | 84,5").disagree == ("index",)


@pytest.mark.requirement(101)
@pytest.mark.parametrize(
    ("points", "decimals", "class_name"),
    [("89,995", 2, "Xuất sắc"), ("89,994", 2, "Tốt"), ("89,5", 0, "Xuất sắc"), ("89,5", 1, "Tốt"), ("89,4", 0, "Tốt")],
)
def test_the_class_reads_the_rounded_index(points: str, decimals: int, class_name: str) -> None:
    row = only_row("Đơn vị | Điểm thẩm định", f"A | {points}/100", decimals)
    assert row.computed.class_name == class_name


def test_the_rank_reads_the_rounded_index() -> None:
    lines = ("Đơn vị | Điểm thẩm định | Xếp hạng", "A | 80,004/100 | 1", "B | 80,001/100 | 1", "C | 79,99/100 | 3")
    assert [row.computed.rank for row in check(*lines).rows] == [1, 1, 3]
    assert [row.computed.rank for row in check(*lines, decimals=3).rows] == [1, 2, 3]
    assert [row.disagree for row in check(*lines, decimals=3).rows] == [(), ("rank",), ()]


@pytest.mark.parametrize(
    ("printed", "agrees"), [("Tốt", True), ("TỐT", True), ("tot", True), ("Tôt", True), ("Khá", False)]
)
def test_printed_classes_are_compared_after_folding(printed: str, agrees: bool) -> None:
    row = only_row("Đơn vị | Điểm thẩm định | Xếp loại", f"A | 85/100 | {printed}")
    assert (row.disagree == ()) is agrees


def test_a_class_that_is_in_no_band_disagrees() -> None:
    row = only_row("Đơn vị | Điểm thẩm định | Xếp loại", "A | 85/100 | Hạng A")
    assert [say(message) for message in explain(row)] == ["Xếp loại in “Hạng A”; chỉ số 85,00 thuộc loại Tốt."]


def test_bands_of_ones_own_and_an_index_under_all_of_them() -> None:
    lines = ("Đơn vị | Điểm thẩm định | Xếp loại", "A | 60/100 | Đạt", "B | 40/100 | Đạt", "C | 30/100 |")
    table = check_table([grid(*lines)], bands=parse_bands("Đạt:50"))
    assert [row.computed.class_name for row in table.rows] == ["Đạt", None, None]
    assert [row.disagree for row in table.rows] == [(), ("class",), ()]
    assert say(explain(table.rows[1])[0]) == "Xếp loại in “Đạt”; chỉ số 40,00 thấp hơn mọi khung xếp loại."


def test_ranks_stay_within_the_group() -> None:
    table = check(
        "Nhóm | Đơn vị | Điểm thẩm định | Xếp hạng",
        "Sở | A | 90/100 | 1",
        "Huyện | B | 80/100 | 1",
        "sở | C | 70/100 | 2",
        "Huyện | D | 80/100 | 2",
    )
    assert [row.computed.rank for row in table.rows] == [1, 1, 2, 1]
    assert [row.disagree for row in table.rows] == [(), (), (), ("rank",)]
    assert say(explain(table.rows[3])[0]) == "Thứ hạng in 2; chỉ số 80,00 đứng hạng 1."


def test_a_group_written_once_counts_for_the_rows_below_it() -> None:
    table = check(
        "Khối | Đơn vị | Điểm thẩm định", "Sở | A | 90/100", " | B | 80/100", "Huyện | C | 70/100", " | D | 60/100"
    )
    assert [row.group for row in table.rows] == ["Sở", "Sở", "Huyện", "Huyện"]
    assert [row.computed.rank for row in table.rows] == [1, 2, 1, 2]


def test_a_wrong_index_that_moves_class_and_rank_says_so() -> None:
    table = check("Đơn vị | Điểm thẩm định | Chỉ số", "A | 79,63/94 | 94,71", "B | 85/94 | 90,43")
    assert [say(message) for message in explain(table.rows[0])] == [
        "Chỉ số in 94,71; tính từ 79,63/94 được 84,71.",
        "Xếp loại theo số in là Xuất sắc, theo số tính là Tốt.",
        "Thứ hạng theo số in là 1, theo số tính là 2.",
    ]


def test_an_index_of_nought_is_a_figure() -> None:
    row = only_row("Đơn vị | Điểm thẩm định | Chỉ số | Xếp loại", "A | 0/94 | 1 | Tốt")
    said = [say(message) for message in explain(row)]
    assert said[0] == "Chỉ số in 1; tính từ 0/94 được 0,00."
    assert said[-1] == "Xếp loại in “Tốt”; chỉ số 0,00 thuộc loại Yếu."


@pytest.mark.parametrize(
    ("heading", "line", "code"),
    [
        ("Đơn vị | Điểm thẩm định", "A | 75,42", "scoring.table_no_maximum"),
        ("Đơn vị | Điểm thẩm định | Điểm tối đa", "A | 75,42 |", "scoring.table_no_maximum"),
        ("Đơn vị | Điểm thẩm định", "A | 0/0", "scoring.table_no_maximum"),
        ("Đơn vị | Điểm thẩm định", "A | 94,01/94", "scoring.table_over_maximum"),
        ("Đơn vị | Điểm tự chấm | Điểm thẩm định", "A | 98/97 | 90/94", "scoring.table_over_maximum"),
        ("Đơn vị | Điểm thẩm định", "A | -1/94", "scoring.table_negative_points"),
        ("Đơn vị | Điểm thẩm định", "A | 75,42/chín tư", "scoring.table_not_a_number"),
        ("Đơn vị | Điểm thẩm định", "A | 75,42/", "scoring.table_not_a_number"),
        ("Đơn vị | Điểm thẩm định", "A | /94", "scoring.table_not_a_number"),
        ("Đơn vị | Điểm thẩm định", "A | 75,42/94/100", "scoring.table_not_a_number"),
        ("Đơn vị | Điểm thẩm định", "A | 1.075,42/1.094", "scoring.table_not_a_number"),
        ("Đơn vị | Điểm thẩm định", "A | không chấm", "scoring.table_not_a_number"),
        ("Đơn vị | Điểm thẩm định | Chỉ số", "A | 75/94 | tám mươi", "scoring.table_not_a_number"),
        ("Đơn vị | Điểm thẩm định | Xếp hạng", "A | 75/94 | 1/7", "scoring.table_not_a_number"),
        ("Đơn vị | Điểm thẩm định | Xếp hạng", "A | 75/94 | 1,5", "scoring.table_not_a_number"),
        ("Đơn vị | Điểm thẩm định | Điểm tối đa", "A | 75/94 | 95", "scoring.table_two_maxima"),
        ("Đơn vị | Điểm tự chấm | Điểm thẩm định", "A | 83/97 |", "scoring.table_no_appraised"),
        ("Đơn vị | Điểm thẩm định", " | 75/94", "scoring.table_no_unit"),
    ],
)
def test_a_row_with_an_error_has_no_computed_values(heading: str, line: str, code: str) -> None:
    row = only_row(heading, line)
    assert codes(row) == [code]
    assert (row.computed.index, row.computed.class_name, row.computed.rank) == (None, None, None)
    assert row.disagree == ()
    assert say(row.errors[0])
    assert say(row.errors[0], "en")
    assert say_next_step(row.errors[0])


def test_points_may_equal_the_maximum() -> None:
    assert only_row("Đơn vị | Điểm thẩm định | Chỉ số", "A | 94/94 | 100").errors == ()


def test_a_unit_twice_in_a_group_is_an_error_that_names_the_first_row() -> None:
    table = check(
        "Nhóm | Đơn vị | Điểm thẩm định", "1 | Tân Lập | 80/100", "2 | Tân Lập | 70/100", "1 | TÂN  LẬP | 60/100"
    )
    assert [codes(row) for row in table.rows] == [[], [], ["scoring.table_unit_twice"]]
    assert table.rows[2].errors[0].params["row"] == "2"


def test_units_that_differ_only_in_tone_are_two_units() -> None:
    table = check("Đơn vị | Điểm thẩm định", "Tân Lập | 80/100", "Tân Lấp | 70/100")
    assert table.agrees


def test_an_error_leaves_its_group_without_ranks_and_unjudged() -> None:
    table = check(
        "Nhóm | Đơn vị | Điểm thẩm định | Xếp hạng", "1 | A | 90/100 | 5", "1 | B | 95 | 1", "2 | C | 80/100 | 1"
    )
    assert [row.computed.rank for row in table.rows] == [None, None, 1]
    assert table.rows[0].disagree == ()
    assert table.has_errors


def test_a_faulty_cell_is_an_error_and_says_why() -> None:
    fault = Message("tables.formula_without_value")
    heading = grid("Đơn vị | Điểm thẩm định | Chỉ số").rows[0]
    bad = Row(2, (Cell("A"), Cell("75/94"), Cell("", fault=fault)))
    table = check_table([Grid("bang.xlsx", "Sheet1", (heading, bad))])
    assert codes(table.rows[0]) == ["scoring.table_bad_cell"]
    assert say(fault) in say(table.rows[0].errors[0])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("I. Các xã | |", "without_points"),
        ("Nơi nhận: | |", "without_points"),
        ("Nơi nhận: | CHỦ TỊCH HỘI ĐỒNG |", "without_points"),
        (" | CHỦ TỊCH | ", "without_points"),
        ("Tổng cộng | 160/200 | 80", "total"),
        ("TRUNG BÌNH: | 80/100 | 80", "total"),
        ("Trung bình chung | 80/100 |", "total"),
        ("Trung bình toàn huyện | 80/100 |", "total"),
        ("Đơn vị | Điểm thẩm định (điểm) | Chỉ số", "heading"),
        ("ĐƠN VỊ | Điểm thẩm định năm 2022 | Chỉ số", "heading"),
    ],
)
def test_rows_that_are_no_units_are_skipped_and_listed(line: str, reason: str) -> None:
    table = check("Đơn vị | Điểm thẩm định | Chỉ số", "A | 80/100 | 80", line)
    assert [row.unit for row in table.rows] == ["A"]
    (skipped,) = table.skipped
    assert (skipped.row, skipped.reason.code) == (3, f"scoring.table_skipped_{reason}")
    assert say(skipped.reason)


def test_a_total_may_be_named_in_the_first_column() -> None:
    table = check("STT | Đơn vị | Điểm thẩm định", "1 | A | 80/100", "Tổng cộng | | 80/100")
    assert [skipped.text for skipped in table.skipped] == ["Tổng cộng"]


@pytest.mark.parametrize("unit", ["Tổng công ty Điện lực", "Cộng Hòa", "Xã Trung Bình"])
def test_a_unit_whose_name_begins_like_a_total_is_a_unit(unit: str) -> None:
    assert only_row("Đơn vị | Điểm thẩm định", f"{unit} | 80/100").unit == unit


def test_the_signature_under_the_recipients_is_skipped() -> None:
    table = check(
        "Đơn vị | Điểm thẩm định", "A | 80/100", "Nơi nhận: |", "- Như trên; | Nguyễn Văn Thủy", "- Lưu: VT. |"
    )
    assert [skipped.row for skipped in table.skipped] == [3, 4, 5]


def test_column_numbers_under_the_heading_are_skipped() -> None:
    table = check(
        "Đơn vị | Điểm thẩm định | Điểm tối đa | Chỉ số", "(1) | (2) | (3) | (4)=(2)/(3)", "A | 80 | 100 | 80"
    )
    assert [row.unit for row in table.rows] == ["A"]
    assert [skipped.row for skipped in table.skipped] == [2]


def test_a_heading_repeated_on_the_next_page_is_skipped_with_its_column_numbers() -> None:
    upper, lower = "Đơn vị | Điểm thẩm định | | Chỉ số", " | Điểm | Điểm tối đa |"
    numbers = "(1) | (2) | (3) | (4)"
    table = check(upper, lower, numbers, "A | 80 | 100 | 80", upper, lower, numbers, "B | 70 | 100 | 70")
    assert [row.unit for row in table.rows] == ["A", "B"]
    assert [line.row for line in table.skipped] == [3, 5, 6, 7]


def test_without_a_heading_the_table_is_unreadable() -> None:
    with pytest.raises(Unreadable) as caught:
        check("Đơn vị | Xếp loại", "A | Tốt")
    assert caught.value.code == "scoring.table_no_heading"


def test_a_heading_without_units_is_refused() -> None:
    with pytest.raises(DomainError) as caught:
        check("Đơn vị | Điểm thẩm định", "Tổng cộng | 80/100")
    assert caught.value.code == "scoring.table_without_units"
    assert caught.value.exit_code == 1


def test_the_first_visible_sheet_with_a_heading_is_read_and_the_others_named() -> None:
    lines = ("Đơn vị | Điểm thẩm định", "A | 80/100")
    table = check_table([
        grid("Bìa", sheet="Bìa"),
        grid(*lines, sheet="Ẩn", hidden=True),
        grid(*lines, sheet="2022"),
        grid(*lines, sheet="2021"),
    ])  # fmt: skip
    assert (table.sheet, table.other_sheets) == ("2022", ("2021",))
    assert check_table([grid(*lines, sheet="Ẩn", hidden=True)]).sheet == "Ẩn"


def test_rows_keep_their_number_and_place() -> None:
    table = check("Bảng 1", "", "Đơn vị | Điểm thẩm định", "", "A | 80/100")
    assert table.rows[0].row == 5
    assert str(table.rows[0].place) == "bang.csv:5"
