"""By what a dossier is found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import F, Q, Value
from django.db.models.functions import Least, StrIndex
from django.db.models.lookups import Exact

from cchc.dossiers.models import Dossier
from cchc.interface.planning import Typed
from cchc.records.search import fold

_LONGEST: Final = 800
"""Letters of a key: what an index of PostgreSQL may hold of a row, three bytes each at the most."""


def search_key_of(dossier: Dossier) -> str:
    """Code, owner, number, subject, procedure."""
    procedure = dossier.procedure_version.procedure
    words = (dossier.code, dossier.owner_name, dossier.owner_number, dossier.subject, procedure.code, procedure.name_vi)
    return fold(" ".join(words))[:_LONGEST]


@dataclass(frozen=True, slots=True)
class Sought:
    """What is typed into the search: folded words, and whole numbers of owners and whole codes of dossiers, for which
    there are columns of their own.
    """

    words: Sequence[str]
    numbers: Sequence[str] = ()
    codes: Sequence[str] = ()

    @property
    def is_whole(self) -> bool:
        """Whether a whole number or code is among it."""
        return bool(self.numbers or self.codes)

    @property
    def in_words(self) -> Sought:
        """All of it as words that may stand anywhere in what a dossier is found by."""
        return Sought(tuple(fold(" ".join((*self.words, *self.numbers, *self.codes))).split()))

    def condition(self, prefix: str = "") -> Q:
        """Of dossiers, to which `prefix` leads."""
        found = Q()
        for word in self.words:
            found &= Q(_has(F(f"{prefix}search_key"), word))
        for number in self.numbers:
            found &= Q(**{f"{prefix}owner_number": Typed(number)})
        for code in self.codes:
            found &= Q(**{f"{prefix}code__in": [Typed(one) for one in sorted({code, code.upper(), code.lower()})]})
        return found


def _has(key: F, word: str) -> Exact:
    """Of an equality PostgreSQL expects few rows, whatever the word is, and plans it once. Of `LIKE` it expects as many
    as the word seems to have: it would plan anew for each, and read all dossiers where it expects a page of them.
    """
    return Exact(Least(StrIndex(key, Value(Typed(word))), 1), 1)


_NUMBER: Final = re.compile(r"\d{9,30}", re.ASCII)
_CODE: Final = re.compile(r"\S+-\d{6}-\d{4,}", re.ASCII)


def sought(text: str) -> Sought:
    """What is meant: nine digits and more are a person's or an enterprise's number."""
    typed = text.split()
    numbers = tuple(one for one in typed if _NUMBER.fullmatch(one))
    codes = tuple(one for one in typed if _CODE.fullmatch(one))
    others = [one for one in typed if one not in {*numbers, *codes}]
    return Sought(tuple(fold(" ".join(others)).split()), numbers, codes)
