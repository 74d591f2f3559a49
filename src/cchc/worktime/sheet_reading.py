"""Tables of a calendar back to text nodes with sheet, row and column; `reading` gives them their types."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from cchc.records.errors import DomainError, Place, Problem, problem, refuse, unreadable
from cchc.records.schema import Collector
from cchc.records.trees import DOUBT, DOUBT_EN, from_columns
from cchc.records.yaml_text import Entries, Items, Node, Scalar
from cchc.tables.grid import Cell, Grid, Row
from cchc.tables.headings import Headings, find_headings
from cchc.tables.reading import read_tables
from cchc.worktime.nodes import nested, text_node
from cchc.worktime.rules import WEEKDAYS
from cchc.worktime.sheet_layout import (
    CALENDAR_SHEET,
    CLOSED_KIND,
    DAYS,
    HOURS_KIND,
    KEY_TITLE,
    KEYS,
    KIND_WORDS,
    NO,
    TITLES,
    VALUE_TITLE,
    WEEKS,
    YES,
    RecordSheet,
    is_verified_in,
    kind_in,
)

_BETWEEN_WINDOWS: Final = re.compile(r"[;,\n]")
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_ZIP: Final = b"PK"
_DELIMITERS: Final = (b",", b";", b"\t")
_KEY_ROLES: Final = {"key": (KEY_TITLE, "Key"), "value": (VALUE_TITLE, "Value")}
Texts = dict[str, Scalar]


def tables_in(content: bytes, file: str) -> tuple[Grid, ...]:
    """The sheets of a workbook, or the table of a CSV file. Raises `worktime.no_sheet`, and as `read_tables` does.

    Where the first line of a CSV file has one delimiter only, as our headings do, it is that one, whatever the cells
    hold; else it is found by how the rows look.
    """
    plain = content.removeprefix(_BYTE_ORDER_MARK)
    if (delimiter := _delimiter_in(plain.partition(b"\n")[0])) is not None:
        content = b"sep=" + delimiter + b"\n" + plain
    grids = read_tables(content, file)
    if not grids:  # a workbook of charts only
        raise unreadable("worktime.no_sheet", Place(file))
    return grids


def _delimiter_in(line: bytes) -> bytes | None:
    """The one delimiter of a line of text that could be our headings."""
    found = [delimiter for delimiter in _DELIMITERS if delimiter in line]
    is_text = b"\0" not in line and not line.startswith(_ZIP)
    return found[0] if is_text and len(found) == 1 and line.count(found[0]) >= len(DAYS.needed) - 1 else None


def days_in(grids: Sequence[Grid]) -> tuple[Node, ...]:
    """The exceptional days in the sheet of that name, or else in the first visible one. Problems are raised together.

    Raises `tables.no_heading`, `tables.heading_missing`, `worktime.unknown_column`, `worktime.cell_missing`,
    `worktime.bad_cell`, `worktime.not_a_kind`, `worktime.hours_not_wanted`, `worktime.not_yes_or_not_yet`,
    `worktime.verified_with_reason`.
    """
    visible = next((grid for grid in grids if not grid.hidden), grids[0])
    return _records(_grid(grids, DAYS.name) or visible, DAYS, _day)


def header_in(grids: Sequence[Grid]) -> dict[str, Node] | None:
    """The calendar's own keys and its weeks; None when the file is a table of days only.

    Raises `worktime.unknown_calendar_key` and `worktime.key_twice` besides what `days_in` raises.
    """
    keys, weeks = _grid(grids, CALENDAR_SHEET), _grid(grids, WEEKS.name)
    if keys is None:
        return None
    texts = _key_texts(keys)
    whole = Place(keys.file, sheet=keys.sheet)
    intake = {path.removeprefix("intake."): texts.pop(path) for path in list(texts) if path.startswith("intake.")}
    header = dict(nested(_verified(texts, whole), whole).entries)
    if intake:
        header["intake"] = nested(_verified(intake, whole), whole)
    if weeks is not None:
        found = _records(weeks, WEEKS, _week)
        header["weeks"] = Items(found, Place(weeks.file, sheet=weeks.sheet))
    return header


def _grid(grids: Sequence[Grid], name: str) -> Grid | None:
    return next((grid for grid in grids if grid.sheet == name), None)


def _records(grid: Grid, sheet: RecordSheet, make: Callable[[Texts, Place], Node]) -> tuple[Node, ...]:
    roles = {part.path: (part.title, part.english) for part in sheet.parts}
    headings = find_headings(grid, roles, sheet.needed)
    if headings.unknown:
        raise refuse("worktime.unknown_column", grid.place(headings.row), columns=headings.unknown)
    collector = Collector()
    rows = [row for row in headings.rows if not all(headings.cell(row, path).is_empty for path in roles)]
    made = [collector.attempt(partial(_record, grid, headings, sheet, make, row)) for row in rows]
    collector.check()
    return tuple(node for node in made if node is not None)


def _record(grid: Grid, headings: Headings, sheet: RecordSheet, make: Callable[[Texts, Place], Node], row: Row) -> Node:
    place = grid.place(row)
    texts = {
        path: text_node(_sound(cell, at), at)
        for path, column in headings.columns.items()
        if not (cell := row.cell(column)).is_empty
        for at in [grid.place(row, column)]
    }
    if missing := [path for path in sheet.filled if path not in texts]:
        raise DomainError(*(_missing(path, grid.place(row, headings.columns[path])) for path in missing))
    return make(texts, place)


def _missing(path: str, place: Place) -> Problem:
    return problem("worktime.cell_missing", place, column=TITLES[path])


def _sound(cell: Cell, place: Place) -> str:
    if cell.fault:
        raise refuse("worktime.bad_cell", place, fault=cell.fault)
    return cell.text


def _day(texts: Texts, place: Place) -> Entries:
    nodes: dict[str, Node] = {"open": _open(texts.pop("kind"), texts.pop("hours", None), place)}
    return nested(nodes | _verified(texts, place), place)


def _open(kind: Scalar, hours: Scalar | None, place: Place) -> Node:
    """The key `open` from the two columns that say it in words."""
    code = kind_in(kind.text or "")
    if code is None:
        raise refuse("worktime.not_a_kind", kind.place, text=kind.text, known=tuple(KIND_WORDS.values()))
    if code == HOURS_KIND:
        windows = _windows(hours) if hours else Items((), place)
        if not windows.items:
            raise DomainError(_missing("hours", windows.place))
        return windows
    if hours is not None:
        raise refuse("worktime.hours_not_wanted", hours.place, kind=KIND_WORDS[code], own=KIND_WORDS[HOURS_KIND])
    return Items((), kind.place) if code == CLOSED_KIND else Scalar(code, kind.place)


def _windows(hours: Scalar) -> Items:
    texts = (part.strip() for part in _BETWEEN_WINDOWS.split(hours.text or ""))
    return Items(tuple(Scalar(text, hours.place) for text in texts if text), hours.place)


def _week(texts: Texts, place: Place) -> Entries:
    days: dict[str, Node] = {day: _windows(texts.pop(day)) if day in texts else Items((), place) for day in WEEKDAYS}
    return nested(days | _verified(texts, place), place)


def _verified(texts: Texts, place: Place) -> dict[str, Node]:
    """The texts with the columns about verification put together as the key `verified`."""
    word, *reasons = (texts.pop(path, None) for path in ("verified", DOUBT, DOUBT_EN))
    reason = next((one for one in reasons if one is not None), None)
    nodes: dict[str, Node] = dict(texts)
    if word is None and reason is None:
        return nodes
    is_verified = False if word is None else is_verified_in(word.text or "")
    if is_verified is None and word is not None:
        raise refuse("worktime.not_yes_or_not_yet", word.place, text=word.text, yes=YES, no=NO)
    if is_verified and reason is not None:
        raise refuse("worktime.verified_with_reason", reason.place, yes=YES, no=NO)
    if not is_verified and reasons[0] is None:
        raise DomainError(_missing(DOUBT, word.place if word else place))
    doubt = {path: one for path, one in zip((DOUBT, DOUBT_EN), reasons, strict=True) if one is not None}
    return nodes | (from_columns(doubt) if doubt else {"verified": Scalar("true", place)})


def _key_texts(grid: Grid) -> Texts:
    headings = find_headings(grid, _KEY_ROLES, tuple(_KEY_ROLES))
    known = [key.path for key in KEYS]
    texts: Texts = {}
    for row in headings.rows:
        key, value = headings.cell(row, "key").text, headings.cell(row, "value")
        place = grid.place(row, headings.columns["value"])
        if key and key not in known:
            raise refuse("worktime.unknown_calendar_key", grid.place(row), key=key)
        if key in texts:
            raise refuse("worktime.key_twice", place, key=key)
        if key and not value.is_empty:
            texts[key] = text_node(_sound(value, place), place)
    return texts
