"""Scoring a sheet: every unit at every stage that occurs, each stage starting from the latest earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Final

from cchc.records.expressions import ZeroDenominator
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.leaves import TakenOut, foreign_figures, score_leaf, taken_out
from cchc.scoring.ranking import set_ranks
from cchc.scoring.results import Leaf, Results, UnitResult
from cchc.scoring.rules.base import MAX_NAME, Unanswerable
from cchc.scoring.rules.rates import TargetRatio
from cchc.scoring.sheet_reading import SheetSource, as_sheet
from cchc.scoring.sheets import STAGES, Sheet, Stage, UnitSheet
from cchc.scoring.standing import UNTOUCHED, Standing, follow
from cchc.scoring.totals import total_up

Standings = dict[str, Standing]
Bests = Mapping[tuple[str, str], Fraction]
Others = Mapping[tuple[Stage, str, str], Fraction]
_NOBODY: Final[Others] = {}


def evaluate(criteria_set: CriteriaSet, sheet: SheetSource, *, others: Others = _NOBODY) -> Results:
    """Points with reasons, maximum, index, class and rank of every unit of the sheet.

    `sheet` is one that was read, the path of a file, or plain data: `{unit: {criterion: {input: value}}}` at the
    council's stage, or `{"stage", "group", "units": {…}}`. `others` are the highest figures of units that are not on
    the sheet, by stage, criterion and group (see `figures_compared`), for criteria that compare units.
    """
    typed = as_sheet(criteria_set, sheet)
    return Results(criteria_set, tuple(_all_stages(criteria_set, typed, others)), tuple(typed.problems))


def figures_compared(criteria_set: CriteriaSet, sheet: Sheet) -> dict[tuple[str, Stage, str], Fraction]:
    """By unit, stage and criterion: the figure with which a unit stands there among those of its group.

    At every stage, from what was said until then; absent where the criterion is taken out or the figure not known.
    """
    found: dict[tuple[str, Stage, str], Fraction] = {}
    for unit in sheet.units.values():
        standings = dict.fromkeys(criteria_set.by_code, UNTOUCHED)
        for stage in STAGES:
            _advance(criteria_set, standings, unit, stage, None)
            out = taken_out(criteria_set, standings, stage)
            for criterion in criteria_set.compared:
                actual = _actual(criterion, standings, out)
                if actual is not None:
                    found[unit.unit, stage, criterion.code] = actual
    return found


def _all_stages(criteria_set: CriteriaSet, sheet: Sheet, others: Others) -> Iterator[UnitResult]:
    standings = {unit: dict.fromkeys(criteria_set.by_code, UNTOUCHED) for unit in sheet.units}
    earlier: dict[str, UnitResult] = {}
    for stage in sheet.stages:
        for unit in sheet.units.values():
            _advance(criteria_set, standings[unit.unit], unit, stage, earlier.get(unit.unit))
        outs = {unit: taken_out(criteria_set, standings[unit], stage) for unit in sheet.units}
        bests = dict(_bests(criteria_set, sheet, standings, outs))
        for (at, code, group), figure in others.items():
            if at == stage:
                bests[code, group] = max(bests.get((code, group), figure), figure)
        results = [
            _score_unit(criteria_set, unit, standings[unit.unit], stage, outs[unit.unit], bests)
            for unit in sheet.units.values()
        ]
        set_ranks(criteria_set, results)
        earlier = {result.unit: result for result in results}
        yield from results


def _advance(
    criteria_set: CriteriaSet, standings: Standings, unit: UnitSheet, stage: Stage, earlier: UnitResult | None
) -> None:
    """Bring a unit's standings up to a stage."""
    for code, answer in unit.answers.get(stage, {}).items():
        criterion = criteria_set.by_code[code]
        standing = follow(standings[code], answer, stage, is_computed=criterion.rule.is_computed)
        if stage == "field" and criterion.combine == "add" and answer.points is not None:
            standing = _add_field_points(standing, earlier.leaf(code) if earlier else None)
        standings[code] = standing


def _add_field_points(standing: Standing, before: Leaf | None) -> Standing:
    """Field points on top of the points of the latest earlier stage; an error there stays an error here."""
    assert standing.typed is not None
    if before is not None and before.error is not None:
        return replace(standing, faults={**standing.faults, "points": before.error})
    base = (before.points if before else None) or Fraction(0)
    return replace(standing, typed=replace(standing.typed, on_top_of=base, is_added=True))


def _bests(
    criteria_set: CriteriaSet, sheet: Sheet, standings: Mapping[str, Standings], outs: Mapping[str, frozenset[str]]
) -> Iterator[tuple[tuple[str, str], Fraction]]:
    """The highest actual figure per group for each criterion that compares within the group."""
    for criterion in criteria_set.compared:
        found: dict[str, Fraction] = {}
        for unit in sheet.units.values():
            actual = _actual(criterion, standings[unit.unit], outs[unit.unit])
            if actual is not None:
                found[unit.group] = max(found.get(unit.group, actual), actual)
        for group, best in found.items():
            yield (criterion.code, group), best


def _actual(criterion: Criterion, standings: Standings, out: frozenset[str]) -> Fraction | None:
    """The unit's own figure, or None where the criterion is taken out or the figure is not known."""
    standing, rule = standings[criterion.code], criterion.rule
    assert isinstance(rule, TargetRatio)
    if criterion.code in out:
        return None
    foreign = {name for name in rule.actual.names if name.criterion is not None}
    try:
        numbers = {MAX_NAME: criterion.max, **standing.numbers, **foreign_figures(foreign, standings, out)}
        return Fraction(rule.actual.compute(numbers)) if rule.actual.names <= numbers.keys() else None
    except (TakenOut, Unanswerable, ZeroDenominator):
        return None


def _score_unit(
    criteria_set: CriteriaSet, unit: UnitSheet, standings: Standings, stage: Stage, out: frozenset[str], bests: Bests
) -> UnitResult:
    decimals = criteria_set.points_decimals
    leaves = tuple(
        score_leaf(criterion, standings, stage, bests.get((criterion.code, unit.group)), decimals, out)
        for criterion in criteria_set.criteria
    )
    return total_up(criteria_set, unit, stage, leaves, standings)
