"""How many working minutes each stretch of a dossier holds: in all, over its step's limit, after the due dates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from cchc.ledger.clock import NEVER, Clock
from cchc.ledger.ownership import Bools, Ints, Spans, Stretches


@dataclass(frozen=True, slots=True)
class Minutes:
    """Working minutes per stretch; a suspension has none of any kind.

    `working` in all; `over_limit` those owned beyond the step's limit; `late`, `late_first` those after the current and
    the first appointment, the same object where these never differ. `limit` and `overrun` are counted on the step's own
    span, even where another step owned the time; a gap has neither, and without a limit, or with one that ends after
    the calendar, it is `NEVER`.
    """

    working: Ints
    limit: Ints
    overrun: Ints
    over_limit: Ints
    late: LateMinutes
    late_first: LateMinutes


@dataclass(frozen=True, slots=True)
class LateMinutes:
    """Working minutes after one appointment: `all` of them, and those `over_limit` as well."""

    all: Ints
    over_limit: Ints


def measure(dossiers: pl.DataFrame, steps: pl.DataFrame, spans: Spans, cut: Stretches, holder_kind: pl.Series,
            clock: Clock) -> Minutes:  # fmt: skip
    """Measure every stretch. `holder_kind` has one element per stretch."""
    to = clock.worked(cut.end)
    counts = (holder_kind != "suspension").to_numpy()
    since = np.where(counts, clock.worked(cut.start), to)
    used_up = _limits_used_up(steps, spans, clock)
    limit = used_up[cut.step]  # a gap ends before the limit of the step it leads to begins to run

    def after(due: pl.Series) -> LateMinutes:
        late_from = _late_from(due, spans.received, clock)[cut.dossier]
        return LateMinutes(_beyond(since, to, late_from), _beyond(since, to, np.maximum(limit, late_from)))

    late = after(dossiers["due_at"])
    has_one_due = dossiers["first_due_at"].equals(dossiers["due_at"])

    overrun = np.append(np.maximum(clock.worked(spans.end) - used_up[:-1], 0), 0)[cut.step]
    allowed = np.append(used_up[:-1] - clock.worked(spans.start), NEVER)[cut.step]
    return Minutes(
        working=to - since,
        limit=np.where(cut.is_gap | (limit == NEVER), NEVER, allowed),
        overrun=np.where(counts & ~cut.is_gap, overrun, 0),
        over_limit=_beyond(since, to, limit),
        late=late,
        late_first=late if has_one_due else after(dossiers["first_due_at"]),
    )


def _beyond(since: Ints, to: Ints, at: Ints) -> Ints:
    """Working minutes of [since, to) that lie after `at`."""
    return np.maximum(to - np.maximum(since, at), 0)


def _limits_used_up(steps: pl.DataFrame, spans: Spans, clock: Clock) -> Ints:
    """Per step the working minute at which its limit is used up, counted from its own start; never without a limit.

    One element more, at NO_STEP, for the time that belongs to no step.
    """
    used_up = np.full(steps.height + 1, NEVER)
    limited = _known(steps["limit"])
    kinds = steps["limit_kind"].filter(limited).to_numpy()
    limits = as_ints(steps["limit"].filter(limited))
    used_up[:-1][limited] = clock.limits_at(spans.start[limited], kinds, limits)
    return used_up


def _late_from(due: pl.Series, received: Ints, clock: Clock) -> Ints:
    """Per dossier the working minute from which it is late: its due date, not before its receipt; never without."""
    late_from = np.full(len(due), NEVER)
    promised = _known(due)
    late_from[promised] = clock.worked(np.maximum(as_ints(due.filter(promised)), received[promised]))
    return late_from


def _known(column: pl.Series) -> Bools:
    return column.is_not_null().to_numpy()


def as_ints(column: pl.Series) -> Ints:
    """A column without nulls as an array."""
    return column.cast(pl.Int64).to_numpy()
