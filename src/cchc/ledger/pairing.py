"""Starts and completions of steps paired first in, first out: for all dossiers at once, in arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cchc.ledger.ownership import Bools, Ints


@dataclass(frozen=True, slots=True)
class Pairs:
    """Positions of events, an element per occurrence: where it begins and where it ends.

    One that nothing completes `is_running`, a completion that no start waited for `is_lone`; both begin and end with
    the one event there is.
    """

    begin: Ints
    end: Ints
    is_running: Bools
    is_lone: Bools


def pair(group: Ints, is_start: Bools) -> Pairs:
    """Pair the events of each group, given in their order; a start waits until a later completion takes it."""
    order = np.argsort(group, kind="stable")
    starts = is_start[order]
    is_first = np.append([True], group[order][1:] != group[order][:-1])[: len(order)]
    groups = np.cumsum(is_first) - 1
    lone = ~starts & _finds_none(starts, is_first, groups)
    opening, closing = np.flatnonzero(starts), np.flatnonzero(~starts & ~lone)
    turn, closed = _turns(groups[opening]), np.bincount(groups[closing], minlength=len(order))
    is_closed = turn < closed[groups[opening]]
    end = opening.copy()
    end[is_closed] = closing[((np.cumsum(closed) - closed)[groups[opening]] + turn)[is_closed]]
    alone = np.flatnonzero(lone)
    return Pairs(
        begin=order[np.append(opening, alone)],
        end=order[np.append(end, alone)],
        is_running=np.append(~is_closed, np.zeros(len(alone), dtype=bool)),
        is_lone=np.append(np.zeros(len(opening), dtype=bool), lone[alone]),
    )


def _turns(groups: Ints) -> Ints:
    """0, 1, 2 … within each group; groups are in order."""
    sizes = np.bincount(groups)
    turns: Ints = np.arange(len(groups)) - (np.cumsum(sizes) - sizes)[groups]
    return turns


def _finds_none(starts: Bools, is_first: Bools, groups: Ints) -> Bools:
    """Where starts less completions of a group fall to a new low under zero."""
    step = np.where(starts, 1, -1)
    level = np.cumsum(step)
    level -= (level - step)[is_first][groups]
    apart = groups * (2 * len(starts) + 1)  # more than any two levels differ: one running minimum for all groups
    low = np.minimum(np.minimum.accumulate(level - apart) + apart, 0)
    before = np.where(is_first, 0, np.append([0], low)[:-1])
    is_lower: Bools = level < before
    return is_lower
