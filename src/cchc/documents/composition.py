"""A paper joined with a layout: the pieces that the writers write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from cchc.documents.content import content
from cchc.documents.foot import foot
from cchc.documents.frame import Frame
from cchc.documents.head import head
from cchc.documents.layout import Layout
from cchc.documents.model import Annex, Document
from cchc.documents.pieces import Composed, Leaf, Line, Piece
from cchc.documents.references import attached_to, kind_of, roman, title_of
from cchc.documents.text import one_line

_UNDATED: Final = date(2000, 1, 1)  # what a draft's file says of its making: a pure room reads no clock


def compose(document: Document, layout: Layout) -> Composed:
    """Everything the paper shows, in order. Raises what its tables refuse (`grids.grid`)."""
    page = layout.pages[document.paper_size]
    styles = {id: style.scaled(page.scale) for id, style in layout.styles.items()}
    frame = Frame(layout, page, styles)
    return Composed(
        title=title_of(document, layout),
        author=one_line(document.issuer.body),
        on=document.on if isinstance(document.on, date) else _UNDATED,
        marks=" · ".join(_marks(document, layout)),
        layout=layout,
        styles=styles,
        leaves=(_paper(_laid(frame, document), document), *_annexes(frame, document)),
    )


def _laid(frame: Frame, document: Document) -> Frame:
    return replace(frame, page=frame.page.turned()) if document.is_landscape else frame


def _marks(document: Document, layout: Layout) -> Iterator[str]:
    if document.is_draft:
        yield layout.phrases["draft"].upper()
    if document.is_sample:
        yield layout.phrases["sample"].upper()


def _paper(frame: Frame, document: Document) -> Leaf:
    kind = kind_of(document, frame.layout)
    inner = content(frame, document.blocks, below_title=kind is not None)
    pieces = (*head(frame, document), *_held(list(inner)), *foot(frame, document))
    return Leaf(kind or frame.phrase("subject"), frame.page, pieces)


def _held(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The content, its last line held to the signature: no signature stands alone on a page."""
    if pieces and isinstance(pieces[-1], Line):
        return (*pieces[:-1], replace(pieces[-1], keeps_next=True))
    return pieces


def _annexes(frame: Frame, document: Document) -> Iterator[Leaf]:
    for number, annex in enumerate(document.annexes, start=1):
        label = frame.phrase("annex") + (f" {roman(number)}" if len(document.annexes) > 1 else "")
        page = frame.page.turned() if annex.is_landscape else frame.page
        yield _annex(replace(frame, page=page), annex, label, document)


def _annex(frame: Frame, annex: Annex, label: str, document: Document) -> Leaf:
    pieces = (
        frame.line("annex_number", label, level=1, keeps_next=True),
        frame.line("annex_title", annex.title, keeps_next=True, room=frame.room),
        frame.line("annex_note", attached_to(document, frame.layout), room=frame.room),
        *content(frame, annex.blocks, below_title=True),
    )
    return Leaf(label, frame.page, pieces)
