"""What can be taken along: kinds of lists, as rooms offer them in their modules `exports`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final, Protocol

from django.http import HttpRequest, QueryDict

from cchc.audit.actors import Actor
from cchc.interface.access import Verdict
from cchc.interface.rooms import offers
from cchc.organizations.viewers import Viewer
from cchc.records.errors import refuse
from cchc.records.text import LocalText
from cchc.tables.writing import SheetToWrite

MOST_AT_ONCE: Final = 2_000
"""Rows that are written while the reader waits. 60,000 tasks take 33 s of a worker of the site, 2,000 about one: what
takes longer would keep others waiting, and be given up by the server in front of it.
"""


class Note(Protocol):
    """An action that says in the audit chain that the list is taken."""

    def __call__(self, *, actor: Actor, now: datetime) -> object: ...


@dataclass(frozen=True, slots=True)
class Taken:
    """A list as it was read: what is written, how many people are in it, and the codes of those who are officials;
    what the audit chain is told, where that is more than that it was asked for.
    """

    sheets: Sequence[SheetToWrite]
    people: int = 0
    whom: Collection[str] = ()
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list as somebody asks for it, not read yet: the file's name, how many rows it has, how to read it."""

    file: str
    count: Callable[[], int]
    read: Callable[[], Taken]


@dataclass(frozen=True, slots=True)
class ExportKind:
    """One sort of list. `wanted` refuses filters that are unclear: a file of more than was asked for is never made."""

    code: str
    title: LocalText
    permission: Callable[[Viewer], Verdict]
    wanted: Callable[[HttpRequest], Wanted]


@cache
def known_exports() -> Mapping[str, ExportKind]:
    """Every kind by its code."""
    return offers("exports", ExportKind)


def export_kind(code: str) -> ExportKind:
    """Raises `organizations.export_kind_not_found`."""
    kind = known_exports().get(code)
    if kind is None:
        raise refuse("organizations.export_kind_not_found")
    return kind


def asking(viewer: Viewer, query: str) -> HttpRequest:
    """What a kind reads its filters from: who asks, and what the address said."""
    made = HttpRequest()
    made.GET, made.viewer = QueryDict(query), viewer
    return made
