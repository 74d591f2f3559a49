"""Who stood under whom, and when: from dated placements to dated links with every ancestor. Pure.

A placement says under which unit another stood over a stretch of days; a link says the same of all units above, with
the number of steps between them. Links are derived: they are made anew from placements and never edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cchc.records.errors import refuse

_DEEPEST: Final = 20  # no administration is deeper; whoever climbs so far walks in a circle
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both ends included; `date.max` is open."""

    start: date
    end: date = date.max

    def meet(self, other: Span) -> Span | None:
        """The days of both; None when there are none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start <= end else None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a unit stood; `parent` is None at the top."""

    unit: int
    parent: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """`descendant` stood `depth` steps under `ancestor`; at depth 0 they are the same unit."""

    ancestor: int
    descendant: int
    depth: int
    span: Span


def links_of(unit: int, placements: Mapping[int, Sequence[Placed]]) -> Iterator[Link]:
    """Every ancestor of `unit` over the days on which the unit was placed.

    Raises `organizations.circle` when on some day a unit would stand under itself, and
    `organizations.parent_not_there` when a parent is not placed on all days of its child.
    """
    for placed in placements.get(unit, ()):
        yield from _climb(unit, placed, placed.span, 0, placements)


def _climb(
    unit: int, placed: Placed, span: Span, depth: int, placements: Mapping[int, Sequence[Placed]]
) -> Iterator[Link]:
    if depth > _DEEPEST:
        raise refuse("organizations.circle", day=span.start)
    yield Link(placed.unit, unit, depth, span)
    if placed.parent is None:
        return
    above = [(other, days) for other in placements.get(placed.parent, ()) if (days := other.span.meet(span))]
    missing = first_gap(span, [days for _, days in above])
    if missing is not None:
        raise refuse("organizations.parent_not_there", day=missing)
    for other, days in above:
        yield from _climb(unit, other, days, depth + 1, placements)


def first_gap(span: Span, parts: Iterable[Span]) -> date | None:
    """The first day of `span` in none of `parts`, which do not overlap."""
    day = span.start
    for part in sorted(parts, key=lambda part: part.start):
        if part.start > day:
            return day
        if part.end >= span.end:
            return None
        day = part.end + _DAY
    return day
