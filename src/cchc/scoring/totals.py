"""A unit's leaves added up: points, maximum, index, class with its caps."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from cchc.records.errors import Message
from cchc.records.expressions import Name, ZeroDenominator
from cchc.records.numbers import round_half_up
from cchc.scoring.arithmetic import Band, class_of, exact_index
from cchc.scoring.criteria import ClassCap, CriteriaSet
from cchc.scoring.results import Leaf, UnitResult
from cchc.scoring.rules.base import ZERO
from cchc.scoring.sheets import Stage, UnitSheet
from cchc.scoring.standing import Standing


def total_up(
    criteria_set: CriteriaSet,
    unit: UnitSheet,
    stage: Stage,
    leaves: tuple[Leaf, ...],
    standings: Mapping[str, Standing],
) -> UnitResult:
    """The unit's result at a stage, its rank still open."""
    maximum = sum((leaf.criterion.max for leaf in leaves if leaf.counted), ZERO)
    result = UnitResult(unit.unit, stage, unit.group, leaves, maximum, errors=tuple(unit.faults))
    if result.has_errors:
        return result
    if maximum == 0:
        result.errors = (Message("scoring.everything_taken_out"),)
        return result
    points, bounded = _points(criteria_set, leaves)
    index = exact_index(points, maximum)
    if criteria_set.index_cap is not None and index > criteria_set.index_cap:
        index, bounded = (
            criteria_set.index_cap,
            (*bounded, Message("scoring.index_capped", {"cap": criteria_set.index_cap})),
        )
    rounded = round_half_up(index, criteria_set.index_decimals)
    band = _band(criteria_set, points, Fraction(rounded))
    capped, caps_told = _cap_class(criteria_set, band, leaves, standings)
    if capped is None:
        result.errors = caps_told
        return result
    result.points, result.index, result.band = points, rounded, capped
    result.reasons = (*bounded, *caps_told)
    return result


def _points(criteria_set: CriteriaSet, leaves: tuple[Leaf, ...]) -> tuple[Fraction, tuple[Message, ...]]:
    """All points, bonus and penalty each within what the set allows for one sheet."""
    inside = sum((leaf.points for leaf in leaves if leaf.points is not None and leaf.criterion.has_maximum), ZERO)
    beside = [leaf.points for leaf in leaves if leaf.points is not None and not leaf.criterion.has_maximum]
    bonus, penalty = sum((p for p in beside if p > 0), ZERO), -sum((p for p in beside if p < 0), ZERO)
    told: tuple[Message, ...] = ()
    if criteria_set.bonus_cap is not None and bonus > criteria_set.bonus_cap:
        told += (Message("scoring.bonus_capped", {"sum": bonus, "cap": criteria_set.bonus_cap}),)
        bonus = criteria_set.bonus_cap
    if criteria_set.penalty_cap is not None and penalty > criteria_set.penalty_cap:
        told += (Message("scoring.penalty_capped", {"sum": penalty, "cap": criteria_set.penalty_cap}),)
        penalty = criteria_set.penalty_cap
    return inside + bonus - penalty, told


def _band(criteria_set: CriteriaSet, points: Fraction, index: Fraction) -> Band:
    """The class by the index, or by the points at the set's decimals; below everything it is the lowest."""
    if criteria_set.bands_on == "index":
        return class_of(index, criteria_set.bands) or criteria_set.lowest_band
    decimals = criteria_set.points_decimals
    rounded = round_half_up(points, criteria_set.index_decimals if decimals is None else decimals)
    return class_of(rounded, criteria_set.bands) or criteria_set.lowest_band


def _cap_class(
    criteria_set: CriteriaSet, band: Band, leaves: tuple[Leaf, ...], standings: Mapping[str, Standing]
) -> tuple[Band | None, tuple[Message, ...]]:
    """The class after all caps that hold; None with the reason when a cap cannot be judged."""
    left_out = {leaf.criterion.code for leaf in leaves if not leaf.applicable or leaf.points is None}
    told: list[Message] = []
    for cap in criteria_set.class_caps:
        holds = _cap_holds(cap, left_out, standings)
        if isinstance(holds, Message):
            return None, (holds,)
        lowered = next(b for b in criteria_set.bands if b.id == cap.at_most)
        if holds and lowered.start < band.start:
            told.append(Message("scoring.class_capped", {"from": band.name, "to": lowered.name, "when": cap.when.text}))
            band = lowered
    return band, tuple(told)


def _cap_holds(cap: ClassCap, left_out: set[str], standings: Mapping[str, Standing]) -> bool | Message:
    """Whether the condition holds; false when it reads a criterion that does not count, whatever else it reads."""
    if any(name.criterion in left_out for name in cap.when.names):
        return False
    numbers: dict[Name, Fraction] = {}
    for name in sorted(cap.when.names, key=str):
        value = standings[name.criterion or ""].numbers.get(Name(name.name))
        if value is None:
            return Message("scoring.cap_unknown", {"name": str(name)})
        numbers[name] = value
    try:
        return bool(cap.when.compute(numbers))
    except ZeroDenominator:
        return False
