"""What rests on the first days of a unit: things of other rooms that are dated, and that the unit has to be there for.

A room lists them in its module `unit_days`:

papers = Resting("papers.issued", LocalText("văn bản đã phát hành", "issued papers"), _issued)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cchc.interface.rooms import offers
from cchc.records.text import LocalText


@dataclass(frozen=True, slots=True)
class Resting:
    """One kind of them: `dated_before` finds, of units by their keys, those from before a day."""

    code: str
    name: LocalText
    dated_before: Callable[[Collection[int], date], QuerySet[Any]]


def resting_before(units: Collection[int], day: date) -> Iterator[tuple[LocalText, int]]:
    """What there is of these units from before the day: what it is called, and how many. One query for each kind."""
    for kind in offers("unit_days", Resting).values():
        if number := kind.dated_before(units, day).count():
            yield kind.name, number
