"""What this room puts on a person's desk: tasks to do, to answer or decide among them, tasks to verify, directives to
acknowledge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from cchc.followups.addresses import shortened
from cchc.followups.models import Addressee, Task
from cchc.followups.queries.directives import to_acknowledge
from cchc.followups.queries.tasks import named_tasks, to_follow, to_work_on
from cchc.followups.shown import ShownTask, minutes_left
from cchc.followups.states import DONE_CLAIMED, RUNNING
from cchc.followups.subjects import answering_of, known_subjects
from cchc.interface.errors import current_language
from cchc.interface.hosting.desk import MOST_SHOWN, DeskItem, DeskShare, Urgency, desk_kind, urgency_of
from cchc.interface.together import Reads, counted, made_of
from cchc.organizations.calendars import NATIONAL, load_calendar
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

_LONGEST = 120
Make = Callable[[ShownTask], DeskItem]


@desk_kind("followups.to_do", LocalText("Cần thực hiện", "To do"))
def to_do(viewer: Viewer, now: datetime) -> Reads[DeskShare]:
    """Tasks whose time runs, by their deadline; counted by deadline, then read."""
    tasks = Task.objects.filter(to_work_on(viewer), state__in=RUNNING)
    by_deadline = tasks.order_by("calendar", "due_at").values_list("calendar", "due_at").annotate(number=Count("pk"))

    def share(deadlines: Iterable[tuple[str, datetime, int]]) -> DeskShare:
        counts, spans = _spread(deadlines, now)

        def read(urgency: str) -> Reads[Iterable[DeskItem]]:
            wanted = tasks.filter(spans[Urgency(urgency)]) if urgency else tasks
            return _items(wanted, viewer, now, lambda one: _item(one, urgency_of(one.task.due_at, now, one.minutes)))

        return DeskShare(counts, read, _board(cua_toi="do"))

    return made_of(by_deadline, share)


@desk_kind("followups.to_acknowledge", LocalText("Cần xác nhận tiếp nhận", "To be acknowledged"))
def acknowledgements(viewer: Viewer, now: datetime) -> Reads[list[DeskItem]]:
    """Directives of which an own unit has not taken note."""
    return made_of(to_acknowledge(viewer), lambda found: [_unread(one, now) for one in found])


@desk_kind("followups.to_verify", LocalText("Chờ xác minh", "To be verified"))
def to_verify(viewer: Viewer, now: datetime) -> Reads[DeskShare]:
    """Tasks reported as done that wait for the viewer's verdict; counted, then read."""
    tasks = Task.objects.filter(to_follow(viewer), state=DONE_CLAIMED)
    address = _board(cua_toi="follow", trang_thai=DONE_CLAIMED)
    return _undated(tasks, partial(_items, tasks, viewer, now, _claimed), address)


def _spread(deadlines: Iterable[tuple[str, datetime, int]], now: datetime) -> tuple[Counter[Urgency], dict[Urgency, Q]]:
    """How many tasks there are of each urgency, and the condition of being among them: by one calendar, urgency follows
    the deadline, which come in their order.
    """
    counts, bounds = Counter[Urgency](), dict[tuple[Urgency, str], list[datetime]]()
    for calendar, due_at, number in deadlines:
        urgency = urgency_of(due_at, now, load_calendar(calendar).elapsed_minutes(now, due_at))
        counts[urgency] += number
        bounds.setdefault((urgency, calendar), []).append(due_at)
    spans: dict[Urgency, Q] = {}
    for (urgency, calendar), moments in bounds.items():
        span = Q(calendar=calendar, due_at__range=(moments[0], moments[-1]))
        spans[urgency] = spans[urgency] | span if urgency in spans else span
    return counts, spans


def _undated(
    found: QuerySet[Task], read: Callable[[], Reads[Iterable[DeskItem]]], address: str = ""
) -> Reads[DeskShare]:
    """What is to be done without a date of its own."""
    return counted(found).made(
        lambda numbers: DeskShare({Urgency.OTHER: numbers["number"]}, lambda urgency: read(), address),
    )


def _items(tasks: QuerySet[Task], viewer: Viewer, now: datetime, make: Make) -> Reads[Iterable[DeskItem]]:
    listed = named_tasks(tasks, viewer.day)[:MOST_SHOWN]
    return made_of(listed, lambda found: [make(ShownTask(one, minutes_left(one, now), None, "")) for one in found])


def _unread(one: Addressee, now: datetime) -> DeskItem:
    minutes = load_calendar(NATIONAL).elapsed_minutes(now, one.heard_by)
    return DeskItem(
        title=shortened(f"{one.directive.number} {one.directive.title}", _LONGEST),
        url=reverse("followups:directive", args=[one.directive_id]),
        urgency=urgency_of(one.heard_by, now, minutes),
        due=one.heard_by,
        minutes=minutes,
        note=getattr(one, "unit_name", None) or "",
    )


def _claimed(one: ShownTask) -> DeskItem:
    return _item(one, Urgency.OTHER, one.chip[1])


def _item(one: ShownTask, urgency: Urgency, words: str = "") -> DeskItem:
    """A running task says its working time left; what is reported says how it came in."""
    return DeskItem(
        title=shortened(one.task.what, _LONGEST),
        url=one.url,
        urgency=urgency,
        due=one.task.due_at,
        minutes=None if words else one.minutes,
        words=words,
        note=" · ".join(part for part in (_asked_as(one.task), one.task.owner_name) if part),
    )


def _asked_as(task: Task) -> str:
    """What kind of answer is asked for; empty for what is to be done."""
    if answering_of(task) is None:
        return ""
    return known_subjects()[task.subject_type].name.in_language(current_language())


def _board(**filters: str) -> str:
    query = urlencode({name.replace("_", "-"): value for name, value in filters.items()})
    return f"{reverse('followups:board')}?{query}"
