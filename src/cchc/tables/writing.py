"""Writing tables: `write_csv` and `write_xlsx`, safe against formulas in text and the same bytes every time."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from typing import Literal

from cchc.records.numbers import decimal_text
from cchc.tables.formula_guard import guard
from cchc.tables.layout import Column, Formula, Kind, SheetToWrite, WrittenValue, clean_text, date_text
from cchc.tables.xlsx_writing import write_xlsx

__all__ = ["Column", "Delimiter", "Formula", "Kind", "SheetToWrite", "WrittenValue", "write_csv", "write_xlsx"]

Delimiter = Literal[",", ";", "\t"]


def write_csv(
    header: Sequence[str],
    rows: Iterable[Sequence[WrittenValue]],
    *,
    bom: bool = True,
    delimiter: Delimiter = ",",
) -> bytes:
    """UTF-8, NFC, lines ended by CR LF, formulas guarded; with a byte order mark for spreadsheets.

    Numbers take a point, or a comma where `;` delimits (what a Vietnamese spreadsheet opens as numbers); a `Decimal`
    keeps its decimals, a fraction without an end gets six. Dates are dd/mm/yyyy.
    """
    target = StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\r\n")
    decimal_mark = "," if delimiter == ";" else "."
    writer.writerow([guard(clean_text(title)) for title in header])
    for row in rows:
        writer.writerow([_csv_field(value, decimal_mark) for value in row])
    return target.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _csv_field(value: WrittenValue, decimal_mark: str) -> str:
    match value:
        case Formula():
            return _csv_field(value.value, decimal_mark)
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | Decimal():
            return f"{Decimal(value):f}".replace(".", decimal_mark)
        case Fraction():
            return decimal_text(value).replace(".", decimal_mark)
        case date():
            return date_text(value)
        case str():
            return guard(clean_text(value))
