"""A document as a page shows it: the same pieces that the writers print, as plain parts for a template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cchc.documents.codes import code_svg
from cchc.documents.composition import compose
from cchc.documents.layout import Layout, StyleId
from cchc.documents.model import Document
from cchc.documents.pieces import Beside, Gap, Grid, Leaf, Line, Pictures, Piece

_BELOW_PREVIEW: Final = 2  # the page's title and the heading of the preview stand above the paper's own


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on paper, part after part; `marks` stand at the top ("BẢN NHÁP")."""

    marks: str
    leaves: tuple[dict[str, Any], ...]


def sheet_of(document: Document, layout: Layout) -> Sheet:
    """What the writers would print. Raises what its tables refuse."""
    composed = compose(document, layout)
    aligned: dict[StyleId, str] = {name: style.align for name, style in composed.styles.items()}
    return Sheet(composed.marks, tuple(_leaf(leaf, aligned) for leaf in composed.leaves))


def _leaf(leaf: Leaf, aligned: Mapping[StyleId, str]) -> dict[str, Any]:
    return {"name": leaf.name, "is_wide": leaf.page.is_landscape, "pieces": _pieces(leaf.pieces, aligned)}


def _pieces(pieces: Iterable[Piece], aligned: Mapping[StyleId, str]) -> list[dict[str, Any]]:
    return [_piece(piece, aligned) for piece in pieces]


def _piece(piece: Piece, aligned: Mapping[StyleId, str]) -> dict[str, Any]:
    match piece:
        case Line():
            level = None if piece.level is None else piece.level + _BELOW_PREVIEW
            return {
                "is": "line",
                "tag": "p" if level is None else f"h{level}",
                "style": piece.style.replace("_", "-"),
                "align": aligned[piece.style],
                "is_ruled": piece.rule is not None,
                "runs": piece.runs,
            }
        case Beside():
            return {"is": "beside", "left": _pieces(piece.left, aligned), "right": _pieces(piece.right, aligned)}
        case Grid():
            return {"is": "grid", "head": piece.head, "body": piece.body}
        case Pictures():
            return {
                "is": "pictures",
                "codes": [{"svg": code_svg(one.content), "label": one.label} for one in piece.codes],
            }
        case Gap():
            return {"is": "gap"}
