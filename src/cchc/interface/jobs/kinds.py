"""Kinds of jobs. Each room lists its own in its module `jobs`, with the decorator `job`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, Protocol

from cchc.audit.actors import Actor
from cchc.interface.jobs.parameters import types_of
from cchc.interface.rooms import offers
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
    return offers("jobs", JobKind)


def job_kind(code: str) -> JobKind:
    """The kind of that code. Raises `LookupError`."""
    try:
        return known_jobs()[code]
    except KeyError:
        raise LookupError(f"{code!r} stands in no room's jobs") from None
