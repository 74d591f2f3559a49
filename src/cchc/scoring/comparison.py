"""Two results of the same units side by side: self against appraised, this year against last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cchc.scoring.results import Leaf, Results, UnitResult
from cchc.scoring.sheets import Stage


@dataclass(frozen=True, slots=True)
class LeafChange:
    """One criterion before and after. A side is None where its set does not have the criterion."""

    code: str
    before: Leaf | None
    after: Leaf | None

    @property
    def points(self) -> Fraction | None:
        """How many points were gained (negative: lost); None unless both sides have points."""
        if self.before is None or self.after is None or self.before.points is None or self.after.points is None:
            return None
        return self.after.points - self.before.points

    @property
    def applies_differently(self) -> bool:
        """Whether one side counts the criterion as applicable and the other does not."""
        return self.before is not None and self.after is not None and self.before.applicable != self.after.applicable


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One unit before and after. A side is None where the unit is not part of it (new, merged, left)."""

    unit: str
    before: UnitResult | None
    after: UnitResult | None

    @property
    def index(self) -> Decimal | None:
        """By how much the index rose; None unless both are known."""
        if self.before is None or self.after is None or self.before.index is None or self.after.index is None:
            return None
        return self.after.index - self.before.index

    @property
    def ranks(self) -> int | None:
        """How many ranks the unit went up (negative: down); None unless both are known."""
        if self.before is None or self.after is None or self.before.rank is None or self.after.rank is None:
            return None
        return self.before.rank - self.after.rank

    @property
    def maximum(self) -> Fraction | None:
        """By how much the applicable maximum rose: an index may rise because it fell."""
        return None if self.before is None or self.after is None else self.after.maximum - self.before.maximum

    def leaves(self) -> tuple[LeafChange, ...]:
        """Criterion by criterion, in the order of the later set, then those only the earlier one has."""
        before = {leaf.criterion.code: leaf for leaf in self.before.leaves} if self.before else {}
        after = {leaf.criterion.code: leaf for leaf in self.after.leaves} if self.after else {}
        return tuple(LeafChange(code, before.get(code), after.get(code)) for code in (after | before))


def compare_stages(results: Results, before: Stage, after: Stage) -> tuple[UnitChange, ...]:
    """Every unit at two stages of one sheet."""
    return _compare(results.at(before), results.at(after), {})


def compare_years(
    before: Iterable[UnitResult], after: Iterable[UnitResult], predecessors: Mapping[str, str] | None = None
) -> tuple[UnitChange, ...]:
    """Every unit of two rounds. `predecessors` gives, for a renamed unit, the name it had before.

    Who takes over a name that another unit has given up is new; two units that came from one both compare with it.
    """
    return _compare(before, after, predecessors or {})


def _compare(
    before: Iterable[UnitResult], after: Iterable[UnitResult], predecessors: Mapping[str, str]
) -> tuple[UnitChange, ...]:
    earlier, later = {result.unit: result for result in before}, tuple(after)
    renamed = {predecessors[result.unit] for result in later if result.unit in predecessors}
    former = {r.unit: predecessors.get(r.unit, "" if r.unit in renamed else r.unit) for r in later}
    changes = [UnitChange(result.unit, earlier.get(former[result.unit]), result) for result in later]
    left = earlier.keys() - former.values()
    return (*changes, *(UnitChange(unit, result, None) for unit, result in earlier.items() if unit in left))
