"""The head of a paper: issuer and nation side by side, number, place and date, title, addressees."""

from __future__ import annotations

from collections.abc import Iterator

from cchc.documents.frame import Frame
from cchc.documents.model import Document
from cchc.documents.pieces import Beside, Gap, Line, Piece
from cchc.documents.references import day_of, kind_of, number_of
from cchc.documents.text import listed


def head(frame: Frame, document: Document) -> Iterator[Piece]:
    """Everything above the content."""
    yield from _issuer_and_nation(frame, document)
    kind = kind_of(document, frame.layout)
    if kind is not None:
        yield from _title(frame, document, kind)
    yield from _addressees(frame, document.addressees)


def _issuer_and_nation(frame: Frame, document: Document) -> Iterator[Beside]:
    left_width, right_width = frame.page.issuer, frame.room - frame.page.issuer
    superior, body = document.issuer.superior, document.issuer.body
    left = [frame.line("superior", superior, room=left_width)] if superior else []
    left.append(frame.line("body_name", body, room=left_width))
    right = (
        frame.line("nation", frame.phrase("nation")),
        frame.line("motto", frame.phrase("motto"), room=right_width),
    )
    yield Beside(tuple(left), right, left_width, right_width)
    below = tuple(_number(frame, document)), tuple(_place_and_date(frame, document))
    if any(below):
        yield Beside(*below, left_width, right_width)


def _number(frame: Frame, document: Document) -> Iterator[Line]:
    number = number_of(document)
    if number is not None:
        yield frame.line("number", f"{frame.phrase('number')} {number}")
    elif document.reference is not None:
        yield frame.line("number", document.reference, room=frame.page.issuer)
    if document.summary and kind_of(document, frame.layout) is None:
        words = f"{frame.phrase('subject')} {document.summary}"
        yield frame.line("subject", words, room=frame.page.issuer)


def _place_and_date(frame: Frame, document: Document) -> Iterator[Line]:
    if document.place is not None:
        yield frame.line("place_and_date", f"{document.place}, {day_of(document.on)}")


def _title(frame: Frame, document: Document, kind: str) -> Iterator[Piece]:
    """The title and the summary; beside the QR codes where a slip has some."""
    width = frame.room - frame.page.issuer if document.codes else frame.room
    lines = [frame.line("title", kind, level=1, keeps_next=True, room=width)]
    if document.summary:
        lines.append(frame.line("summary", document.summary, room=width))
    if document.codes:
        yield Beside((frame.pictures(document.codes),), tuple(lines), frame.page.issuer, width)
    else:
        yield from lines
    yield Gap(frame.styles["body"].after)


def _addressees(frame: Frame, addressees: tuple[str, ...]) -> Iterator[Piece]:
    """One on the line of `Kính gửi:`, several in a list below it."""
    phrase = frame.phrase("addressees")
    if len(addressees) == 1:
        yield frame.line("addressee", f"{phrase} {listed(addressees)[0]}")
    elif addressees:
        yield frame.line("addressee_head", phrase, keeps_next=True)
        yield from (frame.line("addressee_item", f"- {name}") for name in listed(addressees))
        yield Gap(frame.styles["addressee"].after)
