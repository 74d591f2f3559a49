"""The heading of a published result table: which column holds what.

Names match whole, after folding tone marks and dropping `(…)`, `%` and a year. The heading has one row, or two when
the upper one names the unit and the lower one has nothing under it; then a child takes its parent's role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final, Literal, cast

from cchc.records.search import fold
from cchc.tables.grid import Cell, Grid, Row

Role = Literal["unit", "self", "self_max", "appraised", "appraised_max", "index", "class", "rank", "group"]

_ALIASES: Final[dict[Role, tuple[str, ...]]] = {
    "unit": ("Đơn vị", "Tên đơn vị", "Tên cơ quan, đơn vị", "Tên cơ quan", "unit"),
    "self": ("Điểm tự chấm", "Điểm tự đánh giá", "self"),
    "appraised": ("Điểm thẩm định", "Điểm đạt được", "Tổng điểm", "appraised"),
    "index": ("Chỉ số", "Chỉ số CCHC", "Kết quả CCHC", "Chỉ số cải cách hành chính", "index"),
    "class": ("Xếp loại", "class"),
    "rank": ("Xếp hạng", "Thứ hạng", "Xếp thứ", "rank"),
    "group": ("Nhóm", "Khối", "group"),
}
_MAXIMUM_OF: Final[dict[Role, Role]] = {"self": "self_max", "appraised": "appraised_max"}
# Under points a child says in short whose they are.
_WHOSE_POINTS: Final[dict[str, Role]] = {"tu cham": "self", "tu danh gia": "self", "tham dinh": "appraised"}
_BARE_MAXIMUM: Final = frozenset({"diem toi da", "toi da"})
_DROPPED: Final = re.compile(r"\([^()]*\)|%|\b(?:nam )?(?:19|20)[0-9]{2}\b")
_FIGURE: Final = re.compile(r"[\W_]*[0-9][\W\d_]*")
_COLUMN_NUMBER: Final = re.compile(r"\(? ?([0-9]{1,2}) ?\)? ?(?:=.*)?")
_COLUMN_LETTER: Final = re.compile(r"\(? ?[A-Z] ?\)?")
_FEWEST_COLUMN_NUMBERS: Final = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading says: a role and how good a name for it (0 is best), a bare maximum, or neither."""

    role: Role | None = None
    order: int = 0
    is_bare_maximum: bool = False


_NOTHING: Final = Meaning()


def _known_meanings() -> Iterator[tuple[str, Meaning]]:
    for role, names in _ALIASES.items():
        for order, name in enumerate(names):
            yield fold(name), Meaning(role, order)
            if role in _MAXIMUM_OF:
                maximum = Meaning(_MAXIMUM_OF[role], order)
                yield f"{fold(name)} toi da", maximum
                yield f"{fold(name)}_max", maximum
    for name in _BARE_MAXIMUM:
        yield name, Meaning(is_bare_maximum=True)


_MEANINGS: Final = MappingProxyType(dict(_known_meanings()))


@dataclass(frozen=True, slots=True)
class Heading:
    """Where each role stands (column from 0), what its heading reads, and where the data begin in `grid.rows`."""

    columns: Mapping[Role, int]
    names: Mapping[Role, str]
    ignored: tuple[str, ...]
    data_from: int

    def cell(self, row: Row, role: Role) -> Cell:
        """The row's cell of that role; an empty one when the table has no such column."""
        column = self.columns.get(role)
        return Cell("") if column is None else row.cell(column)


def plain_name(text: str) -> str:
    """A heading as it is compared: `Chỉ số CCHC năm 2022 (%)` → `chi so cchc`."""
    return " ".join(_DROPPED.sub(" ", fold(text)).split())


def find_heading(grid: Grid) -> Heading | None:
    """The first heading of the sheet that names the unit and the appraised points; None when there is none."""
    candidates = (_heading_at(grid.rows, at) for at, row in enumerate(grid.rows) if _unit_column(row) is not None)
    return next((heading for heading in candidates if heading), None)


def is_column_numbers(row: Row) -> bool:
    """Whether the row only numbers the columns: `(1) (2) (3)=(2)/(1)` or `A B 1 2 3`, as under official headings."""
    texts = [" ".join(cell.text.split()) for cell in row.cells if cell.text]
    numbered = [match for text in texts if (match := _COLUMN_NUMBER.fullmatch(text))]
    letters = [text for text in texts if _COLUMN_LETTER.fullmatch(text)]
    if len(numbered) < _FEWEST_COLUMN_NUMBERS or len(numbered) + len(letters) < len(texts):
        return False
    return all(int(right[1]) == int(left[1]) + 1 for left, right in pairwise(numbered))


def _meaning(text: str) -> Meaning:
    return _MEANINGS.get(plain_name(text), _NOTHING)


def _unit_column(row: Row) -> int | None:
    units = [(_meaning(cell.text).order, at) for at, cell in enumerate(row.cells) if _meaning(cell.text).role == "unit"]
    return min(units)[1] if units else None


def _heading_at(rows: Sequence[Row], at: int) -> Heading | None:
    """The heading that starts in this row: of two rows where the next one continues it, else of one."""
    upper = rows[at]
    if at + 1 < len(rows) and _may_continue(upper, rows[at + 1]):
        two_rows = _heading(list(_merged(upper, rows[at + 1])), at + 2)
        if two_rows:
            return two_rows
    return _heading([(cell.text, _meaning(cell.text)) for cell in upper.cells], at + 1)


def _may_continue(upper: Row, lower: Row) -> bool:
    """Whether `lower` can be the second row of a heading: nothing under the unit, no figures, a role below it."""
    unit = _unit_column(upper)
    shown = [cell for cell in lower.cells if not cell.is_empty]
    if unit is None or not lower.cell(unit).is_empty or any(_is_figure(cell) for cell in shown):
        return False
    return any(meaning != _NOTHING for at, (_, meaning) in enumerate(_merged(upper, lower)) if lower.cell(at).text)


def _is_figure(cell: Cell) -> bool:
    """Whether the cell shows digits and no letters: `83,5/97`, `(1)`, or a formula that failed."""
    return cell.fault is not None or _FIGURE.fullmatch(cell.text) is not None


def _merged(upper: Row, lower: Row) -> Iterator[tuple[str, Meaning]]:
    """Text and meaning of each column of a two-row heading. A parent reaches right over the empty cells beside it."""
    parent, before = "", _NOTHING
    for at in range(max(len(upper.cells), len(lower.cells))):
        above, below = upper.cell(at).text, lower.cell(at).text
        if above:
            parent, before = above, _NOTHING
        if below:
            before = _child_meaning(_meaning(parent), below, before)
            yield " / ".join(filter(None, (parent, below))), before
        else:
            yield above, _meaning(above)


def _child_meaning(parent: Meaning, name: str, before: Meaning) -> Meaning:
    """A child takes its parent's role, unless its own name says more; `before` is the child to its left."""
    child = _meaning(name)
    if child.is_bare_maximum and parent.role in _MAXIMUM_OF:
        owner = before if before.role in _MAXIMUM_OF else parent
        return Meaning(_MAXIMUM_OF[cast(Role, owner.role)], owner.order)
    if parent.role == "self" and child.role in ("appraised", "appraised_max"):
        return parent if child.role == "appraised" else Meaning("self_max", parent.order)
    if parent.role in _MAXIMUM_OF and plain_name(name) in _WHOSE_POINTS:
        return Meaning(_WHOSE_POINTS[plain_name(name)])
    return parent if child == _NOTHING and parent.role != "unit" else child


def _heading(columns: Sequence[tuple[str, Meaning]], data_from: int) -> Heading | None:
    """The best column of every role; None without unit or appraised points."""
    found = _best_columns([meaning for _, meaning in columns])
    for points, maximum in _MAXIMUM_OF.items():
        if points in found and (bare := _bare_maximum_after(columns, found[points])) is not None:
            found[maximum] = bare
    if "unit" not in found or "appraised" not in found:
        return None
    read = frozenset(found.values())
    ignored = tuple(" ".join(text.split()) for at, (text, _) in enumerate(columns) if text and at not in read)
    names = {role: " ".join(columns[at][0].split()) for role, at in found.items()}
    return Heading(MappingProxyType(found), MappingProxyType(names), ignored, data_from)


def _best_columns(meanings: Sequence[Meaning]) -> dict[Role, int]:
    """For each role the column with the best name; of equal names the leftmost."""
    found: dict[Role, int] = {}
    for at in sorted(range(len(meanings)), key=lambda at: meanings[at].order):
        role = meanings[at].role
        if role is not None:
            found.setdefault(role, at)
    return found


def _bare_maximum_after(columns: Sequence[tuple[str, Meaning]], points: int) -> int | None:
    """The column of a bare `Điểm tối đa` when it is the next one that has a heading."""
    following = (at for at in range(points + 1, len(columns)) if columns[at][0])
    at = next(following, None)
    return at if at is not None and columns[at][1].is_bare_maximum else None
