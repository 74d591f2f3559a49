"""The usual papers, built from their parts. Each answers the blocks of a `Document`; the words are the caller's.

Document(kind="decision", issuer=…, blocks=decision(authority=…, bases=…, articles=…))
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cchc.documents.blocks import Article, Block, Field, Heading, Items, Paragraph, Resolution, Table
from cchc.documents.text import Words, closed, listed

__all__ = ["Part", "Party", "decision", "letter", "minutes", "report", "slip"]


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered part of a paper, and the parts in it: 1, 1.1, 1.1.1."""

    title: Words
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """One side at a meeting and its people, with their posts."""

    name: str
    people: tuple[str, ...]


def report(
    *,
    bases: Sequence[str] = (),
    opening: Words,
    parts: Sequence[Part],
    closing: str,
) -> tuple[Block, ...]:
    """A report, notice, proposal (tờ trình) or plan: bases, opening, numbered parts, last sentence."""
    return (*_bases(bases), Paragraph(opening), *_numbered(parts), Paragraph(closed(closing)))


def decision(*, authority: str, bases: Sequence[str], articles: Sequence[Article]) -> tuple[Block, ...]:
    """A decision: who decides, on what bases, article after article. The last words get the end mark."""
    *firsts, last = articles
    return (Paragraph(authority, "authority"), *_bases(bases), Resolution(), *firsts, _ended(last))


def minutes(
    *,
    opening: str,
    parties: Sequence[Party],
    parts: Sequence[Part],
    closing: str,
) -> tuple[Block, ...]:
    """Minutes: when and where, who was there, what was found and said, when it ended and how many copies were made."""
    present: list[Block] = []
    for party in parties:
        present += [Paragraph(f"{party.name.rstrip(':')}:"), Items(listed(party.people))]
    return (Paragraph(opening), *present, *_numbered(parts), Paragraph(closed(closing)))


def letter(*paragraphs: Words, closing: str) -> tuple[Block, ...]:
    """A letter without a name (công văn)."""
    return (*map(Paragraph, paragraphs), Paragraph(closed(closing)))


def slip(fields: Sequence[tuple[str, str]], components: Table | None = None, *remarks: str) -> tuple[Block, ...]:
    """A form that a citizen takes home: labelled lines, the papers handed in, what to know."""
    lines = [Field(label, value) for label, value in fields]
    return (*lines, *([components] if components else []), *(Paragraph(remark) for remark in remarks))


def _bases(bases: Sequence[str]) -> Iterator[Paragraph]:
    return (Paragraph(basis, "basis") for basis in listed(bases))


def _ended(article: Article) -> Article:
    if article.clauses or isinstance(article.words, tuple):
        raise ValueError("the last article of a decision is one sentence of who carries it out")
    text = article.words if isinstance(article.words, str) else article.words.text
    return Article(article.number, closed(text))


def _numbered(parts: Sequence[Part], above: str = "", level: int = 1) -> Iterator[Block]:
    """Headings with their numbers, the blocks under each, then the parts in it."""
    for number, part in enumerate(parts, start=1):
        whole = f"{above}{number}."
        title = part.title if isinstance(part.title, tuple) else (part.title,)
        yield Heading((f"{whole} ", *title), min(level, 3))  # type: ignore[arg-type]
        yield from part.blocks
        yield from _numbered(part.parts, whole, level + 1)
