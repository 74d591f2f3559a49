"""Logs in CSV, of any size: a first look finds encoding, delimiter and heading, Polars streams the rest."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Final

import polars as pl

from cchc.ledger.columns import ROW, ROWS_LOOKED_AT, TORN, find_heading, places_of
from cchc.records.errors import Place, Unreadable, unreadable
from cchc.tables.csv_reading import delimiter_of
from cchc.tables.legacy import legacy_encoding, legacy_encoding_of_bytes

_BATCH: Final = 100_000
_SAMPLE: Final = 262_144
_CHUNK: Final = 1 << 20
_TOLD: Final = re.compile(r"sep=([,;\t|])\r?\n")
_MARKS: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_MOST_COLUMNS: Final = 2_000
_BEYOND: Final = "beyond"  # takes the first cell after the last named one


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the file is to be read: `skipped` lines end with the heading; `names` are the heading's cells."""

    path: Path
    delimiter: str
    skipped: int
    names: tuple[str, ...]


class CsvLog:
    """A `reading.RawLog` of a CSV file in UTF-8 or UTF-16."""

    def __init__(self, path: Path, scratch: Path) -> None:
        self._path, self._scratch = path, scratch
        self._place = Place(str(path))

    def batches(self, wanted: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
        """See `RawLog`. Raises `tables.legacy_encoding`, `tables.not_unicode`, `tables.csv_quotes` and
        `ledger.csv_damaged` besides.
        """
        layout = self._layout(wanted)
        places = places_of(layout.names, wanted, self._place)
        try:
            yield from _read(layout, places)
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
            raise _what_is_wrong(layout, self._place) from error

    def _layout(self, wanted: Sequence[str] | None) -> _Layout:
        path, sample = self._in_utf8()
        told = _TOLD.match(sample)
        delimiter = told[1] if told else delimiter_of(sample)
        start = told.end() if told else 0
        rows = csv.reader(StringIO(sample[start:], newline=""), delimiter=delimiter)
        first = [(row, rows.line_num) for row in islice(_whole_rows(rows), ROWS_LOOKED_AT)]
        at = find_heading([row for row, _ in first], wanted)
        if at is None:
            raise unreadable("tables.empty_file", self._place)
        names, lines = first[at]
        if len(names) > _MOST_COLUMNS:
            raise unreadable("tables.too_many_columns", self._place, limit=_MOST_COLUMNS)
        return _Layout(path, delimiter, lines + bool(told), tuple(names))

    def _in_utf8(self) -> tuple[Path, str]:
        """The file, rewritten where Polars could not read it, and its first part as text."""
        with self._path.open("rb") as source:
            head = source.read(_SAMPLE)
        encoding = _encoding_of(head)
        sample = _decoded(head, encoding, self._place)
        if name := legacy_encoding(sample):
            raise unreadable("tables.legacy_encoding", self._place, encoding=name)
        if encoding == "utf-8" and not _has_old_line_ends(sample):
            return self._path, sample
        rewritten = self._scratch / "log.csv"
        _rewrite(self._path, rewritten, encoding, self._place)
        return rewritten, sample.replace("\r\n", "\n").replace("\r", "\n")


def _read(layout: _Layout, places: dict[str, int]) -> Iterator[pl.DataFrame]:
    columns = [f"c{number}" for number in range(len(layout.names))]
    rows = pl.scan_csv(
        layout.path,
        separator=layout.delimiter,
        has_header=False,
        skip_lines=layout.skipped,
        schema=dict.fromkeys((*columns, _BEYOND), pl.String),
        truncate_ragged_lines=True,
        missing_columns="insert",
        raise_if_empty=False,
        row_index_name=ROW,
        row_index_offset=1,
        glob=False,
    )
    has_cells = pl.any_horizontal(pl.exclude(ROW).is_not_null())
    wanted = rows.filter(has_cells).select(
        pl.col(ROW).cast(pl.Int64),
        (pl.col(_BEYOND).is_not_null()).alias(TORN),
        *(pl.col(columns[at]).alias(name) for name, at in places.items()),
    )
    yield from wanted.collect_batches(chunk_size=_BATCH, maintain_order=True)


def _whole_rows(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows up to one whose quotes do not fit: the end of the sample cuts one off."""
    while True:
        try:
            yield next(rows)
        except (StopIteration, csv.Error):
            return


def _encoding_of(head: bytes) -> str:
    """UTF-16 by its mark, or by the zeros beside its plain letters; else UTF-8."""
    if encoding := _MARKS.get(head[:2]):
        return encoding
    zeros = [head[side::2].count(0) for side in (0, 1)]
    if max(zeros) * 4 > len(head):
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return "utf-8"


def _decoded(head: bytes, encoding: str, place: Place) -> str:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        return decoder.decode(head).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _not_unicode(head, error.start, place) from error


def _not_unicode(content: bytes, at: int, place: Place, line: int = 1) -> Unreadable:
    """What is wrong at a byte of `content`, which begins on that line."""
    if name := legacy_encoding_of_bytes(content):
        return unreadable("tables.legacy_encoding", place, encoding=name)
    return unreadable("tables.not_unicode", Place(place.file, line + content.count(b"\n", 0, at)))


def _has_old_line_ends(sample: str) -> bool:
    return "\r" in sample and "\n" not in sample


def _rewrite(path: Path, target: Path, encoding: str, place: Place) -> None:
    """The file in UTF-8 with line feeds."""
    try:
        with path.open(encoding=encoding, newline=None) as source, target.open("w", encoding="utf-8", newline="") as to:
            while chunk := source.read(_CHUNK):
                to.write(chunk.removeprefix("\ufeff"))
    except UnicodeError as error:
        raise unreadable("tables.not_unicode", place) from error


def _what_is_wrong(layout: _Layout, place: Place) -> Unreadable:
    """Find the line that stopped the fast reader: letters that are not UTF-8, or quotes that do not fit."""
    return _wrong_letters(layout.path, place) or _wrong_quotes(layout, place) or unreadable("ledger.csv_damaged", place)


def _wrong_letters(path: Path, place: Place) -> Unreadable | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    with path.open("rb") as source:
        while True:
            chunk = source.read(_CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return _not_unicode(chunk, max(error.start, 0), place, line)
            if not chunk:
                return None
            line += chunk.count(b"\n")


def _wrong_quotes(layout: _Layout, place: Place) -> Unreadable | None:
    with layout.path.open(encoding="utf-8-sig", newline="") as source:
        rows = csv.reader(source, delimiter=layout.delimiter, strict=True)
        try:
            for _ in rows:
                pass
        except csv.Error:
            return unreadable("tables.csv_quotes", Place(place.file, rows.line_num))
    return None
