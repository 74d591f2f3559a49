"""One criterion of one unit: from where it stands to points with reasons, or to an error that says what is missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Final

from cchc.records.errors import Message
from cchc.records.expressions import Name, ZeroDenominator
from cchc.records.numbers import Apart, Percent, round_half_up
from cchc.scoring.criteria import BEST, CriteriaSet, Criterion
from cchc.scoring.results import Leaf
from cchc.scoring.rules.base import MAX_NAME, ONE, ZERO, Case, Points, Unanswerable
from cchc.scoring.rules.counting import Bonus
from cchc.scoring.rules.given import Given
from cchc.scoring.sheets import Stage
from cchc.scoring.standing import Override, Standing

Standings = Mapping[str, Standing]
_NO_REASON: Final = Message("scoring.no_reason_given")
_FULL: Final = Message("scoring.excluded_full")
_ZERO: Final = Message("scoring.excluded_zero")


class TakenOut(Exception):
    """The rule reads a criterion that was taken out, so this one is taken out with it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def taken_out(criteria_set: CriteriaSet, standings: Standings, stage: Stage) -> frozenset[str]:
    """Codes of the criteria taken out of a unit's sheet, as far as other rules or other units look at them.

    A criterion is taken out by what somebody said, by a zero denominator, or by reading one that is taken out.
    """
    out = frozenset(leaf.code for leaf in criteria_set.looked_at if standings[leaf.code].is_excluded)
    while True:
        rest = (leaf for leaf in criteria_set.looked_at if leaf.code not in out)
        more = {leaf.code for leaf in rest if not score_leaf(leaf, standings, stage, None, None, out).applicable}
        if not more:
            return out
        out |= more


def score_leaf(
    criterion: Criterion,
    standings: Standings,
    stage: Stage,
    best: Fraction | None,
    decimals: int | None,
    out: Collection[str] = frozenset(),
) -> Leaf:
    """Points for one criterion. `best` is the group's highest figure for a rule that compares in the group.

    Points are rounded half up at `decimals` when the set says so; `out` are the criteria taken out, for rules that
    read them. Never raises for what a sheet may hold.
    """
    standing = standings[criterion.code]
    if stage == "self" and not criterion.scored_by_unit:
        return _not_yours(criterion, standing)
    if standing.faults:
        return _failed(criterion, Message("scoring.unreadable_values", {"what": tuple(standing.faults.values())}))
    try:
        if standing.is_excluded:
            return _exclude(criterion, standing, Message("scoring.excluded", {"reason": standing.reason or _NO_REASON}))
        value, reasons = _points(criterion, standings, stage, best, out)
    except ZeroDenominator:
        return _exclude(criterion, standing, Message("scoring.zero_denominator"))
    except TakenOut as read:
        return _exclude(criterion, standing, Message("scoring.reads_excluded", {"code": read.code}))
    except Unanswerable as unanswerable:
        return _failed(criterion, unanswerable.message)
    if decimals is not None:
        value, reasons = _rounded(value, reasons, decimals)
    return Leaf(criterion, value, counted=criterion.has_maximum, reasons=reasons)


def _rounded(value: Fraction, reasons: tuple[Message, ...], decimals: int) -> Points:
    """Half up before it is added, so that a printed annex adds up. No bound of a set is finer than its rounding."""
    rounded = Fraction(round_half_up(value, decimals))
    if rounded == value:
        return Points(value, reasons)
    return Points(rounded, (*reasons, Message("scoring.rounded", {"points": rounded})))


def _failed(criterion: Criterion, message: Message) -> Leaf:
    return Leaf(criterion, None, counted=criterion.has_maximum, error=message)


def _not_yours(criterion: Criterion, standing: Standing) -> Leaf:
    """At `self`, a criterion that others score counts in neither points nor maximum and takes no value."""
    if standing.at is not None:
        return Leaf(criterion, None, counted=False, error=Message("scoring.not_self_scored", {"by": criterion.scorer}))
    return Leaf(criterion, None, counted=False, reasons=(Message("scoring.scored_later", {"by": criterion.scorer}),))


def _exclude(criterion: Criterion, standing: Standing, why: Message) -> Leaf:
    """What `not_applicable` of the criterion makes of being taken out."""
    at = standing.excluded_at or standing.at
    match criterion.not_applicable:
        case "never":
            return _failed(criterion, Message("scoring.always_applies", {"why": why}))
        case "full":
            return Leaf(criterion, criterion.max, False, criterion.has_maximum, (why, _FULL), excluded_at=at)
        case "zero":
            return Leaf(criterion, ZERO, False, criterion.has_maximum, (why, _ZERO), excluded_at=at)
        case "exclude":
            return Leaf(criterion, None, False, False, (why,), excluded_at=at)


def _points(
    criterion: Criterion, standings: Standings, stage: Stage, best: Fraction | None, out: Collection[str]
) -> Points:
    standing = standings[criterion.code]
    if standing.typed is not None:
        return _typed(criterion, standing, stage)
    if isinstance(criterion.rule, Given):
        return _given(criterion, standing)
    if standing.ratio is not None:
        raise Unanswerable(Message("scoring.ratio_not_taken"))
    points = criterion.rule.score(_case(criterion, standings, best, out))
    return _signed(criterion, _clamped(criterion, points, criterion.rule.lowest()))


def _case(criterion: Criterion, standings: Standings, best: Fraction | None, out: Collection[str]) -> Case:
    """Everything the rule reads, or `TakenOut`, or `Unanswerable` naming what is missing."""
    standing = standings[criterion.code]
    foreign = foreign_figures(criterion.foreign_names, standings, out) if criterion.foreign_names else {}
    missing = (criterion.own_names - standing.numbers.keys()) | {
        Name(name) for name in criterion.values_needed - standing.values.keys()
    }
    if missing:
        labels = tuple(criterion.inputs[name.name].label for name in sorted(missing, key=str))
        raise Unanswerable(Message("scoring.inputs_missing", {"inputs": labels}))
    numbers = {MAX_NAME: criterion.max, **standing.numbers, **foreign}
    if criterion.compares_in_group:
        numbers[BEST] = best if best is not None else ZERO
    return Case(criterion.max, numbers, standing.values)


def foreign_figures(names: Collection[Name], standings: Standings, out: Collection[str]) -> dict[Name, Fraction]:
    """Inputs of other criteria of the same unit. Raises `TakenOut`, and else `Unanswerable` for a missing one."""
    ordered = sorted((name.criterion or "", name.name) for name in names)
    for code, _ in ordered:
        if code in out or standings[code].is_excluded:
            raise TakenOut(code)
    found: dict[Name, Fraction] = {}
    for code, name in ordered:
        value = standings[code].numbers.get(Name(name))
        if value is None:
            raise Unanswerable(Message("scoring.foreign_missing", {"name": str(Name(name, code))}))
        found[Name(name, code)] = value
    return found


def _clamped(criterion: Criterion, points: Points, lowest: Fraction) -> Points:
    """Points held within `lowest` and the most the criterion can give, with a reason when they had left it."""
    highest = _highest(criterion)
    if highest is not None and points.value > highest:
        return Points(highest, (*points.reasons, Message("scoring.at_most_max", {"max": highest})))
    if points.value < lowest:
        return Points(lowest, (*points.reasons, Message("scoring.at_least", {"least": lowest})))
    return points


def _highest(criterion: Criterion) -> Fraction | None:
    """The maximum; for bonus and penalty their cap, None without one."""
    return criterion.rule.cap if isinstance(criterion.rule, Bonus) else criterion.max


def _signed(criterion: Criterion, points: Points) -> Points:
    rule = criterion.rule
    return Points(points.value * rule.sign, points.reasons) if isinstance(rule, Bonus) else points


def _typed(criterion: Criterion, standing: Standing, stage: Stage) -> Points:
    """Points typed by a person: in range, with a reason, not by the unit over a computed rule."""
    override = standing.typed
    assert override is not None
    points, reason, at = override.points, override.reason, override.stage
    if criterion.rule.is_computed and at == "self":
        raise Unanswerable(Message("scoring.points_are_computed"))
    if standing.ratio is not None:
        raise Unanswerable(Message("scoring.points_and_ratio"))
    _require_in_range(criterion, points)
    if reason is None and _needs_reason(criterion, override):
        raise Unanswerable(Message("scoring.reason_missing"))
    because = (Message("scoring.because", {"reason": reason}),) if reason else ()
    if override.is_added:
        before = abs(override.on_top_of) if isinstance(criterion.rule, Bonus) else override.on_top_of
        params = {"before": before, "points": points, "total": before + points}
        added = Points(before + points, (Message("scoring.added_points", params), *because))
        return _signed(criterion, _clamped(criterion, added, _least_typed(criterion)))
    told = Message("scoring.typed_points", {"points": points, "stage": Message(f"scoring.stage_{at}")})
    return _signed(criterion, Points(points, (told, *because)))


def _needs_reason(criterion: Criterion, override: Override) -> bool:
    """Judgement and overrides are explained; survey figures and points added in the field stand for themselves."""
    if criterion.rule.kind == "manual":
        return True
    return criterion.rule.is_computed and not override.is_added


def _least_typed(criterion: Criterion) -> Fraction:
    """A person may type anything from 0 up, and lower where the rule itself may go lower."""
    return min(ZERO, criterion.rule.lowest())


def _require_in_range(criterion: Criterion, points: Fraction) -> None:
    lowest, highest = _least_typed(criterion), _highest(criterion)
    if points < lowest or (highest is not None and points > highest):
        shown = Apart(points, (lowest,) if highest is None else (lowest, highest))
        bounds = {"least": lowest, "max": "∞" if highest is None else highest}
        raise Unanswerable(Message("scoring.points_out_of_range", {"points": shown, **bounds}))


def _given(criterion: Criterion, standing: Standing) -> Points:
    """A survey's or another index's share of the maximum."""
    if standing.ratio is None:
        raise Unanswerable(Message("scoring.points_missing"))
    if criterion.rule.kind == "manual":
        raise Unanswerable(Message("scoring.ratio_not_taken"))
    if not ZERO <= standing.ratio <= ONE:
        raise Unanswerable(Message("scoring.ratio_out_of_range", {"ratio": Apart(standing.ratio, (ZERO, ONE))}))
    points = standing.ratio * criterion.max
    params = {"share": Percent(standing.ratio), "max": criterion.max, "points": points}
    return Points(points, (Message("scoring.in_proportion", params),))
