"""Objects whose history can be read: "who changed what, why". The right is decided by the object's own room.

A room lists them in its module `audited`; the history of anything else is closed to everybody:

unit = Audited(Unit, LocalText("Đơn vị", "Unit"), names=unit_names, address=…, may_read=…, parts=…)
ACTOR_NAMES = official_names                # identities in the chain → names, as far as the room knows them
OF_UNITS = belonging_to                     # (units, day) → querysets of whatever of the room belongs to these units
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet

from cchc.interface.access import Verdict
from cchc.interface.paging import is_key
from cchc.interface.rooms import offers, room_modules
from cchc.interface.shapes import Link
from cchc.records.text import LocalText

Names = Callable[[Iterable[int]], Mapping[int, str]]


def _no_parts(subject: Any) -> Sequence[QuerySet[Any]]:
    return ()


@dataclass(frozen=True, slots=True)
class Audited:
    """One type of object.

    `names`: what objects are called, by key, in one query. `address`: its page. `may_read(viewer, object)`: a
    permission of the room. `parts(object)`: querysets of further objects whose events belong to its history.
    `by_code`: names with addresses by the codes that events list, in a fixed number of queries.
    """

    model: type[Model]
    name: LocalText
    names: Names
    address: Callable[[Any], str]
    may_read: Callable[[Any, Any], Verdict]
    parts: Callable[[Any], Sequence[QuerySet[Any]]] = _no_parts
    by_code: Callable[[Iterable[str]], Mapping[str, Link]] | None = None

    @property
    def code(self) -> str:
        """How the chain names the type: `organizations.Unit`."""
        return str(self.model._meta.label)

    def find(self, key: str) -> Any | None:
        """The object with that key, if there is one."""
        return self.model._default_manager.filter(pk=key).order_by("pk").first() if is_key(key) else None


@cache
def known_audited() -> Mapping[str, Audited]:
    """Every type by its name in the chain."""
    return offers("audited", Audited)


def actor_names(identities: Iterable[str]) -> dict[str, str]:
    """What rooms call those who act, by identity; one query per room that knows people."""
    wanted, found = set(identities), dict[str, str]()
    for _, module in room_modules("audited"):
        ask: Callable[[Iterable[str]], Mapping[str, str]] | None = getattr(module, "ACTOR_NAMES", None)
        if ask is not None and wanted:
            found |= ask(wanted)
    return found


def subject_names(subjects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What objects are called, by type and key; without those of types that nobody opened. One query for each type."""
    wanted, names = set(subjects), dict[tuple[str, str], str]()
    for subject_type, audited in known_audited().items():
        keys = {key for of_type, key in wanted if of_type == subject_type and is_key(key)}
        if keys:
            found = audited.names(map(int, keys))
            names |= {(subject_type, str(key)): name for key, name in found.items()}
    return names


def objects_of_units(units: QuerySet[Any], day: date) -> list[QuerySet[Any]]:
    """Of every room the objects whose history belongs to one of these units on that day. No query yet."""
    found: list[QuerySet[Any]] = []
    for _, module in room_modules("audited"):
        ask: Callable[[QuerySet[Any], date], Iterable[QuerySet[Any]]] | None = getattr(module, "OF_UNITS", None)
        found.extend(() if ask is None else ask(units, day))
    return found
