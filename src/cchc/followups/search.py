"""What the search finds in this room: directives and tasks in the viewer's scope."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from cchc.followups.addresses import shortened
from cchc.followups.models import Directive
from cchc.followups.permissions import may_see_tasks
from cchc.followups.queries.directives import find_directives
from cchc.followups.queries.tasks import TaskSearch, find_tasks
from cchc.followups.shown_directives import with_state
from cchc.followups.states import TASK
from cchc.interface.errors import current_language
from cchc.interface.hosting.search import Hit, Row, Source, rows_of, search_kind
from cchc.interface.templatetags.figures import day
from cchc.organizations.addresses import list_address
from cchc.organizations.queries.units import name_on
from cchc.organizations.viewers import Viewer
from cchc.records.text import LocalText

_LONGEST = 120


@search_kind("followups.directives", LocalText("Văn bản chỉ đạo", "Directives"))
def directives(viewer: Viewer, text: str, most: int) -> Source | None:
    """By number, words or issuing body, the newest first."""
    if not may_see_tasks(viewer):
        return None
    columns = {"a": F("number"), "b": F("title"), "c": F("issued_by"), "d": F("state"), "day": F("issued_on")}
    rows = rows_of(find_directives(viewer, text), most, **columns)
    return Source(rows, _directives, list_address("followups:directives", text))


@search_kind("followups.tasks", LocalText("Nhiệm vụ", "Tasks"))
def tasks(viewer: Viewer, text: str, most: int) -> Source | None:
    """By words, closed ones too, by their deadline."""
    if not may_see_tasks(viewer):
        return None
    found = find_tasks(viewer, TaskSearch(text, state="all"), timezone.now())
    columns = {"a": F("what"), "b": name_on(viewer.day, "owner"), "c": F("state"), "moment": F("due_at")}
    more = f"{list_address('followups:board', text)}&trang-thai=all"
    return Source(rows_of(found, most, **columns), _tasks, more)


def _directives(rows: Sequence[Row]) -> list[Hit]:
    return [
        Hit(
            f"{with_state(Directive(number=row.a, state=row.d))} · {shortened(row.b, _LONGEST)}",
            reverse("followups:directive", args=[row.key]),
            f"{day(row.day)}, {row.c}",
        )
        for row in sorted(rows, key=lambda row: (row.day, row.key), reverse=True)
    ]


def _tasks(rows: Sequence[Row]) -> list[Hit]:
    return [
        Hit(
            shortened(row.a, _LONGEST),
            reverse("followups:task", args=[row.key]),
            f"{row.b}, {TASK.state(row.c).name.in_language(current_language())}",
        )
        for row in sorted(rows, key=lambda row: (row.moment, row.key))
    ]
