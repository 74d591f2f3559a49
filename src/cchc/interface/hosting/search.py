"""The search over everything the viewer may see, without tone marks, group by group, all groups in one question.

A room lists what can be found in its module `search`; it checks the right itself:

@search_kind("papers.papers", LocalText("Văn bản", "Papers"))
def papers(viewer: Viewer, text: str, most: int) -> Source | None:
    found = search_papers(viewer, PaperSearch(text))
    return Source(rows_of(found, most, a=F("title"), day=F("issued_on")), shown=_shown)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final, NamedTuple

from django.db.models import BigIntegerField, CharField, DateField, DateTimeField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

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


class Row(NamedTuple):
    """One row of the one question: `key`, and whatever a kind put into the other columns, empty or None otherwise."""

    key: int
    a: str
    b: str
    c: str
    d: str
    e: str
    f: str
    day: date | None
    until: date | None
    moment: datetime | None


_TEXTS: Final = ("a", "b", "c", "d", "e", "f")
_DAYS: Final = ("day", "until")


def rows_of(found: QuerySet[Any], most: int, *, key: str = "pk", **columns: Any) -> QuerySet[Any, Any]:
    """The first `most` of `found`, in its order, as rows. `columns` are expressions on its model by names of `Row`."""
    texts = {name: Coalesce(Cast(columns.get(name, Value("")), TextField()), Value("", TextField())) for name in _TEXTS}
    days = {name: columns.get(name, Cast(Value(None), DateField())) for name in _DAYS}
    moment = columns.get("moment", Cast(Value(None), DateTimeField()))
    given = {"key": Cast(F(key), BigIntegerField()), **texts, **days, "moment": moment}
    shape = {f"{name}_": value for name, value in given.items()}
    listed = found.model._default_manager.filter(pk__in=found.values("pk")[:most])
    return listed.order_by().annotate(**shape).values_list(*shape)


@dataclass(frozen=True, slots=True)
class Source:
    """The `rows` of one kind (`rows_of`), in no order; `shown` puts them in order and makes hits of them. `more`: the
    address of the whole list.
    """

    rows: QuerySet[Any, Any]
    shown: Callable[[Sequence[Row]], Sequence[Hit]]
    more: str = ""

    def found(self, rows: Sequence[Row], most: int) -> Found:
        """The first `most`, and the way to all where there are more."""
        return Found(self.shown(rows)[:most], self.more if len(rows) > most else "")


Ask = Callable[[Any, str, int], Source | None]


@dataclass(frozen=True, slots=True)
class SearchKind:
    """One group of results: what it is called, and where it is found by a viewer; None without a right to it."""

    code: str
    name: LocalText
    ask: Ask

    def find(self, viewer: Any, text: str, most: int) -> Found:
        """Look for this group alone. One query, and what its room needs beside it."""
        return _ask([self], viewer, text, most)[0][1]


def search_kind(code: str, name: LocalText) -> Callable[[Ask], SearchKind]:
    """Make a function `(viewer, text, most) → source` a group, `room.what_they_are`."""

    def make(ask: Ask) -> SearchKind:
        return SearchKind(code, name, ask)

    return make


@cache
def known_search_kinds() -> Mapping[str, SearchKind]:
    """Every group by its code."""
    return offers("search", SearchKind)


def search(viewer: Any, text: str) -> list[tuple[SearchKind, Found]]:
    """The groups in which something was found; none for a text without a letter or digit."""
    if not fold(text).strip():
        return []
    found = _ask(list(known_search_kinds().values()), viewer, text, MOST_HITS)
    return [(kind, share) for kind, share in found if share.hits]


def _ask(kinds: Sequence[SearchKind], viewer: Any, text: str, most: int) -> list[tuple[SearchKind, Found]]:
    """One query for all kinds, beside what they need to say whom they look for, and what became of it."""
    sources = {kind.code: source for kind in kinds if (source := kind.ask(viewer, text, most + 1)) is not None}
    marked = [source.rows.annotate(code_=Value(code, CharField())) for code, source in sources.items()]
    listed = defaultdict[str, list[Row]](list)
    for *row, code in (marked[0].union(*marked[1:], all=True) if marked[1:] else marked[0]) if marked else ():
        listed[code].append(Row(*row))
    return [
        (kind, sources[kind.code].found(listed[kind.code], most) if kind.code in sources else Found()) for kind in kinds
    ]
