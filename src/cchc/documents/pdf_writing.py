"""PDF by Typst: tagged, PDF/A-2a and PDF/UA-1, with nothing but the embedded Tinos."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any, Final

import typst

from cchc.documents.blocks import Code
from cchc.documents.codes import code_svg
from cchc.documents.composition import compose
from cchc.documents.fonts import FOLDER, face
from cchc.documents.layout import Layout
from cchc.documents.model import Document
from cchc.documents.text import STAND_IN

_STANDARDS: Final[list[Any]] = ["a-2a", "ua-1"]


def write_pdf(document: Document, layout: Layout) -> bytes:
    """The paper as PDF, the same bytes every time. What the font lacks (`missing_characters`) is shown as U+FFFD."""
    composed = compose(document, layout)
    paper = {
        "title": composed.title,
        "author": composed.author,
        "on": [composed.on.year, composed.on.month, composed.on.day],
        "marks": composed.marks,
        "styles": _plain(composed.styles),
        "leaves": _plain(composed.leaves),
    }
    return typst.compile(
        _template(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": json.dumps(paper, ensure_ascii=False)},
        pdf_standards=_STANDARDS,
    )


def missing_characters(text: str) -> tuple[str, ...]:
    """The characters that a PDF cannot show, each once: what to tell the author before a paper is issued."""
    return tuple(dict.fromkeys(sign for sign in text if sign != "\n" and not face().covers(sign)))


@cache
def _template() -> bytes:
    return (resources.files("cchc.documents") / "paper.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])


def _plain(value: object) -> Any:
    """A piece as JSON. Measures become floats only here, where they are lengths on paper."""
    match value:
        case str():
            return "".join(sign if sign == "\n" or face().covers(sign) else STAND_IN for sign in value)
        case Code():
            return {"svg": code_svg(value.content), "label": _plain(value.label)}
        case Fraction():
            return round(float(value), 4)
        case Decimal() | date():
            return str(value)
        case Mapping():
            return {key: _plain(part) for key, part in value.items()}
        case tuple():
            return [_plain(part) for part in value]
        case _ if is_dataclass(value):
            named = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
            return {"piece": type(value).__name__} | named
        case _:
            return value
