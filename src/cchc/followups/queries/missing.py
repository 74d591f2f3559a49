"""Who has not been heard: directives neither acknowledged nor posted in time, tasks not acknowledged or reported,
answers and decisions that have not come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.db.models import CharField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce

from cchc.followups.models import Addressee, Task
from cchc.followups.queries.reminders import unposted
from cchc.followups.queries.scope import told_of, under, visible_tasks
from cchc.followups.states import IN_FORCE, RUNNING
from cchc.followups.subjects import request_types
from cchc.interface.paging import PAGE_SIZE
from cchc.organizations.models import Unit
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer

UNREAD, UNPOSTED, SILENT, UNANSWERED = "unread", "unposted", "silent", "unanswered"
KINDS: Final = (UNREAD, UNPOSTED, SILENT, UNANSWERED)
_COLUMNS: Final = ("kind", "unit_name", "since", "about", "person", "official", "key", "row")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_PLACE: Final = re.compile(rf"({'|'.join(KINDS)})-([0-9]{{1,18}})-([0-9]{{1,17}})")


@dataclass(frozen=True, slots=True)
class MissingSearch:
    """Which lines are shown: of a unit with all under it, of one kind (empty: all)."""

    under: Unit | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list, behind one of its lines: it holds where that line itself is gone by then."""

    kind: str
    row: int
    since: datetime

    def __str__(self) -> str:
        return f"{self.kind}-{self.row}-{(self.since - _EPOCH) // _MICROSECOND}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """What `str` wrote; None for anything else."""
        match = _PLACE.fullmatch(text) if text.isascii() else None
        if match is None:
            return None
        return cls(match[1], int(match[2]), _EPOCH + int(match[3]) * _MICROSECOND)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing a unit owes: `kind` is unread (a directive), unposted, silent (a task), unanswered (a task that asks
    for an answer or a decision). `since` is when it was due.

    `key` leads to the directive or the task, `row` is the key of the addressee or the task; `official` is the code of
    `person`, the leader.
    """

    kind: str
    unit_name: str
    since: datetime
    about: str
    person: str
    official: str
    key: int
    row: int

    @property
    def place(self) -> Place:
        """Where the list goes on behind it."""
        return Place(self.kind, self.row, self.since)


def missing(viewer: Viewer, asked: MissingSearch, now: datetime) -> list[Missing]:
    """Who has not taken note of a directive, posted it, acknowledged or reported a task, answered or decided what was
    asked: the longest due first; lines of those alone of whom the viewer is told (`scope.told_of`). One query.
    """
    return [Missing(**row) for row in _found(viewer, asked, now)]


def missing_count(viewer: Viewer, asked: MissingSearch, now: datetime) -> int:
    """How many lines that are. One query."""
    return _found(viewer, asked, now).count()


def missing_page(
    viewer: Viewer, asked: MissingSearch, now: datetime, behind: Place | None = None
) -> tuple[list[Missing], int, Place | None]:
    """A page of the same behind a place, how many lines there are in all, and where the next page begins. One query
    where one page holds all of them, else two.
    """
    rows = [Missing(**row) for row in _found(viewer, asked, now, behind)[: PAGE_SIZE + 1]]
    is_all = behind is None and len(rows) <= PAGE_SIZE
    total = len(rows) if is_all else _found(viewer, asked, now).count()
    return rows[:PAGE_SIZE], total, rows[PAGE_SIZE - 1].place if len(rows) > PAGE_SIZE else None


def _found(viewer: Viewer, asked: MissingSearch, now: datetime, behind: Place | None = None) -> QuerySet[Any]:
    """The lines of every kind that is asked for, as one list."""
    first, *others = [
        _ordered(found, since, kind, behind)
        for kind, since, found in _kinds(viewer, asked, now)
        if asked.kind in {"", kind}
    ]
    rows = first.union(*others, all=True) if others else first
    return rows.order_by("since", "kind", "row")


def _kinds(viewer: Viewer, asked: MissingSearch, now: datetime) -> Iterator[tuple[str, str, QuerySet[Any]]]:
    """Each kind with the column that says when it was due, and its rows."""
    sent = _below(Addressee.objects.filter(told_of(viewer)), "unit", asked.under, viewer)
    late = sent.filter(acknowledged_at=None, heard_by__lt=now, directive__state=IN_FORCE)
    yield UNREAD, "heard_by", _owed_by_addressees(late, viewer.day)
    yield (
        UNPOSTED,
        "post_by",
        _owed_by_addressees(sent.filter(pk__in=unposted(now).order_by().values("pk")), viewer.day),
    )
    running = _below(visible_tasks(viewer).filter(state__in=RUNNING), "owner", asked.under, viewer)
    waited_for = Q(subject_type__in=request_types(), due_at__lt=now)
    yield SILENT, "heard_by", _owed_by_owners(running.filter(~waited_for, heard_by__lt=now), viewer.day)
    yield UNANSWERED, "due_at", _owed_by_owners(running.filter(waited_for), viewer.day)


def _ordered(found: QuerySet[Any], since: str, kind: str, behind: Place | None) -> QuerySet[Any]:
    """The rows behind a place in the order of moment, kind and key, with all columns."""
    if behind is not None:
        same = Q(**{since: behind.since})
        rest = same & Q(pk__gt=behind.row) if kind == behind.kind else same if kind > behind.kind else Q(pk__in=())
        found = found.filter(Q(**{f"{since}__gt": behind.since}) | rest)
    named = found.annotate(kind=Value(kind, CharField()), since=F(since), row=F("pk"))
    return named.order_by().values(*_COLUMNS)


def _owed_by_addressees(found: QuerySet[Addressee], day: date) -> QuerySet[Any]:
    empty = Value("", TextField())
    return found.annotate(
        unit_name=Coalesce(name_on(day), empty),
        about=F("directive__number"),
        person=empty,
        official=Value("", CharField()),
        key=F("directive_id"),
    )


def _owed_by_owners(found: QuerySet[Task], day: date) -> QuerySet[Any]:
    return found.annotate(
        unit_name=Coalesce(name_on(day, "owner"), Value("", TextField())),
        about=F("what"),
        person=Coalesce(F("leader__name"), Value("", TextField())),
        official=Coalesce(F("leader__code"), Value("", CharField())),
        key=F("pk"),
    )


def _below(found: QuerySet[Any], column: str, unit: Unit | None, viewer: Viewer) -> QuerySet[Any]:
    return found if unit is None else found.filter(under(viewer, unit, column))
