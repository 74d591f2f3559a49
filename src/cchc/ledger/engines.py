"""Where the partitions of a log are computed: here, one after another, or on other machines (`spark`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from cchc.ledger.clock import CivilCalendar
from cchc.ledger.mapping import LogMapping
from cchc.ledger.outputs import keep
from cchc.ledger.partition import compute_partition
from cchc.ledger.staging import read_slices

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to do for one log, and how one partition of it is done. Can be sent to other processes.

    `events` is the folder that `staging.Stage` wrote, `slices` which of its slices fit into memory together, `results`
    the folder that gets one folder for each partition; `open_until` in UTC minutes.
    """

    mapping: LogMapping
    calendar: CivilCalendar
    open_until: int | None
    as_of: date
    events: Path
    slices: list[list[int]]
    results: Path

    def compute(self, number: int, events: pl.DataFrame) -> None:
        """Compute and keep one partition, as in `partition.compute_partition`."""
        partition = compute_partition(events, self.mapping, self.calendar, self.open_until, self.as_of)
        keep(partition, self._folder(number))

    def is_done(self, number: int) -> bool:
        """Whether this run, or the stopped one that it continues, has computed that partition."""
        return self._folder(number).exists()

    def _folder(self, number: int) -> Path:
        return self.results / f"{number:05}"


@dataclass(frozen=True, slots=True)
class Engine:
    """One way of doing all partitions that are not done yet. `compute` tells how many are done, of how many.

    Engines cut a log into other partitions: what one left unfinished no other one continues. Their sums are the same.
    """

    name: str
    compute: Callable[[Work, Tell], None]


def _one_after_another(work: Work, tell: Tell) -> None:
    for number, slices in enumerate(work.slices):
        tell(number, len(work.slices))
        if not work.is_done(number):
            work.compute(number, read_slices(work.events, slices))
    tell(len(work.slices), len(work.slices))


LOCAL: Final = Engine("local", _one_after_another)
