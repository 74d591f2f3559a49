"""A reason never says that a figure lies beyond a bound that it is shown to be equal to."""

from __future__ import annotations

from typing import Any

import pytest

from cchc.records.words import say
from cchc.scoring import evaluate
from tests.scoring.sets import loaded, set_of

STEPS = [{"from": "0.15", "points": "1"}, {"from": "0.3", "points": "2"}]
ITEM = {"x": {"label": "Số x", "kind": "number"}}


@pytest.mark.requirement(101)
@pytest.mark.parametrize(
    ("rule", "x", "first"),
    [
        ({"kind": "steps", "value": "x", "steps": STEPS}, "0.1499999", "Value 0.1499999 is below the lowest step 0.15"),
        ({"kind": "steps", "value": "x", "steps": STEPS}, "0.29999999", "Value 0.29999999 reaches the step from 0.15"),
        ({"kind": "steps", "value": "x / 3", "steps": STEPS}, "0.8999999", "Value 0.29999997 reaches the step"),
        ({"kind": "linear", "value": "x"}, "1.0000001", "Rate 100.00001\u00a0%, counted as 100 % at most"),
        ({"kind": "linear_with_floor", "value": "x", "floor": "0.8"}, "0.7999999", "Rate 79.99999\u00a0%, below the"),
        ({"kind": "linear_with_floor", "value": "x", "floor": "0.8"}, "0.8", "Rate 80\u00a0%, not below the floor 80"),
        ({"kind": "linear_to_target", "value": "x", "target": "0.8"}, "0.7999999", "Rate 79.99999\u00a0%, below the"),
        ({"kind": "target_ratio", "actual": "x", "target": "1"}, "1.00000001", "1.00000001 is over the target 1;"),
        ({"kind": "target_ratio", "actual": "x", "target": "1"}, "0.99999999", "0.99999999 of the target 1:"),
    ],
)
def test_a_computed_figure(rule: dict[str, Any], x: str, first: str) -> None:
    made = loaded(set_of({"max": "2", "inputs": ITEM, "rule": rule}))
    (unit,) = evaluate(made, {"Xã A": {"1": {"x": x}}}).units
    assert say(unit.leaf("1").reasons[0], "en").startswith(first)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"points": "2.0000001"}, "2.0000001 points lie outside 0…2."),
        ({"points": "-0.0000001"}, "-0.0000001 points lie outside 0…2."),
        ({"ratio": "1.0000001"}, "The ratio 1.0000001 lies outside 0…1"),
        ({"ratio": "-0.00001%"}, "The ratio -0.0000001 lies outside 0…1"),
    ],
)
def test_a_typed_figure(given: dict[str, str], said: str) -> None:
    made = loaded(set_of({"max": "2", "rule": {"kind": "survey"}}))
    (unit,) = evaluate(made, {"Xã A": {"1": given}}).units
    error = unit.leaf("1").error
    assert error is not None
    assert say(error, "en").startswith(said)
