"""Objects whose history can be read: "who changed what, why". The right is decided by the object's own room.

A room lists them in its module `audited`; the history of anything else is closed to everybody:

unit = Audited(Unit, LocalText("Đơn vị", "Unit"), names=unit_names, address=…, may_read=…, parts=…)
ACTOR_NAMES = official_names                # identities in the chain → `Reads` of names, as far as the room knows them
OF_UNITS = belonging_to                     # (units, day) → querysets of whatever of the room belongs to these units
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet

from cchc.interface.access import Verdict
from cchc.interface.paging import is_key
from cchc.interface.rooms import offers, room_modules
from cchc.interface.shapes import Link
from cchc.interface.together import Reads, all_of
from cchc.records.text import LocalText

Names = Callable[[Iterable[int]], Reads[Mapping[int, str]]]


def _from_the_start(viewer: Any, subject: Any) -> None:
    return None


def _no_parts(subject: Any) -> Sequence[QuerySet[Any]]:
    return ()


@dataclass(frozen=True, slots=True)
class Closing:
    """Objects that are not for everybody who sees that something happened to them.

    `since(viewer, keys)`: the moment from which on the viewer may read what happened to each; None: all of it; those
    left out: nothing. `name`: what such an object is called where it may not be read.
    """

    since: Callable[[Any, Iterable[int]], Reads[Mapping[int, datetime | None]]]
    name: LocalText


@dataclass(frozen=True, slots=True)
class Audited:
    """One type of object.

    `names`: what objects are called, by key. `address`: its page. `may_read(viewer, object)`: a permission of the room.
    `parts(object)`: querysets of further objects whose events belong to its history. `by_code`: names with addresses by
    the codes that events list. `related`: what the right and the address need of the object beside itself.
    `since(viewer, object)`: the moment from which on the viewer may read the history; None: all of it. `closing`: the
    same for lists of many objects, which tell of the rest only that it happened.
    """

    model: type[Model]
    name: LocalText
    names: Names
    address: Callable[[Any], str]
    may_read: Callable[[Any, Any], Verdict]
    parts: Callable[[Any], Sequence[QuerySet[Any]]] = _no_parts
    by_code: Callable[[Iterable[str]], Reads[Mapping[str, Link]]] | None = None
    related: Sequence[str] = ()
    since: Callable[[Any, Any], datetime | None] = _from_the_start
    closing: Closing | None = None

    @property
    def code(self) -> str:
        """How the chain names the type: `organizations.Unit`."""
        return str(self.model._meta.label)

    def find(self, key: str) -> Any | None:
        """The object with that key, if there is one."""
        if not is_key(key):
            return None
        found = self.model._default_manager.filter(pk=key).order_by("pk")
        return (found.select_related(*self.related) if self.related else found).first()


@cache
def known_audited() -> Mapping[str, Audited]:
    """Every type by its name in the chain."""
    return offers("audited", Audited)


def actor_names(identities: Iterable[str]) -> Reads[dict[str, str]]:
    """What rooms call those who act, by identity."""
    wanted = set(identities)
    asks = (getattr(module, "ACTOR_NAMES", None) for _, module in room_modules("audited"))
    return all_of([ask(wanted) for ask in asks if ask is not None]).made(
        lambda found: {identity: name for names in found for identity, name in names.items()}
    )


def subject_names(subjects: Iterable[tuple[str, str]]) -> Reads[dict[tuple[str, str], str]]:
    """What objects are called, by type and key; without those of types that nobody opened."""
    wanted = defaultdict[str, set[int]](set)
    for subject_type, key in subjects:
        if is_key(key):
            wanted[subject_type].add(int(key))
    return names_of(wanted).made(lambda found: {(of_type, str(key)): name for (of_type, key), name in found.items()})


def names_of(wanted: Mapping[str, Iterable[int]]) -> Reads[dict[tuple[str, int], str]]:
    """What objects of these types are called, by type and key; without those of types that nobody opened."""
    opened = {subject_type: audited for subject_type, audited in known_audited().items() if subject_type in wanted}
    return all_of([audited.names(wanted[subject_type]) for subject_type, audited in opened.items()]).made(
        lambda found: {
            (subject_type, key): name
            for subject_type, names in zip(opened, found, strict=True)
            for key, name in names.items()
        }
    )


def readable_since(viewer: Any, subjects: Iterable[tuple[str, str]]) -> Reads[dict[tuple[str, str], datetime | None]]:
    """Of the subjects of a type that is not for everybody (`Closing`), those of which the viewer may read what happened
    from a moment on, with that moment.
    """
    wanted = defaultdict[str, set[int]](set)
    for subject_type, key in subjects:
        if is_key(key) and is_closing(subject_type):
            wanted[subject_type].add(int(key))
    asked = {label: known_audited()[label].closing for label in wanted}
    reads = [one.since(viewer, wanted[label]) for label, one in asked.items() if one is not None]
    return all_of(reads).made(
        lambda found: {
            (subject_type, str(key)): since
            for subject_type, moments in zip(asked, found, strict=True)
            for key, since in moments.items()
        }
    )


def is_closing(subject_type: str) -> bool:
    """Whether objects of the type are not for everybody who sees that something happened to them."""
    audited = known_audited().get(subject_type)
    return audited is not None and audited.closing is not None


def objects_of_units(units: QuerySet[Any], day: date) -> list[QuerySet[Any]]:
    """Of every room the objects whose history belongs to one of these units on that day. No query yet."""
    found: list[QuerySet[Any]] = []
    for _, module in room_modules("audited"):
        ask: Callable[[QuerySet[Any], date], Iterable[QuerySet[Any]]] | None = getattr(module, "OF_UNITS", None)
        found.extend(() if ask is None else ask(units, day))
    return found
