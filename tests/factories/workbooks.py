"""Files of units and officials for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from cchc.organizations.importing.layout import ImportSheet, official_sheet, unit_sheet
from cchc.organizations.importing.reading import rows_of
from cchc.organizations.importing.rows import Rows
from cchc.tables.grid import Cell, Grid, Row
from cchc.tables.writing import Column, SheetToWrite, write_xlsx

Said = Mapping[str, object]


def workbook(units: Sequence[Said] = (), officials: Sequence[Said] = ()) -> bytes:
    """XLSX with both sheets; each row names columns by their keys."""
    return write_xlsx([_sheet(unit_sheet(), units), _sheet(official_sheet(), officials)])


def rows_with(units: Sequence[Said] = (), officials: Sequence[Said] = ()) -> Rows:
    """What such a file says, read without the detour through a workbook."""
    return rows_of([_grid(unit_sheet(), units), _grid(official_sheet(), officials)])


def _sheet(sheet: ImportSheet, rows: Sequence[Said]) -> SheetToWrite:
    columns = tuple(Column(column.names[0]) for column in sheet.columns)
    return SheetToWrite(sheet.name, columns, [[_text(row.get(one.key)) for one in sheet.columns] for row in rows])


def _grid(sheet: ImportSheet, rows: Sequence[Said]) -> Grid:
    heading = tuple(Cell(column.names[0]) for column in sheet.columns)
    said = [tuple(Cell(_text(row.get(column.key))) for column in sheet.columns) for row in rows]
    return Grid("tep.xlsx", sheet.name, tuple(Row(number, cells) for number, cells in enumerate([heading, *said], 1)))


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
