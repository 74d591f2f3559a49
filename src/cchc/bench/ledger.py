"""The ledger against a plain Polars job of the same work, on generated logs of growing size.

Each run is a process of its own; the two take turns. After the first round their tables are compared: where they
differ nothing was measured. The limits, of `holds`: the ledger takes at most 1.5 times the reference's time (medians);
its memory is at most 60 MB for each million rows, judged from ten million rows on, below which the interpreter and its
libraries weigh most; and from one size to the next its work grows no faster than the rows to the power of 1.15.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Final

import polars as pl

from cchc.bench.ledger_contestant import CONTESTANTS
from cchc.bench.ledger_log import write_log
from cchc.bench.timing import Rounds
from cchc.ledger.outputs import TABLES

SIZES: Final = (1_000_000, 10_000_000, 60_000_000)
MOST_TIMES_REFERENCE: Final = 1.5
MOST_MEGABYTES: Final = 60  # per million rows
MEMORY_JUDGED_FROM: Final = 9_000_000  # rows; a log of "ten million" has a few less
MOST_EXPONENT: Final = 1.15
POLARS: Final = pl.__version__
_ROUNDS: Final = ((2_000_000, 7), (20_000_000, 3))  # up to so many rows, so many rounds; beyond, one
_WATCHED_EVERY: Final = 0.02  # seconds
_ROUNDED: Final = frozenset({"low", "high", "second_rule_share", "unnamed_share"})
_NONE: Final = -1.0  # no share is
_HALF: Final = 1 << 32
_CLOSE: Final = 0.0001  # our intervals are rounded from fractions, the reference's from floats

Tell = Callable[[str], None]


@dataclass(slots=True)
class Taken:
    """What the runs of one contestant took."""

    seconds: list[float] = field(default_factory=list)
    processor_seconds: list[float] = field(default_factory=list)
    most_bytes: list[int] = field(default_factory=list)

    @property
    def rounds(self) -> Rounds:
        """By the clock."""
        return Rounds(tuple(self.seconds))

    @property
    def work(self) -> float:
        """Processor seconds, the median: what other work on the machine disturbs least."""
        return median(self.processor_seconds)

    @property
    def memory(self) -> float | None:
        """The median of the most bytes held at a time by the process and those it started; None where unknown."""
        return median(self.most_bytes) if self.most_bytes else None


@dataclass(frozen=True, slots=True)
class SizeFigures:
    """One log: its rows, and what each contestant took."""

    rows: int
    log_bytes: int
    ledger: Taken
    reference: Taken

    @property
    def times_reference(self) -> float:
        """The ledger's time over the reference's, by the clock."""
        return self.ledger.rounds.median / self.reference.rounds.median

    @property
    def times_work(self) -> float:
        """The same in processor seconds."""
        return self.ledger.work / self.reference.work

    @property
    def megabytes(self) -> float | None:
        """The ledger's memory for each million rows."""
        return None if self.ledger.memory is None else self.ledger.memory / self.rows

    @property
    def holds(self) -> bool:
        """Whether the limits of one size hold."""
        fits = self.megabytes is None or self.rows < MEMORY_JUDGED_FROM or self.megabytes <= MOST_MEGABYTES
        return fits and self.times_reference <= MOST_TIMES_REFERENCE


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """What one run measured, by size."""

    sizes: Sequence[SizeFigures]

    @property
    def exponents(self) -> list[float]:
        """How the ledger's work grows from each size to the next: 1 is linear."""
        return [
            math.log(more.ledger.work / less.ledger.work) / math.log(more.rows / less.rows)
            for less, more in pairwise(self.sizes)
        ]

    @property
    def holds(self) -> bool:
        """Whether every limit holds."""
        return all(size.holds for size in self.sizes) and all(power <= MOST_EXPONENT for power in self.exponents)


def run(
    sizes: Sequence[int] = SIZES, rounds: int | None = None, folder: Path | None = None, tell: Tell = lambda _: None
) -> LedgerFigures:
    """Measure, in a folder of its own inside `folder`. `tell` hears what is being done.

    Raises `ArithmeticError` if the two disagree on anything.
    """
    with tempfile.TemporaryDirectory(prefix="cchc-bench-", dir=folder) as work:
        return LedgerFigures([_measure(size, rounds or _rounds_of(size), Path(work), tell) for size in sorted(sizes)])


def _rounds_of(rows: int) -> int:
    return next((rounds for most, rounds in _ROUNDS if rows <= most), 1)


def _measure(size: int, rounds: int, work: Path, tell: Tell) -> SizeFigures:
    log = work / "log.parquet"
    tell(f"{size:,} rows: generate")
    rows = write_log(log, size)
    taken = {name: Taken() for name in CONTESTANTS}
    for number in range(rounds):
        for name in CONTESTANTS:
            shutil.rmtree(work / name, ignore_errors=True)
            _take(name, log, work / name, taken[name])
            tell(f"{size:,} rows, round {number + 1} of {rounds}: {name} {taken[name].seconds[-1]:.2f} s")
        if number == 0:
            check_equal(work / "ledger", work / "reference")
    figures = SizeFigures(rows, log.stat().st_size, taken["ledger"], taken["reference"])
    log.unlink()
    return figures


def _take(name: str, log: Path, output: Path, taken: Taken) -> None:
    """One run in a process of its own, whose memory is watched."""
    command = [sys.executable, "-P", "-m", "cchc.bench.ledger_contestant", name, str(log), str(output)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:  # noqa: S603 - fixed command
        watched = 0
        while process.poll() is None:
            watched = max(watched, _bytes_of(process.pid))
            time.sleep(_WATCHED_EVERY)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        told = json.loads(process.stdout.read()) if process.stdout else {}
    taken.seconds.append(told["seconds"])
    taken.processor_seconds.append(told["processor_seconds"])
    if told["most_bytes"] is not None:
        taken.most_bytes.append(max(told["most_bytes"], watched))


def _bytes_of(process: int) -> int:
    """What a process and all it started hold in memory now; 0 where the system does not tell, or it has gone."""
    place = Path(f"/proc/{process}")
    try:
        resident = int((place / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        started = (place / "task" / str(process) / "children").read_text().split()
    except (OSError, ValueError, IndexError):
        return 0
    return resident + sum(_bytes_of(int(child)) for child in started)


def check_equal(ours: Path, reference: Path) -> None:
    """Raise `ArithmeticError` unless both folders hold the same rows in all tables, in whatever order."""
    differ = [name for name in TABLES if not _is_same(name, ours, reference)]
    if differ:
        raise ArithmeticError(f"the ledger and the reference disagree on {', '.join(differ)}")


def _is_same(name: str, ours: Path, reference: Path) -> bool:
    tables = [pl.scan_parquet(folder / f"{name}.parquet") for folder in (ours, reference)]
    exact = [table.select(pl.exclude(*_ROUNDED)) for table in tables]
    rounded = _ROUNDED.intersection(tables[0].collect_schema())
    return _content(exact[0]) == _content(exact[1]) and (not rounded or _is_close(tables, rounded))


def _content(table: pl.LazyFrame) -> tuple[list[tuple[str, pl.DataType]], int, int]:
    """Columns, rows, and a sum over the hashes of all rows: the same for the same rows in any order."""
    columns = sorted(table.collect_schema().items())
    rows = total = 0
    for part in table.select(name for name, _ in columns).collect_batches():
        rows += part.height
        # Halves, whose sums cannot overflow.
        hashes = part.hash_rows(seed=0)
        total += int((hashes // _HALF).sum()) * _HALF + int((hashes % _HALF).sum())
    return columns, rows, total


def _is_close(tables: Sequence[pl.LazyFrame], rounded: Collection[str]) -> bool:
    """Whether the columns with digits after the point agree, row by row in the order of all others."""
    figures = pl.col(sorted(rounded)).cast(pl.Float64).fill_null(_NONE)
    ours, theirs = (table.sort(pl.exclude(*_ROUNDED)).select(figures).collect() for table in tables)
    return all(((ours[name] - theirs[name]).abs() <= _CLOSE).all() for name in rounded)
