"""The search over everything the viewer may see, without tone marks, group by group.

A room lists what can be found in its module `search`:

@search_kind("organizations.units", LocalText("Đơn vị", "Units"))
def units(viewer: Viewer, text: str, most: int) -> Found:
    ...                                     # checks the right itself; at most `most` hits; a fixed number of queries
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from cchc.interface.rooms import offers
from cchc.records.search import fold
from cchc.records.text import LocalText

MOST_HITS: Final = 8
LONGEST_TEXT: Final = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; `note` tells it from others of its name."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a kind gives; `more` is the address of the whole list where there is more."""

    hits: Sequence[Hit] = ()
    more: str = ""


Find = Callable[[Any, str, int], Found]


@dataclass(frozen=True, slots=True)
class SearchKind:
    """One group of results: what it is called, and who finds them for a viewer."""

    code: str
    name: LocalText
    find: Find


def search_kind(code: str, name: LocalText) -> Callable[[Find], SearchKind]:
    """Make a function `(viewer, text, most) → Found` a group, `room.what_they_are`."""

    def make(find: Find) -> SearchKind:
        return SearchKind(code, name, find)

    return make


@cache
def known_search_kinds() -> Mapping[str, SearchKind]:
    """Every group by its code."""
    return offers("search", SearchKind)


def search(viewer: Any, text: str) -> list[tuple[SearchKind, Found]]:
    """The groups in which something was found; none for a text without a letter or digit."""
    if not fold(text).strip():
        return []
    found = [(kind, kind.find(viewer, text, MOST_HITS)) for kind in known_search_kinds().values()]
    return [(kind, share) for kind, share in found if share.hits]
