"""XLSX through a child process: this side sends the bytes, waits, and believes only well-formed answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any, Final

from cchc.records.errors import Message, Place, unreadable
from cchc.tables.cells import EMPTY
from cchc.tables.grid import Cell, Grid, Row
from cchc.tables.legacy import legacy_encoding
from cchc.tables.limited_process import ask
from cchc.tables.limits import Limits

_SAMPLE_CELLS: Final = 2_000


def read_xlsx(content: bytes, file: str, limits: Limits) -> tuple[Grid, ...]:
    """All worksheets in order. Raises `Unreadable` with a code of `tables.child` or `tables.archive`.

    On Linux the system bounds the child's memory, computing time and output; elsewhere what it can of these, and
    everywhere the clock and the counting of sizes.
    """
    with TemporaryFile() as question, TemporaryFile() as answer:
        question.write(content)
        question.seek(0)
        if not ask("cchc.tables.child", json.dumps(asdict(limits)), question, answer, limits.bounds):
            raise unreadable("tables.too_complex", Place(file))
        answer.seek(0)
        grids = grids_from(answer, file)
    _refuse_legacy_text(grids, file)
    return grids


def grids_from(answer: IO[bytes], file: str) -> tuple[Grid, ...]:
    """The sheets the child tells of in its lines. Raises what it refused, `tables.too_complex` when it fell silent."""
    grids: list[Grid] = []
    rows: list[Row] = []
    cells = _Cells()
    for message in _messages(answer):
        match message:
            case ["row", int(number), list(coded)]:
                rows.append(Row(number, tuple(cells.decode(cell) for cell in coded)))
            case ["sheet", str(name), bool(hidden)]:
                grids.append(Grid(file, name, (), hidden))
            case ["end of sheet"]:
                grids[-1] = replace(grids[-1], rows=tuple(rows))
                rows = []
            case ["error", str(code), dict(params), name, row]:
                raise unreadable(code, Place(file, sheet=name, row=row), **params)
            case ["end"]:
                return tuple(grids)
    raise unreadable("tables.too_complex", Place(file))


def _messages(answer: IO[bytes]) -> Iterator[Any]:
    """The lines of the answer up to one that was cut off by a limit."""
    for line in answer:
        if not line.endswith(b"\n"):
            return
        yield json.loads(line)


class _Cells(dict[str, Cell]):
    """Cells from their JSON form, one object per distinct text: long tables repeat themselves."""

    def decode(self, coded: Any) -> Cell:
        """The cell that the child meant."""
        match coded:
            case None:
                return EMPTY
            case str():
                return self[coded]
            case [str(text), "fault", [str(code), dict(params)]]:
                return Cell(text, None, Message(code, params))
            case [str(text), str(kind), stored]:
                return Cell(text, _STORED[kind](stored))
        raise ValueError("not a cell")

    def __missing__(self, text: str) -> Cell:
        self[text] = cell = Cell(text, text)
        return cell


_STORED: Final[dict[str, Callable[[Any], Any]]] = {
    "bool": bool,
    "int": int,
    "decimal": Decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "text": str,
}


def _refuse_legacy_text(grids: tuple[Grid, ...], file: str) -> None:
    """Old fonts are used in workbooks too: the letters then are Western ones that only look Vietnamese."""
    cells = (cell.text for grid in grids for row in grid.rows for cell in row.cells)
    if name := legacy_encoding("\n".join(islice(cells, _SAMPLE_CELLS))):
        raise unreadable("tables.legacy_encoding", Place(file), encoding=name)
