"""The steps of a version drawn from top to bottom: a box for each step, a line for each that waits for another.

A way that passes rows without a step of its own keeps a place free in each of them: no line runs behind a box.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from cchc.procedures.versions import ProcedureStep, Version

WIDTH: Final = 220
HEIGHT: Final = 78
_ACROSS: Final = WIDTH + 24
_DOWN: Final = HEIGHT + 44
_PASSING: Final = 40
"""How much room across a line takes that passes a row."""
_TOP: Final = 26
_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class Box:
    """A step, where its box stands, its number and name in lines that fit, and its limit in words."""

    step: ProcedureStep
    x: int
    y: int
    lines: tuple[str, ...]
    limit: str
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def text_x(self) -> int:
        """Where its lines begin."""
        return self.x + 12

    @property
    def placed_lines(self) -> Sequence[tuple[int, str]]:
        """Each line with its height."""
        return [(self.y + 24 + 19 * place, line) for place, line in enumerate(self.lines)]

    @property
    def limit_y(self) -> int:
        """Where the line with its limit stands."""
        return self.y + HEIGHT - 12


@dataclass(frozen=True, slots=True)
class Drawing:
    """All boxes, the lines between them as paths, where it begins and ends, and how large it is."""

    boxes: Sequence[Box]
    paths: Sequence[str]
    ends: Sequence[tuple[int, int]]
    width: int
    height: int

    @property
    def rem(self) -> str:
        """Its width in the type's own measure, so that it grows with that."""
        return f"{self.width / 16:g}"  # a measure on the screen, no figure


_Place = tuple[str, str]
"""A step under its id and nothing; a line that passes under the two steps it joins."""


def draw(version: Version, words: Mapping[str, tuple[str, str]]) -> Drawing:
    """`words`: what each step is called, and its limit, in the reader's language."""
    layers = _layers(version)
    rows = _rows(version, layers)
    width = max(sum(_room(one) for one in row) for row in rows)
    across = _across(rows, width)
    middle = width // 2
    boxes = [
        _box(step, number, across[step.id, ""], _TOP + layers[step.id] * _DOWN, *words[step.id])
        for number, step in enumerate(version.steps, 1)
    ]
    bottom = _TOP + len(rows) * _DOWN
    paths = [_path(_ways(layers, across, before, step.id)) for step in version.steps for before in step.after]
    first = [_path([(middle, 12), (across[step.id, ""], _TOP)]) for step in version.first]
    last = [
        _path(_to_the_end(layers, across, step.id, middle, bottom))
        for step in version.steps
        if not version.following(step.id)
    ]
    return Drawing(boxes, [*first, *paths, *last], [(middle, 8), (middle, bottom - 14)], width, bottom)


def _box(step: ProcedureStep, number: int, middle: int, top: int, name: str, limit: str) -> Box:
    return Box(step, middle - WIDTH // 2, top, wrapped(f"{number}. {name}"), limit)


def wrapped(name: str) -> tuple[str, ...]:
    """Two lines at the most; what is longer ends in a mark and stands whole in the table beside."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= _LETTERS:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = [line for line in lines if line]
    if len(kept) <= 2 and all(len(line) <= _LETTERS for line in kept):
        return tuple(kept)
    return tuple(
        f"{line[: _LETTERS - 1]}…" if place or len(line) > _LETTERS else line for place, line in enumerate(kept[:2])
    )


def _layers(version: Version) -> Mapping[str, int]:
    layers: dict[str, int] = {}
    for step in version.steps:
        layers[step.id] = max((layers[one] + 1 for one in step.after), default=0)
    return layers


def _rows(version: Version, layers: Mapping[str, int]) -> list[list[_Place]]:
    """What stands in each row: steps, and lines that pass it; each near those it comes from."""
    last = max(layers.values())
    rows: list[list[_Place]] = [[] for _ in range(last + 1)]
    for step in version.steps:
        for before in step.after:
            for passed in range(layers[before] + 1, layers[step.id]):
                rows[passed].append((before, step.id))
        rows[layers[step.id]].append((step.id, ""))
        if not version.following(step.id):
            for passed in range(layers[step.id] + 1, last + 1):
                rows[passed].append((step.id, "end"))
    order: dict[_Place, int] = {}
    for row in rows:
        row.sort(key=lambda one: _pull(version, one, order))
        order |= {place: number for number, place in enumerate(row)}
    return rows


def _pull(version: Version, place: _Place, order: Mapping[_Place, int]) -> Fraction:
    """Where it would stand by those it comes from."""
    id_, target = place
    if target:
        return Fraction(order.get(place, order.get((id_, ""), 0)))
    before = [order.get((one, id_), order.get((one, ""), 0)) for one in version.by_id[id_].after]
    return Fraction(sum(before), len(before)) if before else Fraction(0)


def _room(place: _Place) -> int:
    return _PASSING if place[1] else _ACROSS


def _across(rows: Sequence[Sequence[_Place]], width: int) -> dict[tuple[str, ...], int]:
    """The middle of each place; a passing line under the row too, since it passes several."""
    found: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows):
        left = (width - sum(_room(one) for one in row)) // 2
        for one in row:
            found[one if not one[1] else (*one, str(number))] = left + _room(one) // 2
            left += _room(one)
    return found


def _ways(
    layers: Mapping[str, int], across: Mapping[tuple[str, ...], int], before: str, after: str
) -> list[tuple[int, int]]:
    """From under one box through the places kept free to the top of another."""
    passed = [(across[before, after, str(row)], _TOP + row * _DOWN) for row in range(layers[before] + 1, layers[after])]
    start = (across[before, ""], _TOP + layers[before] * _DOWN + HEIGHT)
    return [start, *_through(passed), (across[after, ""], _TOP + layers[after] * _DOWN)]


def _to_the_end(
    layers: Mapping[str, int], across: Mapping[tuple[str, ...], int], id_: str, middle: int, bottom: int
) -> list[tuple[int, int]]:
    last = (bottom - _TOP) // _DOWN
    passed = [(across[id_, "end", str(row)], _TOP + row * _DOWN) for row in range(layers[id_] + 1, last)]
    start = (across[id_, ""], _TOP + layers[id_] * _DOWN + HEIGHT)
    return [start, *_through(passed), (middle, bottom - 20)]


def _through(passed: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [point for x, y in passed for point in ((x, y), (x, y + HEIGHT))]


def _path(points: Sequence[tuple[int, int]]) -> str:
    """Down, across, down: between two points of different columns half way."""
    (x, y), *rest = points
    said = [f"M{x} {y}"]
    for to_x, to_y in rest:
        said.append(f"V{to_y}" if to_x == x else f"V{(y + to_y) // 2}H{to_x}V{to_y}")
        x, y = to_x, to_y
    return "".join(said)
