"""A workbook of a criteria set back to text nodes with sheet, row and column; `loading` gives them their types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cchc.records.errors import Place, refuse, unreadable
from cchc.records.text import INVISIBLE
from cchc.records.trees import from_columns
from cchc.records.yaml_text import Entries, Items, Node, Scalar
from cchc.scoring.workbook_layout import (
    BANDS,
    CLASS_CAPS,
    CRITERIA,
    EVIDENCE,
    INPUT_LIST,
    INPUTS,
    KEY_TITLE,
    LIST_SEPARATOR,
    RULE_LISTS,
    SET_KEYS,
    SET_SHEET,
    STEPS,
    VALUE_TITLE,
    Part,
)
from cchc.tables.grid import Cell, Grid, Row
from cchc.tables.headings import find_headings

_SET_ROLES: Final = {"key": (KEY_TITLE,), "value": (VALUE_TITLE,)}
_MAX_NODES_DEEP: Final = 40


@dataclass(slots=True)
class Branch:
    """A mapping being put together from cells."""

    place: Place
    children: dict[str, Branch | Node] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def put(self, path: str, node: Node, place: Place) -> None:
        """Set what stands under a dotted path. Raises `scoring.two_values` when something stands there already."""
        head, _, rest = path.partition(".")
        if not rest:
            if head in self.children:
                raise refuse("scoring.two_values", place, key=path)
            self.children[head], self.places[head] = node, place
            return
        below = self.children.setdefault(head, Branch(place))
        self.places.setdefault(head, place)
        if not isinstance(below, Branch):
            raise refuse("scoring.two_values", place, key=path)
        below.put(rest, node, place)

    def put_all(self, found: Iterable[tuple[str, Node, Place]]) -> None:
        """Each of them in its order, as `put`; a doubt with its English stands as a text in two languages."""
        given = list(found)
        paths = from_columns({path: path for path, _, _ in given})
        named = {column: path for path, column in paths.items()}
        for column, node, place in given:
            self.put(named[column], node, place)

    def node(self) -> Entries:
        """The mapping as a text node."""
        entries = {key: child.node() if isinstance(child, Branch) else child for key, child in self.children.items()}
        return Entries(entries, dict(self.places), self.place)


@dataclass(slots=True)
class Member:
    """One row of a sheet: whose it is, its name or list where the sheet has one, and its content."""

    owner: str
    branch: Branch
    texts: Mapping[str, str]
    place: Place


def workbook_node(grids: Sequence[Grid]) -> Node:
    """The set in a workbook. Raises `Unreadable` when sheets are missing, `DomainError` for cells that contradict."""
    sheets = {grid.sheet: grid for grid in grids}
    top = Branch(Place(grids[0].file if grids else None))
    top.put_all(_set_values(_need(sheets, SET_SHEET, grids)))
    members = list(_members(CRITERIA, _need(sheets, CRITERIA.sheet, grids)))
    _hang_lists(members, sheets)
    top.put("fields", _tree(members, top.place), top.place)
    bands = tuple(member.branch.node() for member in _optional(BANDS, sheets))
    top.put("bands.steps", Items(bands, top.place), top.place)
    caps = tuple(member.branch.node() for member in _optional(CLASS_CAPS, sheets))
    if caps:
        top.put("class_caps", Items(caps, top.place), top.place)
    return top.node()


def _need(sheets: Mapping[str | None, Grid], name: str, grids: Sequence[Grid]) -> Grid:
    if name not in sheets:
        raise unreadable("scoring.sheet_missing", Place(grids[0].file if grids else None), name=name)
    return sheets[name]


def _set_values(grid: Grid) -> Iterator[tuple[str, Node, Place]]:
    headings = find_headings(grid, _SET_ROLES, tuple(_SET_ROLES))
    known = {key.path: key for key in SET_KEYS}
    for row in headings.rows:
        key, value = headings.cell(row, "key").text, headings.cell(row, "value")
        place = grid.place(row, headings.columns["value"])
        if key not in known and (key or not value.is_empty):
            raise refuse("scoring.unknown_set_key", grid.place(row), key=key)
        if value.is_empty:
            continue
        text = _sound(value, place)
        if known[key].is_list:
            parts = (part.strip() for part in text.split(LIST_SEPARATOR))
            yield key, Items(tuple(Scalar(part, place) for part in parts if part), place), place
        else:
            yield key, Scalar(text, place), place


def _sound(cell: Cell, place: Place) -> str:
    if cell.fault:
        raise refuse("scoring.sheet_bad_cell", place, fault=cell.fault)
    if "\r" in cell.text or INVISIBLE.search(cell.text):
        raise refuse("records.control_character", place)
    return cell.text


def _optional(part: Part, sheets: Mapping[str | None, Grid]) -> Iterator[Member]:
    grid = sheets.get(part.sheet)
    return iter(()) if grid is None else _members(part, grid)


def _members(part: Part, grid: Grid) -> Iterator[Member]:
    """The rows of a sheet. Cells in columns the sheet does not know are refused, not ignored."""
    roles = {column.title: (column.title,) for column in part.columns}
    headings = find_headings(grid, roles, (part.columns[0].title,))
    if headings.unknown:
        raise refuse("scoring.unknown_column", grid.place(headings.row), columns=headings.unknown)
    for row in headings.rows:
        if any(not headings.cell(row, title).is_empty for title in roles):
            yield _member(part, grid, row, {title: headings.cell(row, title) for title in roles}, headings.columns)


def _member(part: Part, grid: Grid, row: Row, cells: Mapping[str, Cell], columns: Mapping[str, int]) -> Member:
    branch, texts, found = Branch(grid.place(row)), {}, []
    for column in part.columns:
        cell, place = cells[column.title], grid.place(row, columns.get(column.title))
        text = "" if cell.is_empty else _sound(cell, place)
        texts[column.path] = text
        if text and column.path not in ("", "parent", "list", "name"):
            found.append((column.path, Scalar(text, place), place))
    branch.put_all(found)
    return Member(texts.get("", texts.get("code", "")), branch, texts, branch.place)


def _hang_lists(members: Sequence[Member], sheets: Mapping[str | None, Grid]) -> None:
    """Put inputs, options, steps, cases and evidence into their criteria."""
    by_code = {member.owner: member for member in members}
    options: dict[tuple[str, str], list[Node]] = {}
    lists: dict[tuple[str, str], list[Node]] = {}
    for member in _optional(STEPS, sheets):
        _owner(member, by_code)
        name = member.texts["list"]
        if name.startswith(INPUT_LIST):
            options.setdefault((member.owner, name.removeprefix(INPUT_LIST)), []).append(member.branch.node())
        elif name in RULE_LISTS:
            lists.setdefault((member.owner, f"rule.{name}"), []).append(member.branch.node())
        else:
            raise refuse("scoring.unknown_list", member.place, name=name, known=RULE_LISTS)
    for member in _optional(EVIDENCE, sheets):
        _owner(member, by_code)
        lists.setdefault((member.owner, "evidence"), []).append(member.branch.node())
    for member in _optional(INPUTS, sheets):
        _hang_input(member, _owner(member, by_code), options.pop((member.owner, member.texts["name"]), []))
    if options:
        (code, name), _ = next(iter(options.items()))
        raise refuse("scoring.options_without_input", by_code[code].place, code=code, name=name)
    for (code, path), nodes in lists.items():
        by_code[code].branch.put(path, Items(tuple(nodes), nodes[0].place), nodes[0].place)


def _owner(member: Member, by_code: Mapping[str, Member]) -> Branch:
    if member.owner not in by_code:
        raise refuse("scoring.unknown_owner", member.place, code=member.owner)
    return by_code[member.owner].branch


def _hang_input(member: Member, owner: Branch, options: list[Node]) -> None:
    name = member.texts["name"]
    if not name or "." in name:
        raise refuse("scoring.bad_input_name", member.place, name=name)
    if options:
        member.branch.put("options", Items(tuple(options), member.place), member.place)
    owner.put(f"inputs.{name}", member.branch.node(), member.place)


def _tree(members: Sequence[Member], place: Place) -> Items:
    """Criteria under their groups, in the order of rows. Raises for unknown parents, cycles and doubled codes."""
    below: dict[str, list[Member]] = {}
    codes: dict[str, Member] = {}
    for member in members:
        if member.owner in codes:
            raise refuse(
                "scoring.duplicate_code", member.place, code=member.owner, other=str(codes[member.owner].place)
            )
        codes[member.owner] = member
        below.setdefault(member.texts["parent"], []).append(member)
    for parent, children in below.items():
        if parent and parent not in codes:
            raise refuse("scoring.unknown_parent", children[0].place, code=parent)
    reached = 0

    def items(parent: str, depth: int) -> Items:
        nonlocal reached
        nodes = []
        for member in below.get(parent, []):
            reached += 1
            if member.owner in below and depth < _MAX_NODES_DEEP:
                member.branch.put("criteria", items(member.owner, depth + 1), member.place)
            nodes.append(member.branch.node())
        return Items(tuple(nodes), nodes[0].place if nodes else place)

    fields = items("", 0)
    if reached < len(members):
        raise refuse("scoring.unreachable_criteria", place, count=len(members) - reached)
    return fields
