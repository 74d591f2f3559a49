"""The desk: everything that waits for one person, whichever room it comes from.

A room lists its kinds in its module `desk`:

@desk_kind("followups.tasks", LocalText("Nhiệm vụ", "Tasks"))
def tasks(viewer: Viewer, now: datetime) -> Iterable[DeskItem] | DeskShare | Reads[…]:
    ...                                     # what it reads it says, so that all kinds are read together
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Final

from django.utils import timezone

from cchc.interface.durations import WORKING_DAY, end_day
from cchc.interface.rooms import offers
from cchc.interface.together import Reads, all_of, answer
from cchc.records.text import LocalText

MOST_SHOWN: Final = 100
SOON_MINUTES: Final = 3 * WORKING_DAY
_SOON_DAYS: Final = 3


class Urgency(StrEnum):
    """In the order of the desk. `other` is to be done without a near date; `waiting` waits for somebody else."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    OTHER = "other"
    WAITING = "waiting"


_ORDER: Final = {urgency: place for place, urgency in enumerate(Urgency)}


@dataclass(frozen=True, slots=True)
class DeskItem:
    """One line. `due` is a moment, or a day that is meant until its end; `minutes` are the working minutes left, where
    the room knows the calendar. `words` say its state in place of the urgency's own; `note` what else helps to decide.
    """

    title: str
    url: str
    urgency: Urgency
    due: datetime | date | None = None
    minutes: int | None = None
    words: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DeskShare:
    """What a kind with many items gives: how many there are; how to `read` the most urgent ones, `MOST_SHOWN` at the
    most, of one urgency or of all (empty); the `address` of the whole list. It is read only when it is to be shown and
    there is something.
    """

    counts: Mapping[Urgency, int]
    read: Callable[[str], Iterable[DeskItem] | Reads[Iterable[DeskItem]]]
    address: str = ""

    def chosen(self, kind: DeskKind, choice: DeskChoice) -> int:
        """How many of them the reader wants to see."""
        return sum(number for urgency, number in self.counts.items() if choice.takes(kind, urgency))


Gather = Callable[[Any, datetime], "Iterable[DeskItem] | DeskShare | Reads[Iterable[DeskItem]] | Reads[DeskShare]"]


@dataclass(frozen=True, slots=True)
class DeskKind:
    """One kind of items: what it is called, and who gathers them for a viewer."""

    code: str
    name: LocalText
    gather: Gather


@dataclass(frozen=True, slots=True)
class Desk:
    """What is shown. `counts` and `kinds` (kind, how many) count all there is, whatever is chosen. `lists`: of the
    kinds shown, the addresses of their whole lists.
    """

    items: Sequence[tuple[DeskKind, DeskItem]]
    found: int
    counts: Mapping[Urgency, int]
    kinds: Sequence[tuple[DeskKind, int]]
    lists: Sequence[tuple[DeskKind, str]]

    @property
    def all(self) -> int:
        """Everything that waits."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class DeskChoice:
    """What the reader wants to see: one kind, one urgency, or all (empty)."""

    kind: str = ""
    urgency: str = ""

    def takes(self, kind: DeskKind, urgency: Urgency) -> bool:
        """Whether that is among it."""
        return self.kind in {"", kind.code} and self.urgency in {"", urgency}


def desk_kind(code: str, name: LocalText) -> Callable[[Gather], DeskKind]:
    """Make a function `(viewer, now) → items` a kind, `room.what_they_are`."""

    def make(gather: Gather) -> DeskKind:
        return DeskKind(code, name, gather)

    return make


@cache
def known_desk_kinds() -> Mapping[str, DeskKind]:
    """Every kind by its code."""
    return offers("desk", DeskKind)


def urgency_of(due: datetime | date, now: datetime, minutes: int | None = None) -> Urgency:
    """How urgent something is that is due then: by working minutes left where they are known, else by civil days."""
    if _end_of(due) < now or (minutes is not None and minutes < 0):
        return Urgency.OVERDUE
    today = timezone.localtime(now).date()
    last = end_day(_end_of(due))
    if last <= today:
        return Urgency.TODAY
    is_soon = minutes <= SOON_MINUTES if minutes is not None else last <= today + timedelta(days=_SOON_DAYS)
    return Urgency.SOON if is_soon else Urgency.OTHER


def read_desk(viewer: Any, now: datetime, chosen: DeskChoice = DeskChoice()) -> Desk:
    """What waits for the viewer, the most urgent first. Two queries for all kinds, and what their rooms need to say
    whom they look for.
    """
    return answer(desk_read(viewer, now, chosen))


def desk_read(viewer: Any, now: datetime, chosen: DeskChoice = DeskChoice()) -> Reads[Desk]:
    """The same, to be read together with others: how much there is of each kind, then what is shown of it."""
    kinds = list(known_desk_kinds().values())
    gathered = all_of([kind.gather(viewer, now) for kind in kinds])
    return gathered.and_then(lambda given: _items_of([*zip(kinds, map(_share, given), strict=True)], chosen))


def _items_of(shares: Sequence[tuple[DeskKind, DeskShare]], chosen: DeskChoice) -> Reads[Desk]:
    read = [share.read(chosen.urgency) if share.chosen(kind, chosen) else () for kind, share in shares]
    return all_of(read).made(lambda listed: _desk(shares, listed, chosen))


def _desk(
    shares: Sequence[tuple[DeskKind, DeskShare]], listed: Sequence[Iterable[DeskItem]], chosen: DeskChoice
) -> Desk:
    items = [
        (kind, item)
        for (kind, _), of_kind in zip(shares, listed, strict=True)
        for item in of_kind
        if chosen.takes(kind, item.urgency)
    ]
    counts = Counter[Urgency]()
    for _, share in shares:
        counts.update(share.counts)
    return Desk(
        sorted(items, key=lambda pair: _place(pair[1]))[:MOST_SHOWN],
        sum(share.chosen(kind, chosen) for kind, share in shares),
        {urgency: counts[urgency] for urgency in Urgency},
        [(kind, number) for kind, share in shares if (number := sum(share.counts.values()))],
        [(kind, share.address) for kind, share in shares if share.address and share.chosen(kind, chosen)],
    )


def _share(given: Iterable[DeskItem] | DeskShare) -> DeskShare:
    if isinstance(given, DeskShare):
        return given
    items = list(given)
    return DeskShare(Counter(item.urgency for item in items), lambda urgency: items)


def _place(item: DeskItem) -> tuple[int, datetime, str]:
    due = datetime.max.replace(tzinfo=timezone.get_current_timezone()) if item.due is None else _end_of(item.due)
    return _ORDER[item.urgency], due, item.title


def _end_of(due: datetime | date) -> datetime:
    """A day is meant until its last minute in Vietnam."""
    if isinstance(due, datetime):
        return due
    return timezone.make_aware(datetime.combine(due, time(23, 59)))
