"""Where figures fall in a drawing: steps of a heat matrix, lines of small multiples. Exact; rounded only to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Final

from cchc.interface.templatetags.figures import Exact
from cchc.records.numbers import round_half_up

HEAT_STEPS: Final = 5
# The drawing area of one line, in units of its own; the page stretches it.
LINE_WIDTH: Final = 100
LINE_HEIGHT: Final = 40


@dataclass(frozen=True, slots=True)
class HeatRange:
    """The figures that one step of colour stands for, as they are written."""

    step: int
    low: Decimal
    high: Decimal


def heat_step(value: Exact, most: Exact, decimals: int) -> int:
    """1 to 5: in which fifth of 0…`most` the figure lies as it is written, so that colour never contradicts it."""
    written = Fraction(round_half_up(Fraction(value), decimals))
    return min(max(int(written * HEAT_STEPS // Fraction(most)) + 1, 1), HEAT_STEPS)


def heat_ranges(most: Exact, decimals: int) -> list[HeatRange]:
    """What each step means, for the legend; a step that no written figure can reach is left out."""
    grain = Fraction(1, 10**decimals)
    starts = [ceil(Fraction(most) * step / HEAT_STEPS / grain) * grain for step in range(HEAT_STEPS)]
    ends = [*(start - grain for start in starts[1:]), Fraction(round_half_up(Fraction(most), decimals))]
    return [
        HeatRange(step, round_half_up(low, decimals), round_half_up(high, decimals))
        for step, (low, high) in enumerate(zip(starts, ends, strict=True), start=1)
        if low <= high
    ]


def line_path(values: Sequence[Exact | None], low: Exact, high: Exact) -> str:
    """An SVG path from left to right on the scale `low`…`high`; it breaks where a value is missing."""
    path = []
    for before, place in pairwise([None, *_places(values, low, high)]):
        if place is not None:
            path.append(f"M{place}" if before is None else f"L{place}")
    return "".join(path)


def dot_path(values: Sequence[Exact | None], low: Exact, high: Exact) -> str:
    """Dots, drawn by round line ends: at the last known value, and at each that stands between two gaps."""
    places = _places(values, low, high)
    last = max((i for i, place in enumerate(places) if place is not None), default=None)
    around = zip([None, *places], places, [*places[1:], None], strict=False)
    return "".join(
        f"M{place}h0"
        for i, (before, place, after) in enumerate(around)
        if place is not None and (i == last or before is after is None)
    )


def _places(values: Sequence[Exact | None], low: Exact, high: Exact) -> list[str | None]:
    """Where each value stands, `x y`; None where it is missing."""
    last = max(len(values) - 1, 1)
    return [
        None if value is None else f"{_short(Fraction(LINE_WIDTH * i, last))} {_height(value, low, high)}"
        for i, value in enumerate(values)
    ]


def _height(value: Exact, low: Exact, high: Exact) -> str:
    """Down from the top; what lies outside the scale is drawn at its edge; a scale of one value is a line midway."""
    span = Fraction(high) - Fraction(low)
    ratio = (Fraction(value) - Fraction(low)) / span if span else Fraction(1, 2)
    return _short((1 - min(max(ratio, Fraction(0)), Fraction(1))) * LINE_HEIGHT)


def _short(number: Fraction) -> str:
    return f"{round_half_up(number, 1).normalize():f}"
