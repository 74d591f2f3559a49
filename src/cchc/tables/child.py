"""The process that parses a workbook, apart from the server and under limits: `python -m cchc.tables.child LIMITS`.

Reads the workbook from standard input (a file) and answers in JSON lines: `["sheet", name, hidden]`,
`["row", number, cells]`, `["end of sheet"]`, `["error", code, params, sheet, row]`, and `["end"]` when all is said.
A cell is null, a text, or `[text, kind, stored]`; `cchc.tables.xlsx_reading` is the other side.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, Final

from cchc.records.errors import DomainError, Message, Place, Problem, unreadable
from cchc.tables.archive import check_archive
from cchc.tables.cells import EMPTY, cell_of
from cchc.tables.grid import Cell
from cchc.tables.limited_process import restrain
from cchc.tables.limits import Limits, Tally

# What the reading of workbooks would load beside itself if it were there: for writing, and for pictures.
_LEFT_OUT: Final[dict[str, Any]] = {"numpy": None, "PIL": None}
_LAST_ROW: Final = 1_048_576  # of the format; a sheet that names a later row is damaged


def main() -> None:
    """Answer for the workbook on standard input under the limits in the first argument."""
    limits = Limits(**json.loads(sys.argv[1]))
    restrain(limits.bounds)
    sys.modules.update(_LEFT_OUT)  # half the time of starting, and code that strangers' bytes never reach
    import openpyxl

    if not openpyxl.DEFUSEDXML or openpyxl.LXML:
        raise SystemExit("workbooks are only parsed with defusedxml")
    for answer in answers(sys.stdin.buffer, limits):
        sys.stdout.buffer.write(as_line(answer))


def as_line(answer: list[Any]) -> bytes:
    """One answer as a line of JSON."""
    return json.dumps(answer, separators=(",", ":")).encode() + b"\n"


def answers(source: IO[bytes], limits: Limits) -> Iterator[list[Any]]:
    """The lines of the answer; a refusal is the last one."""
    try:
        yield from _sheets(source, limits)
    except DomainError as error:
        yield _error(error.problems[0])
    except MemoryError:
        yield ["error", "tables.too_complex", {}, None, None]
    else:
        yield ["end"]


def _error(problem: Problem) -> list[Any]:
    place = problem.place or Place()
    return ["error", problem.code, dict(problem.message.params), place.sheet, place.row]


def _sheets(source: IO[bytes], limits: Limits) -> Iterator[list[Any]]:
    try:
        has_formulas = check_archive(source, limits)
        source.seek(0)
        yield from _parsed(source, has_formulas, limits)
    except (DomainError, MemoryError):
        raise
    except Exception as error:  # libraries meet hostile bytes: whatever they raise means "damaged"
        raise unreadable("tables.damaged_workbook") from error


def _parsed(source: IO[bytes], has_formulas: bool, limits: Limits) -> Iterator[list[Any]]:
    values = _open(source, data_only=True)
    formulas = _open(source, data_only=False).worksheets if has_formulas else None
    if len(values.worksheets) > limits.sheets:
        raise unreadable("tables.too_many_sheets", limit=limits.sheets)
    tally = Tally(limits)
    for index, sheet in enumerate(values.worksheets):
        yield ["sheet", sheet.title, sheet.sheet_state != "visible"]
        yield from _rows(sheet, formulas[index] if formulas else None, tally)
        yield ["end of sheet"]


def _open(source: IO[bytes], *, data_only: bool) -> Any:
    """The workbook, streaming."""
    import openpyxl

    warnings.simplefilter("ignore")  # the library warns of what it leaves out: charts, extensions
    return openpyxl.load_workbook(source, read_only=True, data_only=data_only, keep_links=False)


def _rows(sheet: Any, formulas: Any, tally: Tally) -> Iterator[list[Any]]:
    for number, row in enumerate(_cells(sheet, formulas), 1):
        if number > _LAST_ROW:
            raise unreadable("tables.damaged_workbook")
        while row and row[-1].is_empty:
            row.pop()
        if row:
            tally.add([cell.text for cell in row], Place(sheet=sheet.title, row=number))
            yield ["row", number, [_coded(cell) for cell in row]]


def _cells(sheet: Any, formulas: Any) -> Iterator[list[Cell]]:
    """The rows, numbered without gaps. What the sheet claims its size to be is not believed."""
    sheet.reset_dimensions()
    if formulas is None:
        for row in sheet.iter_rows():
            yield [EMPTY if cell.value is None else _cell(cell) for cell in row]
        return
    formulas.reset_dimensions()
    for row, formula_row in zip(sheet.iter_rows(), formulas.iter_rows(), strict=True):
        yield [_formula_cell(cell, formula) for cell, formula in zip(row, formula_row, strict=True)]


def _cell(cell: Any) -> Cell:
    return cell_of(cell.value, cell.data_type, cell.number_format)


def _formula_cell(cell: Any, formula: Any) -> Cell:
    """A formula by its saved value; one that was saved as empty text (type `str`) is empty, not without value."""
    if cell.value is None and formula.data_type == "f" and cell.data_type != "str":
        return Cell("", None, Message("tables.formula_without_value"))
    return EMPTY if cell.value is None else _cell(cell)


def _coded(cell: Cell) -> Any:
    """A cell as JSON, its type said in one letter."""
    if cell.is_empty:
        return None
    if cell.fault is not None:
        return [cell.text, "fault", [cell.fault.code, dict(cell.fault.params)]]
    match cell.value:
        case bool():
            return [cell.text, "bool", cell.value]
        case int():
            return [cell.text, "int", str(cell.value)]
        case Decimal():
            return [cell.text, "decimal", str(cell.value)]
        case datetime():
            return [cell.text, "datetime", cell.value.isoformat()]
        case date():
            return [cell.text, "date", cell.value.isoformat()]
        case _:
            return cell.text if cell.value == cell.text else [cell.text, "text", cell.value]


if __name__ == "__main__":
    main()
