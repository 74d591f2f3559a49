"""One row of a published result table: what is printed in it, what is wrong with it by itself, or why it is no unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeVar

from cchc.records.errors import DomainError, Message
from cchc.records.numbers import Apart, parse_count, parse_number, round_half_up
from cchc.records.search import fold
from cchc.scoring.published_headings import Heading, Role, is_column_numbers, plain_name
from cchc.tables.grid import Cell, Row

_T = TypeVar("_T")

_TOTAL: Final = re.compile(
    r"(?:tong|tong so|tong cong|cong|total|average|mean|(?:diem )?(?:trung binh|binh quan)(?: cong| chung)?)"
    r"(?: toan .*| cac .*)?"
)
_DIGIT: Final = re.compile(r"[0-9]")
_HEADING_AGAIN: Final = "scoring.table_skipped_heading"
_NEEDED: Final[tuple[Role, Role]] = ("unit", "appraised")
_FIGURES: Final[tuple[Role, ...]] = ("self", "self_max", "appraised", "appraised_max", "index", "rank")


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


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One unit's row as read. `errors` are what makes it impossible to check by itself."""

    row: Row
    unit: str
    group: str | None
    printed: Printed
    errors: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no unit: a section title, a note, a total."""

    row: int
    text: str
    reason: Message


def read_rows(rows: tuple[Row, ...], heading: Heading) -> Iterator[PrintedRow | Skipped]:
    """Every row under the heading, as a unit or as skipped with the reason."""
    under_heading, in_footer, group = True, False, None
    for row in rows[heading.data_from :]:
        text = _first_text(row, heading)
        in_footer = in_footer or fold(text).startswith("noi nhan")
        reason = _why_skipped(row, heading, text, under_heading=under_heading, in_footer=in_footer)
        under_heading = reason == _HEADING_AGAIN or (under_heading and reason is not None)
        if reason:
            yield Skipped(row.number, text, Message(reason))
        else:
            # A group is often written once, in a cell merged down over its units.
            line = _read_row(row, heading, group)
            group = line.group
            yield line


def _first_text(row: Row, heading: Heading) -> str:
    """The unit's name, or else what the row begins with: totals are often written across the first columns."""
    return heading.cell(row, "unit").text or next((cell.text for cell in row.cells if cell.text), "")


def _why_skipped(row: Row, heading: Heading, text: str, *, under_heading: bool, in_footer: bool) -> str | None:
    """The code of the reason why the row is no unit; None when it is one."""
    if under_heading and is_column_numbers(row):
        return "scoring.table_skipped_column_numbers"
    if _TOTAL.fullmatch(plain_name(text).rstrip(" :.")):
        return "scoring.table_skipped_total"
    if _repeats_heading(row, heading):
        return _HEADING_AGAIN
    return None if _has_points(row, heading, in_footer=in_footer) else "scoring.table_skipped_without_points"


def _repeats_heading(row: Row, heading: Heading) -> bool:
    """Whether a page break printed the heading, or its upper row, once more."""
    unit, points = (plain_name(heading.cell(row, role).text) for role in _NEEDED)
    return unit == plain_name(heading.names["unit"]) and not _DIGIT.search(points)


def _has_points(row: Row, heading: Heading, *, in_footer: bool) -> bool:
    """Whether something stands in the columns of points, and not just the words of a signature."""
    if heading.cell(row, "appraised").is_empty and heading.cell(row, "self").is_empty:
        return False
    cells = [heading.cell(row, role) for role in _FIGURES]
    has_figures = any(cell.fault or _DIGIT.search(cell.text) for cell in cells)
    is_named = bool(heading.cell(row, "unit").text) and not in_footer
    return has_figures or is_named


def _read_row(row: Row, heading: Heading, group_above: str | None) -> PrintedRow:
    reader = _RowReader(row, heading)
    self_points, self_max = reader.points("self", "self_max")
    appraised, maximum = reader.points("appraised", "appraised_max")
    index = reader.read("index", _printed_decimal)
    printed = Printed(
        self_points=self_points,
        self_max=self_max,
        appraised=appraised,
        maximum=maximum,
        index=index,
        index_text=reader.text("index") if index is not None else None,
        class_name=reader.text("class"),
        rank=reader.read("rank", parse_count),
    )
    unit, group = reader.text("unit"), reader.text("group") or group_above
    reader.errors.extend(_judge(unit, printed, could_read=not reader.errors))
    return PrintedRow(row, unit or "", group, printed, tuple(reader.errors))


class _RowReader:
    """Reads the cells of one row by role and keeps what it could not read."""

    def __init__(self, row: Row, heading: Heading) -> None:
        self._row = row
        self._heading = heading
        self.errors: list[Message] = []

    def text(self, role: Role) -> str | None:
        """What is printed there; None when nothing is."""
        cell = self._heading.cell(self._row, role)
        if cell.fault is not None:
            self._refuse(role, cell)
            return None
        return " ".join(cell.text.split()) or None

    def read(self, role: Role, parse: Callable[[str], _T]) -> _T | None:
        """The figure printed there; None when there is none or it cannot be read."""
        text = self.text(role)
        return None if text is None else self._parsed(role, text, parse)

    def points(self, role: Role, maximum_role: Role) -> tuple[Fraction | None, Fraction | None]:
        """Points and their maximum, from `83,5/97` in one cell or from two columns."""
        text, maximum = self.text(role), self.read(maximum_role, parse_number)
        if text is None:
            return None, maximum
        before, slash, after = text.partition("/")
        points = self._parsed(role, before, parse_number)
        if not slash:
            return points, maximum
        beside = self._parsed(role, after, parse_number)
        if None not in (beside, maximum) and beside != maximum:
            self.errors.append(Message("scoring.table_two_maxima", {"one": beside, "other": maximum}))
        return points, beside

    def _parsed(self, role: Role, text: str, parse: Callable[[str], _T]) -> _T | None:
        try:
            return parse(text)
        except DomainError:
            # Replaced by the one sentence that names the column as well.
            self._refuse(role, Cell(text.strip()))
            return None

    def _refuse(self, role: Role, cell: Cell) -> None:
        name = self._heading.names[role]
        message = Message("scoring.table_not_a_number", {"column": name, "text": cell.text})
        if cell.fault is not None:
            message = Message("scoring.table_bad_cell", {"column": name, "fault": cell.fault})
        if message not in self.errors:
            self.errors.append(message)


def _printed_decimal(text: str) -> Decimal:
    """`84,41`, `84.41` or `84,41%` with the decimals it is printed with. Raises `records.not_a_number`."""
    number = text.removesuffix("%").rstrip()
    value = parse_number(number)
    return round_half_up(value, len(re.split("[.,]", number, maxsplit=1)[1]) if re.search("[.,]", number) else 0)


def _judge(unit: str | None, printed: Printed, *, could_read: bool) -> Iterator[Message]:
    """What is wrong with figures that could be read."""
    if unit is None:
        yield Message("scoring.table_no_unit")
    if could_read and printed.appraised is None:
        yield Message("scoring.table_no_appraised")
    elif could_read and (printed.maximum is None or printed.maximum <= 0):
        yield Message("scoring.table_no_maximum")
    yield from _judge_points(printed.appraised, printed.maximum)
    yield from _judge_points(printed.self_points, printed.self_max)


def _judge_points(points: Fraction | None, maximum: Fraction | None) -> Iterator[Message]:
    if points is not None and points < 0:
        yield Message("scoring.table_negative_points", {"points": points})
    if points is not None and maximum is not None and points > maximum > 0:
        yield Message(
            "scoring.table_over_maximum", {"points": Apart(points, (maximum,)), "maximum": Apart(maximum, (points,))}
        )
