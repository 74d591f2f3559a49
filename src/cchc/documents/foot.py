"""The foot of a paper: the recipients and the one who signs, or both parties side by side."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import zip_longest
from typing import Final

from cchc.documents.fonts import POINTS_PER_MM
from cchc.documents.frame import Frame
from cchc.documents.model import Document, Signature
from cchc.documents.pieces import Beside, Gap, Line, Piece
from cchc.documents.text import listed

_RECIPIENTS_SHARE: Final = Fraction(45, 100)


def foot(frame: Frame, document: Document) -> Iterator[Piece]:
    """Everything below the content. Two signatures or more stand in pairs, then the recipients below."""
    recipients, signatures = tuple(_recipients(frame, document.recipients)), document.signatures
    half, gap = frame.room / 2, Gap(frame.styles["body"].after, keeps_next=True)
    if len(signatures) > 1:
        blocks = [tuple(_signature(frame, signature, half)) for signature in signatures]
        for left, right in zip_longest(blocks[::2], blocks[1::2], fillvalue=()):
            yield gap
            yield Beside(left, right, half, half)
        yield from recipients
    elif signatures or recipients:
        left_width = frame.room * _RECIPIENTS_SHARE
        right_width = frame.room - left_width
        signed = tuple(piece for signature in signatures for piece in _signature(frame, signature, right_width))
        yield gap
        yield Beside(recipients, signed, left_width, right_width)


def _recipients(frame: Frame, recipients: tuple[str, ...]) -> Iterator[Line]:
    if recipients:
        yield frame.line("recipients_head", frame.phrase("recipients"))
        yield from (frame.line("recipient", f"- {name}") for name in listed(recipients))


def _signature(frame: Frame, signature: Signature, room: Fraction) -> Iterator[Line | Gap]:
    for behalf in signature.on_behalf:
        yield frame.line("signature_title", f"{behalf.acting} {behalf.whom}", room=room)
    yield frame.line("signature_title", signature.title, room=room)
    if signature.note:
        yield frame.line("signature_note", signature.note)
    yield Gap(frame.page.signing * POINTS_PER_MM)
    if signature.post:
        yield frame.line("signature_post", signature.post, room=room)
    if signature.name:
        yield frame.line("signature_name", signature.name)
