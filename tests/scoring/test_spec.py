"""Every rule kind against its table: points exactly, reasons, and a case on each side of every edge."""

from fractions import Fraction
from typing import Any

import pytest

from cchc.records.words import say
from cchc.scoring.results import UnitResult
from cchc.scoring.rules import RULE_KINDS
from tests.scoring.spec_reading import CODE, FOLDER, UNIT, SpecCase, cases_of, codes_in, exact, reason_codes, score

TABLES = [*sorted((FOLDER / "rules").glob("*.yaml")), FOLDER / "not_applicable.yaml", FOLDER / "typed_points.yaml"]
CASES = [case for path in TABLES for case in cases_of(path)]
KNOWN = {"case", "sheet", "others", "stage", "points", "max", "applicable", "reasons", "error", "total", "of"}


@pytest.mark.requirement(100, 101)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_of_the_specification(case: SpecCase) -> None:
    results = score(case)
    for expected in case.stages:
        assert set(expected) <= KNOWN, "a key of the table that nothing checks"
        _check(results.of(UNIT, expected["stage"]), expected, case.criterion)


def _check(unit: UnitResult, expected: dict[str, Any], criterion: dict[str, Any]) -> None:
    leaf = unit.leaf(CODE)
    if "error" in expected:
        assert expected["error"] in list(codes_in(leaf.error))
        assert leaf.points is None
        assert (unit.points, unit.index, unit.band, unit.rank) == (None, None, None, None)
        return
    assert leaf.error is None
    assert leaf.points == (None if expected["points"] == "none" else exact(expected["points"]))
    assert reason_codes(leaf) == expected["reasons"]
    assert leaf.applicable == (expected.get("applicable", "yes") == "yes")
    assert (leaf.criterion.max if leaf.counted else 0) == exact(expected.get("max", criterion.get("max", "0")))
    if "total" in expected:
        assert (unit.points, unit.maximum) == (exact(expected["total"]), Fraction(expected["of"]))


def test_a_deduction_says_what_is_left() -> None:
    case = next(case for case in CASES if case.name == "deduction: one")
    (reason,) = score(case).of(UNIT, "council").leaf(CODE).reasons
    assert say(reason, "vi") == "2 trừ 1 × 0,75 còn 1,25 điểm"
    assert say(reason, "en") == "2 less 1 × 0.75 leaves 1.25 pt"


def test_every_rule_kind_has_its_table() -> None:
    assert {path.stem for path in (FOLDER / "rules").glob("*.yaml")} == set(RULE_KINDS)


@pytest.mark.parametrize("path", sorted((FOLDER / "rules").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_table_is_about_the_kind_it_is_named_after(path: Any) -> None:
    assert {case.criterion["rule"]["kind"] for case in cases_of(path)} == {path.stem}
