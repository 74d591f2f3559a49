"""Who owned which stretch of a dossier: steps may overlap, spells may not.

At any moment the dossier belongs to the running step that ends last; a moment at which no step runs is a gap. Steps
come ordered by dossier, start and row, so the owner has the latest end seen so far: a running maximum per dossier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
_APART: Final = 1 << 32  # more than any two minutes differ: keeps dossiers apart in one running maximum


@dataclass(frozen=True, slots=True)
class Stretches:
    """Pieces of time without gap or overlap within each dossier, in order.

    `step` is the position of the owning step, or of the step a gap leads to; -1 for the time after the last one.
    `is_gap` tells a gap from a step's own time.
    """

    dossier: Ints
    step: Ints
    start: Ints
    end: Ints
    is_gap: npt.NDArray[np.bool_]


def running_latest(dossier: Ints, end: Ints, received: Ints) -> Ints:
    """For each step the latest moment owned before it: its dossier's receipt or the latest end of earlier steps."""
    if not len(end):
        return end
    keyed = end + dossier * _APART
    before = np.empty_like(keyed)
    before[0] = -1
    before[1:] = np.maximum.accumulate(keyed)[:-1]
    return np.maximum(np.where(before >= dossier * _APART, before - dossier * _APART, received), received)


def stretches(dossier: Ints, start: Ints, end: Ints, received: Ints, judged: Ints) -> Stretches:
    """Cut each dossier's [received, judged] into the steps that own it and the gaps between them.

    `dossier`, `start`, `end` describe the steps; `received` and `judged` the dossiers. Steps are clipped to their
    dossier. Every step keeps a stretch, empty when a longer step owns its time.
    """
    first, last = received[dossier], judged[dossier]
    start, end = np.clip(start, first, last), np.clip(end, first, last)
    end = np.maximum(start, end)
    latest = running_latest(dossier, end, first)
    owns = end > latest
    taken_over = _next_owner_start(dossier, start, owns, last)
    own_start = np.where(owns, start, np.maximum(np.minimum(end, latest), first))
    own_end = np.where(owns, np.minimum(end, taken_over), own_start)
    steps = np.arange(len(dossier))
    before = start > latest
    after_start = _latest_per_dossier(dossier, end, received)
    after = judged > after_start
    parts = (
        (dossier, steps, own_start, own_end, np.zeros(len(steps), dtype=bool)),
        (dossier[before], steps[before], latest[before], start[before], np.ones(before.sum(), dtype=bool)),
        (
            np.flatnonzero(after),
            np.full(after.sum(), -1),
            after_start[after],
            judged[after],
            np.ones(after.sum(), dtype=bool),
        ),
    )
    return _in_order(parts)


def _next_owner_start(dossier: Ints, start: Ints, owns: npt.NDArray[np.bool_], last: Ints) -> Ints:
    """For each step the start of the next owning step of its dossier, or the dossier's end."""
    owners = np.flatnonzero(owns)
    following = np.searchsorted(owners, np.arange(len(dossier)), side="right")
    candidates = owners[np.minimum(following, max(len(owners) - 1, 0))] if len(owners) else np.zeros_like(dossier)
    known = following < len(owners)
    same = known & (dossier[candidates] == dossier) if len(owners) else np.zeros(len(dossier), dtype=bool)
    return np.where(same, start[candidates] if len(owners) else last, last)


def _latest_per_dossier(dossier: Ints, end: Ints, received: Ints) -> Ints:
    """For each dossier the latest end of its steps, or its receipt."""
    latest = received.copy()
    np.maximum.at(latest, dossier, end)
    return latest


def _in_order(parts: tuple[tuple[Ints, Ints, Ints, Ints, npt.NDArray[np.bool_]], ...]) -> Stretches:
    """All stretches by dossier and time; at one moment gaps come first and empty stretches keep the order of steps."""
    dossier, step, start, end = (np.concatenate([part[i] for part in parts]).astype(np.int64) for i in range(4))
    is_gap = np.concatenate([part[4] for part in parts])
    by_step = np.where(step < 0, np.iinfo(np.int64).max, step)
    order = np.lexsort((~is_gap, by_step, end, start, dossier))
    return Stretches(dossier[order], step[order], start[order], end[order], is_gap[order])
