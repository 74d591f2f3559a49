"""How much a table may ask of this machine. Every reader takes these limits; the defaults suit a whole province."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cchc.records.errors import Place, unreadable
from cchc.tables.limited_process import Bounds


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at most; one step more is refused, never cut off silently."""

    file_bytes: int = 20_000_000
    """Size of the file as it arrives."""
    sheets: int = 100
    """Sheets of a workbook, hidden ones included."""
    rows: int = 200_000
    """Rows with something in them, all sheets together."""
    columns: int = 500
    """Columns up to the last one with something in it."""
    cells: int = 400_000
    """Cells with something in them, all sheets together."""
    cell_characters: int = 32_767
    """Characters of one cell: what a spreadsheet can hold itself."""
    characters: int = 20_000_000
    """Characters of all cells together; a workbook may name one long text a million times."""
    line_characters: int = 1_000_000
    """Characters of one line of a CSV file."""
    members: int = 2_000
    """Parts inside the workbook's archive."""
    expanded_bytes: int = 200_000_000
    """All parts of the archive together once expanded, as declared and as counted."""
    expansion: int = 200
    """How many times bigger a part over one megabyte may become: real sheets stay under 50, bombs reach 1000."""
    child_memory_bytes: int = 300_000_000
    """Address space of the process that reads a workbook."""
    child_cpu_seconds: int = 9
    """Computing time of that process."""
    child_wall_seconds: int = 20
    """How long its caller waits for it, on a busy machine."""
    child_output_bytes: int = 250_000_000
    """What that process may write to the disk: its answer."""

    @property
    def bounds(self) -> Bounds:
        """What the process that reads a workbook may use."""
        return Bounds(self.child_memory_bytes, self.child_cpu_seconds, self.child_wall_seconds, self.child_output_bytes)


DEFAULT_LIMITS: Final = Limits()


class Tally:
    """Counts what has been read from one file and refuses what is over the limit."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._rows = self._cells = self._characters = 0

    def add(self, texts: list[str], place: Place) -> None:
        """Count one row by the texts of its cells, trailing empty ones left out.

        Raises `Unreadable` with `tables.too_many_columns`, `tables.cell_too_long`, `tables.too_many_rows`,
        `tables.too_many_cells` or `tables.too_many_characters`.
        """
        limits = self._limits
        _check("tables.too_many_columns", len(texts), limits.columns, place)
        _check("tables.cell_too_long", max(map(len, texts), default=0), limits.cell_characters, place)
        self._rows += 1
        self._cells += sum(map(bool, texts))
        self._characters += sum(map(len, texts))
        _check("tables.too_many_rows", self._rows, limits.rows, place)
        _check("tables.too_many_cells", self._cells, limits.cells, place)
        _check("tables.too_many_characters", self._characters, limits.characters, place)


def _check(code: str, found: int, limit: int, place: Place) -> None:
    if found > limit:
        raise unreadable(code, place, limit=limit)
