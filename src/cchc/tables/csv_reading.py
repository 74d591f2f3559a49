"""CSV as offices really produce it: UTF-8 or UTF-16, `,` `;` or tab, title rows above, line breaks in cells."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice, pairwise
from typing import Final, NamedTuple

from cchc.records.errors import Place, unreadable
from cchc.records.text import nfc
from cchc.tables.formula_guard import unguard
from cchc.tables.grid import Cell, Grid, Row
from cchc.tables.legacy import legacy_encoding, legacy_encoding_of_bytes
from cchc.tables.limits import Limits, Tally

_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SEPARATOR_LINE: Final = re.compile(r"sep=([,;\t])\r?\n")
# Where two fit equally well the rarer sign wins: commas also stand in numbers and sentences.
_DELIMITERS: Final = ("\t", ";", ",")
_SAMPLE_CHARACTERS: Final = 65_536
_SAMPLE_ROWS: Final = 200


def read_csv(content: bytes, file: str, limits: Limits) -> Grid:
    """The table in `content`. A row's number is its place among the records, as a spreadsheet counts them.

    Raises `Unreadable` with `tables.empty_file`, `tables.legacy_encoding`, `tables.not_unicode`,
    `tables.control_character`, `tables.csv_quotes`, or a code of `Tally`.
    """
    text = _decode(content, file)
    if not text.strip():
        raise unreadable("tables.empty_file", Place(file))
    if told := _SEPARATOR_LINE.match(text):
        return Grid(file, None, tuple(_rows(text[told.end() :], told[1], file, limits)))
    return Grid(file, None, tuple(_rows(text, delimiter_of(text), file, limits)))


def delimiter_of(text: str) -> str:
    """`,` `;` or tab: the one under which quotes fit and most cells stand in rows of one and the same width."""
    fits = {delimiter: _fit(text[:_SAMPLE_CHARACTERS], delimiter) for delimiter in _DELIMITERS}
    best = max(fits, key=lambda delimiter: fits[delimiter])
    return best if fits[best].regular else ","


class _Fit(NamedTuple):
    """How well a delimiter fits: first whether the quotes do, then how often it stands in rows that are alike."""

    quotes_fit: bool
    regular: int


def _fit(sample: str, delimiter: str) -> _Fit:
    """Of the first rows, how many delimiters stand in those of the width that has most of them: lines within a cell may
    outnumber the rows.
    """
    rows = csv.reader(StringIO(sample, newline=""), delimiter=delimiter, strict=True)
    widths: Counter[int] = Counter()
    quotes_fit = True
    try:
        for row in islice(rows, _SAMPLE_ROWS):
            if len(row) > 1 and not (delimiter == "," and _is_one_number_split(row)):
                widths[len(row)] += 1
    except csv.Error as error:  # reading the whole says which quote is wrong and where
        quotes_fit = "unexpected end of data" in str(error)  # the sample may stop inside a quoted cell
    return _Fit(quotes_fit, max(((width - 1) * count for width, count in widths.items()), default=0))


def _is_one_number_split(row: list[str]) -> bool:
    """Whether every cut runs through digits, as in `Đăk Ruồng;83` | `5`: then the sign is a decimal comma."""
    return all(left[-1:].isdigit() and right[:1].isdigit() for left, right in pairwise(row))


def _decode(content: bytes, file: str) -> str:
    encoding = "utf-16" if content.startswith(_UTF16_MARKS) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if name := legacy_encoding_of_bytes(content):
            raise unreadable("tables.legacy_encoding", Place(file), encoding=name) from error
        raise unreadable("tables.not_unicode", Place(file, content.count(b"\n", 0, error.start) + 1)) from error
    if control := _CONTROL.search(text):
        raise unreadable("tables.control_character", Place(file, text.count("\n", 0, control.start()) + 1))
    if name := legacy_encoding(text):
        raise unreadable("tables.legacy_encoding", Place(file), encoding=name)
    return text


def _rows(text: str, delimiter: str, file: str, limits: Limits) -> Iterator[Row]:
    tally, cells = Tally(limits), _Cells()
    reader = csv.reader(_lines(text, file, limits), delimiter=delimiter, strict=True)
    records = enumerate(reader, 1)
    while True:
        try:
            number, fields = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            raise unreadable("tables.csv_quotes", Place(file, reader.line_num)) from error
        while fields and not fields[-1].strip():
            fields.pop()
        if fields:
            tally.add(fields, Place(file, row=number))
            yield Row(number, tuple(cells[field] for field in fields))


def _lines(text: str, file: str, limits: Limits) -> Iterator[str]:
    for number, line in enumerate(StringIO(text, newline=""), 1):
        if len(line) > limits.line_characters:
            raise unreadable("tables.line_too_long", Place(file, number), limit=limits.line_characters)
        yield line


class _Cells(dict[str, Cell]):
    """One cell object per distinct field: long tables repeat themselves."""

    def __missing__(self, field: str) -> Cell:
        stored = nfc(unguard(field))
        self[field] = cell = Cell(stored.strip(), stored)
        return cell
