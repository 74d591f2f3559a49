"""Tables made into grids: headings that share a cell, numbers in words, sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from cchc.documents.blocks import Align, Band, Column, Row, Table
from cchc.documents.fonts import face
from cchc.documents.layout import Style, StyleId
from cchc.documents.pieces import CELL_PADDING, Cell, Grid, placed
from cchc.documents.text import clean
from cchc.records.dates import format_date
from cchc.records.errors import refuse
from cchc.records.numbers import format_number

_WORD_BREAKS: Final = Fraction(40)  # millimetres: no figure is so long; an address may break
_ALIGN: Final[dict[str, Align]] = {"text": "left", "centred": "centre", "number": "right"}


def grid(table: Table, room: Fraction, styles: Mapping[StyleId, Style]) -> Grid:
    """The table as wide as `room`.

    Raises `documents.wrong_cell_count`, `documents.too_many_decimals`, `documents.not_summable` and
    `documents.total_without_room`.
    """
    body = [_row(row, table.columns, number) for number, row in enumerate(table.rows, start=1)]
    if table.total is not None:
        body.append(_total(table, table.total))
    head = [tuple(row) for row in _head(table)]
    weights = [column.width for column in table.columns]
    return Grid(widths_of(weights, _needed([*head, *body], len(weights), styles), room), tuple(head), tuple(body))


def widths_of(weights: Sequence[int], needed: Sequence[Fraction], room: Fraction) -> tuple[Fraction, ...]:
    """Widths by weight, but no column narrower than it needs while the others can give.

    Columns that need more than their share get just that; the rest is shared by the others, again by weight.
    """
    if sum(needed) >= room:
        return tuple(room * need / sum(needed) for need in needed)
    fixed: set[int] = set()
    while True:
        free = [at for at in range(len(weights)) if at not in fixed]
        share = (room - sum(needed[at] for at in fixed)) / sum(weights[at] for at in free)
        tight = {at for at in free if weights[at] * share < needed[at]}
        if not tight:
            return tuple(needed[at] if at in fixed else weights[at] * share for at in range(len(weights)))
        fixed |= tight


def _needed(rows: Iterable[Sequence[Cell]], count: int, styles: Mapping[StyleId, Style]) -> tuple[Fraction, ...]:
    """For each column the width of the widest word that stands in it alone, and the room beside it."""
    needed = [CELL_PADDING] * count
    reach = [0] * count
    for row in rows:
        for at, cell in placed(row, reach):
            if cell.columns == 1:
                needed[at] = max(needed[at], _widest_word(cell, styles[cell.style]) + CELL_PADDING)
    return tuple(needed)


def _widest_word(cell: Cell, style: Style) -> Fraction:
    look = face(bold=cell.bold or style.bold, italic=style.italic)
    widest = max((look.width(word, style.size) for word in cell.text.split()), default=Fraction())
    return min(widest, _WORD_BREAKS)


def _head(table: Table) -> Iterator[Sequence[Cell]]:
    paths = [(*column.under, column.title) for column in table.columns]
    depth = max(map(len, paths))
    for level in range(depth):
        yield list(_head_row(paths, level, depth))
    if table.is_numbered:
        yield [Cell("table_number", f"({at})", "centre") for at in range(1, len(paths) + 1)]


def _head_row(paths: Sequence[tuple[str, ...]], level: int, depth: int) -> Iterator[Cell]:
    """The cells that begin on this level: a title reaches down to the last one, a shared heading across."""
    at = 0
    while at < len(paths):
        path = paths[at]
        is_title, across = level == len(path) - 1, 1
        if level < len(path) - 1:
            while at + across < len(paths) and _shares(path, paths[at + across], level):
                across += 1
        if level < len(path):
            down = depth - level if is_title else 1
            yield Cell("table_head", clean(path[level]), "centre", columns=across, rows=down)
        at += across


def _shares(one: tuple[str, ...], other: tuple[str, ...], level: int) -> bool:
    return level < len(other) - 1 and one[: level + 1] == other[: level + 1]


def _row(row: Row, columns: Sequence[Column], number: int) -> tuple[Cell, ...]:
    if isinstance(row, Band):
        return (Cell("table_cell", clean(row.text), "left", bold=True, columns=len(columns)),)
    if len(row) != len(columns):
        raise refuse("documents.wrong_cell_count", row=number, cells=len(row), columns=len(columns))
    return tuple(_cell(value, column, number) for value, column in zip(row, columns, strict=True))


def _cell(value: object, column: Column, number: int) -> Cell:
    align = _ALIGN[column.kind]
    match value:
        case None:
            return Cell("table_cell", "", align)
        case int() | Decimal():
            decimals = _decimals(value, column, number)
            text = format_number(value, decimals=decimals)
            return Cell("table_cell", text, align, value=value, decimals=decimals)
        case date():
            return Cell("table_cell", format_date(value), align, value=value)
        case _:
            return Cell("table_cell", clean(str(value)), align)


def _decimals(value: int | Decimal, column: Column, number: int) -> int:
    """How many decimals are shown: the column's, else all the number has. A paper never rounds."""
    has = _decimals_of(value)
    if column.decimals is None:
        return has
    if round(Decimal(value), column.decimals) != value:
        raise refuse("documents.too_many_decimals", row=number, column=column.title, decimals=column.decimals)
    return column.decimals


def _decimals_of(value: int | Decimal) -> int:
    return max(0, -int(Decimal(value).as_tuple().exponent))


def _total(table: Table, label: str) -> tuple[Cell, ...]:
    first = next((at for at, column in enumerate(table.columns) if column.is_summed), 0)
    if first == 0:
        raise refuse("documents.total_without_room", label=label)
    named = Cell("table_cell", clean(label), "centre", bold=True, columns=first)
    return (named, *(_sum(table, at) for at in range(first, len(table.columns))))


def _sum(table: Table, at: int) -> Cell:
    """The exact sum of a column; a cell without a number is refused, an empty one adds nothing."""
    column = table.columns[at]
    if not column.is_summed:
        return Cell("table_cell", "", _ALIGN[column.kind], bold=True)
    whole, decimals = Fraction(), column.decimals or 0
    for number, row in enumerate(table.rows, start=1):
        value = None if isinstance(row, Band) else row[at]
        if not isinstance(value, int | Decimal | None):
            raise refuse("documents.not_summable", row=number, column=column.title, text=value)
        whole += Fraction(value or 0)
        decimals = decimals if column.decimals is not None else max(decimals, _decimals_of(value or 0))
    exact = whole.numerator if whole.denominator == 1 and decimals == 0 else _decimal(whole, decimals)
    cell = Cell("table_cell", format_number(whole, decimals=decimals), _ALIGN[column.kind], bold=True)
    return replace(cell, value=exact, decimals=decimals, sums=(0, len(table.rows) - 1) if table.rows else None)


def _decimal(whole: Fraction, decimals: int) -> Decimal:
    return Decimal(int(whole * 10**decimals)).scaleb(-decimals)
