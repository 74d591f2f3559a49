"""What scoring a sheet gives: points with reasons per criterion; points, index, class and rank per unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cchc.records.errors import Message, Problem
from cchc.scoring.arithmetic import Band, index_of
from cchc.scoring.criteria import CriteriaSet, Criterion
from cchc.scoring.sheets import Stage


@dataclass(slots=True)
class Leaf:
    """One criterion of one unit at one stage.

    `points` is None when it does not count (`counted` False) or cannot be given (`error`). A penalty's points are
    negative, so that the points of a unit's leaves add up. `applicable` False means taken out, `excluded_at` where.
    """

    criterion: Criterion
    points: Fraction | None
    applicable: bool = True
    counted: bool = True
    reasons: tuple[Message, ...] = ()
    error: Message | None = None
    excluded_at: Stage | None = None


@dataclass(slots=True)
class UnitResult:
    """One unit at one stage. With an error anywhere, points, index, class and rank are None.

    `maximum` adds the maxima of the criteria that count. `rank` is also None while any unit of the group has an error.
    """

    unit: str
    stage: Stage
    group: str
    leaves: tuple[Leaf, ...]
    maximum: Fraction
    points: Fraction | None = None
    index: Decimal | None = None
    band: Band | None = None
    rank: int | None = None
    errors: tuple[Message, ...] = ()
    reasons: tuple[Message, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether anything keeps the unit from being scored."""
        return bool(self.errors) or any(leaf.error for leaf in self.leaves)

    def leaf(self, code: str) -> Leaf:
        """The leaf of that criterion."""
        return next(leaf for leaf in self.leaves if leaf.criterion.code == code)

    def points_of(self, criteria: Iterable[Criterion]) -> Fraction:
        """The points of these criteria together; what does not count adds nothing."""
        wanted = {criterion.code for criterion in criteria}
        return sum((leaf.points or Fraction(0) for leaf in self.leaves if leaf.criterion.code in wanted), Fraction(0))

    @property
    def excluded(self) -> tuple[Leaf, ...]:
        """The criteria taken out of the maximum."""
        return tuple(leaf for leaf in self.leaves if not leaf.applicable and not leaf.counted)

    def index_with_exclusions_counted(self, decimals: int) -> Decimal | None:
        """The index if every criterion taken out counted with 0 points: what the exclusions are worth."""
        if self.points is None:
            return None
        return index_of(
            self.points, self.maximum + sum((leaf.criterion.max for leaf in self.excluded), Fraction(0)), decimals
        )


@dataclass(slots=True)
class Results:
    """All units at all stages that occur, in the order of stages, then of the sheet."""

    criteria_set: CriteriaSet
    units: tuple[UnitResult, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether the sheet holds anything that could not be scored."""
        return bool(self.problems) or any(unit.has_errors for unit in self.units)

    def at(self, stage: Stage) -> tuple[UnitResult, ...]:
        """The units at one stage."""
        return tuple(unit for unit in self.units if unit.stage == stage)

    def of(self, unit: str, stage: Stage) -> UnitResult:
        """One unit at one stage."""
        return next(result for result in self.units if result.unit == unit and result.stage == stage)
