"""Files of units and officials for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from cchc.organizations.importing.layout import ImportSheet, beside_sheet, official_sheet, unit_sheet
from cchc.organizations.importing.reading import rows_of
from cchc.organizations.importing.rows import Rows
from cchc.tables.grid import Cell, Grid, Row
from cchc.tables.writing import Column, SheetToWrite, write_xlsx

Said = Mapping[str, object]


def workbook(units: Sequence[Said] = (), officials: Sequence[Said] = (), besides: Sequence[Said] = ()) -> bytes:
    """XLSX with all sheets; each row names columns by their keys."""
    sheets = [(unit_sheet(), units), (official_sheet(), officials), (beside_sheet(), besides)]
    return write_xlsx([_sheet(sheet, rows) for sheet, rows in sheets])


def rows_with(units: Sequence[Said] = (), officials: Sequence[Said] = (), besides: Sequence[Said] = ()) -> Rows:
    """What such a file says, read without the detour through a workbook."""
    sheets = [(unit_sheet(), units), (official_sheet(), officials), (beside_sheet(), besides)]
    return rows_of([_grid(sheet, rows) for sheet, rows in sheets])


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
