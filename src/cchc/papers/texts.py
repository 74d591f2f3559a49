r"""The text of a template: lines whose beginning says what they are, with names in braces for what is filled in. Pure.

    Thẩm quyền: Chủ tịch Ủy ban nhân dân xã     who decides, centred
    Căn cứ Luật … ngày …;                       a basis, in italics
    Theo đề nghị của …                          likewise: whose proposal a decision follows
    {bases}                                     the bases chosen from the library, one a line
    QUYẾT ĐỊNH:                                 between bases and articles
    Điều. Phê duyệt kết quả của {unit.name}.    an article; numbers come by themselves
    # Kết quả                                   a heading, ## and ### below it; numbers come by themselves
    - Đúng hạn: …                               a member of a list, + one below it
    {unit.parts}                                alone on a line: a list or a table
    # Kiến nghị [bắt buộc]                      a part that the paper has to have; the mark is not printed
    [Nêu từng kiến nghị.]                       a hint: to be replaced by words before the paper is issued
    \- 5 độ C                                   a backslash first: a sentence, whatever it begins with

Anything else is a sentence. `{{` and `}}` are braces. There is nothing to compute, to choose or to repeat: what stands
in a place of a name is put in as data after the text was read, and is never read itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from cchc.records.errors import DomainError, Place, Problem, problem
from cchc.records.text import INVISIBLE, nfc

LineKind = Literal[
    "sentence", "authority", "basis", "resolution", "article", "heading_1", "heading_2", "heading_3", "item", "subitem",
    "block", "hint",
]  # fmt: skip
BASES: Final = "bases"
LONGEST: Final = 100_000  # characters of a text

_NAME: Final = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*"
_PART: Final = re.compile(rf"\{{\{{|\}}\}}|\{{\s*({_NAME})\s*\}}|[{{}}]|[^{{}}]+")
_BEGINNINGS: Final[tuple[tuple[LineKind, re.Pattern[str]], ...]] = (
    ("heading_3", re.compile(r"###\s+")),
    ("heading_2", re.compile(r"##\s+")),
    ("heading_1", re.compile(r"#\s+")),
    ("item", re.compile(r"-\s+")),
    ("subitem", re.compile(r"\+\s+")),
    ("authority", re.compile(r"Thẩm quyền:\s*")),
    ("article", re.compile(r"Điều(?:\s+\d{1,3})?\.\s*")),
    ("basis", re.compile(r"(?=Căn cứ\s|Theo đề nghị của\s)")),
)
_REQUIRED: Final = re.compile(r"\s*\[bắt buộc\]\s*$", re.IGNORECASE)
_HINT: Final = re.compile(r"\[(.+)\]")
_RESOLUTION: Final = re.compile(r"(?:QUYẾT ĐỊNH|Quyết định):?")


@dataclass(frozen=True, slots=True)
class Named:
    """A place in which what is called so is put."""

    name: str


Part = str | Named


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a text, with its number from 1. A `block` is one name alone; a heading may be required."""

    number: int
    kind: LineKind
    parts: tuple[Part, ...]
    is_required: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What it asks for."""
        return tuple(part.name for part in self.parts if isinstance(part, Named))


def parse(text: str) -> tuple[TextLine, ...]:
    """The lines that are not blank.

    Raises `papers.text_too_long`, `papers.brace_open`, `papers.brace_lonely`, `papers.not_a_name`, `papers.invisible`,
    all that there are, each with its line.
    """
    if len(text) > LONGEST:
        raise DomainError(problem("papers.text_too_long", limit=LONGEST))
    composed = nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    problems: list[Problem] = []
    lines = []
    for number, raw in enumerate(composed.split("\n"), start=1):
        if written := raw.strip():
            problems += _wrong_with(written, number)
            lines.append(_line(written, number))
    if problems:
        raise DomainError(*problems)
    return tuple(lines)


def _line(written: str, number: int) -> TextLine:
    if written.startswith("\\"):
        return TextLine(number, "sentence", tuple(_parts(written[1:])))
    if _RESOLUTION.fullmatch(written):
        return TextLine(number, "resolution", ())
    for kind, beginning in _BEGINNINGS:
        if match := beginning.match(written):
            return _headed(number, kind, written[match.end() :])
    if match := _HINT.fullmatch(written):
        return TextLine(number, "hint", tuple(_parts(match[1])))
    parts = tuple(_parts(written))
    is_alone = len(parts) == 1 and isinstance(parts[0], Named)
    return TextLine(number, "block" if is_alone else "sentence", parts)


def _headed(number: int, kind: LineKind, words: str) -> TextLine:
    """A line after its beginning; a heading without the mark that it is required."""
    bare = _REQUIRED.sub("", words) if kind.startswith("heading") else words
    return TextLine(number, kind, tuple(_parts(bare)), is_required=bare != words)


def _parts(written: str) -> Iterator[Part]:
    """Words and names in turn; doubled braces are words."""
    words = ""
    for match in _PART.finditer(written):
        if match[1]:
            if words:
                yield words
            words = ""
            yield Named(match[1])
        else:
            words += {"{{": "{", "}}": "}"}.get(match[0], match[0])
    if words:
        yield words


def _wrong_with(written: str, number: int) -> Iterator[Problem]:
    place = Place(line=number)
    if found := INVISIBLE.search(written):
        yield problem("papers.invisible", place, line=number, sign=f"U+{ord(found[0]):04X}")
    for match in _PART.finditer(written):
        if match[0] == "{":
            inside, closed, _ = written[match.end() :].partition("}")
            if closed:
                yield problem("papers.not_a_name", place, line=number, text=inside.strip())
                return  # the brace that closes it would be called lonely
            yield problem("papers.brace_open", place, line=number)
        elif match[0] == "}":
            yield problem("papers.brace_lonely", place, line=number)
