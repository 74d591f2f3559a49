"""Kinds of jobs. Each room lists its own in its module `jobs`, with the decorator `job`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any, Final, Protocol

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule

from cchc.audit.actors import Actor
from cchc.interface.jobs.parameters import types_of
from cchc.interface.shapes import Link
from cchc.records.text import LocalText

TRIES: Final = 5
_LONGEST: Final = 100


class Effect(Protocol):
    """What a job writes: an action with all else filled in (`partial`). What it answers is kept as the result, JSON."""

    def __call__(self, *, actor: Actor, now: datetime) -> Any: ...


@dataclass(frozen=True, slots=True)
class JobKind:
    """One kind of job. `link` makes the place where the result lies from the result; `tries`: see `job`."""

    code: str
    title: LocalText
    function: Callable[..., Effect | None]
    tries: int = TRIES
    link: Callable[[Any], Link] | None = None


def job(
    code: str, title: LocalText, *, tries: int = TRIES, link: Callable[[Any], Link] | None = None
) -> Callable[[Callable[..., Effect | None]], JobKind]:
    """Make a function `(run, *, typed parameters) → Effect | None` a kind of job, `room.what_it_does`.

    A fault is tried again after a growing delay, a killed worker's job at once; after `tries` attempts without a new
    checkpoint the job has failed. A `DomainError` fails at once: the same input would be refused again.
    """
    if not (title.vi and title.en) or tries < 1 or len(code) > _LONGEST:
        raise ValueError(f"{code}: a kind needs a title in both languages, at least one try and a short code")

    def make(function: Callable[..., Effect | None]) -> JobKind:
        types_of(function)  # refuses what could not be kept
        return JobKind(code, title, function, tries, link)

    return make


@cache
def known_jobs() -> Mapping[str, JobKind]:
    """Every kind by its code. Raises `ValueError` for a kind that does not start with its room, or stands twice."""
    kinds: dict[str, JobKind] = {}
    for room, module in job_modules():
        for kind in vars(module).values():
            if isinstance(kind, JobKind):
                if not kind.code.startswith(f"{room.label}.") or kind.code in kinds:
                    raise ValueError(f"the kind {kind.code!r} stands twice, or in room {room.label!r} by mistake")
                kinds[kind.code] = kind
    return MappingProxyType(kinds)


def job_kind(code: str) -> JobKind:
    """The kind of that code. Raises `LookupError`."""
    try:
        return known_jobs()[code]
    except KeyError:
        raise LookupError(f"{code!r} stands in no room's jobs") from None


def job_modules() -> Iterator[tuple[AppConfig, ModuleType]]:
    """The module `jobs` of every room that has one."""
    for room in apps.get_app_configs():
        if room.module is not None and module_has_submodule(room.module, "jobs"):
            yield room, import_module(f"{room.name}.jobs")
