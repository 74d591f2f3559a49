"""The workbook of a criteria set as an official meets it in a spreadsheet."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from cchc.records.errors import DomainError, Unreadable
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.loading import load, load_node
from cchc.scoring.rules import RULE_KINDS
from cchc.scoring.workbook_layout import CRITERIA, GUIDE_SHEET, INPUTS, PARTS, SET_KEYS, SET_SHEET
from cchc.scoring.workbook_reading import workbook_node
from cchc.scoring.workbook_writing import to_workbook
from cchc.scoring.writing import set_hash
from tests.tables.workbooks import read_here

pytestmark = pytest.mark.requirement(97, 126)


@pytest.fixture(scope="module")
def made() -> CriteriaSet:
    return load("qd766")


@pytest.fixture
def book(made: CriteriaSet) -> Any:
    return openpyxl.load_workbook(BytesIO(to_workbook(made)))


def read(book: Any) -> CriteriaSet:
    target = BytesIO()
    book.save(target)
    return load_node(workbook_node(read_here(target.getvalue())))


def column(page: Any, title: str) -> int:
    return next(cell.column for cell in page[1] if cell.value == title)


def choices_of(book: Any, page: Any, at: int) -> tuple[set[str], int]:
    """The words of the drop-down list on a column's first row, and the last row that has it."""
    cell = page.cell(2, at).coordinate
    (found,) = [rule for rule in page.data_validations.dataValidation if cell in rule.sqref]
    assert found.type == "list"
    name, _, area = found.formula1.lstrip("=").replace("'", "").replace("$", "").partition("!")
    cells = book[name][area]
    return {row[0].value for row in cells}, max(part.max_row for part in found.sqref.ranges)


def test_it_opens_with_the_sheet_that_explains_the_rest(book: Any, made: CriteriaSet) -> None:
    visible = [page.title for page in book.worksheets if page.sheet_state == "visible"]
    assert visible == [GUIDE_SHEET, SET_SHEET, *(part.sheet for part in PARTS)]
    guide = [row[0].value for row in book[GUIDE_SHEET].iter_rows() if row[0].value]
    assert guide[0] == made.title.vi
    assert any("cchc criteria import" in line for line in guide)
    for name in visible[1:]:
        assert any(line.startswith(f"{name}: ") for line in guide)


def test_codes_are_locked_and_the_rest_is_open(book: Any) -> None:
    for part in PARTS:
        page = book[part.sheet]
        locks = [each for each in part.columns if each.is_locked]
        assert page.protection.sheet is bool(locks)
        assert not page.protection.password
        for each in part.columns if page.max_row > 1 else ():
            assert page.cell(2, column(page, each.title)).protection.locked is each.is_locked
    criteria = book[CRITERIA.sheet]
    assert criteria.cell(2, column(criteria, "Mã")).protection.locked
    assert not criteria.cell(2, column(criteria, "Điểm tối đa")).protection.locked
    keys = book[SET_SHEET]
    assert keys.protection.sheet
    assert [keys.cell(2, at).protection.locked for at in (1, 2, 3)] == [True, False, True]


def test_allowed_words_are_drop_down_lists_also_below_the_last_row(book: Any, made: CriteriaSet) -> None:
    page = book[CRITERIA.sheet]
    words, last = choices_of(book, page, column(page, "Cách tính"))
    assert words == set(RULE_KINDS)
    assert last >= 1 + sum(1 for _ in made.nodes()) + 20
    assert choices_of(book, page, column(page, "Khi không áp dụng"))[0] == {"exclude", "full", "zero", "never"}
    assert choices_of(book, page, column(page, "Điểm thực tế"))[0] == {"replace", "add"}
    assert "count" in choices_of(book, book[INPUTS.sheet], column(book[INPUTS.sheet], "Loại"))[0]


def test_headings_carry_notes_and_stay_in_sight(book: Any) -> None:
    for part in PARTS:
        page = book[part.sheet]
        for each in part.columns:
            comment = page.cell(1, column(page, each.title)).comment
            assert (comment.text if comment else "") == each.note
    assert book[CRITERIA.sheet].freeze_panes == "B2"


def test_every_cell_is_text_and_nothing_is_a_formula(book: Any) -> None:
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n")
                assert cell.value is None or isinstance(cell.value, str)
    page = book[CRITERIA.sheet]
    assert page.cell(2, column(page, "Mã")).number_format == "@"


def test_each_key_of_the_set_is_explained(book: Any) -> None:
    rows = {row[0].value: row[2].value for row in book[SET_SHEET].iter_rows(min_row=2)}
    assert set(rows) == {key.path for key in SET_KEYS}
    assert all(rows.values())


def test_saved_by_another_program_it_reads_back(book: Any, made: CriteriaSet) -> None:
    assert set_hash(read(book)) == set_hash(made)


def test_what_an_official_edits_arrives(book: Any, made: CriteriaSet) -> None:
    page = book[CRITERIA.sheet]
    row = next(row for row in page.iter_rows(min_row=2) if row[column(page, "Cách tính") - 1].value)
    row[column(page, "Tên") - 1].value = "  Tên mới  "
    code = row[0].value
    assert read(book).by_code[code].title.vi == "Tên mới"
    assert set_hash(read(book)) != set_hash(made)


def test_rows_typed_as_numbers_and_empty_rows_do_no_harm(book: Any, made: CriteriaSet) -> None:
    page = book[CRITERIA.sheet]
    at = column(page, "Điểm tối đa")
    for row in page.iter_rows(min_row=2):
        value = row[at - 1].value
        if value and value.isdigit():
            row[at - 1].value = int(value)
            row[at - 1].number_format = "General"
    page.insert_rows(4)
    assert set_hash(read(book)) == set_hash(made)


@pytest.mark.crossing
@pytest.mark.parametrize(
    ("sheet", "title", "text", "code"),
    [
        ("Tiêu chí", "Điểm tối đa", "nhiều", "records.not_a_number"),
        ("Tiêu chí", "Thuộc", "không có", "scoring.unknown_parent"),
        ("Chỉ tiêu", "Mã tiêu chí", "không có", "scoring.unknown_owner"),
        ("Chỉ tiêu", "Loại", "số", "records.not_one_of"),
        ("Chỉ tiêu", "Tên dùng trong biểu thức", "số lượng", "scoring.bad_input_name"),
        ("Mức và lựa chọn", "Thuộc phần", "bậc", "scoring.unknown_list"),
        ("Xếp loại", "Từ", "-1", "scoring.negative"),
    ],
)
def test_a_wrong_cell_is_named_by_sheet_row_and_column(book: Any, sheet: str, title: str, text: str, code: str) -> None:
    page = book[sheet]
    page.cell(2, column(page, title)).value = text
    with pytest.raises(DomainError) as caught:
        read(book)
    assert code in [problem.code for problem in caught.value.problems]
    found = next(problem for problem in caught.value.problems if problem.code == code)
    assert found.place is not None
    assert (found.place.file, found.place.sheet, found.place.row) == ("bang.xlsx", sheet, 2)


@pytest.mark.parametrize("sheet", [SET_SHEET, CRITERIA.sheet])
def test_a_missing_sheet_is_named(book: Any, sheet: str) -> None:
    del book[sheet]
    with pytest.raises(Unreadable) as caught:
        read(book)
    assert caught.value.code == "scoring.sheet_missing"
    assert caught.value.problems[0].message.params["name"] == sheet


def test_a_column_the_sheet_does_not_know_is_refused_not_ignored(book: Any) -> None:
    page = book[CRITERIA.sheet]
    page.cell(1, page.max_column + 1).value = "Ghi chú riêng"
    with pytest.raises(DomainError) as caught:
        read(book)
    assert caught.value.code == "scoring.unknown_column"


def test_a_code_in_two_rows_is_refused(book: Any) -> None:
    page = book[CRITERIA.sheet]
    page.append([cell.value for cell in page[3]])
    with pytest.raises(DomainError) as caught:
        read(book)
    assert "scoring.duplicate_code" in [problem.code for problem in caught.value.problems]


def test_a_value_without_a_key_is_refused_not_guessed(book: Any) -> None:
    page = book[SET_SHEET]
    page.cell(2, column(page, "Khóa")).value = None
    with pytest.raises(DomainError) as refused:
        read(book)
    assert refused.value.code == "scoring.unknown_set_key"
    assert refused.value.problems[0].place.row == 2


def test_letters_nobody_sees_are_refused_as_in_yaml(book: Any) -> None:
    page = book[CRITERIA.sheet]
    page.cell(2, column(page, "Tên")).value = "Công khai\u200b"
    with pytest.raises(DomainError) as refused:
        read(book)
    assert refused.value.code == "records.control_character"
