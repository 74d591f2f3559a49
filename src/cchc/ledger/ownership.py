"""Who owned which stretch of a dossier: steps may overlap, spells may not.

At any moment the dossier belongs to the running step that ends last, and of these to the first in order; a moment at
which no step runs is a gap. Steps come ordered by dossier, start and row, so the owner is the step that reached the
latest end so far: a running maximum per dossier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
NO_STEP: Final = -1
_APART: Final = 1 << 32  # more than any two minutes differ: keeps dossiers apart in one running maximum


@dataclass(frozen=True, slots=True)
class Spans:
    """The steps' own time, clipped to their dossiers, ordered by dossier, start and row.

    `dossier`, `start` and `end` have an element per step; `received` and `judged` one per dossier.
    """

    dossier: Ints
    start: Ints
    end: Ints
    received: Ints
    judged: Ints


def clipped(dossier: Ints, start: Ints, end: Ints, received: Ints, judged: Ints) -> Spans:
    """Spans within [received, judged]; a dossier that ended before its receipt has no time at all."""
    judged = np.maximum(received, judged)
    first, last = received[dossier], judged[dossier]
    start = np.clip(start, first, last)
    return Spans(dossier, start, np.clip(end, start, last), received, judged)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Pieces of time without gap or overlap within each dossier, ordered by dossier and time.

    `step` is the position of the owning step, or of the step a gap leads to; NO_STEP for the time after the last one.
    `is_gap` tells a gap from a step's own time. What begins at one moment is in the order of steps, a gap last.
    """

    dossier: Ints
    step: Ints
    start: Ints
    end: Ints
    is_gap: Bools

    @property
    def before_first_step(self) -> Bools:
        """Which stretches are the time between a dossier's receipt and its first step."""
        before_first: Bools = self.is_gap & (self.step != NO_STEP)
        before_first[1:] &= self.dossier[1:] != self.dossier[:-1]
        return before_first


def stretches(spans: Spans) -> Stretches:
    """Cut each dossier's [received, judged] into the steps that own it and the gaps between them.

    Every step keeps a stretch of its own: an empty one at its end when others own all its time.
    """
    reached = _reached_before(spans)
    own_start, own_end = _owned(spans, reached)
    steps = np.arange(len(spans.dossier))
    in_gap = np.flatnonzero(spans.start > reached)
    last_end = spans.received.copy()
    np.maximum.at(last_end, spans.dossier, spans.end)
    unfinished = np.flatnonzero(spans.judged > last_end)
    return _in_order(
        np.concatenate((spans.dossier, spans.dossier[in_gap], unfinished)),
        np.concatenate((steps, in_gap, np.full(len(unfinished), NO_STEP))),
        np.concatenate((own_start, reached[in_gap], last_end[unfinished])),
        np.concatenate((own_end, spans.start[in_gap], spans.judged[unfinished])),
        len(steps),
    )


def _reached_before(spans: Spans) -> Ints:
    """For each step the latest end of the steps before it in its dossier, or the dossier's receipt."""
    apart = spans.dossier * _APART
    furthest = np.maximum.accumulate(spans.end + apart)
    reached = spans.received[spans.dossier]
    follows = np.flatnonzero(spans.dossier[1:] == spans.dossier[:-1]) + 1
    reached[follows] = furthest[follows - 1] - apart[follows]
    return reached


def _owned(spans: Spans, reached: Ints) -> tuple[Ints, Ints]:
    """Start and end of what each step owns: from its start until a step begins that ends later still."""
    owners = np.flatnonzero(spans.end > reached)
    until = spans.end[owners]
    handed_on = np.flatnonzero(spans.dossier[owners[1:]] == spans.dossier[owners[:-1]])
    until[handed_on] = np.minimum(until[handed_on], spans.start[owners[handed_on + 1]])
    owns = until > spans.start[owners]
    start, end = spans.end.copy(), spans.end.copy()
    start[owners[owns]], end[owners[owns]] = spans.start[owners[owns]], until[owns]
    return start, end


def _in_order(dossier: Ints, step: Ints, start: Ints, end: Ints, steps: int) -> Stretches:
    """Stretches by dossier and time; the first `steps` of them are the steps' own."""
    # One key of three sorted runs, which a stable sort merges quickly.
    order = np.argsort(dossier * _APART + start, kind="stable")
    return Stretches(dossier[order], step[order], start[order], end[order], order >= steps)
