"""Criteria taken out and those that read them; class caps that read them; the same answer on every run."""

from __future__ import annotations

import pytest

from cchc.records.words import say
from cchc.scoring import evaluate
from cchc.scoring.results import UnitResult
from tests.scoring.sets import COUNTS, Tree, loaded, rows_of, set_of, sheet_of_rows

RATE: Tree = {"max": "3", "inputs": COUNTS, "rule": {"kind": "linear", "value": "x / y"}, "not_applicable": "exclude"}
BESIDE: Tree = {"max": "2", "rule": {"kind": "yes_no"}}


def reading(expression: str, **keys: str) -> Tree:
    """A criterion of one point that reads others."""
    return {"max": "1", "rule": {"kind": "per_item", "count": expression, "each": "1"}, **keys}


def scored(tree: Tree, sheet: dict[str, dict[str, str]]) -> UnitResult:
    made = loaded(tree)
    (unit,) = evaluate(made, sheet_of_rows(made, rows_of({"Xã A": sheet}))).units
    return unit


@pytest.mark.requirement(100)
def test_a_zero_denominator_takes_out_what_reads_the_criterion_too() -> None:
    tree = set_of(RATE, reading("c['1'].x", not_applicable="exclude"), BESIDE)
    unit = scored(tree, {"1": {"x": "0", "y": "0"}, "3": {"answer": "yes"}})
    assert [leaf.applicable for leaf in unit.leaves] == [False, False, True]
    assert [reason.code for reason in unit.leaf("2").reasons] == ["scoring.reads_excluded"]
    assert (unit.points, unit.maximum) == (2, 2)


def test_being_taken_out_goes_on_through_several_criteria_in_any_order() -> None:
    last, middle = (
        reading("c['2'].y", not_applicable="full"),
        RATE | {"rule": {"kind": "linear", "value": "x / c['3'].x"}},
    )
    tree = set_of(last, middle, RATE, BESIDE)
    unit = scored(tree, {"2": {"x": "1", "y": "1"}, "3": {"x": "0", "y": "0"}, "4": {"answer": "yes"}})
    assert [leaf.applicable for leaf in unit.leaves] == [False, False, False, True]
    assert (unit.points, unit.maximum) == (3, 3)


def test_two_that_read_each_other_stay_while_nothing_takes_them_out() -> None:
    first, second = (
        {"max": "1", "inputs": COUNTS, "rule": {"kind": "per_item", "count": f"c['{code}'].x", "each": "1"}}
        for code in ("2", "1")
    )
    unit = scored(set_of(first, second), {"1": {"x": "0"}, "2": {"x": "1"}})
    assert [leaf.points for leaf in unit.leaves] == [1, 0]


def test_a_criterion_that_always_applies_cannot_read_one_taken_out() -> None:
    unit = scored(set_of(RATE, reading("c['1'].x"), BESIDE), {"1": {"x": "0", "y": "0"}, "3": {"answer": "yes"}})
    assert unit.leaf("2").error is not None
    assert unit.leaf("2").error.code == "scoring.always_applies"
    assert unit.points is None


@pytest.mark.parametrize("earlier", [{"applicable": "no"}, {"answer": "Không áp dụng"}])
@pytest.mark.parametrize("later", [{"applicable": "nhiều"}, {"answer": "nhiều"}])
def test_a_word_that_cannot_be_read_lets_no_earlier_one_stand(earlier: dict[str, str], later: dict[str, str]) -> None:
    """Except that `applicable: no` was never taken back by an answer."""
    answered = BESIDE | {"inputs": {"x": COUNTS["x"]}, "not_applicable": "exclude"}
    made = loaded(set_of(answered, reading("c['1'].x", not_applicable="exclude"), BESIDE))
    self_scored = {"1": {"x": "1"} | earlier, "3": {"answer": "yes"}}
    rows = [*rows_of({"Xã A": self_scored}, "self"), *rows_of({"Xã A": {"1": later}}, "council")]
    unit = evaluate(made, sheet_of_rows(made, rows)).of("Xã A", "council")
    assert unit.leaf("1").error is not None
    assert unit.leaf("1").error.code == "scoring.unreadable_values"
    still_out = "applicable" in earlier and "answer" in later
    assert unit.leaf("2").points == (None if still_out else 1)


def test_one_taken_out_goes_before_one_missing() -> None:
    """Which of the two names is looked at first must not decide."""
    both = reading("c['1'].x + c['3'].x", not_applicable="exclude")
    for code in ("1", "3"):
        unit = scored(set_of(RATE, both, RATE, BESIDE), {code: {"applicable": "no"}, "4": {"answer": "yes"}})
        assert unit.leaf("2").applicable is False


@pytest.mark.requirement(101)
@pytest.mark.parametrize("what", ["exclude", "full", "zero"])
def test_a_class_cap_is_false_for_a_criterion_taken_out_whatever_that_gives(what: str) -> None:
    bands = {"on": "index", "steps": [{"id": i, "from": f, "name": i} for i, f in (("high", "0.5"), ("low", "0"))]}
    tree = set_of(
        RATE | {"not_applicable": what}, BESIDE, bands=bands, class_caps=[{"when": "c['1'].x == 0", "at_most": "low"}]
    )
    unit = scored(tree, {"1": {"x": "0", "y": "0"}, "2": {"answer": "yes"}})
    assert unit.band is not None
    assert unit.band.id == "high"
    unit = scored(tree, {"1": {"x": "0", "y": "1"}, "2": {"answer": "yes"}})
    assert unit.band is not None
    assert unit.band.id == "low"
    assert [reason.code for reason in unit.reasons] == ["scoring.class_capped"]


@pytest.mark.requirement(101)
@pytest.mark.parametrize("out", ["1", "2"])
def test_a_class_cap_does_not_hold_where_it_reads_a_criterion_taken_out(out: str) -> None:
    """Though it also reads an input nobody gave: points were typed over it."""
    bands = {"on": "index", "steps": [{"id": i, "from": f, "name": i} for i, f in (("high", "50"), ("low", "0"))]}
    cap = {"when": "c['1'].x == 0 or c['2'].x == 0", "at_most": "low"}
    typed = {"points": "3", "reason": "Theo hồ sơ"}
    unit = scored(
        set_of(RATE, RATE, bands=bands, class_caps=[cap]),
        {"1": typed, "2": typed} | {out: {"applicable": "no", "reason": "Không phát sinh"}},
    )
    assert unit.band is not None
    assert unit.band.id == "high"


@pytest.mark.requirement(100)
@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"applicable": "no"}, "chưa ghi lý do"),
        ({"applicable": "no", "reason": "Không phát sinh"}, "Không phát sinh"),
    ],
)
def test_the_reason_of_earlier_points_is_not_the_reason_for_taking_out(said: dict[str, str], shown: str) -> None:
    made = loaded(set_of(RATE, BESIDE))
    rows = [
        *rows_of({"Xã A": {"1": {"points": "2", "reason": "Thiếu biên bản"}, "2": {"answer": "yes"}}}, "document1"),
        *rows_of({"Xã A": {"1": said}}, "document2"),
        *rows_of({"Xã A": {"1": {"applicable": "no"}}}, "council"),
    ]
    results = evaluate(made, sheet_of_rows(made, rows))
    for stage in ("document2", "council"):
        (reason,) = results.of("Xã A", stage).leaf("1").reasons  # type: ignore[arg-type]
        assert say(reason) == f"Không áp dụng. Lý do: {shown}"


def test_a_class_cap_is_false_while_others_have_not_scored_what_it_reads() -> None:
    bands = {"on": "index", "steps": [{"id": i, "from": f, "name": i} for i, f in (("high", "50"), ("low", "0"))]}
    caps = [{"when": "c['1'].x == 0", "at_most": "low"}]
    made = loaded(set_of(RATE | {"scored_by": "appraiser"}, BESIDE, bands=bands, class_caps=caps))
    rows = rows_of({"Xã A": {"2": {"answer": "yes"}}}, "self")
    (unit,) = evaluate(made, sheet_of_rows(made, rows)).units
    assert not unit.has_errors
    assert unit.band is not None
    assert unit.band.id == "high"


def test_a_class_cap_with_a_zero_denominator_does_not_hold() -> None:
    bands = {"on": "index", "steps": [{"id": i, "from": f, "name": i} for i, f in (("high", "0.5"), ("low", "0"))]}
    caps = [{"when": "c['1'].y / c['1'].x > 1", "at_most": "low"}]
    tree = set_of(RATE, BESIDE, bands=bands, class_caps=caps)
    for x, expected in (("0", "high"), ("1", "low"), ("2", "high")):
        unit = scored(tree, {"1": {"x": x, "y": "2"}, "2": {"answer": "yes"}})
        assert unit.band is not None
        assert unit.band.id == expected


def test_a_figure_that_could_not_be_read_is_missing_for_others_too() -> None:
    made = loaded(set_of(RATE, reading("c['1'].x"), BESIDE))
    rows = [
        *rows_of({"Xã A": {"1": {"x": "1", "y": "1"}, "3": {"answer": "yes"}}}, "self"),
        *rows_of({"Xã A": {"1": {"x": "một"}}}, "council"),
    ]
    council = evaluate(made, sheet_of_rows(made, rows)).of("Xã A", "council")
    assert council.leaf("2").points is None
    assert council.leaf("2").error is not None
