"""What the writers know: lines, columns side by side, grids, pictures, on leaves of paper.

Everything is measured and put into words already, so that three writers say the same. Lengths are millimetres,
sizes and gaps points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from cchc.documents.blocks import Align, Code
from cchc.documents.layout import Layout, Page, Style, StyleId
from cchc.documents.text import Run

CELL_PADDING: Final = Fraction(24, 10)  # millimetres beside the text of a cell, both sides together

Value = int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. `level` makes it a heading, `rule` draws a line below, `keeps_next` holds it to what follows."""

    style: StyleId
    runs: tuple[Run, ...]
    level: int | None = None
    rule: Fraction | None = None
    keeps_next: bool = False

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty space, in points; `keeps_next` holds what is above to what is below."""

    height: Fraction
    keeps_next: bool = False


@dataclass(frozen=True, slots=True)
class Pictures:
    """QR codes in a row, each a square of `side`."""

    codes: tuple[Code, ...]
    side: Fraction


@dataclass(frozen=True, slots=True)
class Beside:
    """Two columns, never torn by a page break."""

    left: tuple[Line | Gap | Pictures, ...]
    right: tuple[Line | Gap | Pictures, ...]
    left_width: Fraction
    right_width: Fraction


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid over `columns` × `rows`. `value` is the number or date behind the text, if it is one.

    `sums` are the first and last row of the grid's body, from 0, that the value adds up.
    """

    style: StyleId
    text: str
    align: Align
    bold: bool = False
    columns: int = 1
    rows: int = 1
    value: Value = None
    decimals: int = 0
    sums: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its widths, head rows that repeat, body rows. A cell stands only where it begins."""

    widths: tuple[Fraction, ...]
    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]


def placed(row: Iterable[Cell], reach: list[int]) -> Iterator[tuple[int, Cell]]:
    """The column at which each cell of a row begins.

    `reach` says of each column how many rows more it is covered from above, and is brought up to the next row.
    """
    at, below = 0, [max(0, rows - 1) for rows in reach]
    for cell in row:
        while reach[at]:
            at += 1
        yield at, cell
        below[at : at + cell.columns] = [cell.rows - 1] * cell.columns
        at += cell.columns
    reach[:] = below


Piece = Line | Gap | Pictures | Beside | Grid


@dataclass(frozen=True, slots=True)
class Leaf:
    """Pages of one shape, numbered from 1."""

    name: str
    page: Page
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """A paper ready to be written. `marks` stand at the top of every page."""

    title: str
    author: str
    on: date
    marks: str
    layout: Layout
    styles: Mapping[StyleId, Style]
    leaves: tuple[Leaf, ...]
