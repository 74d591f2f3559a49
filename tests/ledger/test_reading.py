"""Readers: CSV as offices write it, workbooks, Parquet; the same log in every format gives the same rows."""
# ruff: noqa: DTZ001 - moments in files have no time zone

from __future__ import annotations

import gzip
import io
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import quoteattr

import polars as pl
import pytest

from cchc.ledger.columns import ROW, TORN
from cchc.ledger.reading import open_log
from cchc.records.errors import DomainError, Unreadable
from cchc.records.words import say_problem
from cchc.tables.writing import Column, SheetToWrite, write_xlsx

HEADS = ("Mã", "Bước", "Lúc")
ROWS = [("H1", "Nhận", "02/03/2026 08:00"), ("H1", "Ký", "02/03/2026 09:00"), ("H2", "Nhận", None)]


def rows_in(path: Path, *wanted: str) -> list[tuple[object, ...]]:
    frames = list(open_log(path, path.parent).batches(wanted or None))
    whole = pl.concat(frames)
    assert whole.schema[ROW] == pl.Int64 and whole.schema[TORN] == pl.Boolean
    return whole.rows()


def file(folder: Path, content: str | bytes, name: str = "log") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(path: Path, *wanted: str) -> DomainError:
    with pytest.raises(DomainError) as error:
        rows_in(path, *wanted)
    for problem in error.value.problems:
        assert say_problem(problem, "vi") and say_problem(problem, "en")
    return error.value


def csv_text(delimiter: str = ",", end: str = "\n") -> str:
    lines = [HEADS, *ROWS]
    return "".join(delimiter.join(cell or "" for cell in line) + end for line in lines)


EXPECTED = [(number, False, *row) for number, row in enumerate(ROWS, 1)]


class TestCsv:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_delimiters_line_ends_and_encodings(self, tmp_path, delimiter, end, encoding):
        path = file(tmp_path, csv_text(delimiter, end).encode(encoding))
        assert rows_in(path, *HEADS) == EXPECTED

    def test_the_delimiter_may_be_told(self, tmp_path):
        assert rows_in(file(tmp_path, "sep=;\r\na,b;c\r\n1;2\r\n"), "c", "a,b") == [(1, False, "2", "1")]

    def test_title_lines_stand_above_the_heading(self, tmp_path):
        text = 'NHẬT KÝ;;\n"Từ ngày 1\nđến ngày 2";;\n\n' + csv_text(";")
        assert rows_in(file(tmp_path, text), *HEADS) == EXPECTED

    def test_columns_come_in_the_order_asked_for_and_others_are_left_out(self, tmp_path):
        assert rows_in(file(tmp_path, csv_text()), "Lúc", "Mã")[0] == (1, False, "02/03/2026 08:00", "H1")

    def test_headings_with_breaks_and_decomposed_letters(self, tmp_path):
        text = '"Nga\u0300y\nhẹn trả",b\nx,y\n'
        assert rows_in(file(tmp_path, text), "Ngày hẹn trả") == [(1, False, "x")]

    def test_quotes(self, tmp_path):
        text = 'a,b\n"x, ""y""\nz",2\n3,\n'
        assert rows_in(file(tmp_path, text), "a", "b") == [(1, False, 'x, "y"\nz', "2"), (2, False, "3", None)]

    def test_empty_lines_are_no_rows_but_are_counted(self, tmp_path):
        assert rows_in(file(tmp_path, "a,b\n1,2\n\n,\n5,6\n"), "a") == [(1, False, "1"), (4, False, "5")]

    def test_short_rows_end_in_nothing_and_long_ones_are_torn(self, tmp_path):
        text = "a,b,c\n1\n1,2,3,\n1,2,3,4\n1,2,3,4,5\n"
        assert rows_in(file(tmp_path, text), "a", "c") == [
            (1, False, "1", None), (2, False, "1", "3"), (3, True, "1", "3"), (4, True, "1", "3"),
        ]  # fmt: skip

    def test_a_heading_alone_has_no_rows(self, tmp_path):
        for text in ("a,b\n", "a,b"):
            assert (
                list(open_log(file(tmp_path, text), tmp_path).batches(["a"])) == []
                or rows_in(file(tmp_path, text), "a") == []
            )

    def test_all_columns_when_none_is_asked_for(self, tmp_path):
        frames = list(open_log(file(tmp_path, "a,,b\n1,2,3\n"), tmp_path).batches())
        assert frames[0].columns == [ROW, TORN, "a", "b"]

    def test_a_long_file_comes_in_parts(self, tmp_path):
        path = file(tmp_path, "a,b\n" + "".join(f"{n},x\n" for n in range(250_000)))
        frames = list(open_log(path, tmp_path).batches(["a"]))
        assert len(frames) > 1
        whole = pl.concat(frames)
        assert whole[ROW].to_list() == list(range(1, 250_001))
        assert whole["a"].to_list() == [str(n) for n in range(250_000)]

    @pytest.mark.parametrize(
        ("content", "code", "line"),
        [
            ('a,b\n1,2\n3,"4"x\n', "tables.csv_quotes", 3),
            ('a,b\n1,2\n3,"4\n5,6\n', "tables.csv_quotes", 4),
            (b"a,b\n1,\xc3\xa9\n2,\xe9\n", "tables.not_unicode", 3),
            (b"a,b\n" + b"1,\xc3\xa9\n" * 80_000 + b"\xff\n", "tables.not_unicode", 80_002),
            ("a,b\n1,2\n".encode("utf-16")[:-1], "tables.not_unicode", None),
            (b"a,b\n\xa7\xaen v\xde, Th\xc8m \xae\xde\xadnh \xa7i\xd3m\n", "tables.legacy_encoding", None),
        ],
    )
    def test_damage_is_placed(self, tmp_path, content, code, line):
        error = refused(file(tmp_path, content), "a")
        assert isinstance(error, Unreadable) and error.code == code
        assert line is None or error.problems[0].place.line == line

    def test_old_fonts_saved_as_unicode_are_told(self, tmp_path):
        text = "Ñôn vò,Ñieåm\nÑaêk Ruoàng,Thaåm ñònh hoà sô\nPhoøng,Xöû lyù vaø kyù duyeät\n"
        assert refused(file(tmp_path, text), "x").code == "tables.legacy_encoding"


class TestColumns:
    def test_missing_ones_are_named_with_what_is_near(self, tmp_path):
        error = refused(file(tmp_path, csv_text()), "Mã", "Bươc", "Lúc")
        assert isinstance(error, Unreadable) and error.code == "ledger.column_missing"
        assert error.problems[0].message.params == {"names": ["Bươc"], "columns": ["Bước"]}

    def test_without_anything_near_all_are_named(self, tmp_path):
        assert refused(file(tmp_path, csv_text()), "zzz").problems[0].message.params["columns"] == sorted(HEADS)

    def test_a_wanted_column_must_not_stand_twice(self, tmp_path):
        path = file(tmp_path, "a,b,a\n1,2,3\n")
        assert refused(path, "a").code == "tables.heading_twice"
        assert rows_in(path, "b") == [(1, False, "2")]


class TestKinds:
    def test_the_content_decides_not_the_name(self, tmp_path):
        assert rows_in(file(tmp_path, csv_text(), "log.xlsx"), *HEADS) == EXPECTED

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "tables.empty_file"),
            (b" \n\n ", "tables.empty_file"),
            (b",,\n,,\n", "tables.empty_file"),
            (gzip.compress(b"a,b\n1,2\n", mtime=0), "ledger.unknown_log"),
            (b"\x1f\x8bnonsense", "ledger.unknown_log"),
            (b"PK\x03\x04nonsense", "tables.damaged_workbook"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "tables.old_workbook"),
            (b"PAR1 nonsense PAR1", "ledger.parquet_damaged"),
            (b"<html><body/></html>", "ledger.xes_other_root"),
        ],
    )
    def test_what_is_no_log_is_unreadable(self, tmp_path, content, code):
        error = refused(file(tmp_path, content), "a")
        assert isinstance(error, Unreadable) and error.code == code

    def test_a_file_that_is_not_there(self, tmp_path):
        assert refused(tmp_path / "none").code == "tables.missing_file"
        assert refused(tmp_path).code == "tables.file_not_opened"


class TestXlsx:
    def workbook(self, tmp_path: Path, *sheets: SheetToWrite) -> Path:
        return file(tmp_path, write_xlsx(list(sheets)), "log.xlsx")

    def test_moments_numbers_and_empty_rows(self, tmp_path):
        columns = (Column("Mã"), Column("Lúc", kind="date"), Column("Số", kind="number"))
        rows = [
            ("H1", datetime(2026, 3, 2, 8, 30, 15), 46083), ("", None, None), ("H2", date(2026, 3, 2), None),
        ]  # fmt: skip
        path = self.workbook(tmp_path, SheetToWrite("A", columns, rows, ("Nhật ký",)))
        assert rows_in(path, "Mã", "Lúc", "Số") == [
            (1, False, "H1", "2026-03-02 08:30:15", "46083"), (3, False, "H2", "2026-03-02", None),
        ]  # fmt: skip

    def test_the_sheet_that_names_the_columns_is_read(self, tmp_path):
        other = SheetToWrite("Khác", (Column("x"), Column("y")), [("1", "2")])
        log = SheetToWrite("Nhật ký", (Column("a"), Column("b")), [("1", "2")])
        assert rows_in(self.workbook(tmp_path, other, log), "a", "b") == [(1, False, "1", "2")]

    def test_missing_columns_name_the_sheet(self, tmp_path):
        path = self.workbook(tmp_path, SheetToWrite("Nhật ký", (Column("a"),), [("1",)]))
        error = refused(path, "a", "b")
        assert error.code == "ledger.column_missing" and error.problems[0].place.sheet == "Nhật ký"

    def test_an_empty_workbook(self, tmp_path):
        assert refused(self.workbook(tmp_path, SheetToWrite("A", (Column(""),))), "a").code == "tables.empty_file"


class TestParquet:
    def test_types_are_kept_or_become_texts(self, tmp_path):
        frame = pl.DataFrame(
            {
                "t": [datetime(2026, 3, 2, 8)],
                "d": [date(2026, 3, 2)],
                "n": [7],
                "c": pl.Series(["x"], dtype=pl.Categorical),
            }
        )
        frame.write_parquet(tmp_path / "log")
        assert rows_in(tmp_path / "log", "t", "d", "n", "c") == [
            (1, False, datetime(2026, 3, 2, 8), date(2026, 3, 2), "7", "x")
        ]

    @pytest.mark.long
    def test_lists_are_no_values(self, tmp_path):
        pl.DataFrame({"a": ["x"], "l": [[1]]}).write_parquet(tmp_path / "log")
        assert refused(tmp_path / "log", "a", "l").code == "ledger.column_not_plain"
        assert rows_in(tmp_path / "log", "a") == [(1, False, "x")]
        assert rows_in(tmp_path / "log") == [(1, False, "x")]

    def test_a_file_cut_off(self, tmp_path):
        pl.DataFrame({"a": ["x"] * 1000}).write_parquet(tmp_path / "whole")
        content = (tmp_path / "whole").read_bytes()
        assert refused(file(tmp_path, content[: len(content) // 2]), "a").code == "ledger.parquet_damaged"


# A small log in the style of process-mining textbooks, written for these tests.
EXAMPLE = [
    ("1", "register", "2026-03-02T08:02:11+07:00", "Pete", "50"),
    ("1", "examine", "2026-03-02T09:06:00.250+07:00", "Sue", "400"),
    ("2", "register", "2026-03-02T10:32:00+07:00", "Mike", None),
    ("1", "decide", "2026-03-03T11:18:00+07:00", "Sara", "200"),
    ("2", "check ticket", "2026-03-03T12:12:00+07:00", None, "100"),
]
NAMES = ("case:concept:name", "concept:name", "time:timestamp", "org:resource", "Costs")


def xes_of(events: list[tuple[str | None, ...]]) -> str:
    """The log as XES: events of a case in one trace, in the order of the file."""
    traces = []
    for case in dict.fromkeys(event[0] for event in events):
        inside = "".join(
            "<event>"
            + "".join(
                f"<string key={quoteattr(n)} value={quoteattr(v)}/>" for n, v in zip(NAMES[1:], e[1:], strict=True) if v
            )
            + "</event>"
            for e in events
            if e[0] == case
        )
        traces.append(f'<trace><string key="concept:name" value={quoteattr(str(case))}/>{inside}</trace>')
    return f'<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/">{"".join(traces)}</log>'


def by_case(events: list[tuple[str | None, ...]]) -> list[tuple[str | None, ...]]:
    cases = list(dict.fromkeys(event[0] for event in events))
    return sorted(events, key=lambda event: cases.index(event[0]))


@pytest.mark.requirement(73)
def test_the_same_log_in_every_format_has_the_same_rows(tmp_path):
    events = by_case(EXAMPLE)
    frame = pl.DataFrame(events, schema=dict.fromkeys(NAMES, pl.String), orient="row")
    target = io.BytesIO()
    frame.write_parquet(target)
    sheet = SheetToWrite("log", tuple(Column(name) for name in NAMES), [[cell or "" for cell in e] for e in events])
    xes = xes_of(EXAMPLE).encode()
    logs = {
        "csv": frame.write_csv().encode(),
        "xlsx": write_xlsx([sheet]),
        "parquet": target.getvalue(),
        "xes": xes,
        "xes.gz": gzip.compress(xes, mtime=0),
    }
    expected = [(number, False, *event) for number, event in enumerate(events, 1)]
    for kind, content in logs.items():
        assert rows_in(file(tmp_path, content, f"log.{kind}"), *NAMES) == expected, kind
