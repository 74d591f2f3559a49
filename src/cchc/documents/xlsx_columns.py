"""Columns of a sheet that all parts of a paper share: each part spans some of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Final

from cchc.documents.pieces import Beside, Grid, Piece

Span = tuple[int, int]
_NEAR: Final = Fraction(12)  # millimetres: an edge so near to one of the largest table's moves there


@dataclass(frozen=True, slots=True)
class SheetColumns:
    """The right edges of a sheet's columns, in millimetres from the left."""

    edges: tuple[Fraction, ...]

    @property
    def widths(self) -> tuple[Fraction, ...]:
        """How wide each column is."""
        return tuple(after - before for before, after in pairwise((Fraction(), *self.edges)))

    def width(self, span: Span) -> Fraction:
        """How wide the columns from the first to the last of a span are together."""
        return sum(self.widths[span[0] : span[1] + 1], Fraction())

    def spans(self, widths: Sequence[Fraction]) -> tuple[Span, ...]:
        """For parts side by side: the first and last column of each, as near to its width as the columns allow.

        Every part gets a column at least, so there may be no more parts than columns.
        """
        spans: list[Span] = []
        start, last = 0, len(self.edges) - 1
        for rest, wanted in zip(range(len(widths) - 1, -1, -1), accumulate(widths), strict=True):
            end = min(range(start, last - rest + 1), key=lambda at: abs(self.edges[at] - wanted)) if rest else last
            spans.append((start, end))
            start = end + 1
        return tuple(spans)


def columns_for(pieces: Iterable[Piece], room: Fraction) -> SheetColumns:
    """The columns of the table that has the most, and an edge more wherever another part ends far from those."""
    parts = [piece.widths for piece in pieces if isinstance(piece, Grid)]
    parts.sort(key=len, reverse=True)
    parts += [(piece.left_width, piece.right_width) for piece in pieces if isinstance(piece, Beside)]
    edges = {*accumulate(parts[0])} if parts else {room}
    for widths in parts[1:]:
        inner = list(accumulate(widths))[:-1]
        far = {edge for edge in inner if all(abs(edge - other) > _NEAR for other in edges)}
        edges |= far if len(edges | far) >= len(widths) else set(inner)
    return SheetColumns(tuple(sorted(edges)))
