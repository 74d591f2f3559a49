"""Two stages, two years: what rose, what fell, what is not comparable."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from cchc.scoring import evaluate
from cchc.scoring.comparison import UnitChange, compare_stages, compare_years
from cchc.scoring.results import Results
from tests.scoring.sets import Tree, loaded, rows_of, set_of, sheet_of_rows

TYPED: Tree = {"max": "10", "rule": {"kind": "survey"}, "not_applicable": "exclude"}
Sheet = dict[str, dict[str, dict[str, str]]]


def results(stages: dict[str, Sheet], *codes: str) -> Results:
    made = loaded(set_of(*({"code": code} | TYPED for code in codes)))
    return evaluate(made, sheet_of_rows(made, [row for stage in stages for row in rows_of(stages[stage], stage)]))


def points(**by_code: str) -> dict[str, dict[str, str]]:
    return {code: {"applicable": "no"} if text == "-" else {"points": text} for code, text in by_code.items()}


def change_of(changes: tuple[UnitChange, ...], unit: str) -> UnitChange:
    (found,) = [change for change in changes if change.unit == unit]
    return found


@pytest.mark.requirement(122)
def test_self_against_appraised_by_unit_and_criterion() -> None:
    scored = results(
        {
            "self": {"Xã A": points(a="10", b="9"), "Xã B": points(a="9", b="9")},
            "council": {"Xã A": points(a="6", b="9"), "Xã B": points(b="-")},
        },
        "a", "b",
    )  # fmt: skip
    changes = compare_stages(scored, "self", "council")
    assert [change.unit for change in changes] == ["Xã A", "Xã B"]
    first, second = changes
    assert (first.index, first.ranks, first.maximum) == (Decimal("-20.00"), -1, 0)
    assert [(leaf.code, leaf.points, leaf.applies_differently) for leaf in first.leaves()] == [
        ("a", -4, False),
        ("b", 0, False),
    ]
    assert (second.index, second.ranks, second.maximum) == (Decimal("0.00"), 1, -10)
    assert [(leaf.points, leaf.applies_differently) for leaf in second.leaves()] == [(0, False), (None, True)]


@pytest.mark.requirement(123)
def test_year_on_year_with_units_that_came_left_or_changed_their_name() -> None:
    last = results({"council": {name: points(a=p) for name, p in (("A", "5"), ("B", "6"), ("C", "7"))}}, "a")
    this = results({"council": {name: points(a=p) for name, p in (("A", "8"), ("B mới", "6"), ("D", "7"))}}, "a")
    changes = compare_years(last.units, this.units, {"B mới": "B"})
    assert [change.unit for change in changes] == ["A", "B mới", "D", "C"]
    assert (change_of(changes, "A").index, change_of(changes, "A").ranks) == (Decimal("30.00"), 2)
    assert (change_of(changes, "B mới").index, change_of(changes, "B mới").ranks) == (Decimal("0.00"), -1)
    came, left = change_of(changes, "D"), change_of(changes, "C")
    assert (came.before, left.after) == (None, None)
    assert {came.index, came.ranks, came.maximum, left.index, left.ranks, left.maximum} == {None}
    assert [leaf.points for leaf in (*came.leaves(), *left.leaves())] == [None, None]


@pytest.mark.requirement(123)
def test_criteria_of_only_one_year_have_one_side() -> None:
    last = results({"council": {"A": points(a="5", old="4")}}, "a", "old")
    this = results({"council": {"A": points(new="3", a="7.5")}}, "new", "a")
    (change,) = compare_years(last.units, this.units)
    leaves = {leaf.code: leaf for leaf in change.leaves()}
    assert list(leaves) == ["new", "a", "old"]  # in the order of the later set
    assert leaves["a"].points == Fraction(5, 2)
    assert (leaves["old"].after, leaves["new"].before) == (None, None)
    assert (leaves["old"].points, leaves["new"].points) == (None, None)
    assert not leaves["old"].applies_differently
    assert not leaves["new"].applies_differently


def test_a_name_taken_over_is_not_the_unit_that_gave_it_up() -> None:
    last = results({"council": {"A": points(a="5"), "B": points(a="6")}}, "a")
    this = results({"council": {name: points(a="7") for name in ("B", "B mới", "A1", "A2")}}, "a")
    changes = compare_years(last.units, this.units, {"B mới": "B", "A1": "A", "A2": "A"})
    assert [(change.unit, change.before and change.before.unit) for change in changes] == [
        ("B", None), ("B mới", "B"), ("A1", "A"), ("A2", "A"),
    ]  # fmt: skip


def test_what_could_not_be_scored_is_not_compared() -> None:
    scored = results(
        {"self": {"A": points(a="5"), "B": points(a="6")}, "council": {"A": points(a="11"), "B": points(a="7")}}, "a"
    )
    wrong, right = compare_stages(scored, "self", "council")
    assert (wrong.index, wrong.ranks) == (None, None)
    assert [leaf.points for leaf in wrong.leaves()] == [None]
    assert (right.index, right.ranks) == (Decimal("10.00"), None)  # an error leaves the group without ranks


def test_a_stage_that_does_not_occur_has_no_side() -> None:
    scored = results({"council": {"A": points(a="5")}}, "a")
    (change,) = compare_stages(scored, "self", "council")
    assert change.before is None
    assert change.after is not None
