"""What files can be cited for. Each room lists it in its module `citations`: the citing room decides who sees them.

SUBJECTS = {"organizations.Unit": Citable(LocalText("Đơn vị", "Unit"), visible, may_cite, links)}
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any, TypeAlias

from django.apps import apps
from django.db.models import QuerySet
from django.utils.module_loading import module_has_submodule

from cchc.interface.access import ALLOWED, Verdict
from cchc.interface.shapes import Link
from cchc.interface.together import Reads
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

Subject: TypeAlias = tuple[str, str]
"""Type and id of an object, `("organizations.Unit", "7")`."""


def _every_file_may_go(subject_id: str, file_id: int) -> Verdict:
    return ALLOWED


@dataclass(frozen=True, slots=True)
class Citable:
    """One type of objects.

    `visible` answers the objects whose files the viewer may see, `may_cite` whether the viewer may add and end
    citations at the object of that id, `links` the names of objects by id for people with their pages (of those that
    exist), `may_go` whether that file may cease to be cited for that object, whoever asks. `getting_ready` is what
    `visible` has to know of the viewer, to be read together with what other types have to.
    """

    name: LocalText
    visible: Callable[[Viewer], QuerySet[Any]]
    may_cite: Callable[[Viewer, str], Verdict]
    links: Callable[[Collection[str], Viewer], Mapping[str, Link]]
    may_go: Callable[[str, int], Verdict] = _every_file_may_go
    getting_ready: Callable[[Viewer], Reads[Any]] | None = None


@cache
def known_citables() -> Mapping[str, Citable]:
    """Every type by its name. Raises `ValueError` for one that two rooms list."""
    known: dict[str, Citable] = {}
    for room in apps.get_app_configs():
        if room.module is not None and module_has_submodule(room.module, "citations"):
            listed = import_module(f"{room.name}.citations").SUBJECTS
            if twice := known.keys() & listed.keys():
                raise ValueError(f"two rooms say who may see the files cited for {', '.join(sorted(twice))}")
            known |= listed
    return MappingProxyType(known)


def citable(subject_type: str) -> Citable:
    """Raises `LookupError` for a type that no room lists."""
    try:
        return known_citables()[subject_type]
    except KeyError:
        raise LookupError(f"{subject_type!r} stands in no room's citations") from None
