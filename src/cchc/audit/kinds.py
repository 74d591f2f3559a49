"""Kinds of events. Each room lists its own in `audit_kinds.py`: `KINDS = {"portal.round_published": LocalText(…)}`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from cchc.audit.errors import UnknownKind
from cchc.records.text import LocalText


@cache
def known_kinds() -> Mapping[str, LocalText]:
    """Every kind with its name in both languages. Raises `ValueError` for a kind that a room lists wrongly."""
    kinds: dict[str, LocalText] = {}
    for room in apps.get_app_configs():
        if room.module is not None and module_has_submodule(room.module, "audit_kinds"):
            listed = import_module(f"{room.name}.audit_kinds").KINDS
            for code, name in listed.items():
                _check_kind(code, name, room.label)
            kinds |= listed
    return MappingProxyType(kinds)


def kind_name(code: str) -> LocalText:
    """The name of a kind. Raises `UnknownKind`."""
    try:
        return known_kinds()[code]
    except KeyError:
        raise UnknownKind(f"{code!r} stands in no room's audit_kinds") from None


def _check_kind(code: str, name: LocalText, label: str) -> None:
    if not code.startswith(f"{label}."):
        raise ValueError(f"the kind {code!r} of room {label!r} starts with {label + '.'!r}")
    if not (name.vi and name.en):
        raise ValueError(f"the kind {code!r} needs a Vietnamese and an English name")
