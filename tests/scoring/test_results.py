"""What can be asked of a result: exclusions and what they are worth, points of some criteria, one unit, one stage."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cchc.scoring import evaluate
from cchc.scoring.results import Results
from tests.scoring.sets import Tree, loaded, rows_of, set_of, sheet_of_rows

TYPED: Tree = {"max": "10", "rule": {"kind": "survey"}}


@pytest.fixture
def scored() -> Results:
    """Of 40 points: 6 and 9 given, 10 taken out, 10 not applicable but full."""
    excluded, full = (TYPED | {"not_applicable": what} for what in ("exclude", "full"))
    made = loaded(set_of(TYPED, TYPED, excluded, full))
    out = {"applicable": "no", "reason": "Không phát sinh"}
    rows = rows_of({"Xã A": {"1": {"points": "6"}, "2": {"points": "9"}, "3": out, "4": out}}, "document1")
    return evaluate(made, sheet_of_rows(made, [*rows, *rows_of({"Xã B": {"1": {"points": "1"}}}, "council")]))


@pytest.mark.requirement(100)
def test_the_index_with_and_without_what_was_taken_out(scored: Results) -> None:
    unit = scored.of("Xã A", "document1")
    assert (unit.points, unit.maximum, unit.index) == (25, 30, Decimal("83.33"))
    assert [leaf.criterion.code for leaf in unit.excluded] == ["3"]
    assert unit.index_with_exclusions_counted(2) == Decimal("62.50")
    assert unit.index_with_exclusions_counted(0) == Decimal(63)


def test_it_says_where_a_criterion_was_taken_out(scored: Results) -> None:
    assert [leaf.excluded_at for leaf in scored.of("Xã A", "council").leaves] == [None, None, "document1", "document1"]


def test_what_is_said_again_was_taken_out_where_it_was_said_first() -> None:
    made = loaded(set_of(TYPED, TYPED | {"not_applicable": "exclude"}))
    out = {"2": {"applicable": "no", "reason": "Không phát sinh"}}
    rows = rows_of({"Xã A": {"1": {"points": "6"}} | out}, "self")
    results = evaluate(made, sheet_of_rows(made, [*rows, *rows_of({"Xã A": out}, "council")]))
    assert results.of("Xã A", "council").leaf("2").excluded_at == "self"


def test_a_unit_with_an_error_has_neither_index(scored: Results) -> None:
    unit = scored.of("Xã B", "council")
    assert unit.has_errors
    assert scored.has_errors
    assert unit.index_with_exclusions_counted(2) is None


def test_points_of_some_criteria(scored: Results) -> None:
    unit = scored.of("Xã A", "document1")
    made = scored.criteria_set
    assert unit.points_of(made.leaves_below["F"]) == 25
    assert unit.points_of([made.by_code["2"], made.by_code["3"]]) == 9
    assert unit.points_of([]) == 0


def test_units_come_by_stage_then_in_the_order_of_the_sheet(scored: Results) -> None:
    asked = [(unit.unit, unit.stage) for unit in scored.units]
    assert asked == [("Xã A", "document1"), ("Xã B", "document1"), ("Xã A", "council"), ("Xã B", "council")]
    assert [unit.unit for unit in scored.at("council")] == ["Xã A", "Xã B"]
    assert scored.at("self") == ()
