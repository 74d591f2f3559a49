"""The arithmetic of every index: points over maximum, rounded once; class by bands; rank with ties.

The published tables that `cchc verify` checks and the sheets that `cchc score` evaluates share these four rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Final

from cchc.records.errors import refuse
from cchc.records.numbers import parse_number, round_half_up
from cchc.records.search import fold
from cchc.records.text import LocalText, nfc


@dataclass(frozen=True, slots=True)
class Band:
    """A class and the index or points from which it starts, that value included."""

    id: str
    start: Fraction
    name: LocalText


DEFAULT_BANDS: Final = (
    Band("excellent", Fraction(90), LocalText("Xuất sắc", "Excellent")),
    Band("good", Fraction(80), LocalText("Tốt", "Good")),
    Band("fair", Fraction(70), LocalText("Khá", "Fair")),
    Band("average", Fraction(50), LocalText("Trung bình", "Average")),
    Band("weak", Fraction(0), LocalText("Yếu", "Weak")),
)


def exact_index(points: Fraction, maximum: Fraction) -> Fraction:
    """Points as a share of the maximum, times 100, not rounded. `maximum` is positive."""
    return points / maximum * 100


def index_of(points: Fraction, maximum: Fraction, decimals: int) -> Decimal:
    """The index: the exact quotient times 100, rounded once, half up. `maximum` is positive."""
    return round_half_up(exact_index(points, maximum), decimals)


def class_of(index: Fraction | Decimal, bands: Sequence[Band]) -> Band | None:
    """The highest band that starts at or under `index`; None under the lowest. Bands in any order."""
    value = Fraction(index)
    return max((band for band in bands if band.start <= value), key=lambda band: band.start, default=None)


def ranks(values: Sequence[Decimal | None]) -> list[int | None]:
    """The rank of each value in its group: higher is better, equals share, the next one skips (1-2-2-4).

    One unknown value leaves the whole group without ranks: it could stand anywhere.
    """
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return [None] * len(values)
    how_many = Counter(known)
    levels = sorted(how_many, reverse=True)
    ahead = accumulate((how_many[level] for level in levels), initial=1)
    rank_at = dict(zip(levels, ahead, strict=False))
    return [rank_at[value] for value in known]


def parse_bands(text: str) -> tuple[Band, ...]:
    """`Xuất sắc:90,Tốt:80,Yếu:0` (decimals take a point, any order) as bands from high to low.

    Raises `scoring.table_bad_bands` for a part that is not `name:number`, and `scoring.table_equal_bands` for two
    bands with the same name or the same start.
    """
    bands = sorted(map(_parse_band, nfc(text).split(",")), key=lambda band: -band.start)
    for what in ({band.id for band in bands}, {band.start for band in bands}):
        if len(what) < len(bands):
            raise refuse("scoring.table_equal_bands", text=text)
    return tuple(bands)


def _parse_band(part: str) -> Band:
    name, colon, start = (piece.strip() for piece in part.rpartition(":"))
    if not (name and colon):
        raise refuse("scoring.table_bad_bands", part=part.strip())
    return Band(fold(name).replace(" ", "-"), parse_number(start), LocalText(name))
