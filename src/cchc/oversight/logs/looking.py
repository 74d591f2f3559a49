"""A first look at a log: its columns, its first rows, a proposed mapping. What is kept of it are texts alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import polars as pl

from cchc.ledger.columns import ROW, TORN
from cchc.ledger.mapping import LogMapping
from cchc.ledger.reading import open_log
from cchc.ledger.rows import MOMENTS_OF_DOSSIER, MOMENTS_OF_EVENT, TEXTS, UNREADABLE, RowReader
from cchc.ledger.suggesting import Suggestion, suggest_mapping
from cchc.records.text import Language

ROWS: Final = 20
_LONGEST_CELL: Final = 200
_LONGEST_LIST: Final = 300
_MINUTE: Final = 60_000_000


def look_at(log: Path, language: Language) -> tuple[dict[str, Any], str]:
    """What is kept of the first look, and the proposed mapping as YAML. Raises `Unreadable` for a file that cannot be
    read.
    """
    suggested = suggest_mapping(log)
    with TemporaryDirectory() as scratch:
        first = next(iter(open_log(log, Path(scratch)).batches()), pl.DataFrame())
    return _looked(suggested, first.head(ROWS)), suggested.to_yaml(language)


def _looked(suggested: Suggestion, rows: pl.DataFrame) -> dict[str, Any]:
    columns = [fact.name for fact in suggested.facts][:_LONGEST_LIST]
    texts = rows.select(pl.col(name).cast(pl.String) for name in columns if name in rows.columns)
    return {
        "columns": columns,
        "examples": {fact.name: [_cell(one) for one in fact.examples] for fact in suggested.facts[:_LONGEST_LIST]},
        "activities": [_cell(one) for one in suggested.activities],
        "rows": [{name: _cell(value) for name, value in row.items()} for row in texts.rows(named=True)],
    }


def _cell(value: str | None) -> str | None:
    """A text that any database keeps."""
    return None if value is None else value.replace("\x00", "")[:_LONGEST_CELL]


def rows_as_read(looked: Mapping[str, Any], mapping: LogMapping, zone: str) -> Sequence[Mapping[str, Any]]:
    """The first rows by this mapping: texts, moments as minutes since 1970; None where a row says nothing, and False
    for a moment that is none. A column that the log lacks says nothing.
    """
    rows = looked["rows"]
    named = {name: [row.get(name) for row in rows] for name in mapping.columns}
    raw = pl.DataFrame(
        {ROW: range(1, len(rows) + 1), TORN: [False] * len(rows), **named},
        schema={ROW: pl.Int64, TORN: pl.Boolean, **dict.fromkeys(named, pl.String)},
    )
    read = RowReader(mapping, zone).read(raw)
    events = {name: read[name] // _MINUTE for name in MOMENTS_OF_EVENT}
    texts = read.select("row", *TEXTS).rows(named=True)
    return [
        text
        | {name: _event(events[name][at], is_unreadable=row["is_unreadable"]) for name in MOMENTS_OF_EVENT}
        | {name: False if row[name] == UNREADABLE else row[name] for name in MOMENTS_OF_DOSSIER}
        for at, (text, row) in enumerate(zip(texts, read.rows(named=True), strict=True))
    ]


def _event(minute: int | None, *, is_unreadable: bool) -> int | bool | None:
    return False if minute is None and is_unreadable else minute
