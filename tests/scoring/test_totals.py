"""Bonus, penalty and index held within what the set allows, with a reason when they were not."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from cchc.scoring import evaluate
from cchc.scoring.results import UnitResult
from tests.scoring.sets import COUNTS, Tree, loaded, rows_of, set_of, sheet_of_rows

BASE: Tree = {"max": "10", "rule": {"kind": "survey"}}
BONUS, PENALTY = (
    {"inputs": COUNTS, "rule": {"kind": kind, "count": "x", "each": "0.5", "cap": "2"}} for kind in ("bonus", "penalty")
)
TWO_OF_EACH = {"bonus_cap": "3", "penalty_cap": "2.5"}


def scored(base: str, bonuses: tuple[str, str], penalties: tuple[str, str], **keys: object) -> UnitResult:
    """A unit with points for the base, and the counts of two bonuses and two penalties."""
    made = loaded(set_of(BASE, BONUS, BONUS, PENALTY, PENALTY, **keys))
    counts = {str(code): {"x": count} for code, count in enumerate((*bonuses, *penalties), 2)}
    (unit,) = evaluate(made, sheet_of_rows(made, rows_of({"Xã A": {"1": {"points": base}} | counts}))).units
    return unit


@pytest.mark.requirement(101)
@pytest.mark.parametrize(
    ("bonuses", "penalties", "points", "reasons"),
    [
        (("0", "0"), ("0", "0"), "5", []),
        (("4", "2"), ("0", "0"), "8", []),  # exactly the cap of the set
        (("4", "3"), ("0", "0"), "8", ["bonus_capped"]),
        (("0", "0"), ("4", "1"), "2.5", []),
        (("0", "0"), ("4", "2"), "2.5", ["penalty_capped"]),
        (("9", "9"), ("9", "9"), "5.5", ["bonus_capped", "penalty_capped"]),
        (("2", "0"), ("0", "1"), "5.5", []),
    ],
)
def test_bonus_and_penalty_of_a_sheet(
    bonuses: tuple[str, str], penalties: tuple[str, str], points: str, reasons: list[str]
) -> None:
    unit = scored("5", bonuses, penalties, **TWO_OF_EACH)
    assert (unit.points, unit.maximum) == (Fraction(points), 10)
    assert [reason.code.removeprefix("scoring.") for reason in unit.reasons] == reasons
    uncapped = scored("5", bonuses, penalties)
    assert uncapped.points == sum(leaf.points or 0 for leaf in uncapped.leaves)
    assert uncapped.reasons == ()


def test_a_cap_of_zero_counts_none() -> None:
    unit = scored("5", ("1", "1"), ("1", "1"), bonus_cap="0", penalty_cap="0")
    assert unit.points == 5


@pytest.mark.requirement(101)
def test_the_index_may_leave_the_hundred_unless_it_is_capped() -> None:
    assert scored("10", ("4", "0"), ("0", "0")).index == Decimal("120.00")
    capped = scored("10", ("4", "0"), ("0", "0"), index={"cap": "100"})
    assert (capped.index, capped.points) == (Decimal("100.00"), 12)
    assert [reason.code for reason in capped.reasons] == ["scoring.index_capped"]
    assert scored("10", ("0", "0"), ("0", "0"), index={"cap": "100"}).reasons == ()


@pytest.mark.parametrize("on", ["index", "points"])
def test_below_zero_the_class_is_the_lowest(on: str) -> None:
    bands = {"on": on, "steps": [{"id": i, "from": start, "name": i} for i, start in (("high", "5"), ("low", "0"))]}
    unit = scored("0", ("0", "0"), ("4", "4"), bands=bands)
    assert (unit.points, unit.index) == (-4, Decimal("-40.00"))
    assert unit.band is not None
    assert unit.band.id == "low"


def test_a_class_already_lower_is_not_lifted_by_a_cap() -> None:
    bands = {
        "on": "index",
        "steps": [{"id": i, "from": f, "name": i} for i, f in (("a", "80"), ("b", "50"), ("c", "0"))],
    }
    caps = [{"when": "c['2'].x >= 1", "at_most": "b"}]
    for base, expected, told in (("9", "b", 1), ("6", "b", 0), ("1", "c", 0)):
        unit = scored(base, ("1", "0"), ("0", "0"), bands=bands, class_caps=caps)
        assert unit.band is not None
        assert (unit.band.id, len(unit.reasons)) == (expected, told)
