"""Finding a heading: any order, any spelling of tone marks, title rows above, nothing guessed."""

from __future__ import annotations

import unicodedata
from itertools import permutations

import pytest

from cchc.records.errors import DomainError, Unreadable
from cchc.records.words import say_problem
from cchc.tables.grid import Cell, Grid, Row
from cchc.tables.headings import find_headings, plain_name

ROLES = {
    "unit": ("Đơn vị", "unit"),
    "criterion": ("Tiêu chí", "criterion"),
    "value": ("Giá trị", "value"),
    "group": ("Nhóm", "group"),
}
REQUIRED = ("unit", "criterion", "value")


def grid(*rows: str) -> Grid:
    """A grid from lines such as `Đơn vị|Tiêu chí`; empty lines are left out as readers do."""
    return Grid(
        "phieu.csv",
        None,
        tuple(
            Row(number, tuple(Cell(text) for text in line.split("|"))) for number, line in enumerate(rows, 1) if line
        ),
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Giá trị", "gia tri"),
        ("GIÁ TRỊ (%)", "gia tri"),
        ("Giá trị năm 2026", "gia tri"),
        ("Giá trị 2026 (điểm)", "gia tri"),
        ("Giá\n trị *", "gia tri"),
        ("2026 giá trị", "2026 gia tri"),
        ("Đơn vị tính", "don vi tinh"),
        (unicodedata.normalize("NFD", "Đơn vị"), "don vi"),
        ("", ""),
    ],
)
def test_plain_name(text: str, name: str) -> None:
    assert plain_name(text) == name


@pytest.mark.parametrize("order", list(permutations(["Đơn vị", "TIEU CHI", "Giá trị (%)"])))
def test_columns_in_any_order(order: tuple[str, ...]) -> None:
    found = find_headings(grid("|".join(order), "1|2|3"), ROLES, REQUIRED)
    assert {role: order[at] for role, at in found.columns.items()} == {
        "unit": "Đơn vị", "criterion": "TIEU CHI", "value": "Giá trị (%)",
    }  # fmt: skip


def test_title_rows_stand_above_and_unknown_columns_are_listed() -> None:
    table = grid("Phiếu chấm|của đơn vị", "", "TT|unit|criterion|value|Ghi chú|", "1|Đăk Pnê|1.1|3")
    found = find_headings(table, ROLES, REQUIRED)
    assert found.row.number == 3
    assert found.unknown == ("TT", "Ghi chú")
    assert [row.number for row in found.rows] == [4]
    assert found.cell(found.rows[0], "unit").text == "Đăk Pnê"
    assert found.cell(found.rows[0], "group").is_empty


def test_an_optional_column_is_found_too() -> None:
    assert find_headings(grid("Nhóm|unit|criterion|value"), ROLES, REQUIRED).columns["group"] == 0


@pytest.mark.parametrize(
    ("rows", "error", "code", "start"),
    [
        (["a|b", "1|2"], Unreadable, "tables.no_heading", "phieu.csv: "),
        ([], Unreadable, "tables.no_heading", "phieu.csv: "),
        (["Đơn vị tính|Khối lượng"], Unreadable, "tables.no_heading", "phieu.csv: "),
        (["Đơn vị", "unit|criterion|x"], Unreadable, "tables.heading_missing", "phieu.csv:2: "),
        (["unit|criterion|value|Đơn vị"], DomainError, "tables.heading_twice", "phieu.csv:1:D: "),
    ],
)
def test_refusals_say_where_and_what(rows: list[str], error: type[DomainError], code: str, start: str) -> None:
    with pytest.raises(error) as caught:
        find_headings(grid(*rows), ROLES, REQUIRED)
    assert caught.value.code == code
    assert say_problem(caught.value.problems[0]).startswith(start)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(Unreadable) as caught:
        find_headings(grid("unit|criterion"), ROLES, REQUIRED)
    assert "Giá trị" in say_problem(caught.value.problems[0])


def test_a_heading_far_down_is_not_searched_for() -> None:
    find_headings(grid(*["x"] * 199, "unit|criterion|value"), ROLES, REQUIRED)
    with pytest.raises(Unreadable):
        find_headings(grid(*["x"] * 200, "unit|criterion|value"), ROLES, REQUIRED)
