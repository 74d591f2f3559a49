"""Events put down on disk so that all of a dossier lie together: whole for a small log, else in slices by hash.

Slices are small; as many as are fit for memory are read together. All of this depends on the events alone, so the same
log is cut the same way whatever file it comes in.
"""

from __future__ import annotations

from itertools import accumulate
from math import ceil
from pathlib import Path
from typing import Final

import polars as pl

from cchc.ledger.events import EVENTS

AT_ONCE: Final = 250_000  # events computed together
SLICES: Final = 64
_HELD: Final = 2  # so many times as many are held while reading: each time they are put down makes a file per slice
_SLICE: Final = "\x1fslice"


class Stage:
    """Takes events in any order and of any size; `folder` gets a folder for every slice."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: list[pl.DataFrame] = []
        self._height = self._parts = 0
        self._heights = [0] * SLICES

    def add(self, events: pl.DataFrame) -> None:
        """Keep these events, as in `events.EVENTS`."""
        rest = events
        while self._height + rest.height > _HELD * AT_ONCE:
            room = _HELD * AT_ONCE - self._height
            self._hold(rest[:room])
            self._write_slices()
            rest = rest[room:]
        self._hold(rest)

    def close(self) -> list[list[int]]:
        """Write what is still held. Answers which slices to read together."""
        if self._parts or self._height > AT_ONCE:
            self._write_slices()
        else:
            self._write(self._taken(), 0)
        return _grouped(self._heights)

    def _hold(self, events: pl.DataFrame) -> None:
        self._held.append(events)
        self._height += events.height

    def _taken(self) -> pl.DataFrame:
        events = pl.concat([EVENTS.to_frame(), *self._held])
        self._held, self._height = [], 0
        return events

    def _write_slices(self) -> None:
        number = (pl.col("dossier").hash(0) % SLICES).alias(_SLICE)
        sliced = self._taken().with_columns(number).partition_by(_SLICE, include_key=False, as_dict=True)
        for (key,), part in sliced.items():
            self._write(part, int(key))
        self._parts += 1

    def _write(self, events: pl.DataFrame, number: int) -> None:
        folder = self._folder / f"{number:02}"
        folder.mkdir(parents=True, exist_ok=True)
        events.write_parquet(folder / f"{self._parts:05}.parquet", compression="lz4", statistics=False)
        self._heights[number] += events.height


def _grouped(heights: list[int]) -> list[list[int]]:
    """Neighbouring slices together, in groups alike in size: `AT_ONCE` events, or more by less than a slice."""
    total = sum(heights)
    number = max(ceil(total / AT_ONCE), 1)
    groups: list[list[int]] = [[] for _ in range(number)]
    begins = accumulate(heights, initial=0)
    for slice_, (begin, height) in enumerate(zip(begins, heights, strict=False)):
        middle = begin + height // 2
        groups[min(middle * number // max(total, 1), number - 1)].append(slice_)
    return [group for group in groups if group]


def read_slices(folder: Path, numbers: list[int]) -> pl.DataFrame:
    """The events of these slices."""
    files = [file for number in numbers for file in sorted((folder / f"{number:02}").glob("*.parquet"))]
    return pl.read_parquet(files) if files else EVENTS.to_frame()
