"""Reading a sheet: the long form as CSV or XLSX, or YAML by unit, criterion and input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

from cchc.records.errors import Place, Unreadable, refuse, unreadable
from cchc.records.numbers import terminating_decimal
from cchc.records.schema import as_entries, as_text, placed, reading
from cchc.records.yaml_text import Entries, Items, Node, Scalar, read_yaml
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.sheets import Entry, Sheet, SheetBuilder, parse_stage
from cchc.tables.grid import Cell, Grid
from cchc.tables.headings import Headings, find_headings
from cchc.tables.reading import read_path, read_tables

ROLES: Final = {
    "unit": ("Đơn vị", "Tên đơn vị", "unit"),
    "criterion": ("Tiêu chí", "Mã tiêu chí", "criterion"),
    "input": ("Chỉ tiêu", "input"),
    "value": ("Giá trị", "value"),
    "stage": ("Giai đoạn", "stage"),
    "group": ("Nhóm", "Nhóm đơn vị", "group"),
}
REQUIRED: Final = ("unit", "criterion", "input", "value")
_YAML_SUFFIXES: Final = (".yaml", ".yml")
_ENVELOPE: Final = frozenset({"stage", "group", "units"})
_NOWHERE: Final = Place()
SheetSource = Sheet | str | Path | Mapping[str, object]


def read_sheet(criteria_set: CriteriaSet, path: Path) -> Sheet:
    """The sheet in a file. Raises `Unreadable`; what single rows get wrong becomes errors of their units."""
    if path.suffix.lower() not in _YAML_SUFFIXES:
        return sheet_of_grids(criteria_set, read_path(path))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable("scoring.set_not_readable", Place(str(path)), detail=error.strerror or "") from error
    return _sheet_of_node(criteria_set, read_yaml(content, path.name))


def sheet_of_bytes(criteria_set: CriteriaSet, content: bytes, file: str) -> Sheet:
    """The sheet in an uploaded file; `file` is the name shown to people."""
    if file.lower().endswith(_YAML_SUFFIXES):
        return _sheet_of_node(criteria_set, read_yaml(content, file))
    return sheet_of_grids(criteria_set, read_tables(content, file))


def sheet_of_grids(criteria_set: CriteriaSet, grids: tuple[Grid, ...]) -> Sheet:
    """The sheet in the first table that has the headings of the long form."""
    refusal: Unreadable | None = None
    for grid in grids:
        try:
            headings = find_headings(grid, ROLES, REQUIRED)
        except Unreadable as error:
            refusal = refusal or error
        else:
            return _build(criteria_set, _table_entries(grid, headings), Place(grid.file, sheet=grid.sheet))
    raise refusal or unreadable("scoring.sheet_no_heading")


def as_sheet(criteria_set: CriteriaSet, given: SheetSource) -> Sheet:
    """A sheet as it is, the one in a file, or one made of plain data in either of the shapes that YAML takes."""
    if isinstance(given, Sheet):
        return given
    if isinstance(given, str | Path):
        return read_sheet(criteria_set, Path(given))
    return _sheet_of_node(criteria_set, _node_of(given))


def _node_of(value: object) -> Node:
    """Plain data as if it had been written in YAML."""
    match value:
        case Mapping():
            entries = {str(key): _node_of(item) for key, item in value.items()}
            return Entries(entries, dict.fromkeys(entries, _NOWHERE), _NOWHERE)
        case list() | tuple():
            return Items(tuple(map(_node_of, value)), _NOWHERE)
        case Fraction() if (exact := terminating_decimal(value)) is not None:
            return _node_of(exact)
        case Decimal():
            return Scalar(f"{value:f}", _NOWHERE)
        case None:
            return Scalar(None, _NOWHERE)
    return Scalar(str(value), _NOWHERE)


def _sheet_of_node(criteria_set: CriteriaSet, node: Node) -> Sheet:
    return _build(criteria_set, _yaml_entries(node), node.place)


def _build(criteria_set: CriteriaSet, entries: Iterator[Entry], place: Place) -> Sheet:
    """The sheet of these rows. Raises `scoring.sheet_without_units` when there is no unit in it."""
    builder = SheetBuilder(criteria_set)
    for entry in entries:
        builder.add(entry)
    sheet = builder.build()
    if not sheet.units and not sheet.problems:
        raise refuse("scoring.sheet_without_units", place)
    return sheet


def _table_entries(grid: Grid, headings: Headings) -> Iterator[Entry]:
    for row in headings.rows:
        cells = {role: headings.cell(row, role) for role in ROLES}
        if any(not cell.is_empty for cell in cells.values()):
            fault = next((cell.fault for cell in cells.values() if cell.fault), None)
            texts = {role: _one_line(cell) for role, cell in cells.items()}
            yield Entry(**texts, place=grid.place(row), fault=fault)


def _one_line(cell: Cell) -> str:
    return " ".join(cell.text.split())


def _yaml_entries(node: Node) -> Iterator[Entry]:
    """`{unit: {criterion: {input: value}}}`, or the same under `units` with `stage` and `group` for all."""
    entries = as_entries(node)
    if "units" not in entries.entries or not entries.entries.keys() <= _ENVELOPE:
        yield from _units(entries, "", "")
        return
    with reading(node) as fields:
        stage, group = fields.maybe("stage", _as_stage) or "", fields.maybe("group", as_text) or ""
        units = as_entries(fields.need("units"))
    yield from _units(units, stage, group)


def _as_stage(node: Node) -> str:
    return placed(node, parse_stage)


def _units(units: Entries, stage: str, group: str) -> Iterator[Entry]:
    for unit, criteria in units.entries.items():
        yield Entry(unit, stage=stage, group=group, place=units.key_places[unit])
        for code, inputs in as_entries(criteria).entries.items():
            for name, value in as_entries(inputs).entries.items():
                yield Entry(unit, code, name, _scalar_text(value), stage, group, value.place)


def _scalar_text(node: Node) -> str:
    """One value; a list of ticked ids is joined with `;`, absent is empty."""
    if isinstance(node, Items):
        return ";".join(as_text(item) for item in node.items)
    return (node.text or "") if isinstance(node, Scalar) else as_text(node)
