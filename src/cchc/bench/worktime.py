"""Working time against the memory's own speed and against other people's software, in one run.

The limits, of `holds`: not one wrong answer; arrays take at most 15 times the time in which the machine could copy
their bytes; where a correct peer is installed, it takes at least 1,000 times as long as ours for arrays, and 8 times as
long as ours for one pair of moments. All of them use one thread, whose processor time is what is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

import numpy as np

from cchc.bench.bandwidth import make_copy
from cchc.bench.timing import Rounds, interleave, processor_clock
from cchc.bench.worktime_peers import Peer, absent, installed
from cchc.bench.worktime_sample import (
    MEAN_DAYS,
    Moments,
    SampleCalendar,
    make_calendar,
    make_checked_pairs,
    make_pairs,
)
from cchc.worktime import Calendar

SIZES: Final = (1_000_000, 10_000_000)
ROUNDS: Final = 21
LENGTHS: Final = (2, MEAN_DAYS, 30, 120)
MOST_TIMES_FLOOR: Final = 15
LEAST_RATIO_BULK: Final = 1_000
LEAST_RATIO_SINGLE: Final = 8
# What an interval must at least move: two stamps of 8 bytes in, 4 bytes out. We give 8 out and are not let off for it.
BYTES_PER_INTERVAL: Final = 20
NUMPY: Final = np.__version__
_SINGLE_PAIRS: Final = 2_000


@dataclass(frozen=True, slots=True)
class BulkFigures:
    """Arrays of `pairs` intervals, with the copy timed in the same rounds."""

    pairs: int
    ours: Rounds
    copy: Rounds
    copied_bytes: int

    @property
    def nanoseconds(self) -> float:
        """Per interval."""
        return self.ours.median / self.pairs * 1e9

    @property
    def bandwidth(self) -> float:
        """Bytes copied per second, read and written both counted."""
        return self.copied_bytes / self.copy.median

    @property
    def times_floor(self) -> float:
        """How many times the time the bytes alone would take."""
        return self.nanoseconds / (BYTES_PER_INTERVAL / self.bandwidth * 1e9)


@dataclass(frozen=True, slots=True)
class SingleFigures:
    """One contestant asked pair by pair: seconds per pair and wrong answers of the checked pairs."""

    name: str
    version: str | None
    rounds: Rounds
    pairs: int
    wrong: int
    checked: int

    @property
    def microseconds(self) -> float:
        """Per pair."""
        return self.rounds.median / self.pairs * 1e6


@dataclass(frozen=True, slots=True)
class WorktimeFigures:
    """What one run measured."""

    bulk: Sequence[BulkFigures]
    ours: SingleFigures
    wrong_in_bulk: int
    by_length: Mapping[int, float]
    peers: Sequence[SingleFigures]
    absent: Sequence[str]

    @property
    def best_peer(self) -> SingleFigures | None:
        """The fastest of the peers without a wrong answer; None when none is installed."""
        correct = [peer for peer in self.peers if peer.wrong == 0]
        return min(correct, key=lambda peer: peer.microseconds, default=None)

    @property
    def ratio_bulk(self) -> float | None:
        """The best correct peer's time for a pair over ours in arrays, the slower of the sizes."""
        slowest = max(bulk.nanoseconds for bulk in self.bulk)
        return self.best_peer.microseconds * 1e3 / slowest if self.best_peer else None

    @property
    def ratio_single(self) -> float | None:
        """The best correct peer's time for a pair over ours for one."""
        return self.best_peer.microseconds / self.ours.microseconds if self.best_peer else None

    @property
    def holds(self) -> bool:
        """Whether every limit holds that could be judged here."""
        return (
            self.ours.wrong == self.wrong_in_bulk == 0
            and all(bulk.times_floor <= MOST_TIMES_FLOOR for bulk in self.bulk)
            and (self.ratio_bulk is None or self.ratio_bulk >= LEAST_RATIO_BULK)
            and (self.ratio_single is None or self.ratio_single >= LEAST_RATIO_SINGLE)
        )


def run(
    sizes: Sequence[int] = SIZES, rounds: int = ROUNDS, tell: Callable[[str], None] = lambda _: None
) -> WorktimeFigures:
    """Measure. `tell` hears what is being done."""
    sample = make_calendar()
    calendar = sample.calendar
    starts, ends = make_checked_pairs(sample)
    truth = [sample.count(start, end) for start, end in zip(starts, ends, strict=True)]
    wrong_in_bulk = int((calendar.elapsed_minutes(starts, ends) != np.array(truth)).sum())
    bulk = []
    for size in sizes:
        tell(f"{size:,} pairs")
        bulk.append(_measure_bulk(calendar, size, rounds))
    tell("pair by pair")
    ours, *peers = _measure_single(sample, (starts, ends), truth, rounds)
    return WorktimeFigures(bulk, ours, wrong_in_bulk, _by_length(calendar, rounds), peers, absent())


def _measure_bulk(calendar: Calendar, size: int, rounds: int) -> BulkFigures:
    starts, ends = make_pairs(size)
    copy, copied_bytes = make_copy()
    contestants = {"ours": lambda: calendar.elapsed_minutes(starts, ends), "copy": copy}
    interleave(contestants, 1)  # makes the table and touches the pages
    taken = interleave(contestants, rounds, processor_clock())
    return BulkFigures(size, taken["ours"], taken["copy"], copied_bytes)


def _measure_single(
    sample: SampleCalendar, checked: tuple[Moments, Moments], truth: Sequence[int], rounds: int
) -> list[SingleFigures]:
    """Ours first, then every peer that is installed; all are asked in turn, each about its own number of pairs."""
    asks: dict[str, tuple[Callable[[Any, Any], int], Callable[[datetime], datetime], int]] = {}
    calendar = sample.calendar
    asks["cchc"] = (calendar.elapsed_minutes, lambda moment: moment.replace(tzinfo=calendar.zone), _SINGLE_PAIRS)
    peers: dict[str, Peer] = {peer.name: peer for peer in installed()}
    for name, peer in peers.items():
        asks[name] = (peer.make(sample), lambda moment: moment, peer.pairs)
    contestants = {}
    for name, (ask, prepare, pairs) in asks.items():
        starts, ends = (list(map(prepare, moments.tolist())) for moments in make_pairs(pairs))
        contestants[name] = partial(_ask_all, ask, starts, ends)
    taken = interleave(contestants, rounds, processor_clock())
    return [
        SingleFigures(
            name,
            peers[name].version if name in peers else None,
            taken[name],
            pairs,
            _wrong(ask, prepare, checked, truth),
            len(truth),
        )
        for name, (ask, prepare, pairs) in asks.items()
    ]


def _ask_all(ask: Callable[[Any, Any], int], starts: Sequence[datetime], ends: Sequence[datetime]) -> None:
    for start, end in zip(starts, ends, strict=True):
        ask(start, end)


def _wrong(
    ask: Callable[[Any, Any], int],
    prepare: Callable[[datetime], datetime],
    checked: tuple[Moments, Moments],
    truth: Sequence[int],
) -> int:
    """How many of the checked pairs are answered otherwise than counted minute by minute."""
    starts, ends = (map(prepare, moments.tolist()) for moments in checked)
    return sum(ask(start, end) != true for start, end, true in zip(starts, ends, truth, strict=True))


def _by_length(calendar: Calendar, rounds: int) -> dict[int, float]:
    """Microseconds for one pair by the mean length of the intervals in days: the same for long and short ones."""
    contestants = {}
    for days in LENGTHS:
        pairs = (
            [moment.replace(tzinfo=calendar.zone) for moment in m.tolist()] for m in make_pairs(_SINGLE_PAIRS, days)
        )
        contestants[str(days)] = partial(_ask_all, calendar.elapsed_minutes, *pairs)
    taken = interleave(contestants, rounds, processor_clock())
    return {days: taken[str(days)].median / _SINGLE_PAIRS * 1e6 for days in LENGTHS}
