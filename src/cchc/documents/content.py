"""The content of a paper, block after block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from cchc.documents.blocks import Article, Block, Codes, Field, Heading, Items, Paragraph, Resolution, Table
from cchc.documents.frame import Frame
from cchc.documents.grids import grid
from cchc.documents.layout import StyleId
from cchc.documents.pieces import Gap, Line, Piece
from cchc.documents.text import Run, Words

_HEADINGS: Final[dict[int, StyleId]] = {1: "heading_1", 2: "heading_2", 3: "heading_3"}


def content(frame: Frame, blocks: Iterable[Block], *, below_title: bool) -> Iterator[Piece]:
    """The blocks as pieces. Headings never skip a level, whatever the author chose: readers that speak need that."""
    level = int(below_title)
    for block in blocks:
        if isinstance(block, Heading):
            level = min(block.level + below_title, level + 1)
            yield frame.line(_HEADINGS[block.level], block.words, level=level, keeps_next=True)
        elif isinstance(block, Table):
            yield from _table(frame, block)
        elif isinstance(block, Codes):
            yield frame.pictures(block.codes)
        else:
            yield from _lines(frame, block)


def _lines(frame: Frame, block: Paragraph | Items | Resolution | Article | Field) -> Iterator[Line]:
    match block:
        case Paragraph():
            yield frame.line(block.style, block.words)
        case Items():
            yield from (frame.line("body", _behind(Run(f"{block.mark} "), item)) for item in block.items)
        case Resolution():
            yield frame.line("resolution", frame.phrase("resolution"), keeps_next=True)
        case Field():
            yield frame.line("field", f"{block.label}: {block.value}")
        case Article():
            lead = Run(f"{frame.phrase('article')} {block.number}. ", bold=True)
            yield frame.line("body", _behind(lead, block.words))
            for clause in block.clauses:
                yield from _lines(frame, clause)


def _behind(lead: Run, words: Words) -> Words:
    return (lead, *(words if isinstance(words, tuple) else (words,)))


def _table(frame: Frame, table: Table) -> Iterator[Piece]:
    if table.caption:
        yield frame.line("caption", table.caption, keeps_next=True)
    if table.note:
        yield frame.line("note", table.note, keeps_next=True)
    yield grid(table, frame.room, frame.styles)
    yield Gap(frame.styles["body"].after)
