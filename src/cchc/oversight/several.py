"""The same done to several rows that were ticked: one action each, so that what one is refused takes back no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.http import HttpRequest

from cchc.interface.errors import in_words
from cchc.interface.paging import is_key
from cchc.records.errors import DomainError, refuse

MOST: Final = 50
"""So many at once: what one page shows."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a row: `why` says what it was refused for, each with the next step; empty where it is done."""

    key: int
    name: str
    why: Sequence[Mapping[str, str]]


@dataclass(slots=True)
class Several:
    """What was ticked, and what came of each once it was tried."""

    keys: Sequence[int]
    results: list[Tried] = field(default_factory=list)

    @property
    def ticked(self) -> set[int]:
        """What is still to be done: all that was ticked, but for what is done."""
        done = {one.key for one in self.results if not one.why}
        return set(self.keys) - done

    def each(self, names: Mapping[int, str], act: Callable[[int], object]) -> int:
        """How many are done, which are all.

        Raises `oversight.nothing_ticked`; `oversight.some_refused` where some are not, the others being done.
        """
        if not self.keys:
            raise refuse("oversight.nothing_ticked", most=MOST)
        self.results = [Tried(key, names.get(key, str(key)), _refused(act, key)) for key in self.keys]
        done = len(self.keys) - len(self.ticked)
        if self.ticked:
            raise refuse("oversight.some_refused", refused=len(self.ticked), done=done)
        return done


def several(request: HttpRequest, name: str) -> Several:
    """What a form has ticked; whatever is no key of a row is left out."""
    return Several(_keys(request.POST.getlist(name)[:MOST]))


def _keys(said: Iterable[str]) -> list[int]:
    return list(dict.fromkeys(int(one) for one in said if one.isascii() and is_key(one)))


def _refused(act: Callable[[int], object], key: int) -> Sequence[Mapping[str, str]]:
    try:
        act(key)
    except DomainError as error:
        return [in_words(one) for one in error.problems]
    return []
