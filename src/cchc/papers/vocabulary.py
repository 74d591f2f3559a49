"""The names that texts may use, and what stands behind them. Each room lists its own in its module `vocabularies`.

VOCABULARIES = {"assessments.round": Vocabulary(LocalText("Đợt chấm điểm", "Round"), (Word("round.title", …),), gather)}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Final, Literal

from django.apps import apps
from django.utils import translation
from django.utils.module_loading import module_has_submodule

from cchc.documents.blocks import Table
from cchc.organizations.models import Unit
from cchc.papers.texts import BASES, TextLine
from cchc.records.errors import DomainError, Place, Problem, problem, refuse
from cchc.records.text import LocalText

WordKind = Literal["text", "number", "date", "list", "table"]
Value = str | int | Decimal | date | tuple[str, ...] | Table | None
"""What is put in the place of a name; None while nobody knows it."""

_OF_PAPERS: Final = "vi"
_BLOCKS: Final = frozenset({"list", "table"})
_BASES_WORD: Final = LocalText("Các căn cứ đã chọn", "The bases chosen")


@dataclass(frozen=True, slots=True)
class Word:
    """A name, what it stands for, and a value that shows what a text will look like."""

    name: str
    meaning: LocalText
    sample: Value
    kind: WordKind = "text"

    @property
    def braced(self) -> str:
        """As it is written in a text."""
        return f"{{{self.name}}}"

    @property
    def is_block(self) -> bool:
        """Whether it stands alone on its line."""
        return self.kind in _BLOCKS


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All names that texts about one kind of thing may use.

    `gather` answers what they stand for on a day: for the unit that writes, and the thing (its id) it writes about.
    What it leaves out nobody knows yet. `called` says what a thing is called, where texts are about things and not
    about the unit itself. Both ask what the unit may be told, whoever writes, and refuse a thing that is none of its
    affairs.
    """

    title: LocalText
    words: tuple[Word, ...]
    gather: Callable[[Unit, date, str], Mapping[str, Value]]
    called: Callable[[Unit, date, str], str] | None = None

    def gathered(self, unit: Unit, day: date, about: str) -> Mapping[str, Value]:
        """What the names stand for, in the language of papers, whoever reads. Raises what `gather` refuses."""
        with translation.override(_OF_PAPERS):
            return self.gather(unit, day, about)

    def name_of(self, unit: Unit, day: date, about: str) -> str:
        """What the thing is called; empty where texts are about the unit itself. Raises what `called` refuses."""
        with translation.override(_OF_PAPERS):
            return "" if self.called is None else self.called(unit, day, about)

    def samples(self) -> dict[str, Value]:
        """A value for every name."""
        return {word.name: word.sample for word in self.words}

    def listed(self) -> tuple[Word, ...]:
        """Every name for the author, the chosen bases among them."""
        return (*self.words, Word(BASES, _BASES_WORD, (), "list"))

    def check(self, lines: Iterable[TextLine]) -> None:
        """Raise `papers.unknown_name` and `papers.block_in_sentence`, all that there are."""
        kinds = {word.name: word.kind for word in self.listed()}
        problems = [found for line in lines for found in _wrong_with(line, kinds)]
        if problems:
            raise DomainError(*problems)


@cache
def known_vocabularies() -> Mapping[str, Vocabulary]:
    """Every vocabulary by its name. Raises `ValueError` for a name that two rooms list."""
    known: dict[str, Vocabulary] = {}
    for room in apps.get_app_configs():
        if room.module is not None and module_has_submodule(room.module, "vocabularies"):
            listed = import_module(f"{room.name}.vocabularies").VOCABULARIES
            if twice := known.keys() & listed.keys():
                raise ValueError(f"two rooms list the vocabulary {', '.join(sorted(twice))}")
            known |= listed
    return MappingProxyType(known)


def vocabulary_of(name: str) -> Vocabulary:
    """Raises `papers.unknown_vocabulary`."""
    known = known_vocabularies()
    if name not in known:
        raise refuse("papers.unknown_vocabulary", name=name, known=", ".join(known))
    return known[name]


def _wrong_with(line: TextLine, kinds: Mapping[str, WordKind]) -> list[Problem]:
    problems, place = [], Place(line=line.number)
    for name in line.names:
        if name not in kinds:
            near = get_close_matches(name, kinds, n=3, cutoff=0.5) or list(kinds)
            problems.append(problem("papers.unknown_name", place, line=line.number, name=name, known=", ".join(near)))
        elif kinds[name] in _BLOCKS and line.kind != "block":
            problems.append(problem("papers.block_in_sentence", place, line=line.number, name=name))
    return problems
