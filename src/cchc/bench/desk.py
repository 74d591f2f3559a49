"""The one-stop's desk among few dossiers and among many, side by side: what a counter waits for.

Each size is a register of its own in a process of its own; the processes take turns, so that a slow minute of the
machine hits all alike. The communes and the work on their desks are the same in all: what grows is what lies behind.
The limits, of `holds`: 95 of a hundred requests among the most dossiers take at most 1.5 times what they take among the
fewest; 95 of a hundred lists are read by the database within 2 ms; completing a step takes at most twice as long as a
bare script that writes the same rows.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Final

REQUESTS: Final = ("intake", "advance", "desk", "search by number", "search by name", "look-up")
IN_DATABASE: Final = (
    "own steps", "shared queue", "all steps at work", "to be handed over", "all, the newest first",
    "the same by a number", "the same by a name", "numbers on the tabs",
)  # fmt: skip
"""Statements alone, each kind of list and what stands on its tabs."""
ACTION: Final = "advance, without the page"
BARE: Final = "bare advance"

SIZES: Final = (10_000, 1_000_000)
ROUNDS: Final = 7
TURNS: Final = 20
MOST_GROWTH: Final = 1.5
MOST_MILLISECONDS: Final = 2.0
LEAST_OF_BARE: Final = 0.5
_HUNDREDTHS: Final = 100

Start = Callable[[int], subprocess.Popen[str]]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds of all turns of one thing in one register."""

    milliseconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.milliseconds)

    @property
    def most(self) -> float:
        """What 95 of a hundred stay within."""
        return quantiles(self.milliseconds, n=_HUNDREDTHS, method="inclusive")[94]


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """What each thing took among so many dossiers."""

    engine: str
    sizes: tuple[int, ...]
    seconds: Mapping[int, float]
    taken: Mapping[int, Mapping[str, Taken]]

    def growth(self, name: str) -> float:
        """How many times as long 95 of a hundred take among the most dossiers as among the fewest."""
        return self.taken[self.sizes[-1]][name].most / self.taken[self.sizes[0]][name].most

    def of_bare(self, name: str) -> float:
        """How fast it is in the largest register, as a share of the bare script (medians)."""
        largest = self.taken[self.sizes[-1]]
        return largest[BARE].median / largest[name].median

    @property
    def verdicts(self) -> Mapping[str, bool]:
        """Each limit, and whether it holds."""
        largest = self.taken[self.sizes[-1]]
        return {
            "growth": all(self.growth(name) <= MOST_GROWTH for name in REQUESTS),
            "lists": all(largest[name].most <= MOST_MILLISECONDS for name in IN_DATABASE),
            "bare": self.of_bare(ACTION) >= LEAST_OF_BARE,
        }

    @property
    def holds(self) -> bool:
        """Whether all limits do."""
        return all(self.verdicts.values())


def run(start: Start, sizes: Sequence[int] = SIZES, rounds: int = ROUNDS, tell: Tell = lambda _: None) -> DeskFigures:
    """Measure registers that `start` lays out and serves, each in a process that answers a line for each line."""
    with ExitStack() as stack:
        registers = {}
        for size in sizes:
            tell(f"{size:,} dossiers")
            registers[size] = stack.enter_context(_Register.started(start(size)))
        taken: dict[int, dict[str, list[float]]] = {size: {} for size in sizes}
        for number in range(-1, rounds):  # the first turn, in which everything is new, is not counted
            tell(f"round {number + 1} of {rounds}")
            for size, register in registers.items():
                for name, milliseconds in register.ask(TURNS).items():
                    taken[size].setdefault(name, []).extend(milliseconds if number >= 0 else ())
        return DeskFigures(
            next(iter(registers.values())).engine,
            tuple(sizes),
            {size: register.seconds for size, register in registers.items()},
            {size: {name: Taken(tuple(all_)) for name, all_ in found.items()} for size, found in taken.items()},
        )


@dataclass(frozen=True, slots=True)
class _Register:
    """A process that serves one register."""

    process: subprocess.Popen[str]
    engine: str
    seconds: float

    @classmethod
    @contextmanager
    def started(cls, process: subprocess.Popen[str]) -> Iterator[_Register]:
        with process:
            said = _line(process)
            try:
                yield cls(process, said["engine"], said["seconds"])
            finally:
                assert process.stdin is not None
                process.stdin.close()

    def ask(self, turns: int) -> dict[str, list[float]]:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{turns}\n")
        self.process.stdin.flush()
        return _line(self.process)


def _line(process: subprocess.Popen[str]) -> dict:
    assert process.stdout is not None
    said = process.stdout.readline()
    if not said:
        raise ChildProcessError(f"the register ended with code {process.wait()}")
    answer: dict = json.loads(said)
    return answer
