"""Damaged sets, sheets and tables: never a traceback, always a place, words in both languages, a next step."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.records.errors import DomainError, Problem
from cchc.records.words import say, say_next_step
from cchc.records.yaml_text import read_yaml
from cchc.scoring import evaluate
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.loading import load, load_bytes, load_node
from cchc.scoring.published import check_table
from cchc.scoring.result_documents import results_document
from cchc.scoring.sheet_reading import sheet_of_bytes, sheet_of_grids
from cchc.scoring.wording import rule_in_words
from cchc.scoring.workbook_reading import workbook_node
from cchc.scoring.workbook_writing import to_workbook
from cchc.scoring.writing import set_hash, to_yaml
from cchc.tables.grid import Grid
from cchc.tables.layout import Column, SheetToWrite
from cchc.tables.reading import read_tables
from cchc.tables.xlsx_writing import write_xlsx
from tests.scoring import damage, strategies
from tests.scoring.sets import loaded, sheet_of_rows
from tests.scoring.spec_reading import plain
from tests.support.examples import share_of_examples
from tests.tables.workbooks import read_here

SMALL = ("tt01-2018", "qd766")
SETS = (*SMALL, *SMALL, "sample-commune-2026")  # the long one less often
PRINTED = Path(str(resources.files("cchc.demo"))) / "data" / "kon-ray-2022.csv"


def examples(of_a_thousand: int) -> settings:
    """That many of the thousand examples that these tests take together."""
    return settings(max_examples=share_of_examples(of_a_thousand / 100), suppress_health_check=[HealthCheck.too_slow])


def must_be_said(problem: Problem, file: str) -> None:
    """The code has words and a next step in both languages, and the problem stands somewhere in the file."""
    for language in ("vi", "en"):
        assert say(problem.message, language)  # type: ignore[arg-type]
        assert say_next_step(problem.message, language), problem.code  # type: ignore[arg-type]
    if problem.code == "scoring.row_without_unit" and problem.place is None:
        return  # a row made in memory stands nowhere
    assert problem.place is not None, problem.code
    assert str(problem.place).startswith(file), problem


def taken_or_refused(read: Callable[[], Any], file: str) -> Any:
    """What `read` gives, or None when it refuses as it should."""
    try:
        return read()
    except DomainError as error:
        for problem in error.problems:
            must_be_said(problem, file)
        return None


def use(made: CriteriaSet | None) -> None:
    """A set that was taken can be written, hashed and put into words."""
    if made is not None:
        assert set_hash(load_bytes(to_yaml(made), "again.yaml")) == set_hash(made)
        for criterion in made.criteria:
            assert say(rule_in_words(made, criterion), "vi")


def score(made: CriteriaSet, read: Callable[[], Any], file: str) -> None:
    """A sheet that was read is scored, whatever it holds, and its results have words."""
    sheet = taken_or_refused(read, file)
    if sheet is not None:
        results = evaluate(made, sheet)
        for problem in results.problems:
            must_be_said(problem, file)
        for language in ("vi", "en"):
            json.dumps(results_document(results, language))  # type: ignore[arg-type]


def shipped(name: str) -> bytes:
    return (resources.files("cchc.scoring") / "sets" / name).read_bytes()


def text(name: str) -> str:
    return shipped(name).decode()


@cache
def tree(name: str) -> Any:
    return plain(read_yaml(shipped(f"{name}.yaml"), name))


@cache
def set_grids(name: str) -> tuple[Grid, ...]:
    return read_here(to_workbook(load(name)))


@cache
def made(name: str) -> CriteriaSet:
    return load(name)


@cache
def sheet_grids(name: str) -> tuple[Grid, ...]:
    return read_tables(shipped(f"examples/{name}.csv"), "bang.xlsx")


@cache
def sheet_tree(name: str) -> dict[str, Any]:
    """The example sheet's first stage as YAML would hold it."""
    found: dict[str, Any] = {}
    for row in sheet_grids(name)[0].rows[1:]:
        cells = [row.cell(at).text for at in (0, 3, 4, 5)]  # Đơn vị, Tiêu chí, Chỉ tiêu, Giá trị
        found.setdefault(cells[0], {}).setdefault(cells[1], {})[cells[2]] = cells[3]
    return {"stage": "council", "group": "xã", "units": found}


def written(grids: tuple[Grid, ...]) -> bytes:
    """The grids as a real workbook."""
    width = max((len(row.cells) for grid in grids for row in grid.rows), default=0)
    sheets = {
        grid.sheet or "Bảng": SheetToWrite(
            grid.sheet or "Bảng",
            tuple(Column("") for _ in range(width)),
            [[row.cell(at).text for at in range(width)] for row in grid.rows],
        )
        for grid in grids
    }
    return write_xlsx(list(sheets.values()))


# ---------------------------------------------------------------- criteria sets


@pytest.mark.requirement(97)
@examples(150)
@given(st.data(), st.sampled_from(SETS))
@pytest.mark.long
def test_sets_with_damaged_lines(data: st.DataObject, name: str) -> None:
    content = data.draw(damage.text_of(text(f"{name}.yaml")))
    use(taken_or_refused(lambda: load_bytes(content, "set.yaml"), "set.yaml"))


@examples(100)
@given(st.data(), st.sampled_from(SETS))
def test_sets_with_damaged_bytes(data: st.DataObject, name: str) -> None:
    content = data.draw(damage.bytes_of(shipped(f"{name}.yaml")))
    use(taken_or_refused(lambda: load_bytes(content, "set.yaml"), "set.yaml"))


@examples(200)
@given(st.data(), st.sampled_from(SMALL))
@pytest.mark.long
def test_sets_with_damaged_keys(data: st.DataObject, name: str) -> None:
    content = json.dumps(data.draw(damage.tree_of(tree(name))), ensure_ascii=False)
    use(taken_or_refused(lambda: load_bytes(content, "set.yaml"), "set.yaml"))


@examples(100)
@given(st.data())
def test_generated_sets_with_damaged_keys(data: st.DataObject) -> None:
    """All kinds of rules, caps and ties."""
    content = json.dumps(data.draw(damage.tree_of(data.draw(strategies.trees()))), ensure_ascii=False)
    use(taken_or_refused(lambda: load_bytes(content, "set.yaml"), "set.yaml"))


@pytest.mark.requirement(126)
@examples(100)
@given(st.data(), st.sampled_from(SETS))
@pytest.mark.long
def test_workbooks_of_sets_with_damaged_cells_rows_and_sheets(data: st.DataObject, name: str) -> None:
    grids = data.draw(damage.grids_of(set_grids(name)))
    use(taken_or_refused(lambda: load_node(workbook_node(grids)), "bang.xlsx"))


@examples(15)
@given(st.data(), st.sampled_from(SMALL))
@pytest.mark.long
def test_workbooks_of_sets_written_and_read_again(data: st.DataObject, name: str) -> None:
    grids = data.draw(damage.grids_of(set_grids(name)))
    content = taken_or_refused(lambda: written(grids), "")
    if content is not None:
        use(taken_or_refused(lambda: load_node(workbook_node(read_here(content))), "bang.xlsx"))


@examples(12)
@given(st.data(), st.sampled_from(SMALL))
@pytest.mark.long
def test_workbooks_of_sets_with_damaged_bytes(data: st.DataObject, name: str) -> None:
    """Through the child process, as an upload goes."""
    content = data.draw(damage.bytes_of(to_workbook(made(name))))
    use(taken_or_refused(lambda: load_node(workbook_node(read_tables(content, "set.xlsx"))), "set.xlsx"))


# ---------------------------------------------------------------- sheets


@pytest.mark.requirement(98)
@examples(120)
@given(st.data(), st.sampled_from(SETS))
def test_sheets_with_damaged_lines(data: st.DataObject, name: str) -> None:
    content = data.draw(damage.text_of(text(f"examples/{name}.csv"))).encode("utf-8", "replace")
    score(made(name), lambda: sheet_of_bytes(made(name), content, "sheet.csv"), "sheet.csv")


@examples(60)
@given(st.data(), st.sampled_from(SETS))
def test_sheets_with_damaged_bytes(data: st.DataObject, name: str) -> None:
    content = data.draw(damage.bytes_of(shipped(f"examples/{name}.csv")))
    score(made(name), lambda: sheet_of_bytes(made(name), content, "sheet.csv"), "sheet.csv")


@examples(80)
@given(st.data(), st.sampled_from(SMALL))
def test_sheets_in_yaml_with_damaged_keys(data: st.DataObject, name: str) -> None:
    content = json.dumps(data.draw(damage.tree_of(sheet_tree(name))), ensure_ascii=False).encode()
    score(made(name), lambda: sheet_of_bytes(made(name), content, "sheet.yaml"), "sheet.yaml")


@examples(80)
@given(st.data(), st.sampled_from(SMALL))
def test_sheets_with_damaged_cells_and_rows(data: st.DataObject, name: str) -> None:
    grids = data.draw(damage.grids_of(sheet_grids(name)))
    score(made(name), lambda: sheet_of_grids(made(name), grids), "bang.xlsx")


@examples(40)
@given(st.data())
def test_generated_sheets_with_damaged_values(data: st.DataObject) -> None:
    generated = data.draw(strategies.trees())
    rows = data.draw(strategies.rows(generated))
    for _ in range(data.draw(st.integers(1, 4))):
        row = data.draw(st.sampled_from(rows))
        row[data.draw(st.sampled_from(sorted(row)))] = data.draw(damage.hostile)
    criteria = loaded(generated)
    score(criteria, lambda: sheet_of_rows(criteria, rows), "sheet.csv")


# ---------------------------------------------------------------- printed tables


@pytest.mark.requirement(104)
@examples(60)
@given(st.data())
def test_result_tables_with_damaged_lines(data: st.DataObject) -> None:
    content = data.draw(damage.text_of(PRINTED.read_text("utf-8"))).encode("utf-8", "replace")
    checked = taken_or_refused(lambda: check_table(read_tables(content, "table.csv")), "table.csv")
    for row in checked.rows if checked else ():
        assert all(say(message, "vi") and say(message, "en") for message in row.errors)
