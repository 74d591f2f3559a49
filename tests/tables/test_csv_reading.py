"""CSV as offices produce it: delimiters, encodings, quotes, and what is refused."""

from __future__ import annotations

import csv
import unicodedata
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.records.errors import Unreadable
from cchc.tables.csv_reading import delimiter_of
from cchc.tables.limits import Limits
from cchc.tables.reading import read_path, read_tables

HEADING = "Đơn vị{0}Điểm thẩm định{0}Điểm tối đa\n"


def texts(content: str | bytes) -> list[list[str]]:
    (grid,) = read_tables(content.encode() if isinstance(content, str) else content, "bang.csv")
    return [[cell.text for cell in row.cells] for row in grid.rows]


def code_of(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        read_tables(content, "bang.csv", limits or Limits())
    return caught.value.code


@pytest.mark.requirement(103)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_decimal_commas_under_every_delimiter(delimiter: str) -> None:
    number = '"83,5"' if delimiter == "," else "83,5"
    content = HEADING.format(delimiter) + delimiter.join(["Đăk Ruồng", number, "93"]) + "\n"
    assert texts(content)[1] == ["Đăk Ruồng", "83,5", "93"]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1;2\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ("Đơn vị;Điểm\nĐăk Ruồng;83,5\nĐăk Pnê;84,71\n", ";"),
        ("Kết quả, năm 2022, tỉnh Kon Tum\nĐơn vị;Điểm\nĐăk Ruồng;83,5\n", ";"),
        ("Phụ lục, kèm theo\nQuyết định, ngày\nĐơn vị;Điểm\nA;83,5\nB;84,5\n", ";"),
        ("Tên, đơn vị;Điểm\nA;83,5\n", ";"),
        ("Bảng; phụ lục\nunit,criterion,input,value\nA,1.1,done,3\nB,1.1,ticked,a;b\n", ","),
        ('unit,value\n"A;B",1\n"C;D",2\n', ","),
        ("1,2,3\n4,5,6\n", ","),
        ("1;2\n3;4\n", ";"),
        ("one column\nonly\n", ","),
        ("", ","),
    ],
)
def test_delimiter(text: str, delimiter: str) -> None:
    assert delimiter_of(text) == delimiter


@given(
    rows=st.lists(st.lists(st.text("aă,;\t \"'\n8.", max_size=6), min_size=3, max_size=3), min_size=3, max_size=8),
    delimiter=st.sampled_from(",;\t"),
)
def test_fully_quoted_tables_are_always_understood(rows: list[list[str]], delimiter: str) -> None:
    target = StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["đơn vị", "điểm", "loại"], *rows])
    assert delimiter_of(target.getvalue()) == delimiter


def test_a_line_that_tells_the_delimiter_is_believed_and_not_counted() -> None:
    (grid,) = read_tables(b"sep=;\r\na;b,c\r\n", "x.csv")
    assert [(row.number, [cell.text for cell in row.cells]) for row in grid.rows] == [(1, ["a", "b,c"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_encodings_and_forms_of_vietnamese(encoding: str, form: str) -> None:
    text = unicodedata.normalize(form, "Đơn vị\tXếp loại\nĐăk Tờ Re\tXuất sắc\n")
    content = (
        ("\ufeff" + text).encode(encoding.removesuffix("-bom")) if encoding.endswith("-bom") else text.encode(encoding)
    )
    assert texts(content) == [["Đơn vị", "Xếp loại"], ["Đăk Tờ Re", "Xuất sắc"]]


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    (grid,) = read_tables('a,b\n\n"hai\ndòng",1\n,,\nx,2\n'.encode(), "x.csv")
    assert [(row.number, row.cells[0].text) for row in grid.rows] == [(1, "a"), (3, "hai\ndòng"), (5, "x")]
    assert str(grid.place(grid.rows[1], 1)) == "x.csv:3:B"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end(end: str) -> None:
    assert texts(f"a,b{end}1,2{end}") == [["a", "b"], ["1", "2"]]


def test_quotes_inside_cells() -> None:
    assert texts('a,b\n"nói ""có""",c\n5" ống,d\n') == [["a", "b"], ['nói "có"', "c"], ['5" ống', "d"]]


def test_only_a_guard_is_taken_from_text() -> None:
    assert texts("a,b\n'=1+1,'tis\n-5,'-1+1\n") == [["a", "b"], ["=1+1", "'tis"], ["-5", "-1+1"]]


TCVN3 = b"\xa7\xacn v\xde,\xa7i\xd3m th\xc8m \xae\xdenh,X\xd5p lo\xb9i\n"
VNI = "Ñôn vò,Ñieåm thaåm ñònh,Xeáp loaïi\n"
WINDOWS = b"\xd0\xf5n v\xf2i,\xd0i\xea\xd2m th\xe2\xd2m \xf0i\xf2nh,X\xea\xecp loa\xf2i\n"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (TCVN3, "TCVN3"),
        (VNI.encode("latin-1"), "VNI"),
        (WINDOWS, "Windows-1258"),
        (TCVN3.decode("latin-1").encode(), "TCVN3"),  # old fonts, saved as Unicode
        (VNI.encode(), "VNI"),
    ],
)
def test_old_encodings_are_named(content: bytes, name: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_tables(content, "x.csv")
    assert caught.value.code == "tables.legacy_encoding"
    assert caught.value.problems[0].message.params["encoding"] == name


@pytest.mark.parametrize(
    "text",
    [
        "Hoà,Khoá,Toà,Quá\n",  # tone marks in the old places are Unicode all the same
        "«Chỉ số» § 1,© 2022 ®,½ điểm,± 1\n",
        "Señor,Köln,Ångström,naïve,façade\n",
        "unit,self,appraised\nA,83.5,84\n",
    ],
)
def test_unicode_is_never_taken_for_an_old_encoding(text: str) -> None:
    assert texts(text)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "tables.empty_file"),
        (b" \n\n", "tables.empty_file"),
        (b"\xef\xbb\xbf", "tables.empty_file"),
        (b"a,b\n\x00,c\n", "tables.control_character"),
        (b"a,b\n\x1b,c\n", "tables.control_character"),
        ("a,b".encode("utf-16-le"), "tables.control_character"),
        (b"a,\xff\xfeb\n", "tables.not_unicode"),
        (b"\xff\xfea", "tables.not_unicode"),
        (b'a,"b\nc,d\n', "tables.csv_quotes"),
        (b'a,"b"c\n', "tables.csv_quotes"),
        (b"%PDF-1.7\n", "tables.not_a_table"),
        (b"\n<html><table></table></html>", "tables.not_a_table"),
        (b"\x89PNG\r\n", "tables.not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "tables.old_workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le"),
            "tables.encrypted_workbook",
        ),
    ],
)
def test_refusals(content: bytes, code: str) -> None:
    assert code_of(content) == code


@pytest.mark.parametrize(
    ("content", "limits", "code"),
    [
        (b"a,b\n", Limits(file_bytes=3), "tables.file_too_large"),
        (b"a,b\n", Limits(columns=1), "tables.too_many_columns"),
        (b"a\nb\n", Limits(rows=1), "tables.too_many_rows"),
        (b"a,b\nc,d\n", Limits(cells=3), "tables.too_many_cells"),
        (b"abc\n", Limits(cell_characters=2), "tables.cell_too_long"),
        (b"ab\ncd\n", Limits(characters=3), "tables.too_many_characters"),
        (b"abcdef\n", Limits(line_characters=6), "tables.line_too_long"),
    ],
)
def test_limits(content: bytes, limits: Limits, code: str) -> None:
    assert code_of(content, limits) == code


def test_limits_are_inclusive() -> None:
    limits = Limits(file_bytes=8, columns=2, rows=2, cells=4, cell_characters=1, characters=4, line_characters=4)
    assert read_tables(b"a,b\nc,d\n", "x.csv", limits)


def test_empty_cells_and_rows_do_not_count() -> None:
    assert read_tables(b"a,,,,\n,,,,\n,,,,\n", "x.csv", Limits(columns=1, rows=1, cells=1))[0].rows[0].number == 1


def test_a_million_empty_cells_in_one_line_are_refused_before_they_are_made() -> None:
    assert code_of(b"," * 10_000_000) == "tables.line_too_long"


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    for path, code in [(tmp_path / "none.csv", "tables.missing_file"), (tmp_path, "tables.file_not_opened")]:
        with pytest.raises(Unreadable) as caught:
            read_path(path)
        assert caught.value.code == code
        assert caught.value.exit_code == 2
    (tmp_path / "a.csv").write_text("a,b\n", encoding="utf-8")
    assert read_path(tmp_path / "a.csv")[0].file.endswith("a.csv")


def test_quotes_that_fit_outweigh_rows_that_look_alike() -> None:
    text = '"đơn vị","điểm","loại"\r\n"","",""\r\n"","\t\n","\t8"\r\n"","\t\n","\t"\r\n'
    assert delimiter_of(text) == ","


def test_lines_within_a_cell_do_not_outvote_the_rows():
    cell = "\n".join(f"bước {number}, rồi bước sau" for number in range(4))
    assert delimiter_of(f'a;b;c;d\n1;2;3;"{cell}"\n') == ";"
    assert delimiter_of(f'a,b,c,d\n1,2,3,"{cell.replace(",", ";")}"\n') == ","
