"""Rows of a sheet: names people use, what belongs nowhere, and what is said twice."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from cchc.records.errors import Problem
from cchc.scoring import evaluate
from cchc.scoring.results import UnitResult
from cchc.scoring.sheets import STAGES, parse_stage
from tests.scoring.sets import COUNTS, Tree, loaded, set_of, sheet_of_rows

RATE: Tree = {"max": "4", "inputs": COUNTS, "rule": {"kind": "linear", "value": "x / y"}}
ROWS = [
    {"unit": "Xã A", "criterion": "1", "input": "x", "value": "1"},
    {"unit": "Xã A", "criterion": "1", "input": "y", "value": "2"},
]


def scored(*more: dict[str, str]) -> UnitResult:
    made = loaded(set_of(RATE))
    return evaluate(made, sheet_of_rows(made, [*ROWS, *more])).units[-1]


def codes(unit: UnitResult) -> Iterator[str]:
    """What is wrong with the unit as a whole, each with the place of its row."""
    for message in unit.errors:
        found = message.params["problem"]
        assert isinstance(found, Problem)
        assert str(found.place).startswith("sheet.csv:4")
        yield found.code.removeprefix("scoring.")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"input": "x", "value": "1"}, "given_twice"),  # though it is the same
        ({"input": "x", "value": "2"}, "given_twice"),
        ({"input": "Số x", "value": "1"}, "given_twice"),  # by its label
        ({"input": "z", "value": "1"}, "unknown_input"),
        ({"criterion": "2", "input": "x", "value": "1"}, "unknown_criterion"),
        ({"input": "x", "value": "1", "stage": "tháng sau"}, "unknown_stage"),
    ],
)
def test_a_row_that_belongs_nowhere_is_an_error_of_its_unit(row: dict[str, str], code: str) -> None:
    unit = scored({"unit": "Xã A", "criterion": "1"} | row)
    assert list(codes(unit)) == [code]
    assert (unit.points, unit.index, unit.rank) == (None, None, None)
    assert unit.leaf("1").points == 2, "what was said first and clearly still shows"


def test_a_unit_in_two_groups_is_an_error() -> None:
    made = loaded(set_of(RATE))
    rows = [ROWS[0] | {"group": "xã"}, ROWS[1] | {"group": "phường"}]
    (unit,) = evaluate(made, sheet_of_rows(made, rows)).units
    assert [message.params["problem"].code for message in unit.errors] == ["scoring.two_groups"]  # type: ignore[attr-defined]
    (unit,) = evaluate(made, sheet_of_rows(made, [ROWS[0], ROWS[1] | {"group": "xã"}])).units
    assert (unit.group, unit.has_errors) == ("xã", False)


def test_the_same_at_another_stage_or_for_another_unit_is_not_twice() -> None:
    assert not scored(ROWS[0] | {"stage": "self"}, ROWS[1] | {"stage": "self"}).has_errors
    assert not scored(ROWS[0] | {"unit": "Xã B"}, ROWS[1] | {"unit": "Xã B"}).has_errors


def test_an_empty_cell_says_nothing() -> None:
    unit = scored({"unit": "Xã A", "criterion": "1", "input": "x", "value": " "})
    assert (unit.points, unit.errors) == (2, ())


def test_a_row_without_a_unit_is_a_problem_of_the_sheet() -> None:
    made = loaded(set_of(RATE))
    results = evaluate(made, sheet_of_rows(made, [*ROWS, ROWS[0] | {"unit": ""}]))
    assert [(problem.code, str(problem.place)) for problem in results.problems] == [
        ("scoring.row_without_unit", "sheet.csv:4")
    ]
    assert results.has_errors
    assert results.units[0].rank == 1


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ({"input": "Điểm", "value": "3"}, "3"),
        ({"input": "diem", "value": "3,5"}, "7/2"),
        ({"input": "points", "value": "3"}, "3"),
    ],
)
def test_inputs_by_the_names_people_use(said: dict[str, str], points: str) -> None:
    reason = {"unit": "Xã A", "criterion": "1", "input": "Lý do", "value": "Theo hồ sơ"}
    assert scored({"unit": "Xã A", "criterion": "1"} | said, reason).points == Fraction(points)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("", "council"), ("  ", "council"), ("Hội đồng", "council"), ("Tự chấm", "self"), ("TỰ ĐÁNH GIÁ", "self"),
        ("Thẩm định", "document1"), ("Thẩm định lần 1", "document1"), ("thẩm định lần 2", "document2"),
        ("Kiểm tra thực tế", "field"), ("thuc te", "field"), *((stage, stage) for stage in STAGES),
    ],
)  # fmt: skip
def test_stages_by_id_and_by_name(text: str, stage: str) -> None:
    assert parse_stage(text) == stage
