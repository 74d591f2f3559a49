"""Reading a table from anywhere: CSV or XLSX, whatever the name of the file says.

What callers can rely on, in both kinds:

- `Cell.text` is what a person sees, NFC, without spaces around it. For a cell that holds a number it is the number at
  its displayed decimals with a point (`87.20`), never thousands separators, units or currency, so that
  `records.numbers.parse_number` reads it; a percent format shows the value times 100 and keeps its sign (`87.11%`).
  Dates are always `23/11/2026`, with the time after them when there is one; true and false are `TRUE` and `FALSE`.
- `Cell.value` is what is stored: `Decimal` or `int` for numbers, exact as the file has them.
- A formula counts by its saved value; without one the cell has the fault `tables.formula_without_value`, an error such
  as #DIV/0! the fault `tables.error_value`.
- Merged cells have their value in the first cell only. Hidden rows and columns are data like others. Hidden sheets are
  read and marked `Grid.hidden`. Rows with nothing in them are left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cchc.records.errors import Place, Unreadable, unreadable
from cchc.tables.csv_reading import read_csv
from cchc.tables.grid import Grid
from cchc.tables.limits import DEFAULT_LIMITS, Limits
from cchc.tables.xlsx_reading import read_xlsx

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_OTHER_FORMATS: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<", b"\x1f\x8b", b"Rar!")


def read_tables(content: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> tuple[Grid, ...]:
    """All sheets of a workbook in order, or the one table of a CSV file. `file` is the name shown to people.

    Raises `Unreadable` when it is neither, damaged, protected by a password, in an old format or encoding, or beyond
    the limits.
    """
    if len(content) > limits.file_bytes:
        raise _too_large(file, limits)
    if content.startswith(_ZIP):
        return read_xlsx(content, file, limits)
    if content.startswith(_COMPOUND_FILE):
        is_encrypted = _ENCRYPTED in content
        raise unreadable("tables.encrypted_workbook" if is_encrypted else "tables.old_workbook", Place(file))
    if content.lstrip().startswith(_OTHER_FORMATS):
        raise unreadable("tables.not_a_table", Place(file))
    return (read_csv(content, file, limits),)


def read_path(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> tuple[Grid, ...]:
    """`read_tables` of a file. Raises `tables.missing_file` or `tables.file_not_opened` besides."""
    return read_tables(read_bytes(path, limits), str(path), limits)


def read_bytes(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """What is in a file, one byte more than allowed at the most. Raises what `read_path` raises besides."""
    file = str(path)
    try:
        with Path(path).open("rb") as source:
            return source.read(limits.file_bytes + 1)
    except FileNotFoundError as error:
        raise unreadable("tables.missing_file", Place(file)) from error
    except (OSError, ValueError) as error:
        raise unreadable("tables.file_not_opened", Place(file)) from error


def _too_large(file: str, limits: Limits) -> Unreadable:
    return unreadable("tables.file_too_large", Place(file), limit=limits.file_bytes // 1_000_000)
