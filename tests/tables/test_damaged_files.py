"""Files with bytes changed, cut, swapped: read or refused with a code that has words, never a traceback."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc.records.errors import DomainError
from cchc.records.words import say_next_step, say_problem
from cchc.tables.child import answers, as_line
from cchc.tables.limits import DEFAULT_LIMITS
from cchc.tables.reading import read_tables
from cchc.tables.writing import Column, SheetToWrite, write_csv, write_xlsx
from cchc.tables.xlsx_reading import grids_from
from tests.support.examples import share_of_examples
from tests.tables.workbooks import read_here

HEADER = ["Đơn vị", "Điểm thẩm định", "Xếp loại"]
ROWS = [["Đăk Ruồng", 83, "Tốt"], ["Đăk Pnê", 84, "=1+1"], ['"Tờ, Re"', -1, "Khá\nlắm"]]
CSV = write_csv(HEADER, ROWS)
XLSX = write_xlsx([SheetToWrite("Bảng", tuple(map(Column, HEADER)), ROWS)])


def of_the_usual_library() -> bytes:
    book = openpyxl.Workbook()
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


SHARED_STRINGS = of_the_usual_library()
# A change: where (as a share of the length), how many bytes go, what comes in their place.
CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1), st.integers(0, 40), st.binary(max_size=8) | st.sampled_from([b"<", b"\x00", b'"', b"&x;"])
    ),
    min_size=1,
    max_size=4,
)
with zipfile.ZipFile(BytesIO(SHARED_STRINGS)) as ARCHIVE:
    PARTS = sorted(ARCHIVE.namelist())


def changed(content: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for share, length, new in changes:
        at = round(share * len(content))
        content = content[:at] + new + content[at + length :]
    return content


def with_changed_part(name: str, changes: list[tuple[float, int, bytes]]) -> bytes:
    """The workbook with one part damaged inside, the archive around it sound."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(SHARED_STRINGS)) as source, zipfile.ZipFile(target, "w") as archive:
        for part in source.namelist():
            content = source.read(part)
            archive.writestr(part, changed(content, changes) if part == name else content)
    return target.getvalue()


def assert_read_or_refused(content: bytes, *, here: bool) -> None:
    try:
        grids = read_here(content) if here else read_tables(content, "bang.xlsx")
    except DomainError as error:
        for problem in error.problems:
            assert problem.place
            assert problem.place.file == "bang.xlsx"
            assert say_problem(problem, "vi")
            assert say_next_step(problem.message, "vi")
            assert say_next_step(problem.message, "en")
    else:
        assert all(row.number >= 1 for grid in grids for row in grid.rows)


@settings(max_examples=share_of_examples(4))
@given(changes=CHANGES)
def test_damaged_csv(changes: list[tuple[float, int, bytes]]) -> None:
    assert_read_or_refused(changed(CSV, changes), here=False)


@settings(max_examples=share_of_examples(2))
@given(content=st.binary(max_size=200))
def test_any_bytes_that_are_no_workbook(content: bytes) -> None:
    assert_read_or_refused(content.removeprefix(b"PK"), here=False)


@settings(max_examples=share_of_examples(1.5))
@given(changes=CHANGES, content=st.sampled_from([XLSX, SHARED_STRINGS]))
def test_damaged_archives(changes: list[tuple[float, int, bytes]], content: bytes) -> None:
    assert_read_or_refused(changed(content, changes), here=True)


@settings(max_examples=share_of_examples(3))
@given(name=st.sampled_from(PARTS), changes=CHANGES)
def test_damaged_parts(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    assert_read_or_refused(with_changed_part(name, changes), here=True)


@settings(max_examples=8)
@given(changes=CHANGES)
@pytest.mark.long
def test_damaged_archives_through_the_child(changes: list[tuple[float, int, bytes]]) -> None:
    assert_read_or_refused(b"PK\x03\x04" + changed(XLSX, changes)[4:], here=False)


@pytest.mark.parametrize("missing", [1, 5, 8, 9, 40, 10**6])
def test_an_answer_cut_off_is_no_answer(missing: int) -> None:
    lines = b"".join(as_line(answer) for answer in answers(BytesIO(XLSX), DEFAULT_LIMITS))
    assert lines.endswith(b'["end"]\n')
    with pytest.raises(DomainError) as caught:
        grids_from(BytesIO(lines[:-missing]), "bang.xlsx")
    assert caught.value.code == "tables.too_complex"
