"""What every field of every table is: who may read it, what it is called, and for personal data why it is kept.

Each room lists its own in `classification.py`, without which a repository test fails:

FIELDS = {"organizations.Unit": {"code": public("Mã đơn vị", "Code"), …}, "sessions.Session": {"*": secret(…)}}
EVENT_KEYS = {"organizations.Account": {"ways": internal("Cách đăng nhập", "Ways")}}

`*` stands for all fields of a table that a library brings along. `EVENT_KEYS` names what events say beyond fields.
From here an event knows that it holds personal data, a history what its values are called, the docs what is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Final

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from cchc.records.sources import Source, Verification
from cchc.records.text import LocalText

EVERY_FIELD: Final = "*"


class FieldClass(StrEnum):
    """Who may read a field. `secret` is never shown to anybody, and never in the chain."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    SECRET = "secret"  # noqa: S105 - the name of a class


PERSONAL_CLASSES: Final = frozenset({FieldClass.PERSONAL, FieldClass.SENSITIVE})


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why personal data is kept, and by which law."""

    text: LocalText
    source: Source
    verification: Verification


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `is_inner` ones are made for the machinery (numbers of rows, sort keys): histories leave them out.

    `say` puts a value into the reader's words where the type alone does not: the name of a role for its id. `leads_to`
    is the type of object that the codes in a list name: histories say their names and lead to them. `is_actor`: it
    holds the identity of somebody who acted, whom histories name.
    """

    kind: FieldClass
    name: LocalText
    purpose: Purpose | None = None
    say: Callable[[str], str] | None = None
    is_inner: bool = False
    leads_to: str = ""
    is_actor: bool = False

    def __post_init__(self) -> None:
        if not (self.name.vi and self.name.en):
            raise ValueError(f"a field needs a name in both languages: {self.name}")
        if (self.kind in PERSONAL_CLASSES) != (self.purpose is not None):
            raise ValueError(f"personal data has a purpose, and nothing else has: {self.name}")

    def inner(self) -> Field:
        """The same, left out of histories."""
        return replace(self, is_inner=True)

    def of_actor(self) -> Field:
        """The same, holding the identity of somebody who acted."""
        return replace(self, is_actor=True)

    def codes_of(self, subject_type: str) -> Field:
        """The same, holding a list of codes of objects of that type."""
        return replace(self, leads_to=subject_type)


Fields = Mapping[str, Field]


def public(vi: str, en: str, say: Callable[[str], str] | None = None) -> Field:
    """Everybody may read it."""
    return Field(FieldClass.PUBLIC, LocalText(vi, en), say=say)


def internal(vi: str, en: str, say: Callable[[str], str] | None = None) -> Field:
    """Officials read it, as far as the room's permissions go."""
    return Field(FieldClass.INTERNAL, LocalText(vi, en), say=say)


def personal(vi: str, en: str, purpose: Purpose) -> Field:
    """It says something about a living person."""
    return Field(FieldClass.PERSONAL, LocalText(vi, en), purpose)


def post_then(vi: str, en: str, purpose: Purpose) -> Field:
    """In which post of which unit somebody did it, such as `entered_as` beside `entered_by`. Histories say that of who
    acts already.
    """
    return personal(f"Chức vụ, đơn vị của {vi}", f"In which post {en}", purpose).inner()


def sensitive(vi: str, en: str, purpose: Purpose) -> Field:
    """Personal data that the law protects more: health, beliefs, place."""
    return Field(FieldClass.SENSITIVE, LocalText(vi, en), purpose)


def secret(vi: str, en: str) -> Field:
    """Nobody reads it: hashes of passwords, keys, tokens."""
    return Field(FieldClass.SECRET, LocalText(vi, en)).inner()


ROW_NUMBER: Final = internal("Số thứ tự bản ghi", "Number of the row").inner()


@cache
def known_fields() -> Mapping[str, Fields]:
    """The fields of every table by `app.Model`, as the rooms list them. Raises `ValueError` for a table listed twice
    or by a room that is not its own.
    """
    return _listed("FIELDS")


@cache
def known_event_keys() -> Mapping[str, Fields]:
    """What events about an object say beyond its fields, by type of object. Raises `ValueError` as `known_fields`."""
    return _listed("EVENT_KEYS")


def field_of(subject_type: str, key: str) -> Field | None:
    """What stands behind a key of `before` or `after`; None for what nobody has listed."""
    fields = known_fields().get(subject_type, {})
    name = key.removesuffix("_id")
    found = fields.get(key) or fields.get(name) or known_event_keys().get(subject_type, {}).get(key)
    return found or fields.get(EVERY_FIELD)


def classes_of(subject_type: str, keys: Iterable[str]) -> frozenset[FieldClass]:
    """The classes of those keys that somebody has listed."""
    listed = (field_of(subject_type, key) for key in keys)
    return frozenset(field.kind for field in listed if field is not None)


def _listed(name: str) -> Mapping[str, Fields]:
    found: dict[str, Fields] = {}
    ours = {room.label for room in apps.get_app_configs() if room.name.startswith("cchc.")}
    for room in apps.get_app_configs():
        if room.module is not None and module_has_submodule(room.module, "classification"):
            module = import_module(f"{room.name}.classification")
            for table, fields in getattr(module, name, {}).items():
                owner = table.partition(".")[0]
                if table in found or (owner in ours and owner != room.label):
                    raise ValueError(
                        f"{name} of room {room.label!r}: {table!r} stands twice, or belongs to another room"
                    )
                found[table] = fields
    return MappingProxyType(found)
