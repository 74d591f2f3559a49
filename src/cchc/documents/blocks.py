"""What a paper's content is made of, in the order in which it is read.

Numbers in tables are exact and already rounded by whoever computed them: a paper never rounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from cchc.documents.text import Words

Align = Literal["left", "centre", "right", "justify"]
CellKind = Literal["text", "centred", "number"]
ParagraphStyle = Literal["body", "basis", "authority", "note"]
CellValue = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a `basis` is in italics, the `authority` that decides stands centred."""

    words: Words
    style: ParagraphStyle = "body"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its own number in the text: `1. Kết quả …`. `level` from 1 to 3."""

    words: Words
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True, slots=True)
class Items:
    """A list, each member a paragraph behind its mark: `-`, under it `+`."""

    items: tuple[Words, ...]
    mark: str = "-"


@dataclass(frozen=True, slots=True)
class Resolution:
    """`QUYẾT ĐỊNH:`, between the bases of a decision and its articles."""


@dataclass(frozen=True, slots=True)
class Article:
    """`Điều 1. …`, and the clauses under it."""

    number: int
    words: Words
    clauses: tuple[Paragraph | Items, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A label and what stands after it on a form: `Họ và tên: …`. An empty value leaves room to write."""

    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    `under` are the headings above the title, from the top; neighbours with the same one share it. `width` is a weight
    among the columns. `decimals` is how many a number shows, None as many as it has. `is_summed` columns have their
    sum in the total row.
    """

    title: str
    kind: CellKind = "text"
    width: int = 10
    under: tuple[str, ...] = ()
    decimals: int | None = None
    is_summed: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A row across the whole table that names the rows below it: `I. Sở, ban, ngành`."""

    text: str


Row = tuple[CellValue, ...] | Band


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings that repeat on every page.

    `note` stands above on the right (`Đơn vị tính: hồ sơ`). `total` names the last row, in which the summed columns
    have their sums: a live formula in a workbook. `is_numbered` adds the row (1), (2), (3) … under the headings.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str | None = None
    note: str | None = None
    total: str | None = None
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code and what it is for; `label` stands under it and is read out in its place."""

    content: str
    label: str


@dataclass(frozen=True, slots=True)
class Codes:
    """QR codes beside one another."""

    codes: tuple[Code, ...]


Block = Paragraph | Heading | Items | Resolution | Article | Field | Table | Codes
