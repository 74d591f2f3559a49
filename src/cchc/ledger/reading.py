"""A log from whatever file it comes in, as one stream of raw rows: CSV, XLSX, XES (also .gz) or Parquet.

The kind of a file is told by its content, not its name. Every reader gives frames with `columns.ROW` (from 1 after
the heading, or by the order of events), `columns.TORN` (a row with more cells than the heading has names) and the
columns asked for: texts, or dates and datetimes where the file has such a type. A value that is missing is null.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Literal, Protocol

import polars as pl

from cchc.ledger.reading_csv import CsvLog
from cchc.ledger.reading_parquet import ParquetLog
from cchc.ledger.reading_xes import XesLog
from cchc.ledger.reading_xlsx import XlsxLog
from cchc.records.errors import Place, unreadable

LogKind = Literal["csv", "xlsx", "xes", "xes.gz", "parquet"]
_HEAD: Final = 512
_GZIP: Final = b"\x1f\x8b"
_PARQUET: Final = b"PAR1"
_WORKBOOKS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class RawLog(Protocol):
    """A log that can be read from its start, any number of times."""

    def batches(self, wanted: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
        """All rows in order, in frames of bounded size, with the `wanted` columns, or all there are.

        Raises `ledger.column_missing` for columns the log lacks (in XES: that no event, trace or global names), at the
        latest after the last frame, and `Unreadable` for a damaged file.
        """


def open_log(path: Path, scratch: Path) -> RawLog:
    """The reader for a file. `scratch` is a folder for what has to be rewritten before it can be read.

    Raises `tables.missing_file`, `tables.file_not_opened`, `tables.empty_file` or `ledger.unknown_log`.
    """
    match kind_of(path):
        case "parquet":
            return ParquetLog(path)
        case "xlsx":
            return XlsxLog(path)
        case "xes" | "xes.gz" as kind:
            return XesLog(path, is_packed=kind == "xes.gz")
    return CsvLog(path, scratch)


def kind_of(path: Path) -> LogKind:
    """What a file is, by its first bytes alone; whatever is nothing else is taken for text. Raises as `open_log`."""
    head = _head_of(path)
    if head.startswith(_PARQUET):
        return "parquet"
    if head.startswith(_WORKBOOKS):
        return "xlsx"
    if head.startswith(_GZIP):
        if _looks_like_xml(_unpacked(head)):
            return "xes.gz"
        raise unreadable("ledger.unknown_log", Place(str(path)))
    return "xes" if _looks_like_xml(head) else "csv"


def _head_of(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            head = source.read(_HEAD)
    except FileNotFoundError as error:
        raise unreadable("tables.missing_file", Place(str(path))) from error
    except OSError as error:
        raise unreadable("tables.file_not_opened", Place(str(path))) from error
    if not head.strip():
        raise unreadable("tables.empty_file", Place(str(path)))
    return head


def _unpacked(head: bytes) -> bytes:
    """The first bytes inside a packed file; none when it is damaged from the start."""
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(head)
    except zlib.error:
        return b""


def _looks_like_xml(head: bytes) -> bool:
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\x00", b"").lstrip().startswith(b"<")
