"""Measuring side by side: interleaved rounds, medians, and operations counted instead of timed."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from types import FrameType
from typing import Final

Clock = Callable[[], float]
_FINE: Final = 1e-6  # seconds


@dataclass(frozen=True, slots=True)
class Rounds:
    """Seconds of each round of one contestant."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one: machines are noisy."""
        return median(self.seconds)

    @property
    def spread(self) -> tuple[float, float]:
        """The fastest and the slowest."""
        return min(self.seconds), max(self.seconds)


def processor_clock() -> Clock:
    """Seconds that this thread had the processor: what takes milliseconds and what takes a second lose alike to other
    work on the machine. Where the system counts these coarsely, seconds by the clock.
    """
    is_fine = time.get_clock_info("thread_time").resolution <= _FINE
    return time.thread_time if is_fine else time.perf_counter


def interleave(
    contestants: Mapping[str, Callable[[], object]], rounds: int, clock: Clock = time.perf_counter
) -> dict[str, Rounds]:
    """Run every contestant once per round, in turn, so that a slow minute of the machine hits all alike."""
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            started = clock()
            run()
            taken[name].append(clock() - started)
    return {name: Rounds(tuple(seconds)) for name, seconds in taken.items()}


def count_calls(run: Callable[[], object]) -> int:
    """How many functions, ours and the interpreter's, `run` calls: the same on every machine."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(None)
    return calls
