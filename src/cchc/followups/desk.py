"""What this room puts on a person's desk: tasks to do, to verify, and difficulties that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.followups.addresses import shortened
from cchc.followups.models import Task
from cchc.followups.queries.tasks import named_tasks, to_follow, to_work_on, unanswered
from cchc.followups.shown import ShownTask, shown_tasks
from cchc.followups.states import DONE_CLAIMED, RUNNING
from cchc.interface.hosting.desk import MOST_SHOWN, DeskItem, Urgency, desk_kind, urgency_of
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

_LONGEST = 120


@desk_kind("followups.to_do", LocalText("Cần thực hiện", "To do"))
def to_do(viewer: Viewer, now: datetime) -> Iterable[DeskItem]:
    """Tasks whose time runs, by their deadline; two queries."""
    if not viewer.is_signed_in:
        return []
    tasks = Task.objects.filter(to_work_on(viewer), state__in=RUNNING)
    return _items(shown_tasks(list(named_tasks(tasks, viewer.day)[:MOST_SHOWN]), now), now)


@desk_kind("followups.to_verify", LocalText("Chờ xác minh", "To be verified"))
def to_verify(viewer: Viewer, now: datetime) -> Iterable[DeskItem]:
    """Tasks reported as done that wait for the viewer's verdict; two queries."""
    if not viewer.is_signed_in:
        return []
    tasks = Task.objects.filter(to_follow(viewer), state=DONE_CLAIMED)
    shown = shown_tasks(list(named_tasks(tasks, viewer.day)[:MOST_SHOWN]), now)
    return [_item(one, Urgency.OTHER, one.chip[1]) for one in shown]


@desk_kind("followups.to_answer", LocalText("Cần trả lời", "To be answered"))
def to_answer(viewer: Viewer, now: datetime) -> Iterator[DeskItem]:
    """Difficulties and proposals without an answer; one query."""
    if not viewer.is_signed_in:
        return
    for one in islice(unanswered(viewer), MOST_SHOWN):
        yield DeskItem(
            title=shortened(one.text, _LONGEST),
            url=reverse("followups:answer", args=[one.pk]),
            urgency=Urgency.OTHER,
            words=_("Not answered yet"),
            note=shortened(one.task.what),
        )


def _items(tasks: Iterable[ShownTask], now: datetime) -> list[DeskItem]:
    return [_item(one, urgency_of(one.task.due_at, now, one.minutes)) for one in tasks]


def _item(one: ShownTask, urgency: Urgency, words: str = "") -> DeskItem:
    """A running task says its working time left; what is reported says how it came in."""
    return DeskItem(
        title=shortened(one.task.what, _LONGEST),
        url=one.url,
        urgency=urgency,
        due=one.task.due_at,
        minutes=None if words else one.minutes,
        words=words,
        note=one.task.owner_name or "",
    )
