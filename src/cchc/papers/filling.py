"""A text that was read, joined with values: the blocks of a paper. Pure.

The text alone decides how many blocks there are and of which kind; a value is words inside one of them, or the members
of a list, or a table, whatever it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final, TypeGuard

from cchc.documents.blocks import Article, Block, Heading, Items, Paragraph, ParagraphStyle, Resolution, Table
from cchc.documents.text import Run, Words, listed, one_line
from cchc.papers.texts import BASES, Named, TextLine
from cchc.papers.vocabulary import Value
from cchc.records.dates import format_official_date
from cchc.records.numbers import format_number

UNKNOWN: Final = "……"  # stands in the place of what nobody knows yet
_END: Final = "./."
_STYLES: Final[dict[str, ParagraphStyle]] = {"sentence": "body", "authority": "authority", "basis": "basis"}
_MARKS: Final = {"item": "-", "subitem": "+"}
_LEVELS: Final = ("heading_1", "heading_2", "heading_3")


def fill(lines: Sequence[TextLine], values: Mapping[str, Value], bases: Sequence[str] = ()) -> tuple[Block, ...]:
    """The blocks; articles and headings numbered in their order, the last words with the end mark `./.`."""
    given = {**values, BASES: tuple(bases)}
    blocks: list[Block] = []
    articles, headings = 0, [0, 0, 0]
    for kind, group in groupby(lines, key=lambda line: line.kind):
        for line in _joined(kind, list(group)):
            words = _words(line[0], given)
            if kind == "article":
                articles += 1
                blocks.append(Article(articles, words))
            elif kind in _LEVELS:
                blocks.append(_heading(words, _LEVELS.index(kind), headings))
            elif kind in _MARKS:
                blocks.append(Items(tuple(_words(one, given) for one in line), _MARKS[kind]))
            elif kind == "resolution":
                blocks.append(Resolution())
            elif kind == "hint":
                blocks.append(Paragraph(("[", *words, "]"), "body"))
            elif kind == "block":
                blocks += _named(line[0].names[0], given)
            else:
                blocks.append(Paragraph(words, _STYLES[kind]))
    return _closed(_bases_ended(blocks))


def fill_sentence(lines: Sequence[TextLine], values: Mapping[str, Value]) -> str:
    """One line of words: a summary."""
    return " ".join(_plain(line, values) for line in lines)


def fill_list(lines: Sequence[TextLine], values: Mapping[str, Value]) -> tuple[str, ...]:
    """A name a line: addressees, recipients; a list of names gives all its members."""
    members: list[str] = []
    for line in lines:
        value = values.get(line.names[0]) if line.kind == "block" else None
        members += map(one_line, value) if isinstance(value, tuple) else [_plain(line, values)]
    return tuple(member for member in members if member)


def unknown_names(lines: Iterable[TextLine], values: Mapping[str, Value]) -> tuple[str, ...]:
    """The names for which there is no value, each once."""
    asked = (name for line in lines for name in line.names if name != BASES)
    return tuple(dict.fromkeys(name for name in asked if values.get(name) is None))


def _joined(kind: str, lines: list[TextLine]) -> list[list[TextLine]]:
    """Neighbours in a list are one block, of anything else each line."""
    return [lines] if kind in _MARKS else [[line] for line in lines]


def _heading(words: Words, level: int, counted: list[int]) -> Heading:
    """`2.1. …`; a level that was left out counts as 1."""
    counted[level] += 1
    counted[level + 1 :] = [0] * (len(counted) - level - 1)
    for above in range(level):
        counted[above] = counted[above] or 1
    number = "".join(f"{count}." for count in counted[: level + 1])
    parts = words if isinstance(words, tuple) else (words,)
    return Heading((f"{number} ", *parts), level + 1)  # type: ignore[arg-type]


def _named(name: str, values: Mapping[str, Value]) -> Iterator[Block]:
    value = values.get(name)
    if name == BASES and isinstance(value, tuple):
        yield from (Paragraph(one_line(basis), "basis") for basis in value)
    elif isinstance(value, Table):
        yield value
    elif isinstance(value, tuple):
        if value:
            yield Items(listed(map(one_line, value)))
    else:
        yield Paragraph(_shown(value))


def _words(line: TextLine, values: Mapping[str, Value]) -> tuple[Run, ...]:
    """Each part a run of its own, so that nothing is ever joined into what could be read again."""
    return tuple(Run(_shown(values.get(part.name)) if isinstance(part, Named) else part) for part in line.parts)


def _plain(line: TextLine, values: Mapping[str, Value]) -> str:
    return one_line("".join(run.text for run in _words(line, values)))


def _shown(value: Value) -> str:
    match value:
        case str():
            return one_line(value)
        case int() | Decimal():
            return format_number(value, "vi")
        case date():
            return format_official_date(value)
        case tuple():
            return ", ".join(map(one_line, value))
        case _:
            return UNKNOWN


def _bases_ended(blocks: list[Block]) -> list[Block]:
    """Bases end with `;`, the last before something else with `.`, wherever they came from."""
    ended: list[Block] = []
    for place, block in enumerate(blocks, start=1):
        following = blocks[place] if place < len(blocks) else None
        mark = ";" if _is_basis(following) else "."
        ended.append(replace(block, words=_ended(block.words, mark)) if _is_basis(block) else block)
    return ended


def _is_basis(block: Block | None) -> TypeGuard[Paragraph]:
    return isinstance(block, Paragraph) and block.style == "basis"


def _closed(blocks: list[Block]) -> tuple[Block, ...]:
    """The last words of a paper carry its end mark; a table at the end stays as it is."""
    if not blocks:
        return ()
    *firsts, last = blocks
    match last:
        case Paragraph() if last.style == "body":
            last = replace(last, words=_ended(last.words))
        case Article():
            last = replace(last, words=_ended(last.words))
        case Items():
            last = replace(last, items=(*last.items[:-1], _ended(last.items[-1])))
    return (*firsts, last)


def _ended(words: Words, mark: str = _END) -> Words:
    """The words with that mark, and no other, at their end."""
    parts = words if isinstance(words, tuple) else (words,)
    text = "".join(part if isinstance(part, str) else part.text for part in parts)
    if text.rstrip().endswith(_END):
        return words  # the author closed it
    *firsts, last = parts or ("",)
    bare = (last if isinstance(last, str) else last.text).rstrip().rstrip(".;")
    return (*firsts, Run(f"{bare}{mark}"))
