"""Late minutes charged to spells so that the parts add up exactly to the whole.

L is a dossier's late working minutes. The over-limit minutes of all its spells lie one after another on an axis of
length O. With O ≥ L each spell is charged its share of L on that axis, by floors at both its ends, so nothing is lost
to rounding. With O < L each is charged its whole overrun, and what is left is shared the same way over the late
minutes that are not over a limit. A dossier without limits has O = 0: each late minute is charged to whoever held it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cchc.ledger.ownership import Ints


@dataclass(frozen=True, slots=True)
class Charges:
    """Per spell: charged in all, of that by the step's limit, and by the second rule (who held it) alone."""

    late: Ints
    overrun: Ints
    holder: Ints


def charge(dossier: Ints, over_limit: Ints, after_due: Ints, over_and_late: Ints, dossiers: int) -> Charges:
    """Charge every spell. Spells come ordered by dossier and time.

    `over_limit` are a spell's minutes beyond its limit, `after_due` those after the due date (suspensions 0),
    `over_and_late` those that are both. `dossiers` is how many there are.
    """
    late = _sums(dossier, after_due, dossiers)
    over = _sums(dossier, over_limit, dossiers)
    by_limit = _share(dossier, over_limit, over, np.minimum(over, late))
    rest = after_due - over_and_late
    by_holding = _share(dossier, rest, _sums(dossier, rest, dossiers), np.maximum(late - over, 0))
    return Charges(by_limit + by_holding, by_limit, after_due)


def _sums(dossier: Ints, minutes: Ints, dossiers: int) -> Ints:
    totals = np.zeros(dossiers, dtype=np.int64)
    np.add.at(totals, dossier, minutes)
    return totals


def _share(dossier: Ints, minutes: Ints, length: Ints, amount: Ints) -> Ints:
    """Share each dossier's `amount` over its spells' minutes on an axis of `length`, with floors at both ends."""
    upto = np.cumsum(minutes)
    start_of_dossier = np.concatenate(([0], np.cumsum(length)))[:-1]
    b = upto - start_of_dossier[dossier]
    a = b - minutes
    whole = np.maximum(length, 1)[dossier]
    return b * amount[dossier] // whole - a * amount[dossier] // whole
