"""Logs in XES (IEEE 1849), also packed: a streaming reader with bounded memory.

An event becomes a row, its attributes become columns; attributes of its trace are columns `case:KEY`. A missing
attribute is null: the defaults a file declares as `global` are never applied. Nested attributes say something about
their parent attribute and are left out; so are lists and containers. Document types are refused, so that no entity can
expand.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping, Sequence
from io import BufferedReader
from pathlib import Path
from typing import Final
from xml.parsers import expat

import polars as pl

from cchc.ledger.columns import ROW, TORN, check_all_there
from cchc.ledger.mapping import column_name
from cchc.records.errors import Place, unreadable

_BATCH: Final = 50_000
_CHUNK: Final = 1 << 16
_VALUES: Final = frozenset({"string", "date", "int", "float", "boolean", "id"})
_OF_CASE: Final = "case:"
MOST_EVENTS_OF_A_TRACE: Final = 2_000_000
_Row = dict[str, str]


class XesLog:
    """A `reading.RawLog` of an XES file."""

    def __init__(self, path: Path, *, is_packed: bool = False) -> None:
        self._path, self._is_packed = path, is_packed
        self._place = Place(str(path))

    def batches(self, wanted: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
        """See `RawLog`. Raises `ledger.xes_damaged`, `ledger.xes_other_root`, `ledger.xes_doctype`,
        `ledger.xes_trace_too_long` and `ledger.packed_damaged` besides.
        """
        events = _Events(self._place)
        row = 1
        with self._opened() as source:
            for rows in self._parsed(source, events):
                yield _frame(rows, row, wanted)
                row += len(rows)
        if wanted is not None:
            check_all_there(wanted, events.names, self._place)

    def _opened(self) -> gzip.GzipFile | BufferedReader:
        return gzip.open(self._path) if self._is_packed else self._path.open("rb")

    def _parsed(self, source: gzip.GzipFile | BufferedReader, events: _Events) -> Iterator[list[_Row]]:
        """Rows in batches as the file is read."""
        try:
            while chunk := source.read(_CHUNK):
                events.feed(chunk)
                if len(events.rows) >= _BATCH:
                    yield events.take()
            events.close()
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise unreadable("ledger.packed_damaged", self._place) from error
        yield events.take()


class _Events:
    """Listens to the parser: `rows` that are complete, and the `names` of all columns seen."""

    def __init__(self, place: Place) -> None:
        self.rows: list[_Row] = []
        self.names: dict[str, None] = {}
        self._place = place
        self._path: list[str] = []
        self._declared = ""
        self._trace: _Row = {}
        self._event: _Row = {}
        self._of_trace: list[_Row] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def feed(self, chunk: bytes) -> None:
        """Read on. Raises `ledger.xes_damaged`."""
        self._parse(chunk, False)

    def close(self) -> None:
        """The file has ended. Raises `ledger.xes_damaged` when the document has not."""
        self._parse(b"", True)

    def take(self) -> list[_Row]:
        """Hand over the complete rows."""
        rows, self.rows = self.rows, []
        return rows

    def _parse(self, chunk: bytes, is_final: bool) -> None:
        try:
            self._parser.Parse(chunk, is_final)
        except (expat.ExpatError, LookupError, ValueError) as error:  # the latter two for an encoding nobody knows
            place = Place(self._place.file, self._parser.CurrentLineNumber)
            raise unreadable("ledger.xes_damaged", place) from error

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        element = name.rpartition(" ")[2]
        parent = self._path[-1] if self._path else ""
        if not self._path and element != "log":
            raise unreadable("ledger.xes_other_root", self._place, name=element)
        if element in _VALUES:
            self._note(parent, attributes)
        elif element == "global":
            self._declared = _OF_CASE if attributes.get("scope") == "trace" else ""
        self._path.append(element)

    def _note(self, parent: str, attributes: Mapping[str, str]) -> None:
        """One attribute of an event, a trace or a declaration; others say nothing about a row."""
        key, value = attributes.get("key"), attributes.get("value")
        if key is None or value is None:
            return
        if parent == "event":
            self._keep(self._event, column_name(key), value)
        elif parent == "trace":
            self._keep(self._trace, _OF_CASE + column_name(key), value)
        elif parent == "global":
            self.names[self._declared + column_name(key)] = None

    def _keep(self, row: _Row, name: str, value: str) -> None:
        self.names[name] = None
        row.setdefault(name, value)

    def _end(self, name: str) -> None:
        element = self._path.pop()
        if element == "event":
            self._end_event()
        elif element == "trace":
            self.rows += [self._trace | event for event in self._of_trace]
            self._trace, self._of_trace = {}, []

    def _end_event(self) -> None:
        """An event outside any trace belongs to no case."""
        target = self._of_trace if "trace" in self._path else self.rows
        target.append(self._event)
        self._event = {}
        if len(self._of_trace) > MOST_EVENTS_OF_A_TRACE:
            raise unreadable("ledger.xes_trace_too_long", self._place, limit=MOST_EVENTS_OF_A_TRACE)

    def _refuse_doctype(self, *_: object) -> None:
        raise unreadable("ledger.xes_doctype", Place(self._place.file, self._parser.CurrentLineNumber))


def _frame(rows: Sequence[_Row], first: int, wanted: Sequence[str] | None) -> pl.DataFrame:
    names = list(dict.fromkeys(name for row in rows for name in row)) if wanted is None else wanted
    return pl.DataFrame(
        {
            ROW: pl.Series(range(first, first + len(rows)), dtype=pl.Int64),
            TORN: pl.Series([False], dtype=pl.Boolean).new_from_index(0, len(rows)),
            **{name: pl.Series([row.get(name) for row in rows], dtype=pl.String) for name in names},
        }
    )
