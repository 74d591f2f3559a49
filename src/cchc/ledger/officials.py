"""How sure a share of late steps is: the interval that stands beside it in every list."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from math import isqrt
from typing import Final

import polars as pl

from cchc.ledger.schema import OFFICIALS_OUT

_Z2, _ONE = 3_841_458_820_694_124, 10**15  # 1.959963984540054²: the 95 % interval
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

    Its ends are (late + z²/2 ± √(z²·(late·(of − late)/of + z²/4))) / (of + z²), here in whole numbers: z² is `_Z2` of
    `_ONE`, the root is cut after twelve digits. Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), 209–212.
    """
    if of == 0:
        return Decimal("0.0000"), Decimal("1.0000")
    square = _Z2 * (4 * late * (of - late) * _ONE + of * _Z2)
    root = isqrt(square * _SCALE**2 // (4 * of * _ONE**2))
    middle = (2 * late * _ONE + _Z2) * _SCALE
    whole = 2 * (of * _ONE + _Z2) * _SCALE
    low, high = (min(max(middle + sign * 2 * root * _ONE, 0), whole) for sign in (-1, 1))
    return _rounded(low, whole), _rounded(high, whole)


def _rounded(part: int, whole: int) -> Decimal:
    """A share to four digits, half up."""
    return Decimal((2 * part * 10**_DIGITS + whole) // (2 * whole)).scaleb(-_DIGITS)
