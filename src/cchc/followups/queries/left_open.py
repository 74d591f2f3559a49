"""What units that go, and officials who leave, leave open."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Value

from cchc.followups.models import Task
from cchc.followups.queries.reminders import unread
from cchc.followups.queries.scope import visible_directives, visible_tasks
from cchc.followups.queries.tasks import named_tasks
from cchc.followups.states import OPEN
from cchc.organizations.models import Official, Unit
from cchc.organizations.viewers import Viewer


def count_left(viewer: Viewer, going: Collection[Unit]) -> dict[str, int]:
    """Open tasks that they own (`owned`) or follow (`watched`), directives they have not taken note of (`unread`). One
    query, beside that for the viewer's reach.
    """
    units, tasks = list(going), visible_tasks(viewer).filter(state__in=OPEN)
    sent = unread().filter(directive__in=visible_directives(viewer))
    rows = _counted(tasks.filter(owner__in=units), "owned").union(
        _counted(tasks.filter(watcher__in=units), "watched"), _counted(sent.filter(unit__in=units), "unread"), all=True
    )
    return {"owned": 0, "watched": 0, "unread": 0} | dict(rows)


def _counted(found: QuerySet[Any], what: str) -> QuerySet[Any, Any]:
    counted = found.order_by().annotate(what_=Value(what)).values("what_").annotate(number_=Count("pk"))
    return counted.values_list("what_", "number_")


def led_open(viewer: Viewer, leader: Official) -> list[Task]:
    """Open tasks that the official leads by name, those first that are due first, each with `is_seen`: whether the
    viewer may see it. One query, beside that for the viewer's reach.
    """
    seen = Exists(visible_tasks(viewer).filter(pk=OuterRef("pk")))
    return list(named_tasks(Task.objects.filter(leader=leader, state__in=OPEN), viewer.day).annotate(is_seen=seen))
