"""How sure a share of late steps is: the interval that stands beside it in every list."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import isqrt
from typing import Final

import polars as pl

from cchc.ledger.schema import OFFICIALS_OUT
from cchc.records.numbers import round_half_up

_Z_SQUARED: Final = Fraction("3.841458820694124")  # 1.959963984540054²: the 95 % interval
_SCALE: Final = 10**12
_DIGITS: Final = 4


def with_intervals(counted: pl.DataFrame) -> pl.DataFrame:
    """The Wilson interval of late steps among steps, beside the counts."""
    pairs = counted.select("late_steps", "steps").unique()  # far fewer than rows
    bounds = [wilson(late, of) for late, of in pairs.iter_rows()]
    low = pl.Series("low", [low for low, _ in bounds], dtype=OFFICIALS_OUT["low"])
    high = pl.Series("high", [high for _, high in bounds], dtype=OFFICIALS_OUT["high"])
    intervals = pairs.with_columns(low, high)
    return counted.join(intervals, on=["late_steps", "steps"], how="left", maintain_order="left")


@lru_cache(maxsize=100_000)
def wilson(late: int, of: int) -> tuple[Decimal, Decimal]:
    """The 95 % Wilson score interval of a share, to four digits; from 0 to 1 without a single step.

    Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), 209–212.
    """
    if of == 0:
        return Decimal("0.0000"), Decimal("1.0000")
    share, z2 = Fraction(late, of), _Z_SQUARED
    centre = share + z2 / (2 * of)
    spread = _square_root(z2 * (share * (1 - share) / of + z2 / (4 * of * of)))
    low, high = ((centre + sign * spread) / (1 + z2 / of) for sign in (-1, 1))
    return round_half_up(max(low, Fraction(0)), _DIGITS), round_half_up(min(high, Fraction(1)), _DIGITS)


def _square_root(value: Fraction) -> Fraction:
    """To twelve digits: far more than are shown."""
    return Fraction(isqrt(value.numerator * _SCALE * _SCALE // value.denominator), _SCALE)
