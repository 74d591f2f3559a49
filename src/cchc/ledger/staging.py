"""Events put down on disk so that all of a dossier can be read together: whole for a small log, else ordered by hash.

Each time enough is held, it becomes one file, in the order of the slices that the hashes of dossiers fall into. A
stretch of slices is then a stretch of rows in every file; where files get many they are merged, so that a stretch lies
in few.
All of this depends on the events alone, so the same log is cut the same way whatever file it comes in.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from math import ceil
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import polars as pl

from cchc.ledger.events import EVENTS

AT_ONCE: Final = 125_000  # events computed together; of long logs up to twice as many
HELD: Final = 500_000  # events put down together
MERGED_FROM: Final = 33  # files: every stretch is looked for in each of them
_PARTS: Final = 100  # what each of them was counted to has to be added up: rather larger parts than more
_SLICES: Final = 4_096  # small beside what is computed together: the groups made of them are alike in size
_ROWS_TOGETHER: Final = 8_192  # in a file: whoever reads a stretch decodes little besides
_SLICE: Final = "\x1fslice"
# Where the events of one partition lie: number of the file, first row, how many rows.
Stretch = tuple[int, int, int]
Ints = npt.NDArray[np.int64]


class Stage:
    """Takes events in any order and of any size and writes files of them into `folder`, in a context: one file is
    written while the events of the next one are taken.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: list[pl.DataFrame] = []
        self._height = 0
        self._writer = ThreadPoolExecutor(max_workers=1)
        self._files: list[Future[Ints]] = []  # with the heights of their slices

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.shutdown()

    def add(self, events: pl.DataFrame) -> None:
        """Keep these events, as in `events.EVENTS`."""
        rest = events
        while self._height + rest.height > HELD:
            room = HELD - self._height
            self._hold(rest[:room])
            self._put_down()
            rest = rest[room:]
        self._hold(rest)

    def close(self) -> list[list[Stretch]]:
        """Write what is still held. Answers for each partition what to read together."""
        if not self._files and self._height <= AT_ONCE:
            whole = self._taken()
            _write(whole, _file(self._folder, 0))
            return [[(0, 0, whole.height)]]
        self._put_down()
        heights = np.array([file.result() for file in self._files])
        at_once = min(max(AT_ONCE, int(heights.sum()) // _PARTS), 2 * AT_ONCE)
        return _grouped(heights if len(heights) < MERGED_FROM else self._merged(heights), at_once)

    def _hold(self, events: pl.DataFrame) -> None:
        self._held.append(events)
        self._height += events.height

    def _taken(self) -> pl.DataFrame:
        events = pl.concat([EVENTS.to_frame(), *self._held])
        self._held, self._height = [], 0
        return events

    def _merged(self, heights: Ints) -> Ints:
        """Other files with the same events, each of few slices; answers the heights of slices in old and new ones."""
        bands = _grouped(heights, HELD)
        merged = np.array([self._merge(band, len(heights) + number) for number, band in enumerate(bands)])
        for number in range(len(heights)):
            _file(self._folder, number).unlink()
        return np.concatenate([np.zeros_like(heights), merged])

    def _merge(self, band: list[Stretch], number: int) -> Ints:
        return _write_ordered(read_stretches(self._folder, band), _file(self._folder, number))

    def _put_down(self) -> None:
        if self._files:
            self._files[-1].result()  # memory holds what is taken and one file, not more
        file = _file(self._folder, len(self._files))
        self._files.append(self._writer.submit(_write_ordered, self._taken(), file))


def _write_ordered(events: pl.DataFrame, file: Path) -> Ints:
    number = (pl.col("dossier").hash(0) % _SLICES).cast(pl.UInt16).alias(_SLICE)
    ordered = events.with_columns(number).sort(_SLICE)
    _write(ordered.drop(_SLICE), file)
    return np.bincount(ordered[_SLICE].to_numpy(), minlength=_SLICES)


def _write(events: pl.DataFrame, file: Path) -> None:
    events.write_parquet(file, compression="lz4", statistics=False, row_group_size=_ROWS_TOGETHER)


def _grouped(heights: Ints, size: int) -> list[list[Stretch]]:
    """Neighbouring slices together, in groups alike in size: of `size` events, or more by less than a slice.

    `heights` are those of the slices, a row for each file.
    """
    whole = heights.sum(axis=0)
    number = ceil(int(whole.sum()) / size)
    middles = np.cumsum(whole) - whole + whole // 2
    group = np.minimum(middles * number // max(int(whole.sum()), 1), number - 1)
    ends = np.cumsum(heights, axis=1)
    groups = (np.flatnonzero((group == one) & (whole > 0)) for one in range(number))
    return [_stretches(ends[:, of[0]] - heights[:, of[0]], ends[:, of[-1]]) for of in groups if of.size]


def _stretches(firsts: Ints, ends: Ints) -> list[Stretch]:
    both = enumerate(zip(firsts.tolist(), ends.tolist(), strict=True))
    return [(file, first, end - first) for file, (first, end) in both if end > first]


def _file(folder: Path, number: int) -> Path:
    return folder / f"{number:05}.parquet"


def read_stretches(folder: Path, stretches: Iterable[Stretch]) -> pl.DataFrame:
    """The events of these stretches."""
    parts = [pl.scan_parquet(_file(folder, file)).slice(first, height) for file, first, height in stretches]
    return pl.concat([EVENTS.to_frame().lazy(), *parts]).collect()
