"""Tables: shared headings, exact sums, widths that hold their numbers."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.documents.blocks import Band, Column, Table
from cchc.documents.grids import grid, widths_of
from cchc.documents.pieces import Cell, placed
from cchc.records.errors import DomainError
from tests.documents.examples import layout, results

ROOM = Fraction(165)
STYLES = layout().styles


def made(table):
    return grid(table, ROOM, STYLES)


def shapes(rows):
    return [[(cell.text, cell.columns, cell.rows) for cell in row] for row in rows]


@pytest.mark.requirement(126)
def test_headings_are_shared_by_neighbours_and_titles_reach_down():
    received, in_period = ("Tiếp nhận",), ("Tiếp nhận", "Trong kỳ")
    columns = (
        Column("STT"),
        Column("Kỳ trước", under=received),
        Column("Trực tuyến", under=in_period),
        Column("Trực tiếp", under=in_period),
        Column("Tổng", under=("Giải quyết",)),
        Column("Tổng", under=("Giải quyết", "Trong kỳ")),
    )
    assert shapes(made(Table(columns, (), is_numbered=True)).head) == [
        [("STT", 1, 3), ("Tiếp nhận", 3, 1), ("Giải quyết", 2, 1)],
        [("Kỳ trước", 1, 2), ("Trong kỳ", 2, 1), ("Tổng", 1, 2), ("Trong kỳ", 1, 1)],
        [("Trực tuyến", 1, 1), ("Trực tiếp", 1, 1), ("Tổng", 1, 1)],
        [(f"({at})", 1, 1) for at in range(1, 7)],
    ]


def test_every_column_is_covered_exactly_once_in_every_row():
    table = results()
    covered = [0] * len(table.columns)
    found = made(table)
    for row in (*found.head, *found.body):
        before = [rows > 0 for rows in covered]
        begun = dict(placed(row, covered))
        columns = [at for at, over in enumerate(before) if over]
        columns += [at + step for at, cell in begun.items() for step in range(cell.columns)]
        assert sorted(columns) == list(range(len(table.columns)))
    assert covered == [0] * len(table.columns)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Decimal("87.2"), None, "87,2"),
        (Decimal("87.20"), None, "87,20"),
        (Decimal("87.2"), 2, "87,20"),
        (45685299, None, "45.685.299"),
        (45685299, 1, "45.685.299,0"),
        (Decimal("-0.5"), None, "-0,5"),
        (Decimal("1E+3"), None, "1.000"),
        (0, None, "0"),
        (None, 2, ""),
        ("=1+1", None, "=1+1"),
        (date(2022, 12, 1), None, "01/12/2022"),
    ],
)
@pytest.mark.requirement(103, 128)
def test_a_value_is_shown_as_officials_write_it(value, decimals, text):
    ((cell,),) = made(Table((Column("a", "number", decimals=decimals),), ((value,),))).body
    assert cell.text == text


@pytest.mark.parametrize(("value", "decimals"), [(Decimal("87.205"), 2), (Decimal("0.5"), 0)])
def test_a_paper_never_rounds(value, decimals):
    with pytest.raises(DomainError, match=r"documents\.too_many_decimals"):
        made(Table((Column("a", "number", decimals=decimals),), ((value,),)))


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (Table((Column("a"), Column("b")), (("x",),)), "documents.wrong_cell_count"),
        (Table((Column("a"), Column("b", is_summed=True)), (("x", "-"),), total="T"), "documents.not_summable"),
        (Table((Column("a", is_summed=True),), ((1,),), total="T"), "documents.total_without_room"),
        (Table((Column("a"), Column("b")), ((1, 2),), total="T"), "documents.total_without_room"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(table, code):
    with pytest.raises(DomainError, match=code):
        made(table)


NUMBERS = st.one_of(st.none(), st.integers(-(10**9), 10**9), st.decimals(-(10**6), 10**6, places=3))


@given(st.lists(NUMBERS, max_size=8))
def test_a_total_is_the_sum_of_what_stands_above(values):
    rows = (Band("I"), *(("x", value) for value in values))
    total = made(Table((Column("a"), Column("b", "number", is_summed=True)), rows, total="Cộng")).body[-1]
    assert total[0].text == "Cộng"
    assert total[1].value == sum((Fraction(value) for value in values if value is not None), Fraction())
    assert total[1].text.replace(".", "").replace(",", ".") == f"{total[1].value}"
    assert total[1].sums == (0, len(values))


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 60)), min_size=1, max_size=9))
def test_columns_fill_the_room_and_hold_their_words_while_that_is_possible(columns):
    weights, needed = zip(*columns, strict=True)
    needed = [Fraction(need) for need in needed]
    widths = widths_of(weights, needed, ROOM)
    assert sum(widths) == ROOM
    if sum(needed) <= ROOM:
        assert all(width >= need for width, need in zip(widths, needed, strict=True))
    if all(ROOM * weight / sum(weights) >= need for weight, need in columns):
        assert list(widths) == [ROOM * weight / sum(weights) for weight in weights]


def test_cells_beside_one_that_reaches_down_stand_where_it_leaves_room():
    reach = [0, 0, 0]
    first = (Cell("table_cell", "a", "left"), Cell("table_cell", "b", "left", rows=2), Cell("table_cell", "c", "left"))
    assert [at for at, _ in placed(first, reach)] == [0, 1, 2]
    assert reach == [0, 1, 0]
    assert [at for at, _ in placed((first[0], first[2]), reach)] == [0, 2]
    assert reach == [0, 0, 0]
