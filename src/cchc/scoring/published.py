"""Checking a published result table: what follows from its own figures, and where the print says otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from cchc.records.errors import Message, Place, refuse, unreadable
from cchc.records.numbers import round_half_up
from cchc.records.search import fold
from cchc.scoring.arithmetic import DEFAULT_BANDS, Band, class_of, exact_index, index_of, ranks
from cchc.scoring.published_headings import Heading, find_heading
from cchc.scoring.published_rows import Printed, PrintedRow, Skipped, read_rows
from cchc.tables.grid import Grid

__all__ = ["CheckedRow", "CheckedTable", "Computed", "Figure", "Printed", "Skipped", "check_table"]

Figure = Literal["index", "class", "rank"]


@dataclass(frozen=True, slots=True)
class Computed:
    """What follows from a unit's points and maximum; all None for a row with an error.

    `rank` is None for a whole group when one of its rows has an error; `self_index` without self points or maximum.
    """

    index: Decimal | None = None
    band: Band | None = None
    rank: int | None = None
    self_index: Decimal | None = None

    @property
    def class_name(self) -> str | None:
        """The Vietnamese name of the class."""
        return self.band.name.vi if self.band else None


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One unit: printed against computed. `row` counts from 1 in the file.

    `disagree` names the printed figures that do not follow. `as_printed` is what would follow if the printed indexes
    were right. `errors` says why a row could not be checked.
    """

    row: int
    place: Place
    unit: str
    group: str | None
    printed: Printed
    computed: Computed
    as_printed: Computed
    disagree: tuple[Figure, ...] = ()
    errors: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """A whole table, checked. `ignored` are the headings not read; `other_sheets` hold result tables not read."""

    file: str
    sheet: str | None
    rows: tuple[CheckedRow, ...]
    skipped: tuple[Skipped, ...]
    ignored: tuple[str, ...]
    other_sheets: tuple[str, ...]
    decimals: int
    bands: tuple[Band, ...]

    @property
    def disagreements(self) -> int:
        """How many printed cells do not follow from the figures beside them."""
        return sum(len(row.disagree) for row in self.rows)

    @property
    def has_errors(self) -> bool:
        """Whether some row could not be checked."""
        return any(row.errors for row in self.rows)

    @property
    def agrees(self) -> bool:
        """Whether every row could be checked and everything printed follows."""
        return not self.disagreements and not self.has_errors


def check_table(grids: Sequence[Grid], *, decimals: int = 2, bands: Sequence[Band] = DEFAULT_BANDS) -> CheckedTable:
    """Check the first sheet that has a result table's heading; a hidden one only when no other has it.

    Raises `Unreadable` `scoring.table_no_heading` when no sheet has one, and `DomainError`
    `scoring.table_without_units` when no unit stands under it.
    """
    grid, heading, other_sheets = _first_result_table(grids)
    lines = tuple(read_rows(grid.rows, heading))
    rows = _refuse_twins(line for line in lines if isinstance(line, PrintedRow))
    if not rows:
        raise refuse("scoring.table_without_units", Place(grid.file, sheet=grid.sheet))
    return CheckedTable(
        file=grid.file,
        sheet=grid.sheet,
        rows=tuple(_check_rows(grid, rows, decimals, bands)),
        skipped=tuple(line for line in lines if isinstance(line, Skipped)),
        ignored=heading.ignored,
        other_sheets=other_sheets,
        decimals=decimals,
        bands=tuple(bands),
    )


def _first_result_table(grids: Sequence[Grid]) -> tuple[Grid, Heading, tuple[str, ...]]:
    """The first sheet with a heading, the heading, and the names of further visible sheets that have one."""
    visible_first = sorted(grids, key=lambda grid: grid.hidden)
    found = [(grid, heading) for grid in visible_first if (heading := find_heading(grid))]
    if not found:
        raise unreadable("scoring.table_no_heading", Place(grids[0].file) if grids else None)
    (grid, heading), *others = found
    return grid, heading, tuple(other.sheet for other, _ in others if other.sheet and not other.hidden)


def _refuse_twins(rows: Iterator[PrintedRow]) -> list[PrintedRow]:
    """The rows; a unit that already stands in its group gets an error that names the first row."""
    first: dict[tuple[str, str], int] = {}
    checked: list[PrintedRow] = []
    for row in rows:
        before = first.setdefault((_same_group(row), _same_name(row.unit)), row.row.number)
        if row.unit and before != row.row.number:
            twice = Message("scoring.table_unit_twice", {"unit": row.unit, "row": str(before)})
            checked.append(replace(row, errors=(*row.errors, twice)))
        else:
            checked.append(row)
    return checked


def _same_name(text: str) -> str:
    """Names are compared without case but with tone marks: Tân Lập and Tân Lấp are two communes."""
    return " ".join(text.casefold().split())


def _same_group(row: PrintedRow) -> str:
    return _same_name(row.group or "")


def _check_rows(grid: Grid, rows: Sequence[PrintedRow], decimals: int, bands: Sequence[Band]) -> Iterator[CheckedRow]:
    indexes = [_index(row, decimals) for row in rows]
    printed_indexes = [
        index if index is None or row.printed.index is None else row.printed.index
        for row, index in zip(rows, indexes, strict=True)
    ]
    computed = _standings(rows, indexes, bands)
    as_printed = _standings(rows, printed_indexes, bands)
    for row, own, other in zip(rows, computed, as_printed, strict=True):
        yield CheckedRow(
            row=row.row.number,
            place=grid.place(row.row),
            unit=row.unit,
            group=row.group,
            printed=row.printed,
            computed=replace(own, self_index=_self_index(row, decimals)),
            as_printed=other,
            disagree=tuple(_disagreements(row, own)),
            errors=row.errors,
        )


def _index(row: PrintedRow, decimals: int) -> Decimal | None:
    points, maximum = row.printed.appraised, row.printed.maximum
    return None if row.errors or points is None or maximum is None else index_of(points, maximum, decimals)


def _self_index(row: PrintedRow, decimals: int) -> Decimal | None:
    points, maximum = row.printed.self_points, row.printed.self_max
    return None if row.errors or points is None or not maximum else index_of(points, maximum, decimals)


def _standings(rows: Sequence[PrintedRow], indexes: Sequence[Decimal | None], bands: Sequence[Band]) -> list[Computed]:
    """Class and rank that each index gives, the rank within the row's group."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        groups[_same_group(row)].append(at)
    rank_of = {
        at: rank for members in groups.values()
        for at, rank in zip(members, ranks([indexes[at] for at in members]), strict=True)
    }  # fmt: skip
    return [
        Computed(index, None if index is None else class_of(index, bands), rank_of[at])
        for at, index in enumerate(indexes)
    ]


def _disagreements(row: PrintedRow, computed: Computed) -> Iterator[Figure]:
    """The printed figures that do not follow; what could not be computed is not judged."""
    if computed.index is None:
        return
    printed = row.printed
    if printed.index is not None and not _follows(printed):
        yield "index"
    if printed.class_name is not None and fold(printed.class_name) != fold(computed.class_name or ""):
        yield "class"
    if printed.rank is not None and computed.rank is not None and printed.rank != computed.rank:
        yield "rank"


def _follows(printed: Printed) -> bool:
    """Whether the printed index is the exact quotient rounded at the decimals it is printed with."""
    if printed.appraised is None or printed.maximum is None or printed.index is None:
        return False
    decimals = -int(printed.index.as_tuple().exponent)
    return round_half_up(exact_index(printed.appraised, printed.maximum), decimals) == printed.index
