"""What this room puts on a person's desk: tasks to do, to verify, and difficulties that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from cchc.followups.addresses import shortened
from cchc.followups.models import Difficulty, Task
from cchc.followups.queries.tasks import named_tasks, to_follow, to_work_on, unanswered
from cchc.followups.shown import ShownTask, shown_tasks
from cchc.followups.states import DONE_CLAIMED, RUNNING
from cchc.interface.shapes import DeskItem
from cchc.organizations.viewers import Viewer

MOST: Final = 100


def items(viewer: Viewer, now: datetime) -> list[DeskItem]:
    """At most 100 of each sort, each sort by its deadline. Five queries, however many tasks there are."""
    if not viewer.is_signed_in:
        return []
    doing = Task.objects.filter(to_work_on(viewer), state__in=RUNNING)
    waiting = Task.objects.filter(to_follow(viewer), state=DONE_CLAIMED)
    return [
        *_of_tasks(_("To do"), shown_tasks(list(named_tasks(doing, viewer.day)[:MOST]), now)),
        *_of_tasks(_("To be verified"), shown_tasks(list(named_tasks(waiting, viewer.day)[:MOST]), now)),
        *_of_difficulties(islice(unanswered(viewer), MOST)),
    ]


def _of_tasks(group: str, tasks: Iterable[ShownTask]) -> list[DeskItem]:
    return [
        DeskItem(group, shortened(one.task.what, 120), one.url, one.task.owner_name or "", *one.chip, one.task.due_at)
        for one in tasks
    ]


def _of_difficulties(raised: Iterable[Difficulty]) -> list[DeskItem]:
    return [
        DeskItem(
            _("To be answered"),
            shortened(one.text, 120),
            reverse("followups:answer", args=[one.pk]),
            shortened(one.task.what),
            "soon",
            _("Not answered yet"),
            None,
        )
        for one in raised
    ]
