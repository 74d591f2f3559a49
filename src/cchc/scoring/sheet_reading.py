"""Reading a sheet: the long form as CSV or XLSX, or YAML by unit, criterion and input."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cchc.records.errors import Place, Unreadable, unreadable
from cchc.records.schema import Fields, as_entries, as_text, reading
from cchc.records.yaml_text import Entries, Items, Node, Scalar, read_yaml
from cchc.scoring.criteria import CriteriaSet
from cchc.scoring.sheets import Entry, Sheet, SheetBuilder
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


def read_sheet(criteria_set: CriteriaSet, path: Path) -> Sheet:
    """The sheet in a file. Raises `Unreadable`; what single rows get wrong becomes errors of their units."""
    if path.suffix.lower() not in _YAML_SUFFIXES:
        return sheet_of_grids(criteria_set, read_path(path))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable("scoring.set_not_readable", Place(str(path)), detail=error.strerror or "") from error
    return _build(criteria_set, _yaml_entries(read_yaml(content, path.name)))


def sheet_of_bytes(criteria_set: CriteriaSet, content: bytes, file: str) -> Sheet:
    """The sheet in an uploaded file; `file` is the name shown to people."""
    if file.lower().endswith(_YAML_SUFFIXES):
        return _build(criteria_set, _yaml_entries(read_yaml(content, file)))
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
            return _build(criteria_set, _table_entries(grid, headings))
    raise refusal or unreadable("scoring.sheet_no_heading")


def _build(criteria_set: CriteriaSet, entries: Iterator[Entry]) -> Sheet:
    builder = SheetBuilder(criteria_set)
    for entry in entries:
        builder.add(entry)
    return builder.build()


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
        stage, group = _text_or_empty(fields, "stage"), _text_or_empty(fields, "group")
        units = as_entries(fields.need("units"))
    yield from _units(units, stage, group)


def _text_or_empty(fields: Fields, key: str) -> str:
    return fields.maybe(key, as_text) or ""


def _units(units: Entries, stage: str, group: str) -> Iterator[Entry]:
    for unit, criteria in units.entries.items():
        for code, inputs in as_entries(criteria).entries.items():
            for name, value in as_entries(inputs).entries.items():
                yield Entry(unit, code, name, _scalar_text(value), stage, group, value.place)


def _scalar_text(node: Node) -> str:
    """One value; a list of ticked ids is joined with `;`, absent is empty."""
    if isinstance(node, Items):
        return ";".join(as_text(item) for item in node.items)
    return (node.text or "") if isinstance(node, Scalar) else as_text(node)
