"""How far a file is carried out, counted in its changes; and writing many rows in parts, so that it can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from django.db.models import Model

from cchc.audit.recording import Progress
from cchc.organizations.queries.batches import BATCH, batches

Part: TypeAlias = tuple[type[Model], Sequence[Model], Mapping[str, Any]]
"""A model, its rows, and what else `bulk_create` is told."""


class Tally:
    """A change is a third done when its rows are written, two thirds when its events are spelled, and done when these
    stand in the chain: each of the three takes about as long as the others.
    """

    def __init__(self, changes: int, tell: Progress) -> None:
        self._changes = changes
        self._tell = tell
        self._before = self._section = self._written = self._noted = self._kept = 0

    def begin(self, changes: int) -> None:
        """The next section of the file, with so many changes; what came before is written and spelled."""
        self._before += self._section
        self._section, self._written, self._noted = changes, 0, 0

    def wrote(self, done: int, of: int) -> None:
        """So many rows of the section are written."""
        self._written = self._section * done // of
        self._say()

    def noted(self, done: int, of: int) -> None:
        """So many events of the section are spelled."""
        self._noted = self._section * done // of
        self._say()

    def kept(self, done: int, of: int) -> None:
        """Of all events, also those of what followed from the changes, so many stand in the chain."""
        self._kept = self._changes * done // of
        self._say()

    def _say(self) -> None:
        self._tell((2 * self._before + self._written + self._noted + self._kept) // 3, self._changes)


def create_in_parts(tally: Tally, *parts: Part) -> None:
    """Write these rows, so many at a time, and tell after each time."""
    total, done = sum(len(rows) for _, rows, _ in parts), 0
    for model, rows, options in parts:
        for some in batches(rows):
            model._default_manager.bulk_create(some, batch_size=BATCH, **options)
            done += len(some)
            tally.wrote(done, total)
