"""`cchc bench scoring`: the evaluator with reasons against a bare loop of the same exact arithmetic.

3,321 units (as many as Việt Nam has communes) × 100 criteria. The figures are made up by a fixed rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from cchc.bench.timing import Rounds, count_calls, interleave
from cchc.demo.large_set import large_set
from cchc.records.expressions import Name
from cchc.records.numbers import round_half_up
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.evaluation import evaluate
from cchc.scoring.sheets import Answer, Sheet, UnitSheet

UNITS: Final = 3_321
LEAVES: Final = 100
ROUNDS: Final = 7
MOST_TIMES_BARE: Final = 12
_DONE: Final = Name("done")
_PLANNED: Final = Name("planned")


@dataclass(frozen=True, slots=True)
class ScoringFigures:
    """What one run measured."""

    units: int
    with_reasons: Rounds
    bare: Rounds
    calls_per_leaf: tuple[tuple[int, float], ...]

    @property
    def times_bare(self) -> float:
        """How many times the bare loop the evaluator takes."""
        return self.with_reasons.median / self.bare.median

    @property
    def is_constant(self) -> bool:
        """Whether a leaf costs the same number of calls among few units and among many (within 1 %)."""
        costs = [calls for _, calls in self.calls_per_leaf]
        return max(costs) <= min(costs) * 1.01

    @property
    def holds(self) -> bool:
        """Whether both limits hold."""
        return self.is_constant and self.times_bare <= MOST_TIMES_BARE


def run(units: int = UNITS, rounds: int = ROUNDS, tell: Callable[[str], None] = lambda _: None) -> ScoringFigures:
    """Measure. `tell` hears what is being done. Raises `ArithmeticError` if the two sides disagree on any index."""
    criteria_set = large_set(LEAVES)
    sheet = make_sheet(criteria_set, units)
    tell("compare")
    ours = [result.index for result in evaluate(criteria_set, sheet).units]
    if ours != bare_indexes(criteria_set, sheet):
        raise ArithmeticError("the evaluator and the bare loop disagree")
    tell("count")
    calls = []
    for size in (units // 10, units):
        sized = sheet if size == units else make_sheet(criteria_set, size)
        calls.append((size, count_calls(lambda sized=sized: evaluate(criteria_set, sized)) / (size * LEAVES)))  # type: ignore[misc]
    tell("time")
    taken = interleave(
        {"ours": lambda: evaluate(criteria_set, sheet), "bare": lambda: bare_indexes(criteria_set, sheet)}, rounds
    )
    return ScoringFigures(units, taken["ours"], taken["bare"], tuple(calls))


def make_sheet(criteria_set: CriteriaSet, units: int) -> Sheet:
    """A typed sheet with figures by a fixed rule: planned 90–99, done 50–109."""
    sheet = Sheet()
    for unit in range(units):
        made = UnitSheet(f"Đơn vị {unit + 1}")
        made.answers["council"] = {
            criterion.code: _answer(Fraction(50 + (unit * 7 + at * 13) % 60), Fraction(90 + (unit + at) % 10))
            for at, criterion in enumerate(criteria_set.criteria)
        }
        sheet.units[made.unit] = made
    return sheet


def _answer(done: Fraction, planned: Fraction) -> Answer:
    return Answer(numbers={_DONE: done, _PLANNED: planned}, values={"done": done, "planned": planned})


def bare_indexes(criteria_set: CriteriaSet, sheet: Sheet) -> list[object]:
    """The same indexes by the plainest loop: exact fractions, no reasons, no checks."""
    codes = [criterion.code for criterion in criteria_set.criteria]
    answers = [unit.answers["council"] for unit in sheet.units.values()]
    bests = [max(answer[code].numbers[_DONE] for answer in answers) for code in codes]
    indexes: list[object] = []
    for answer in answers:
        points = Fraction(0)
        for at, code in enumerate(codes):
            numbers = answer[code].numbers
            points += _BARE[at % len(_BARE)](numbers[_DONE], numbers[_PLANNED], bests[at])
        indexes.append(round_half_up(points / LEAVES * 100, criteria_set.index_decimals))
    return indexes


_ZERO, _HALF, _ONE = Fraction(0), Fraction(1, 2), Fraction(1)
# In the order of the rules of `large_set`.
_BARE: Final[tuple[Callable[[Fraction, Fraction, Fraction], Fraction], ...]] = (
    lambda done, planned, best: min(done / planned, _ONE),
    lambda done, planned, best: min(rate, _ONE) if (rate := done / planned) >= Fraction(4, 5) else _ZERO,
    lambda done, planned, best: _ONE if (rate := done / planned) >= Fraction(4, 5) else rate / Fraction(4, 5),
    lambda done, planned, best: (
        _ONE if (rate := done / planned) >= Fraction(9, 10) else _HALF if rate >= _HALF else _ZERO
    ),
    lambda done, planned, best: min(done * Fraction(1, 20), _ONE),
    lambda done, planned, best: min(max(_ONE - (planned - done) * Fraction(1, 50), _ZERO), _ONE),
    lambda done, planned, best: _ONE if done >= planned else _ONE * done / planned,
    lambda done, planned, best: (
        _HALF * done / planned if done <= planned else _HALF + _HALF * (done - planned) / (best - planned)
    ),
)
