"""The delay course of every dossier is to be had by people, however many there are."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from cchc.ledger.report import writing
from cchc.ledger.report.writing import write_courses
from cchc.ledger.running import run_log
from cchc.records.errors import DomainError, Unreadable
from tests.ledger.logs import AS_OF, OFFICE
from tests.ledger.pages import Page
from tests.ledger.test_report import LIMITED, reported

pytestmark = pytest.mark.requirement(71, 72)


def sheet(path: Path, title: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    return list(book[title].iter_rows(values_only=True))


def in_column(rows: list[tuple[Any, ...]], heading: str) -> list[Any]:
    at = [row[0] for row in rows].index(heading)
    return [row[0] for row in rows[at + 1 :]]


@pytest.mark.long
def test_all_late_dossiers_in_files_of_so_many_the_latest_first(tmp_path, monkeypatch):
    written = reported(tmp_path)
    monkeypatch.setattr(writing, "COURSES_A_FILE", 2)
    by_lateness = written.dossiers.filter("late").sort("late_minutes", "dossier", descending=[True, False])
    late = by_lateness["dossier"].to_list()
    assert len(late) > 2
    files = write_courses(tmp_path / "out", (), "vi")
    assert [path.name for path in files[:4]] == ["courses-1.html", "courses-1.xlsx", "courses-2.html", "courses-2.xlsx"]
    told = [code for path in files[1::2] for code in in_column(sheet(path, "Hồ sơ quá hạn"), "Mã hồ sơ")]
    assert told == late
    spells = written.spells.filter(pl.col("dossier").is_in(late))
    told_spells = [code for path in files[1::2] for code in in_column(sheet(path, "Quá trình chậm"), "Mã hồ sơ")]
    assert sorted(told_spells) == sorted(spells["dossier"])
    pages = [Page(path.read_bytes()) for path in files[::2]]
    assert [row[0] for page in pages for row in page.rows("late")] == late


def test_those_named_late_or_not_in_the_order_named(tmp_path):
    written = reported(tmp_path)
    timely = written.dossiers.filter(~pl.col("late"))["dossier"][0]
    late = written.dossiers.filter("late")["dossier"][0]
    page, book = write_courses(tmp_path / "out", (timely, late, timely), "vi")
    assert (page.name, book.name) == ("courses.html", "courses.xlsx")
    assert [row[0] for row in Page(page.read_bytes()).rows("late")] == [timely, late]
    assert "không quá hạn" in page.read_text("utf-8")


@pytest.mark.long
def test_what_does_not_exist_is_named_and_nothing_is_written(tmp_path):
    reported(tmp_path)
    before = sorted(entry.name for entry in (tmp_path / "out").iterdir())
    with pytest.raises(DomainError) as refused:
        write_courses(tmp_path / "out", ("A", "không có", "a"), "vi")
    assert [(one.code, one.message.params["dossier"]) for one in refused.value.problems] == [
        ("ledger.dossier_not_found", "không có"), ("ledger.dossier_not_found", "a"),
    ]  # fmt: skip
    assert sorted(entry.name for entry in (tmp_path / "out").iterdir()) == before
    with pytest.raises(Unreadable) as unread:
        write_courses(tmp_path, (), "vi")
    assert unread.value.code == "ledger.not_a_run"


@pytest.mark.long
def test_another_run_into_the_folder_leaves_no_old_courses(tmp_path):
    reported(tmp_path)
    write_courses(tmp_path / "out", (), "vi")
    log = next(path for path in tmp_path.iterdir() if path.is_file())
    run_log(log, LIMITED, OFFICE, tmp_path / "out", as_of=AS_OF, language="en", with_report=True)
    assert list((tmp_path / "out").glob("courses*")) == []
