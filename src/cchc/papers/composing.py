"""A paper of the database as a document: a draft from its text and values, an issued one as it was frozen."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from cchc.audit.canonical import canonical_json, read_canonical
from cchc.documents import storing
from cchc.documents.composition import compose
from cchc.documents.layout import Layout, layout_on
from cchc.documents.model import Document, Issuer, KindId, Number, OnBehalf, Signature
from cchc.documents.pdf_writing import missing_characters
from cchc.documents.pieces import Beside, Grid, Line, Piece
from cchc.papers.filling import fill, fill_list, fill_sentence, unknown_names
from cchc.papers.models import Paper, TemplateVersion
from cchc.papers.parts import empty_parts, missing_parts, open_hints
from cchc.papers.texts import BASES, TextLine, parse
from cchc.papers.vocabulary import Value, Vocabulary
from cchc.records.errors import Place, refuse

_BEHALF: Final = re.compile(r"(TM\.|KT\.|TL\.|TUQ\.)\s*(\S.*)")


@dataclass(frozen=True, slots=True)
class Texts:
    """The four texts of a template or a draft, in the language of `texts`."""

    summary: str = ""
    addressees: str = ""
    text: str = ""
    recipients: str = ""

    def read(self) -> Read:
        """Their lines. Raises what `parse` refuses."""
        return Read(parse(self.summary), parse(self.addressees), parse(self.text), parse(self.recipients))


@dataclass(frozen=True, slots=True)
class Read:
    """Texts that were read."""

    summary: tuple[TextLine, ...]
    addressees: tuple[TextLine, ...]
    text: tuple[TextLine, ...]
    recipients: tuple[TextLine, ...]

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """All of them."""
        return (*self.summary, *self.addressees, *self.text, *self.recipients)

    @property
    def shows_bases(self) -> bool:
        """Whether there is a place for the chosen bases."""
        return any(line.names == (BASES,) for line in self.text)


def check_texts(texts: Texts, vocabulary: Vocabulary) -> Read:
    """Raise whatever is wrong with a text, with its line; answer what was read."""
    read = texts.read()
    vocabulary.check(read.lines)
    return read


def texts_of(paper: Paper) -> Texts:
    """The texts of a draft."""
    return Texts(paper.summary, paper.addressees, paper.text, paper.recipients)


def texts_of_version(version: TemplateVersion) -> Texts:
    """The texts of a template."""
    return Texts(version.summary, version.addressees, version.text, version.recipients)


def kept_values(values: Mapping[str, Value]) -> str:
    """Values as the database keeps them."""
    return canonical_json({name: storing.write_piece(value) for name, value in values.items()})


def values_of_paper(paper: Paper) -> dict[str, Value]:
    """What the names of a draft stood for when they were gathered."""
    return {name: storing.read_piece(value) for name, value in read_canonical(paper.values).items()}


def unknown_in(paper: Paper) -> tuple[str, ...]:
    """The names in a draft that stand for nothing known."""
    return unknown_names(texts_of(paper).read().lines, values_of_paper(paper))


def parts_lacking(paper: Paper) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Required parts that a draft does not have, those under which nothing is said, and hints that nobody followed."""
    draft = texts_of(paper).read().text
    template = () if paper.template is None else texts_of_version(paper.template).read().text
    return missing_parts(template, draft), empty_parts(template, draft, values_of_paper(paper)), open_hints(draft)


def on_behalf_of(text: str) -> tuple[OnBehalf, ...]:
    """A line each: `KT. Chủ tịch`. Raises `papers.not_on_behalf` with the line."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            if (match := _BEHALF.fullmatch(line.strip())) is None:
                raise refuse("papers.not_on_behalf", Place(line=number), text=line.strip())
            found.append(OnBehalf(cast("Any", match[1]), match[2]))
    return tuple(found)


def draft_document(paper: Paper, citations: Sequence[str], day: date) -> Document:
    """The draft as it would be printed on that day, number and day still blank."""
    read, values = texts_of(paper).read(), values_of_paper(paper)
    return Document(
        kind=cast("KindId", paper.kind),
        issuer=Issuer(paper.issuer, paper.superior or None),
        summary=fill_sentence(read.summary, values),
        blocks=fill(read.text, values, citations),
        number=Number(paper.symbol),
        place=paper.place or None,
        on=day.year,
        addressees=fill_list(read.addressees, values),
        signatures=_signatures(paper),
        recipients=fill_list(read.recipients, values),
        is_draft=True,
        is_sample=paper.is_sample,
    )


def freeze(document: Document) -> tuple[str, str]:
    """What is kept of an issued paper, and its SHA-256."""
    content = canonical_json(storing.write(document))
    return content, hashlib.sha256(content.encode()).hexdigest()


def frozen_document(paper: Paper) -> Document:
    """An issued paper as it was frozen. Raises `papers.content_changed` when that is not what was issued."""
    if hashlib.sha256(paper.content.encode()).hexdigest() != paper.content_hash:
        raise refuse("papers.content_changed", number=paper.full_number)
    return storing.read(read_canonical(paper.content))


def layout_of(document: Document, day: date) -> Layout:
    """How it looks: by the rules of the day on which it was issued; a draft by those of `day`."""
    return layout_on(document.on if isinstance(document.on, date) else day).value


def unprintable(document: Document, layout: Layout) -> tuple[str, ...]:
    """Characters that its PDF could not show, each once."""
    text = "".join(_said(piece) for leaf in compose(document, layout).leaves for piece in leaf.pieces)
    return missing_characters(text)


def _said(piece: Piece) -> str:
    match piece:
        case Line():
            return piece.text
        case Beside():
            return "".join(_said(part) for part in (*piece.left, *piece.right))
        case Grid():
            return "".join(cell.text for row in (*piece.head, *piece.body) for cell in row)
        case _:
            return ""


def _signatures(paper: Paper) -> tuple[Signature, ...]:
    return tuple(_signature(paper))


def _signature(paper: Paper) -> Iterator[Signature]:
    if paper.signer_title or paper.signer_name:
        behalf = on_behalf_of(paper.on_behalf)
        yield Signature(paper.signer_title, paper.signer_name or None, behalf, paper.signer_post or None)
