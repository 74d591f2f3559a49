"""Which column holds what: every clause of the contract's paragraph on headings."""

from __future__ import annotations

import pytest

from cchc.scoring.published_headings import Heading, find_heading, is_column_numbers
from tests.scoring.published_tables import grid


def heading_of(*lines: str) -> Heading:
    found = find_heading(grid(*lines))
    assert found is not None
    return found


@pytest.mark.parametrize(
    "name", ["Đơn vị", "Tên đơn vị", "Tên cơ quan, đơn vị", "TÊN ĐƠN VỊ", "don vi", "unit", "Unit"]
)
def test_names_of_the_unit(name: str) -> None:
    assert heading_of(f"STT | {name} | Điểm thẩm định").columns["unit"] == 1


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Điểm tự chấm", "self"), ("Điểm tự đánh giá", "self"), ("self", "self"),
        ("Điểm tự chấm tối đa", "self_max"), ("self_max", "self_max"),
        ("Điểm thẩm định tối đa", "appraised_max"), ("appraised_max", "appraised_max"),
        ("Tổng điểm tối đa", "appraised_max"),
        ("Chỉ số", "index"), ("Chỉ số CCHC", "index"), ("Kết quả CCHC", "index"), ("index", "index"),
        ("Chỉ số CCHC năm 2022 (%)", "index"), ("Chỉ số CCHC 2022", "index"), ("% Chỉ số", "index"),
        ("Xếp loại", "class"), ("XEP LOAI", "class"), ("class", "class"),
        ("Xếp hạng", "rank"), ("Thứ hạng", "rank"), ("Xếp thứ", "rank"), ("rank", "rank"),
        ("Nhóm", "group"), ("Khối", "group"), ("group", "group"),
        ("Xếp  loại\u00a0(theo QĐ 1253)", "class"),
    ],
)  # fmt: skip
def test_names_of_the_other_roles(name: str, role: str) -> None:
    heading = heading_of(f"Đơn vị | Điểm thẩm định | {name}")
    assert heading.columns[role] == 2  # type: ignore[index]
    assert heading.ignored == ()


@pytest.mark.parametrize("name", ["Đơn vị tính", "Khối lượng", "Xếp loại cũ", "Chỉ số giá", "Điểm cộng", "Nhóm việc"])
def test_names_match_whole(name: str) -> None:
    heading = heading_of(f"Đơn vị | {name} | Điểm thẩm định")
    assert heading.ignored == (name,)
    assert set(heading.columns) == {"unit", "appraised"}


@pytest.mark.parametrize("name", ["Điểm thẩm định", "Điểm đạt được", "Tổng điểm", "appraised"])
def test_names_of_the_appraised_points(name: str) -> None:
    assert heading_of(f"Đơn vị | Ghi chú | {name}").columns["appraised"] == 2


@pytest.mark.parametrize(
    ("line", "appraised", "ignored"),
    [
        ("Đơn vị | Tổng điểm | Điểm đạt được | Điểm thẩm định", 3, ("Tổng điểm", "Điểm đạt được")),
        ("Đơn vị | Tổng điểm | Điểm đạt được", 2, ("Tổng điểm",)),
        ("Điểm thẩm định | Tổng điểm | Đơn vị", 0, ("Tổng điểm",)),
        ("Đơn vị | Điểm thẩm định | Điểm thẩm định (lần 2)", 1, ("Điểm thẩm định (lần 2)",)),
    ],
)
def test_the_first_alias_wins_wherever_it_stands(line: str, appraised: int, ignored: tuple[str, ...]) -> None:
    heading = heading_of(line)
    assert heading.columns["appraised"] == appraised
    assert heading.ignored == ignored


@pytest.mark.requirement(98, 99)
@pytest.mark.parametrize(
    ("line", "self_max", "appraised_max"),
    [
        ("Đơn vị | Điểm tự chấm | Điểm tối đa | Điểm thẩm định | Điểm tối đa", 2, 4),
        ("Đơn vị | Điểm tự chấm | Điểm thẩm định | Điểm tối đa", None, 3),
        ("Đơn vị | Điểm tự chấm | Điểm tối đa | Điểm thẩm định", 2, None),
        ("Đơn vị | Điểm tối đa | Điểm thẩm định", None, None),
        ("Đơn vị | Điểm thẩm định | Xếp loại | Điểm tối đa", None, None),
        ("Đơn vị | Tổng điểm | Điểm tối đa | Điểm đạt được", None, None),
        ("Đơn vị | Điểm thẩm định tối đa | Điểm tự chấm tối đa | Điểm tự chấm | Điểm thẩm định", 2, 1),
        ("Đơn vị | Điểm thẩm định | ĐIỂM TỐI ĐA (sau điều chỉnh)", None, 2),
    ],
)
def test_a_bare_maximum_belongs_to_the_column_before_it(
    line: str, self_max: int | None, appraised_max: int | None
) -> None:
    columns = heading_of(line).columns
    assert (columns.get("self_max"), columns.get("appraised_max")) == (self_max, appraised_max)


@pytest.mark.parametrize(
    ("upper", "lower", "columns"),
    [
        (
            "STT | Đơn vị | Điểm tự chấm | | Điểm thẩm định | | Chỉ số",
            " | | Điểm | Điểm tối đa | Điểm | Điểm tối đa |",
            {"unit": 1, "self": 2, "self_max": 3, "appraised": 4, "appraised_max": 5, "index": 6},
        ),
        (
            "Đơn vị | Điểm tự chấm | | Điểm thẩm định |",
            " | Tối đa | Đạt được | Tối đa | Đạt được",
            {"unit": 0, "self": 2, "self_max": 1, "appraised": 4, "appraised_max": 3},
        ),
        (
            "Đơn vị | Điểm tự chấm | | Kết quả sau thẩm định | | ",
            " | Điểm đạt được | Điểm tối đa | Điểm đạt được | Điểm tối đa | Xếp loại",
            {"unit": 0, "self": 1, "self_max": 2, "appraised": 3, "appraised_max": 4, "class": 5},
        ),
        ("Đơn vị | Kết quả năm 2022 | |", " | Tổng điểm | Điểm tối đa | Chỉ số (%)",
         {"unit": 0, "appraised": 1, "appraised_max": 2, "index": 3}),
        ("Đơn vị | Tổng điểm | ", " | Điểm tự chấm | Điểm thẩm định", {"unit": 0, "self": 1, "appraised": 2}),
        (
            "Đơn vị | Tổng điểm | | | ",
            " | Điểm tự chấm | Điểm tối đa | Điểm thẩm định | Điểm tối đa",
            {"unit": 0, "self": 1, "self_max": 2, "appraised": 3, "appraised_max": 4},
        ),
        (
            "Đơn vị | Tổng điểm | | | ",
            " | Tự chấm | Tối đa | Thẩm định | Tối đa",
            {"unit": 0, "self": 1, "self_max": 2, "appraised": 3, "appraised_max": 4},
        ),
        ("Đơn vị | Tổng điểm | ", " | Tự đánh giá | Thẩm định", {"unit": 0, "self": 1, "appraised": 2}),
        ("Đơn vị | Điểm thẩm định | Chỉ số", " | (điểm) | (%)", {"unit": 0, "appraised": 1, "index": 2}),
    ],
)  # fmt: skip
def test_a_child_takes_its_parents_role(upper: str, lower: str, columns: dict[str, int]) -> None:
    heading = heading_of("BẢNG TỔNG HỢP", upper, lower, "x | y")
    assert dict(heading.columns) == columns
    assert heading.data_from == 3


@pytest.mark.parametrize(
    "second",
    [
        "I | | ",  # a section number, not a child of a role
        "1 | Đăk Kôi | 81,18/93",
        " | | 81,18/93",  # figures are data even when the unit is missing
        " | A. Khối huyện | ",
    ],
)
def test_a_row_of_data_does_not_continue_the_heading(second: str) -> None:
    assert heading_of("STT | Đơn vị | Điểm thẩm định", second).data_from == 1


def test_titles_stand_above_and_the_first_heading_counts() -> None:
    heading = heading_of(
        "UBND HUYỆN KON RẪY | | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Đơn vị tính: điểm",
        "Đơn vị | Ghi chú",
        "",
        "Đơn vị | Điểm thẩm định",
        "Đơn vị | Điểm thẩm định | Chỉ số",
    )
    assert heading.data_from == 4
    assert "index" not in heading.columns


@pytest.mark.parametrize("line", ["Đơn vị | Xếp loại", "Điểm thẩm định | Chỉ số", "Đơn vị tính | Tổng điểm", "A | B"])
def test_without_unit_or_appraised_points_there_is_no_heading(line: str) -> None:
    assert find_heading(grid(line, "Đăk Kôi | 81,18/93")) is None


def test_ignored_columns_are_listed_as_written() -> None:
    heading = heading_of("STT | Đơn vị | Điểm thẩm định | | Ghi  chú", " | | Điểm | Tỷ lệ |")
    assert heading.ignored == ("STT", "Điểm thẩm định / Tỷ lệ", "Ghi chú")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("(1) | (2) | (3) | (4)=(3)/(2)", True),
        ("A | B | 1 | 2 | 3", True),
        ("1 | 2 | 3", True),
        ("1 | Đăk Kôi | 2 | 3", False),
        ("A | 80 | 100", False),
        ("(1) | (2)", False),
        ("1 | 3 | 5", False),
    ],
)
def test_column_numbers(line: str, answer: bool) -> None:
    assert is_column_numbers(grid(line).rows[0]) is answer
