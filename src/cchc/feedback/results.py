"""What ratings come to, exactly; and how many of them are shown so that nobody can tell one by what is shown. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Mean:
    """An average as what it is made of: points over the answers that count."""

    points: int
    number: int

    @property
    def value(self) -> Fraction | None:
        """None where nothing was answered."""
        return Fraction(self.points, self.number) if self.number else None


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the dossiers handed in: how many got a form, whose form came back, how many were rated."""

    dossiers: int = 0
    handed_out: int = 0
    taken_in: int = 0
    rated: int = 0

    @property
    def share(self) -> Fraction | None:
        """How many of the dossiers were rated; None where there are none."""
        return Fraction(self.rated, self.dossiers) if self.dossiers else None

    @property
    def hands_out_none(self) -> bool:
        """Whether there were dossiers and not one form went out."""
        return bool(self.dossiers) and not self.handed_out

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(
            self.dossiers + other.dossiers, self.handed_out + other.handed_out, self.taken_in + other.taken_in,
            self.rated + other.rated,
        )  # fmt: skip


def in_blocks(number: int, block: int) -> int:
    """How many of so many ratings are shown: whole blocks of the first ones. What is shown on two days then differs by
    nothing or by a block at the least, so that no single rating can be told by subtracting.
    """
    return number - number % block


def shown_of(ratings: Sequence[T], block: int) -> Sequence[T]:
    """Those that are shown, `ratings` in the order in which they were given."""
    return ratings[: in_blocks(len(ratings), block)]
