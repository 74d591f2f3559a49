"""Which running tasks would be due at another moment if their owners worked by another calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from cchc.followups.deadlines import Deadline
from cchc.followups.models import Task
from cchc.followups.queries.scope import visible_tasks
from cchc.followups.queries.tasks import named_tasks
from cchc.followups.rules import Rules, rules_on
from cchc.followups.states import RUNNING
from cchc.interface.together import Reads, made_of
from cchc.organizations.calendars import CalendarChoice, load_calendar
from cchc.organizations.queries.units import follows_calendar_of
from cchc.organizations.viewers import Viewer
from cchc.records.errors import DomainError
from cchc.worktime import Calendar

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class Recounted:
    """A task, and when it would be due; None where the calendar does not reach so far."""

    task: Task
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecountedPage:
    """`count` is how many there are in all; `next` the key of the last one shown where more follow."""

    rows: Sequence[Recounted]
    count: int
    next: str


def recounted_by(viewer: Viewer, choice: CalendarChoice) -> Reads[RecountedPage]:
    """Those that the viewer may see, by the deadline they have, a page of them behind `choice.after`."""
    units = follows_calendar_of(choice.unit, choice.starts_on).order_by().values("unit")
    running = visible_tasks(viewer).filter(state__in=RUNNING, owner__in=units).order_by("due_at", "pk")
    limits = running.values_list("pk", "due_at", "counted_from", "due_on", "working_days")
    return made_of(limits, lambda found: _moved(found, viewer, choice)).and_then(
        lambda moved: _page(moved, viewer, choice)
    )


def _moved(limits: Iterable[tuple[Any, ...]], viewer: Viewer, choice: CalendarChoice) -> Mapping[int, datetime | None]:
    counted = _Counting(load_calendar(choice.calendar), rules_on(max(choice.starts_on, viewer.day)).value)
    moved = dict[int, datetime | None]()
    for key, due_at, *limit in limits:
        becomes = counted.due_at(Deadline(*limit))
        if becomes != due_at:
            moved[key] = becomes
    return moved


def _page(moved: Mapping[int, datetime | None], viewer: Viewer, choice: CalendarChoice) -> Reads[RecountedPage]:
    keys = list(moved)
    start = keys.index(int(choice.after)) + 1 if choice.after.isdecimal() and int(choice.after) in moved else 0
    shown = keys[start : start + PAGE_SIZE]
    tasks = named_tasks(Task.objects.filter(pk__in=shown), viewer.day)
    following = str(shown[-1]) if len(keys) > start + PAGE_SIZE else ""
    return made_of(
        tasks, lambda found: RecountedPage([Recounted(one, moved[one.pk]) for one in found], len(keys), following)
    )


class _Counting:
    """By one calendar, each limit once: tasks of one directive share theirs."""

    def __init__(self, calendar: Calendar, rules: Rules) -> None:
        self._calendar, self._rules = calendar, rules
        self._known: dict[tuple[date, date | None, int | None], datetime | None] = {}

    def due_at(self, deadline: Deadline) -> datetime | None:
        """None beyond the calendar."""
        limit = (deadline.counted_from, deadline.due_on, deadline.working_days)
        if limit not in self._known:
            try:
                self._known[limit] = deadline.due_at(self._calendar, self._rules)
            except DomainError:
                self._known[limit] = None
        return self._known[limit]
