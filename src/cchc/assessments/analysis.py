"""Where points are won and lost: by criterion, reason and unit; what most units are strong in, who is weak in what.

Worked out from the answers as they stand: of a running round it is provisional (điểm tạm tính), of a frozen one final.
What is high and low says `rules`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from cchc.assessments.computing import Scored, score
from cchc.assessments.council import FINAL
from cchc.assessments.models import Answer, Sheet
from cchc.assessments.rules import Thresholds
from cchc.records.search import fold
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.results import Leaf
from cchc.scoring.sheets import STAGES

_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class CriterionFigures:
    """One criterion over all units for which it counts: who is high, who is low, who has no point at all."""

    criterion: Criterion
    units: int
    won: Fraction
    lost: Fraction
    high: Sequence[Sheet]
    low: Sequence[Sheet]
    none: Sequence[Sheet]
    most: Fraction

    @property
    def share(self) -> Fraction:
        """How much of what could be won was won, out of a hundred."""
        return self.won * 100 / (self.won + self.lost)

    @property
    def is_strength(self) -> bool:
        """Whether most units are high."""
        return bool(self.units) and Fraction(100 * len(self.high), self.units) >= self.most


@dataclass(frozen=True, slots=True)
class ReasonFigures:
    """One reason that was given when points were taken: how often, how many points, from whom."""

    text: str
    times: int
    points: Fraction
    units: Sequence[str]


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """One unit: own points, those that stand, what it lost against the maximum, and where most of it."""

    sheet: Sheet
    own: Fraction
    now: Fraction
    lost: Fraction
    worst: Sequence[tuple[str, Fraction]]


@dataclass(frozen=True, slots=True)
class Analysis:
    """All of a round."""

    criteria: Sequence[CriterionFigures]
    reasons: Sequence[ReasonFigures]
    units: Sequence[UnitFigures]

    @property
    def strengths(self) -> list[CriterionFigures]:
        """Criteria in which most units are high, the highest first."""
        return sorted((one for one in self.criteria if one.is_strength), key=lambda one: -one.share)[:_SHOWN]

    @property
    def weaknesses(self) -> list[CriterionFigures]:
        """Criteria in which units are low, those that cost most first."""
        return sorted((one for one in self.criteria if one.low), key=lambda one: -one.lost)[:_SHOWN]


def analyse(
    criteria: CriteriaSet, sheets: Sequence[Sheet], answers: Iterable[Answer], thresholds: Thresholds
) -> Analysis:  # fmt: skip
    """Of these sheets, as they stand."""
    kept = list(answers)
    scored = score(criteria, sheets, kept)
    figures = [_criterion(scored, sheets, one, thresholds) for one in criteria.criteria if one.has_maximum]
    return Analysis(
        [one for one in figures if one.units],
        _reasons(scored, {sheet.pk: sheet for sheet in sheets}, kept),
        [_unit(scored, sheet) for sheet in sheets],
    )


def _criterion(
    scored: Scored, sheets: Sequence[Sheet], criterion: Criterion, thresholds: Thresholds
) -> CriterionFigures:  # fmt: skip
    counted = [
        (sheet, leaf.points)
        for sheet in sheets
        if (leaf := scored.leaf(sheet.pk, FINAL, criterion.code)) is not None
        and leaf.counted
        and leaf.points is not None
    ]
    won = sum((points for _, points in counted), Fraction(0))
    return CriterionFigures(
        criterion,
        len(counted),
        won,
        criterion.max * len(counted) - won,
        [sheet for sheet, points in counted if 100 * points >= thresholds.high * criterion.max],
        [sheet for sheet, points in counted if 100 * points < thresholds.low * criterion.max],
        [sheet for sheet, points in counted if not points],
        thresholds.most,
    )


def _reasons(scored: Scored, sheets: dict[int, Sheet], answers: Sequence[Answer]) -> list[ReasonFigures]:
    """By what was said last where fewer points stand than the unit gave itself; words that differ in case are one."""
    last: dict[tuple[int, str], Answer] = {}
    for one in sorted(answers, key=lambda answer: STAGES.index(answer.stage)):
        if one.stage != STAGES[0] and one.said.get("reason"):
            last[one.sheet_id, one.criterion] = one
    found: dict[str, list[tuple[str, Sheet, Fraction]]] = defaultdict(list)
    for (key, code), one in last.items():
        now = scored.leaf(key, FINAL, code)
        fallen = _points(scored.leaf(key, "self", code)) - _points(now)
        if fallen > 0 and now is not None and now.counted:  # what was taken out of the maximum is no deduction
            text = one.said["reason"]
            found[fold(text)].append((text, sheets[key], fallen))
    made = [
        ReasonFigures(
            rows[0][0], len(rows), sum((points for _, _, points in rows), Fraction(0)),
            list(dict.fromkeys(sheet.name for _, sheet, _ in rows)),
        )
        for rows in found.values()
    ]  # fmt: skip
    return sorted(made, key=lambda one: (-one.points, one.text))[: 2 * _SHOWN]


def _unit(scored: Scored, sheet: Sheet) -> UnitFigures:
    own, now = scored.of(sheet.pk, "self"), scored.of(sheet.pk, FINAL)
    leaves = [leaf for leaf in (now.leaves if now else ()) if leaf.counted and leaf.criterion.has_maximum]
    lost = [(leaf.criterion.code, leaf.criterion.max - _points(leaf)) for leaf in leaves if leaf.points is not None]
    worst = sorted((one for one in lost if one[1] > 0), key=lambda one: -one[1])[:3]
    return UnitFigures(
        sheet,
        sum((_points(leaf) for leaf in (own.leaves if own else ())), Fraction(0)),
        sum((_points(leaf) for leaf in (now.leaves if now else ())), Fraction(0)),
        sum((points for _, points in lost), Fraction(0)),
        worst,
    )


def _points(leaf: Leaf | None) -> Fraction:
    return leaf.points if leaf is not None and leaf.points is not None else Fraction(0)
