"""How long a step usually takes: what its finished cases tell, and on which of them an estimate rests. Pure.

Minutes are whole working minutes. A quantile is a duration that occurred: the shortest one that at least that share of
the cases did not exceed; so nothing is rounded, and nothing depends on how a point between two cases is chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Final, Literal

Basis = Literal["unit", "procedure", "limit"]
OF_UNIT: Final[Basis] = "unit"
OF_PROCEDURE: Final[Basis] = "procedure"
OF_LIMIT: Final[Basis] = "limit"
SHARES: Final = (Fraction(1, 10), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(9, 10))


@dataclass(frozen=True, slots=True)
class Durations:
    """Of so many finished cases: the 10th, 25th, 50th, 75th and 90th per cent, in working minutes."""

    cases: int
    low: int
    quarter: int
    median: int
    three_quarters: int
    high: int

    def left(self, used: int) -> Left:
        """What a case that has used so much already usually still needs.

        Cases that last longer than the median are the upper half, whose own median is the third quartile; those beyond
        that are the upper quarter, of which the 90th per cent is near the middle. Whoever is past it gets no estimate:
        nothing is left of what is usual, and `is_past` says so.
        """
        reached = next((one for one in (self.median, self.three_quarters, self.high) if used < one), None)
        if reached is None:
            is_past = used > self.high
            return Left(0, 0, 0, None if is_past else self.high + 1, is_past)
        early = self.quarter if used < self.quarter else reached
        late = max(self.three_quarters, reached)
        return Left(early - used, reached - used, late - used, early)


@dataclass(frozen=True, slots=True)
class Left:
    """Working minutes that are left, early, usual and late; it holds until so many were used in all (`holds_until`)."""

    early: int
    usual: int
    late: int
    holds_until: int | None
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    """On what an estimate rests. `durations` are None where nothing but the step's limit is left to go by; `seen` are
    the unit's own cases, `seen_elsewhere` those of all units, whichever was used.
    """

    basis: Basis
    durations: Durations | None
    seen: int
    seen_elsewhere: int

    @property
    def cases(self) -> int:
        """How many cases it rests on; 0 for a limit."""
        return 0 if self.durations is None else self.durations.cases


def durations_of(counts: Mapping[int, int]) -> Durations:
    """Of cases by how long they took: how many took how many minutes. Raises `ValueError` without any."""
    total = sum(counts.values())
    if total <= 0:
        raise ValueError("no cases")
    return Durations(total, *_quantiles(counts, total))


def _quantiles(counts: Mapping[int, int], total: int) -> Iterator[int]:
    minutes = sorted(counts)
    reached = list(accumulate(counts[one] for one in minutes))
    for share in SHARES:
        yield next(one for one, number in zip(minutes, reached, strict=True) if number >= share * total)


def estimate(own: Durations | None, everywhere: Durations | None, minimum: int) -> Estimate:
    """The unit's own history; where that has fewer cases than the minimum, that of the procedure in all units; else the
    limit of the step.
    """
    seen, elsewhere = own.cases if own else 0, everywhere.cases if everywhere else 0
    if own is not None and seen >= minimum:
        return Estimate(OF_UNIT, own, seen, elsewhere)
    if everywhere is not None and elsewhere >= minimum:
        return Estimate(OF_PROCEDURE, everywhere, seen, elsewhere)
    return Estimate(OF_LIMIT, None, seen, elsewhere)
