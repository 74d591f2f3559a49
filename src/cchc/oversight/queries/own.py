"""An official's own months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from cchc.organizations.models import Official
from cchc.organizations.queries.units import name_on
from cchc.oversight.models import KeptSum
from cchc.oversight.queries.board import TALLIED, Tally, tally_of

MONTHS_SHOWN = 24


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """A month of an official in a unit."""

    month: date
    unit_code: str
    unit_name: str
    tally: Tally


def own_months(official: Official, day: date) -> Sequence[OwnMonth]:
    """The newest first, by unit. One query."""
    found: QuerySet[KeptSum] = KeptSum.objects.filter(official=official, unit__isnull=False).order_by()
    sums = {f"n_{name}": Sum(name) for name in TALLIED}
    rows = found.values("month", "unit", "unit__code").annotate(unit_said=name_on(day), **sums)
    return [
        OwnMonth(row["month"], row["unit__code"], row["unit_said"] or row["unit__code"], tally_of(row))
        for row in rows.order_by("-month", "unit")[:MONTHS_SHOWN]
    ]
