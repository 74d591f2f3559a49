"""Any result table: the checker agrees with a slow obvious oracle, and a broken table is refused, never a crash."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import partial
from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from cchc.records.errors import DomainError
from cchc.records.words import say, say_problem
from cchc.scoring.published import CheckedTable, check_table
from cchc.scoring.published_explanations import explain
from cchc.tables.reading import read_tables
from tests.scoring.published_tables import KON_RAY_2022, grid
from tests.support.examples import share_of_examples

BANDS = (("Xuất sắc", 90), ("Tốt", 80), ("Khá", 70), ("Trung bình", 50), ("Yếu", 0))
TOO_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

Unit = tuple[Decimal, Decimal, str]


@st.composite
def units(draw: st.DrawFn) -> list[Unit]:
    """Points, maximum and group; few different values, so that indexes tie."""
    maxima = st.sampled_from([Decimal(80), Decimal("92.5"), Decimal(93), Decimal(94), Decimal(100)])
    count = draw(st.integers(1, 12))
    rows: list[Unit] = []
    for _ in range(count):
        maximum = draw(maxima)
        share = draw(st.integers(0, 40))
        rows.append(((maximum * share / 40).quantize(Decimal("0.01")), maximum, draw(st.sampled_from(["Sở", "Huyện"]))))
    return rows


def oracle_index(points: Decimal, maximum: Decimal, decimals: int) -> Decimal:
    with localcontext(prec=60):
        return (points * 100 / maximum).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def oracle_class(index: Decimal) -> str:
    return next(name for name, start in BANDS if index >= start)


def written(rows: list[Unit], extra: Callable[[int], str] = lambda _: "") -> CheckedTable:
    lines = [
        f"{group} | Xã {at} | {points}/{maximum} {extra(at)}".replace(".", ",")
        for at, (points, maximum, group) in enumerate(rows)
    ]
    heading = "Nhóm | Đơn vị | Điểm thẩm định | Chỉ số | Xếp loại | Xếp hạng"
    return check_table([grid(heading, *lines)])


@given(units())
def test_index_class_and_rank_agree_with_the_oracle(rows: list[Unit]) -> None:
    checked = written(rows).rows
    indexes = [oracle_index(points, maximum, 2) for points, maximum, _ in rows]
    for at, row in enumerate(checked):
        peers = [index for index, (_, _, group) in zip(indexes, rows, strict=True) if group == rows[at][2]]
        assert row.computed.index == indexes[at]
        assert row.computed.class_name == oracle_class(indexes[at])
        assert row.computed.rank == 1 + sum(peer > indexes[at] for peer in peers)


@pytest.mark.requirement(104)
@given(units(), st.integers(0, 5), st.data())
def test_a_table_printed_by_its_own_rules_agrees_and_one_slip_is_found(
    rows: list[Unit], decimals: int, data: st.DataObject
) -> None:
    right = written(rows)

    def printed(at: int) -> str:
        own = right.rows[at].computed
        return f"| {oracle_index(*rows[at][:2], decimals):f} | {own.class_name} | {own.rank}"

    assert written(rows, printed).agrees
    slip = data.draw(st.integers(0, len(rows) - 1))

    def slipped(at: int) -> str:
        wrong = oracle_index(*rows[at][:2], decimals) + Decimal(1).scaleb(-decimals)
        return printed(at) if at != slip else f"| {wrong:f} | {printed(at).split('|', 2)[2]}"

    found = written(rows, slipped)
    assert [(at, row.disagree) for at, row in enumerate(found.rows) if row.disagree] == [(slip, ("index",))]


@given(units(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[Unit], random: object) -> None:
    numbered = list(enumerate(rows))
    random.shuffle(numbered)  # type: ignore[attr-defined]
    again = written([row for _, row in numbered]).rows
    first = written(rows).rows
    assert [row.computed for row in again] == [first[at].computed for at, _ in numbered]


NASTY = st.one_of(
    st.sampled_from(
        "0 -1 / 1/0 0/0 5/ /5 1e9 NaN inf 1.234,5 94/94 100% =1+1 @x"
        " Đơn_vị Điểm_thẩm_định Điểm_tối_đa Tổng_cộng Nơi_nhận:"
        " (1) ' \" ; , \t {x} {0} %s 999999999999999999999 ٣/٤ ½ −5 Xuất_sắc năm_2022".replace("_", "\u00a0").split(" ")
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
)


@st.composite
def mutated_tables(draw: st.DrawFn) -> list[list[str]]:
    """The real table after a few accidents: cells overwritten, rows and columns lost, doubled or moved."""
    table = [[cell.strip() for cell in line.split("|")] for line in KON_RAY_2022]
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(table) - 1))
        column = draw(st.integers(0, 7))
        match draw(
            st.sampled_from(["cell", "cell", "lose row", "double row", "lose column", "double column", "two rows"])
        ):
            case "cell":
                table[at][column : column + 1] = [draw(NASTY)]
            case "lose row":
                table = [row for number, row in enumerate(table) if number != at] or [[]]
            case "double row":
                table.insert(at, list(table[draw(st.integers(0, len(table) - 1))]))
            case "lose column":
                table = [row[:column] + row[column + 1 :] for row in table]
            case "double column":
                table = [row[: column + 1] + row[column:] for row in table]
            case "two rows":
                table.insert(at, ["", *draw(st.lists(NASTY, max_size=6))])
    return table


def survives(check: Callable[[], CheckedTable], file: str) -> None:
    """The table is checked, or refused with a sentence and its place; every message can be said in both languages."""
    try:
        table = check()
    except DomainError as error:
        expect_refusal_of(file, error)
        return
    for row in table.rows:
        assert (row.computed.index is None) is bool(row.errors)
        for message in (*row.errors, *explain(row)):
            assert say(message, "vi")
            assert say(message, "en")


def expect_refusal_of(file: str, error: DomainError) -> None:
    assert error.exit_code in (1, 2)
    for problem in error.problems:
        assert say_problem(problem, "vi").startswith(file)
        assert say_problem(problem, "en").startswith(file)


@settings(max_examples=share_of_examples(2.5), suppress_health_check=TOO_SLOW)
@given(mutated_tables(), st.sampled_from(",;\t"), st.integers(0, 400), st.binary(max_size=2))
def test_mutated_csv_is_never_a_crash(table: list[list[str]], delimiter: str, at: int, noise: bytes) -> None:
    content = "\n".join(delimiter.join(row) for row in table).encode()
    noisy = content[:at] + noise + content[at:]
    survives(lambda: check_table(read_tables(noisy, "bang.csv")), "bang.csv")


@settings(max_examples=6, suppress_health_check=TOO_SLOW)
@given(st.lists(mutated_tables(), min_size=10, max_size=10), st.sampled_from(["General", "0.00%", "0", "dd/mm/yyyy"]))
@pytest.mark.long
def test_mutated_xlsx_is_never_a_crash(tables: list[list[list[str]]], number_format: str) -> None:
    # Reading a workbook starts a process: ten tables in one.
    book = openpyxl.Workbook()
    for number, table in enumerate(tables):
        sheet = book.create_sheet(f"Bảng {number}")
        for row in table:
            sheet.append([_stored(text) for text in row])
        for cells in sheet.iter_rows(min_row=2):
            for cell in cells:
                cell.number_format = number_format
    content = BytesIO()
    book.save(content)
    for grid_read in read_tables(content.getvalue(), "bang.xlsx"):
        survives(partial(check_table, [grid_read]), "bang.xlsx")


def _stored(text: str) -> str | float:
    """Numbers are stored as numbers, as a spreadsheet program would; it has no letters for some characters."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return ILLEGAL_CHARACTERS_RE.sub("", text)
