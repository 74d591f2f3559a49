"""A document as plain parts and back: how an issued paper is kept. `write` and `read` are each other's inverse.

Every piece is a mapping with its class under `is`; sequences are lists. Exact numbers and dates stay as they are:
whoever spells the parts as JSON (`audit.canonical`) tags them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from cchc.documents.blocks import (
    Article,
    Band,
    Code,
    Codes,
    Column,
    Field,
    Heading,
    Items,
    Paragraph,
    Resolution,
    Table,
)
from cchc.documents.model import Annex, Document, Issuer, Number, OnBehalf, Signature
from cchc.documents.text import Run

FORM: Final = 1  # grows when stored papers would be read differently
_KINDS: Final[Mapping[str, type[Any]]] = MappingProxyType(
    {
        kind.__name__: kind
        for kind in (
            Annex, Article, Band, Code, Codes, Column, Document, Field, Heading, Issuer, Items, Number, OnBehalf,
            Paragraph, Resolution, Run, Signature, Table,
        )
    }
)  # fmt: skip


def write(document: Document) -> dict[str, object]:
    """The document with the number of the form in which it is written."""
    return {"form": FORM, "document": write_piece(document)}


def read(stored: Mapping[str, Any]) -> Document:
    """What `write` wrote. Raises `ValueError` for anything else."""
    document = read_piece(stored.get("document")) if stored.get("form") == FORM else None
    if not isinstance(document, Document):
        raise ValueError("this is no document of a known form")
    return document


def write_piece(piece: object) -> object:
    """One block, run, column … or plain value. Raises `TypeError` for what no document holds."""
    match piece:
        case None | str() | int() | Decimal() | date():
            return piece
        case tuple():
            return [write_piece(part) for part in piece]
        case _ if is_dataclass(piece) and type(piece).__name__ in _KINDS:
            named = {field.name: write_piece(getattr(piece, field.name)) for field in fields(piece)}
            return {"is": type(piece).__name__} | named
    raise TypeError(f"a document holds no {type(piece).__name__}")


def read_piece(stored: object) -> Any:
    """What `write_piece` wrote. Raises `ValueError` for a piece of an unknown kind."""
    match stored:
        case list():
            return tuple(read_piece(part) for part in stored)
        case Mapping():
            kind = _KINDS.get(stored.get("is", ""))
            if kind is None:
                raise ValueError(f"{stored.get('is')!r} is no piece of a document")
            return kind(**{name: read_piece(part) for name, part in stored.items() if name != "is"})
        case _:
            return stored
