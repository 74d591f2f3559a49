"""Text of a paper: runs in bold or italic, and the one form that every format can hold.

Text is data. No writer ever reads it as markup, XML, a field code or a formula.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cchc.records.text import INVISIBLE, nfc

STAND_IN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one look. A line break inside breaks the line."""

    text: str
    bold: bool = False
    italic: bool = False


Words = str | Run | tuple["str | Run", ...]


def runs(words: Words, *, bold: bool = False, italic: bool = False) -> tuple[Run, ...]:
    """The words as runs of clean text, in the look around them; empty ones left out."""
    parts = words if isinstance(words, tuple) else (words,)
    made = (part if isinstance(part, Run) else Run(part) for part in parts)
    return tuple(Run(clean(run.text), run.bold or bold, run.italic or italic) for run in made if run.text)


def plain(words: Words) -> str:
    """The words without their looks."""
    return "".join(run.text for run in runs(words))


def clean(text: str) -> str:
    """NFC, lines ended by LF, a space for a tab, no soft hyphens; what nobody could see otherwise shown as U+FFFD."""
    composed = nfc(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\u00ad", ""))
    return INVISIBLE.sub(STAND_IN, composed)


def one_line(text: str) -> str:
    """The text with single spaces for its line breaks, as it stands in a sentence."""
    return " ".join(clean(text).split())


def listed(items: Iterable[str]) -> tuple[str, ...]:
    """The members of a list as officials end them: `;` after each, `.` after the last."""
    bare = [item.rstrip().rstrip(";.").rstrip() for item in items]
    return tuple(f"{item}{'.' if at == len(bare) - 1 else ';'}" for at, item in enumerate(bare))


def closed(text: str) -> str:
    """The last sentence of a paper with its end mark `./.`."""
    return f"{text.rstrip().removesuffix('./.').rstrip().rstrip('.')}./."
