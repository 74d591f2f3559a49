"""What units are to reach in a year, and how far a figure is from it. Pure and exact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from cchc.records.errors import refuse
from cchc.records.numbers import parse_number, terminating_decimal
from cchc.records.text import LocalText

ONLINE: Final = "dossiers.online"
METRICS: Final = {ONLINE: LocalText("Hồ sơ tiếp nhận trực tuyến", "Dossiers received online")}
"""What a target may be set for."""
_WHOLE, _DECIMALS = 100, 2


@dataclass(frozen=True, slots=True)
class Target:
    """So many percent of what stands on the system, and where it is set so many dossiers in the year."""

    percent: Decimal
    volume: int | None = None

    @property
    def share(self) -> Fraction:
        """The percentage as a share."""
        return Fraction(self.percent) / _WHOLE


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a period is from the target of its year. `points`: percentage points that are missing, below zero what is
    beyond; None where nothing was received. `dossiers`: the same in dossiers; None where no volume is set, or the
    period is no whole year. `is_over`: the period has ended.
    """

    points: Fraction | None
    dossiers: int | None
    is_over: bool

    @property
    def is_missed(self) -> bool:
        """Nothing received, too small a share, or in a year that is over too few."""
        return self.points is None or self.points > 0 or (self.is_over and (self.dossiers or 0) > 0)


def distance(target: Target, online: int, number: int, *, is_year: bool, is_over: bool) -> Distance:
    """Of `number` dossiers `online` came online."""
    points = (target.share - Fraction(online, number)) * _WHOLE if number else None
    missing = target.volume - online if is_year and target.volume is not None else None
    return Distance(points, missing, is_over)


def read_percent(text: str) -> Decimal:
    """`82,5` or `82,5 %`: more than 0, 100 at the most, two decimals at the most. Raises `records.not_a_number`,
    `dossiers.not_a_target`.
    """
    value = parse_number(text.strip().removesuffix("%"))
    exact = terminating_decimal(value)
    if exact is None or not 0 < value <= _WHOLE or (value * 10**_DECIMALS).denominator != 1:
        raise refuse("dossiers.not_a_target", text=text)
    return exact
