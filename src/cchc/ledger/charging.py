"""Late minutes charged to spells so that the parts add up exactly to the whole.

L is a dossier's late working minutes. The over-limit minutes of all its spells lie one after another on an axis of
length O. With O ≥ L each spell is charged its share of L on that axis, by floors at both its ends, so nothing is lost
to rounding. With O < L each is charged its whole overrun, and what is left is shared the same way over the late
minutes that are not over a limit. A dossier without limits has O = 0: each late minute is charged to whoever held it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cchc.ledger.measuring import LateMinutes
from cchc.ledger.ownership import Ints


@dataclass(frozen=True, slots=True)
class Charges:
    """Per spell: `late` charged in all, `overrun` of that by the step's limit; `holder` what the second rule (who held
    it then) alone would charge. `late` and `holder` each add up to the dossier's late minutes.
    """

    late: Ints
    overrun: Ints
    holder: Ints


def charge(dossier: Ints, over_limit: Ints, late: LateMinutes, dossiers: int) -> Charges:
    """Charge every spell. Spells come ordered by dossier and time; `dossiers` is how many dossiers there are."""
    total_late = sums(dossier, late.all, dossiers)
    total_over = sums(dossier, over_limit, dossiers)
    by_limit = _share(dossier, over_limit, total_over, np.minimum(total_over, total_late))
    rest = late.all - late.over_limit
    by_holding = _share(dossier, rest, sums(dossier, rest, dossiers), np.maximum(total_late - total_over, 0))
    return Charges(by_limit + by_holding, by_limit, late.all)


def sums(dossier: Ints, minutes: Ints, dossiers: int) -> Ints:
    """Minutes added up per dossier."""
    totals = np.zeros(dossiers, dtype=np.int64)
    np.add.at(totals, dossier, minutes)
    return totals


def _share(dossier: Ints, minutes: Ints, length: Ints, amount: Ints) -> Ints:
    """Share each dossier's `amount` over its spells' minutes on an axis of `length`, with floors at both ends."""
    upto = np.cumsum(minutes)
    axis_begins = np.cumsum(length) - length
    b = upto - axis_begins[dossier]
    a = b - minutes
    whole = np.maximum(length, 1)[dossier]
    return b * amount[dossier] // whole - a * amount[dossier] // whole
