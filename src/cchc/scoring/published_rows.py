"""One row of a published result table: what is printed in it, and what is wrong with it by itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Printed:
    """The figures of one unit as printed; None where the table prints nothing (or nothing readable).

    `index` keeps the decimals it is printed with: `Decimal("87.2")` was printed with one.
    """

    self_points: Fraction | None = None
    self_max: Fraction | None = None
    appraised: Fraction | None = None
    maximum: Fraction | None = None
    index: Decimal | None = None
    index_text: str | None = None
    class_name: str | None = None
    rank: int | None = None
