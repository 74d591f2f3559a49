"""Sheets in every form they come in: files, and plain data from Python; and what is no sheet at all."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from cchc.records.errors import DomainError
from cchc.records.words import say
from cchc.scoring import evaluate, load
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.sheet_reading import sheet_of_bytes
from cchc.scoring.workbook_writing import to_workbook
from cchc.scoring.writing import set_hash
from tests.scoring.sets import COUNTS, loaded, set_of

RATE = {"max": "4", "inputs": COUNTS, "rule": {"kind": "linear", "value": "x / y"}}
HALF = {"1": {"x": 1, "y": 2}}


@pytest.fixture
def made() -> CriteriaSet:
    return loaded(set_of(RATE))


def refusal(made: CriteriaSet, content: str, file: str) -> str:
    with pytest.raises(DomainError) as caught:
        sheet_of_bytes(made, content.encode(), file)
    assert caught.value.exit_code == 1
    return str(caught.value)


def test_a_stage_nobody_knows_is_never_a_sheet_without_errors(made: CriteriaSet) -> None:
    rows = "unit,criterion,input,value,stage\nXã A,1,x,1,tháng sau\nXã A,1,y,2,tháng sau\n"
    results = evaluate(made, sheet_of_bytes(made, rows.encode(), "sheet.csv"))
    (unit,) = results.units
    assert [say(message, "en") for message in unit.errors] == [
        f"sheet.csv:{row}: Unknown stage “tháng sau”. Use one of: self, document1, field, document2, council."
        for row in (2, 3)
    ]
    assert results.has_errors
    assert refusal(made, '{stage: tháng sau, units: {Xã A: {"1": {x: 1, y: 2}}}}', "sheet.yaml") == (
        "sheet.yaml:1: scoring.unknown_stage"
    )


@pytest.mark.parametrize("written", ["x", "Thu", "Thu (triệu đồng)", "Revenue (million dong)"])
def test_an_input_is_meant_by_its_label_with_or_without_its_unit(written: str) -> None:
    unit = {"vi": "triệu đồng", "en": "million dong"}
    revenue = {"label": {"vi": "Thu", "en": "Revenue"}, "kind": "count", "unit": unit}
    made = loaded(set_of(RATE | {"inputs": COUNTS | {"x": revenue}}))
    rows = f"unit,criterion,input,value\nXã A,1,{written},1\nXã A,1,y,2\n"
    assert not evaluate(made, sheet_of_bytes(made, rows.encode(), "sheet.csv")).has_errors


@pytest.mark.parametrize(
    ("content", "file"),
    [("{}", "sheet.yaml"), ("{stage: self, units: {}}", "sheet.yaml"), ("unit,criterion,input,value\n", "sheet.csv")],
)
def test_a_sheet_without_units_is_refused(made: CriteriaSet, content: str, file: str) -> None:
    assert refusal(made, content, file).endswith("scoring.sheet_without_units")


@pytest.mark.parametrize(
    ("content", "file"),
    [
        ('{Xã A: {"1": {x: 1, y: 2}}, Xã B: {}}', "sheet.yaml"),
        ("unit,criterion,input,value\nXã A,1,x,1\nXã A,1,y,2\nXã B,,,\n", "sheet.csv"),
    ],
)
def test_a_unit_that_gives_nothing_is_still_one_of_the_group(made: CriteriaSet, content: str, file: str) -> None:
    full, empty = evaluate(made, sheet_of_bytes(made, content.encode(), file)).units
    assert (full.points, full.rank) == (2, None), "the other one could stand anywhere"
    assert (empty.unit, empty.points, empty.errors) == ("Xã B", None, ())
    assert empty.leaf("1").error is not None


def test_what_is_wrong_with_a_value_says_where_and_what_to_do(made: CriteriaSet) -> None:
    sheet = sheet_of_bytes(made, 'Xã A:\n  "1":\n    x: một\n    y: 2\n'.encode(), "sheet.yaml")
    (unit,) = evaluate(made, sheet).units
    error = unit.leaf("1").error
    assert error is not None
    assert say(error, "en") == ("sheet.yaml:3: “một” is not a count. Write digits only, such as 1214.")


@pytest.mark.parametrize(
    ("sheet", "stage", "group"),
    [
        ({"Xã A": HALF}, "council", ""),
        ({"units": {"Xã A": HALF}}, "council", ""),
        ({"stage": "self", "group": "xã", "units": {"Xã A": HALF}}, "self", "xã"),
        ({"stage": None, "group": None, "units": {"Xã A": HALF}}, "council", ""),
        ({"Xã A": {1: {"x": "1", "y": Fraction(2), "reason": None}}}, "council", ""),
    ],
)
def test_plain_data_in_the_shapes_of_yaml(made: CriteriaSet, sheet: Any, stage: str, group: str) -> None:
    (unit,) = evaluate(made, sheet).units
    assert (unit.points, unit.stage, unit.group) == (2, stage, group)


def test_plain_data_may_hold_what_python_has_for_it() -> None:
    items = [{"id": "a", "label": "A", "points": "1"}, {"id": "b", "label": "B", "points": "1"}]
    made = loaded(
        set_of(
            {"max": "2", "rule": {"kind": "checklist", "items": items}},
            {
                "max": "1",
                "inputs": {"day": {"label": "Ngày", "kind": "date"}},
                "rule": {"kind": "by_date", "date": "day", "steps": [{"until": "2026-01-31", "points": "1"}]},
            },
            {"max": "1", "rule": {"kind": "yes_no"}},
            {"max": "1", "rule": {"kind": "survey"}},
            {"max": "1", "rule": {"kind": "survey"}},
            {"max": "1", "rule": {"kind": "survey"}},
        )
    )
    answers = {
        "1": {"ticked": ["a", "b"]},
        "2": {"day": date(2026, 1, 31)},
        "3": {"answer": True},
        "4": {"ratio": Fraction(1, 4)},
        "5": {"ratio": Decimal("5E-1")},
        "6": {"ratio": 0.125},
    }
    (unit,) = evaluate(made, {"Xã A": answers}).units
    assert [str(leaf.points) for leaf in unit.leaves] == ["2", "1", "1", "1/4", "1/2", "1/8"]


def test_a_third_has_no_exact_decimal_and_is_not_made_one() -> None:
    made = loaded(set_of({"max": "1", "rule": {"kind": "survey"}}))
    (unit,) = evaluate(made, {"Xã A": {"1": {"ratio": Fraction(1, 3)}}}).units
    assert unit.points is None
    assert unit.has_errors


@pytest.mark.long
def test_paths_of_a_set_and_a_sheet_are_all_that_python_needs(made: CriteriaSet, tmp_path: Path) -> None:
    workbook, sheet = tmp_path / "set.xlsx", tmp_path / "sheet.yaml"
    workbook.write_bytes(to_workbook(made))
    sheet.write_text(json.dumps({"Xã A": HALF}), encoding="utf-8")
    assert set_hash(load(workbook)) == set_hash(made)
    for path in (sheet, str(sheet)):
        assert evaluate(load(workbook), path).of("Xã A", "council").points == 2
