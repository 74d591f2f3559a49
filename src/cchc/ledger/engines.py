"""Where the partitions of a log are computed: here, one after another, or on other machines (`spark`)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from cchc.ledger.clock import CivilCalendar
from cchc.ledger.mapping import LogMapping
from cchc.ledger.outputs import keep
from cchc.ledger.partition import Partition, compute_partition
from cchc.ledger.staging import Stretch, read_stretches

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to do for one log, and how one partition of it is done. Can be sent to other processes.

    `events` is the folder that `staging.Stage` wrote, `parts` which stretches of its files are computed together,
    `results` the folder that gets one folder for each partition; `open_until` in UTC minutes.
    """

    mapping: LogMapping
    calendar: CivilCalendar
    open_until: int | None
    as_of: date
    events: Path
    parts: list[list[Stretch]]
    results: Path

    def compute(self, events: pl.DataFrame) -> Partition:
        """One partition, as in `partition.compute_partition`."""
        return compute_partition(events, self.mapping, self.calendar, self.open_until, self.as_of)

    def keep(self, number: int, partition: Partition) -> None:
        """Write what a partition came to: from then on it is done."""
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
    """While one partition is computed, the one before it is written."""
    undone = [number for number in range(len(work.parts)) if not work.is_done(number)]
    with ThreadPoolExecutor(max_workers=1) as writer:
        written: Future[None] | None = None
        for done, number in enumerate(undone, len(work.parts) - len(undone)):
            tell(done, len(work.parts))
            partition = work.compute(read_stretches(work.events, work.parts[number]))
            if written is not None:
                written.result()
            written = writer.submit(work.keep, number, partition)
        if written is not None:
            written.result()
    tell(len(work.parts), len(work.parts))


LOCAL: Final = Engine("local", _one_after_another)
